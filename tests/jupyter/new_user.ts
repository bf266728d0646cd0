import { join } from "node:path";
import type { Browser } from "playwright-core";
import { PROJECT } from "../../lib/commands/project.ts";
import { readNotebook, writeNotebook } from "../../lib/report/notebook_json.ts";
import { outputsOf } from "../report/notebook_of.ts";
import { jupyterFolders } from "./jupyter_folders.ts";
import { JupyterServer } from "./jupyter_server.ts";
import { runProgram } from "./python_environment.ts";
import { runInPage } from "./run_in_page.ts";
import type { ScratchJupyter } from "./scratch_jupyter.ts";
import type { Tally } from "./tally.ts";

/** What the README has people say who have no Deno. */
const NPX = ["npx", "-y", `deno@${Deno.version.deno}`];

/** What a machine may need to reach its package registries; all else is left out. */
const NETWORK = /CERT|_CA_|proxy|registry/i;

/**
 * Goes the way of somebody new, on a machine with Node, Python and Jupyter and an empty home: a fresh
 * clone, a report of one chapter, the kernel, an edited notebook in JupyterLab, other answers, a
 * notebook of one's own, and Jupyter's page of one notebook. Every command is one of the README.
 */
export async function checkNewUser(
  jupyter: ScratchJupyter,
  browser: Browser,
  tally: Tally,
): Promise<void> {
  const machine = await Deno.realPath(await Deno.makeTempDir({ prefix: "new-machine-" }));
  try {
    const user = await NewUser.at(machine, jupyter);
    const step = (name: string, run: () => Promise<unknown>) =>
      tally.check(`a new user: ${name}`, async () => {
        await run();
        return [];
      });
    await step("a report of one chapter", async () => {
      await user.task("report", "--only", "06");
      await user.needs("reports/report.da.html", /Tidspres/);
    });
    await step("the kernel", () => user.task("kernel"));
    await step("an edited notebook in JupyterLab", () => user.editInPage(browser));
    await step("the same, exported", async () => {
      await jupyter.export([user.path("notebooks/06_time_and_workload.ipynb")], user.path("pages"));
      await user.needs("pages/06_time_and_workload.html", /data:image\/svg\+xml/);
    });
    await step("other answers", async () => {
      await user.task("synthesize", "--seed", "7", "--out", "answers.csv");
      await user.task("validate", "answers.csv");
      await user.task("report", "--data", "answers.csv", "--only", "06");
      await user.needs("reports/report.en.html", /answers\.csv/);
    });
    await step("a notebook of one's own", async () => {
      await user.task("new", "13_own", "--question", "wellbeing");
      await user.task("report", "--only", "13");
      await user.needs("reports/report.en.html", /class="chapter-number"[^>]*>13</);
    });
    await step("the kernel after npx has cleared its cache", () => user.runWithoutCache(jupyter));
    await step("the kernel removed", async () => {
      await user.task("kernel", "--remove");
      const kernels = [...Deno.readDirSync(join(user.data, "kernels"))];
      if (kernels.length > 0) throw new Error(`${kernels[0]!.name} is left`);
    });
  } finally {
    await Deno.remove(machine, { recursive: true });
  }
}

/** Somebody with a home and a clone, and what they can call. */
class NewUser {
  readonly data: string;
  readonly #env: Record<string, string>;

  private constructor(private readonly machine: string) {
    const home = join(machine, "home");
    this.data = join(home, ".local", "share", "jupyter");
    this.#env = {
      ...Object.fromEntries(
        Object.entries(Deno.env.toObject()).filter(([name]) => NETWORK.test(name)),
      ),
      HOME: home,
      PATH: join(machine, "bin"),
      NO_COLOR: "1",
      // A Deno that is installed with npm would be used otherwise.
      npm_config_prefix: join(machine, "prefix"),
    };
  }

  static async at(machine: string, jupyter: ScratchJupyter): Promise<NewUser> {
    const user = new NewUser(machine);
    for (const folder of ["home", "bin", "prefix/lib"]) {
      await Deno.mkdir(join(machine, folder), { recursive: true });
    }
    for (const name of ["node", "npm", "npx", "sh"]) {
      await Deno.symlink(await Deno.realPath(find(name)), join(machine, "bin", name));
    }
    for (const name of ["python", "jupyter", "jupyter-nbconvert"]) {
      await Deno.symlink(jupyter.program(name), join(machine, "bin", name));
    }
    await runProgram("git", ["-c", "safe.directory=*", "clone", "--quiet", PROJECT, user.path("")]);
    const readme = await Deno.readTextFile(user.path("README.md"));
    if (!readme.includes(NPX.join(" "))) throw new Error(`README.md lacks ${NPX.join(" ")}`);
    return user;
  }

  path(name: string): string {
    return join(this.machine, "survey", name);
  }

  /** A task, called as the README says. */
  async task(...args: string[]): Promise<void> {
    const [program = "", ...rest] = NPX;
    await this.#run(join(this.machine, "bin", program), [...rest, "task", ...args]);
  }

  async needs(file: string, pattern: RegExp): Promise<void> {
    if (pattern.test(await Deno.readTextFile(this.path(file)))) return;
    throw new Error(`${file} does not hold ${pattern}`);
  }

  /** Edits a headline and runs the notebook on JupyterLab's page. */
  async editInPage(browser: Browser): Promise<void> {
    const path = this.path("notebooks/06_time_and_workload.ipynb");
    const notebook = await readNotebook(path);
    const cells = notebook.cells.map((cell) => ({
      ...cell,
      source: cell.source.replace("Tidspres og arbejdsmængde", "Mit eget kapitel"),
    }));
    await writeNotebook(path, { ...notebook, cells });
    const env = { ...this.#env, ...jupyterFolders(this.machine), JUPYTER_DATA_DIR: this.data };
    const server = await JupyterServer.start(join(this.machine, "bin", "jupyter"), this.path(""), {
      ...env,
    }, ["lab"]);
    try {
      const page = await browser.newPage();
      const url =
        `${server.url}doc/tree/notebooks/06_time_and_workload.ipynb?token=${server.token}`;
      const shown = await runInPage(page, url);
      await page.close();
      if (!shown.flat().some((text) => text.includes("Miteget"))) {
        throw new Error(`The page does not show the edit: ${shown.flat().join(" ").slice(0, 300)}`);
      }
    } finally {
      await server.stop();
    }
  }

  async runWithoutCache(jupyter: ScratchJupyter): Promise<void> {
    await Deno.remove(join(this.machine, "home", ".npm"), { recursive: true });
    const out = this.path("notebooks/executed.ipynb");
    await this.#run(jupyter.program("jupyter-nbconvert"), [
      ...["--execute", "--to=notebook", `--output=${out}`],
      this.path("notebooks/04_decisions.ipynb"),
    ]);
    const outputs = outputsOf(await readNotebook(out)).flat();
    await Deno.remove(out);
    if (outputs.length < 5) throw new Error(`only ${outputs.length} outputs`);
  }

  async #run(program: string, args: readonly string[]): Promise<void> {
    await runProgram(program, args, { cwd: this.path(""), env: this.#env, clearEnv: true });
  }
}

function find(name: string): string {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    try {
      if (Deno.statSync(join(folder, name)).isFile) return join(folder, name);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  throw new Error(`${name} is not on the PATH`);
}
