import assert from "node:assert/strict";
import { filesIn } from "./run_task.ts";
import { processesWith } from "./processes_with.ts";
import { type ProjectCopy, withProjectCopy } from "./project_copy.ts";

/** Beyond this something is wrong, and the child is ended. */
const PATIENCE_MS = 600_000;

/** How long it may take to say something. */
const SILENCE_MS = 120_000;

/** A running `deno task report --watch`. */
class Watching {
  readonly #child: Deno.ChildProcess;
  readonly #said: Promise<void>;
  readonly #guard: ReturnType<typeof setTimeout>;
  #stderr = "";
  #read = 0;
  #ended = false;

  constructor({ cli, folder, path }: ProjectCopy, readonly mark: string, ...args: string[]) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", cli, "report", "--watch", "--out", path("out"), ...args],
      cwd: folder,
      env: { INIT_CWD: "", NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", SURVEY_TEST_MARK: mark },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    this.#guard = setTimeout(() => this.#child.kill("SIGKILL"), PATIENCE_MS);
    this.#said = this.#listen();
  }

  async #listen(): Promise<void> {
    for await (const text of this.#child.stderr.pipeThrough(new TextDecoderStream())) {
      this.#stderr += text;
    }
    this.#ended = true;
  }

  /** Waits until it says something, after what was waited for before. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const until = performance.now() + SILENCE_MS;
    while (true) {
      if (performance.now() > until) {
        throw new Error(`It did not say ${pattern} in time, but:\n${this.rest}`);
      }
      const found = pattern.exec(this.#stderr.slice(this.#read));
      if (found !== null) {
        this.#read += found.index + found[0].length;
        return found;
      }
      if (this.#ended) throw new Error(`It ended without ${pattern}:\n${this.#stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** What it has said since. */
  get rest(): string {
    return this.#stderr.slice(this.#read);
  }

  async stop(signal: "SIGINT" | "SIGKILL" = "SIGINT"): Promise<number> {
    if (!this.#ended) this.#child.kill(signal);
    const { code } = await this.#child.status;
    await this.#said;
    clearTimeout(this.#guard);
    return code;
  }
}

async function watching(
  notebooks: readonly string[],
  run: (project: ProjectCopy, watch: Watching, url: string) => Promise<void>,
  ...args: string[]
): Promise<void> {
  await withProjectCopy(notebooks, async (project) => {
    const watch = new Watching(project, crypto.randomUUID(), ...args);
    try {
      const [, url = ""] = await watch.says(/The report is at (\S+)\. /);
      await run(project, watch, url);
    } finally {
      await watch.stop("SIGKILL");
    }
  });
}

/** Saves a file as an editor does that writes beside it and renames. */
async function save(path: string, change: (text: string) => string): Promise<void> {
  const before = await Deno.readTextFile(path);
  const after = change(before);
  assert.notEqual(after, before, `nothing to change in ${path}`);
  await Deno.writeTextFile(`${path}~`, after);
  await Deno.rename(`${path}~`, path);
}

async function get(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  assert.equal(response.status, 200);
  return await response.text();
}

/** Waits until a file is there and holds something: files are written after the page is shown. */
async function fileWith(path: string, pattern: RegExp): Promise<string> {
  for (let tries = 0;; tries++) {
    const text = await Deno.readTextFile(path).catch((error: unknown) => {
      if (error instanceof Deno.errors.NotFound) return "";
      throw error;
    });
    if (pattern.test(text)) return text;
    if (tries > 500) throw new Error(`${path} does not hold ${pattern}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until all files are in their places: what is written first stands in a folder of its own. */
async function withoutDrafts(folder: string): Promise<void> {
  for (let tries = 0; filesIn(folder).some((name) => name.startsWith(".")); tries++) {
    if (tries > 500) throw new Error(`${folder} keeps ${filesIn(folder).join(", ")}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The first message of the page's stream. */
async function stateOf(url: string): Promise<{
  version: string;
  failure: string | null;
  broken: { da: string; en: string } | null;
}> {
  const response = await fetch(new URL("/events", url), { signal: AbortSignal.timeout(10_000) });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await reader.read();
  await reader.cancel();
  return JSON.parse(value.replace(/^data: /, ""));
}

const ignore = Deno.build.os !== "linux";

Deno.test({
  name: "deno task report --watch follows notebooks, library and data, and shows what fails",
  ignore,
  fn: () =>
    watching(["03_balancing", "04_decisions"], async ({ path, run }, watch, url) => {
      await watch.says(/is up to date/);
      const first = await get(url);
      const { version } = await stateOf(url);
      assert.match(first, /connect-src 'self'/);
      assert.ok(first.includes(version), "the page knows its version");
      const written = await fileWith(path("out/report.da.html"), /./);
      assert.doesNotMatch(written, /connect-src|EventSource/, "the file stays strict");
      await withoutDrafts(path("out"));

      // A notebook: that one runs, the other does not.
      await save(
        path("notebooks/03_balancing.ipynb"),
        (text) => text.replaceAll("At balancere faglige og politiske hensyn", "Noget ganske andet"),
      );
      await watch.says(/03_balancing: done/);
      await watch.says(/is up to date/);
      assert.match(await get(url), /Noget ganske andet/);
      await fileWith(path("out/report.da.html"), /Noget ganske andet/);
      assert.notEqual((await stateOf(url)).version, version);
      assert.doesNotMatch(watch.rest, /04_decisions/);

      // A mistake is told with its cell, above the report as it was.
      await save(
        path("notebooks/03_balancing.ipynb"),
        (text) => text.replace("= claims(survey)", "= klaims(survey)"),
      );
      await watch.says(/03_balancing\.ipynb, cell 2.*klaims/);
      await watch.says(/stays as it was/);
      assert.match((await stateOf(url)).failure ?? "", /cell 2.*klaims/);
      assert.match(await get(url), /Noget ganske andet/);

      // Put right.
      await save(
        path("notebooks/03_balancing.ipynb"),
        (text) => text.replace("= klaims(survey)", "= claims(survey)"),
      );
      await watch.says(/is up to date/);
      assert.equal((await stateOf(url)).failure, null);

      // What belongs to single respondents is held back here too.
      const printing = 'console.log(await Deno.readTextFile(\\"../data/responses.csv\\"));';
      await save(
        path("notebooks/03_balancing.ipynb"),
        (text) => text.replace("const said = ", `${printing} const said = `),
      );
      await watch.says(/stays as it was/);
      assert.notEqual((await stateOf(url)).failure, null);
      assert.doesNotMatch(await get(url), /synthetic-0001/);
      assert.doesNotMatch(await Deno.readTextFile(path("out/report.da.html")), /synthetic-0001/);
      await save(
        path("notebooks/03_balancing.ipynb"),
        (text) => text.replace(`${printing} const said = `, "const said = "),
      );
      await watch.says(/is up to date/);

      // A module of the library: every notebook.
      await save(path("lib/notebook/narrate.ts"), (text) => `${text}// Changed.\n`);
      await watch.says(/is up to date/);

      // A mistake of syntax in it: said with its file, and over when it is put right.
      const module = await Deno.readTextFile(path("lib/notebook/narrate.ts"));
      await save(path("lib/notebook/narrate.ts"), (text) => `${text}const = 1;\n`);
      await watch.says(/stays as it was/);
      assert.match((await stateOf(url)).failure ?? "", /narrate\.ts/);
      await save(path("lib/notebook/narrate.ts"), () => module);
      await watch.says(/is up to date/);
      assert.equal((await stateOf(url)).failure, null);

      // A notebook more, and one less.
      const { code, stderr } = await run("new", "05_added", "--question", "wellbeing");
      assert.equal(code, 0, stderr);
      await watch.says(/05_added: done/);
      await watch.says(/is up to date/);
      assert.match(await get(url), /<span class="chapter-number"[^>]*>5</);
      await Deno.remove(path("notebooks/05_added.ipynb"));
      await watch.says(/is up to date/);
      assert.doesNotMatch(await get(url), /<span class="chapter-number"[^>]*>5</);

      // The style: no notebook, only the export.
      await save(path("lib/report/html/style.css"), (text) =>
        `${text}\n.changed-here { color: red; }\n`);
      const [, between = ""] = await watch.says(/^([\s\S]*?)is up to date/);
      assert.doesNotMatch(between, /done in/);
      assert.match(await get(url), /\.changed-here/);

      // Data with a mistake are refused, in the page too.
      const data = await Deno.readTextFile(path("data/responses.csv"));
      await save(path("data/responses.csv"), (text) =>
        text.replace("Kvinde", "Kvinnde"));
      await watch.says(/Kvinnde/);
      await watch.says(/stays as it was/);
      assert.match((await stateOf(url)).failure ?? "", /Kvinnde/);
      await save(path("data/responses.csv"), () => data);
      await watch.says(/is up to date/);
      assert.equal((await stateOf(url)).failure, null);
      assert.equal(await watch.stop(), 130);
    }),
});

Deno.test({
  name: "deno task report --watch --strict names the claims that do not hold, here and in the page",
  ignore,
  fn: () =>
    watching(
      ["04_decisions"],
      async (project, watch, url) => {
        await watch.says(/is up to date/);
        // Claims on the study itself may have broken, where it is another wave's.
        assert.doesNotMatch((await stateOf(url)).broken?.da ?? "", /side 21/);
        const data = project.path("data/responses.csv");
        const others = ["--seed", "3", "--shift", "wellbeing=-30", "--out", data];
        const { code, stderr } = await project.run("synthesize", ...others);
        assert.equal(code, 0, stderr);
        await watch.says(/claims do not hold on these answers/);
        await watch.says(/three_quarters_thrive \(page 21\)/);
        await watch.says(/is up to date/);
        const { broken, failure } = await stateOf(url);
        assert.match(broken?.da ?? "", /udsagn .*holder ikke.*\n[^]*\(side 21\)/);
        assert.equal(failure, null);
        assert.equal(await watch.stop(), 130);
      },
      "--strict",
    ),
});

Deno.test({
  name: "deno task report --watch takes saves during a run in turn, and ends with 130 on Ctrl-C",
  ignore,
  fn: () =>
    watching(["03_balancing"], async ({ path }, watch, url) => {
      // While the first run goes on.
      await save(
        path("notebooks/03_balancing.ipynb"),
        (text) => text.replaceAll("At balancere faglige og politiske hensyn", "Første"),
      );
      await save(
        path("notebooks/03_balancing.ipynb"),
        (text) => text.replaceAll("Første", "Anden udgave"),
      );
      while (!/Anden udgave/.test(await get(url))) await watch.says(/is up to date/);
      assert.equal(await watch.stop(), 130);
      for (let tries = 0; processesWith(watch.mark) > 0 && tries < 100; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      assert.equal(processesWith(watch.mark), 0, "a process is left");
    }),
});

Deno.test({
  name: "the pages of deno task report --watch are for this machine's own names alone",
  ignore,
  fn: () =>
    watching(["04_decisions"], async (_project, watch, url) => {
      const { port } = new URL(url);
      const connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
      await connection.write(
        new TextEncoder().encode("GET /report.da.html HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n"),
      );
      const answer = new Uint8Array(1_000);
      const read = await connection.read(answer) ?? 0;
      connection.close();
      assert.match(new TextDecoder().decode(answer.subarray(0, read)), /^HTTP\/1\.1 421/);
      const missing = await fetch(new URL("/deno.json", url));
      await missing.body?.cancel();
      assert.equal(missing.status, 404);
      assert.equal(await watch.stop(), 130);
    }),
});
