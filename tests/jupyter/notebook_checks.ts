import { basename } from "node:path";
import type { Browser } from "playwright-core";
import { readCall } from "../../lib/commands/report.ts";
import type { CodeCell, Notebook } from "../../lib/notebook/notebook_file.ts";
import { readNotebook, writeNotebook } from "../../lib/report/notebook_json.ts";
import { runNotebooks } from "../../lib/report/run_notebooks.ts";
import type { ProjectCopy } from "../commands/project_copy.ts";
import { changedCells } from "../notebooks/compare_outputs.ts";
import { outputsOf } from "../report/notebook_of.ts";
import type { JupyterServer } from "./jupyter_server.ts";
import { runInPage, shownIn } from "./run_in_page.ts";
import type { Client, ScratchJupyter } from "./scratch_jupyter.ts";
import type { Tally } from "./tally.ts";

/** A project's notebook without outputs, and as it is after our runner ran it. */
export interface Reference {
  readonly name: string;
  readonly path: string;
  readonly empty: Notebook;
  readonly executed: Notebook;
}

/** Runs a project's notebooks with our runner: what every other client has to show too. */
export async function referencesOf({ path }: ProjectCopy, names: readonly string[]) {
  const paths = names.map((name) => path(`notebooks/${name}.ipynb`));
  const runs = await runNotebooks(paths, {
    env: { ...readCall({ lang: "da" }).env, SURVEY_REPORT: "" },
  });
  const references: Reference[] = [];
  for (const run of runs) {
    if (run.failure !== null) throw run.failure;
    const empty = withoutOutputs(run.notebook);
    await writeNotebook(run.path, empty);
    references.push({
      name: basename(run.path, ".ipynb"),
      path: run.path,
      empty,
      executed: run.notebook,
    });
  }
  return references;
}

/** One of Jupyter's programs runs every notebook. */
export async function checkClient(
  client: Client,
  jupyter: ScratchJupyter,
  { path }: ProjectCopy,
  references: readonly Reference[],
  tally: Tally,
): Promise<void> {
  for (const { name, executed, path: input } of references) {
    await tally.check(`${name}, ${client}: ${countOf(executed)} outputs`, async () => {
      // Beside the notebook, so that its imports lead to the same files.
      const output = path(`notebooks/.${client}-${name}.ipynb`);
      await jupyter.execute(client, input, output);
      return differences(executed, await readNotebook(output));
    });
  }
}

/** Every notebook is opened in the browser and run there: on the page and in the file nothing is lost. */
export async function checkPages(
  application: "JupyterLab" | "Notebook",
  browser: Browser,
  server: JupyterServer,
  references: readonly Reference[],
  tally: Tally,
  run: number,
): Promise<void> {
  const place = application === "JupyterLab" ? "doc/tree/notebooks" : "notebooks/notebooks";
  for (const { name, path, empty, executed } of references) {
    const what = `${name}, ${application}, run ${run}: ${countOf(executed)} outputs`;
    await tally.check(what, async () => {
      await writeNotebook(path, empty);
      const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
      try {
        const page = await context.newPage();
        const url = `${server.url}${place}/${name}.ipynb?token=${server.token}`;
        const shown = await runInPage(page, url);
        const lost: string[] = [];
        for (const [index, outputs] of outputsOf(executed).entries()) {
          const [wanted, got] = [await shownIn(page, outputs), shown[index] ?? []];
          if (wanted.join("\n") === got.join("\n")) continue;
          lost.push(`code cell ${index + 1} shows ${got.length} of ${wanted.length} outputs:
      ${got.join(" | ").slice(0, 300)}
      and not ${wanted.join(" | ").slice(0, 300)}`);
        }
        return [...lost, ...differences(executed, await readNotebook(path))];
      } finally {
        await context.close();
        await endKernels(server);
      }
    });
  }
}

function withoutOutputs(notebook: Notebook): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map((cell) =>
      cell.cell_type === "code"
        ? { ...cell, execution_count: null, outputs: [] } satisfies CodeCell
        : cell
    ),
  };
}

function countOf(notebook: Notebook): number {
  return outputsOf(notebook).flat().length;
}

/** Cells whose outputs are other than our runner's, by number and to the letter. */
function differences(wanted: Notebook, got: Notebook): string[] {
  const [a, b] = [outputsOf(wanted), outputsOf(got)];
  return [
    ...a.flatMap((outputs, index) =>
      outputs.length === b[index]?.length ? [] : [
        `code cell ${index + 1} has ${b[index]?.length ?? 0} of ${outputs.length} outputs`,
      ]
    ),
    ...changedCells(wanted, got).map(({ cell, stored, now }) =>
      `cell ${cell} has …${now}…\n      and not …${stored}…`
    ),
  ];
}

/** A page that is closed leaves its kernel, and a hundred of them would fill the machine. */
async function endKernels({ url, token }: JupyterServer): Promise<void> {
  const headers = { authorization: `token ${token}` };
  const sessions: { id: string }[] = await (await fetch(`${url}api/sessions`, { headers })).json();
  for (const { id } of sessions) {
    const response = await fetch(`${url}api/sessions/${id}`, { method: "DELETE", headers });
    await response.body?.cancel();
  }
}
