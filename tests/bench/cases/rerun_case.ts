import { basename } from "node:path";
import { findNotebooks } from "../../../lib/commands/project.ts";
import { withProjectCopy } from "../../commands/project_copy.ts";
import { median } from "../pairs.ts";
import { numberText } from "../table.ts";
import { TextLineStream } from "../text_lines.ts";
import type { CaseOptions, Row } from "../row.ts";

/** Seconds from the saving of a file until the page is told of the newer report. */
const MOST_SECONDS = 1;
/** The notebooks that are edited: a short one, and one with charts of its own. */
const EDITED = ["05_kinds_and_sources", "02_pressure"];
/** An analyst looks at the page before the next edit. */
const PAUSE_MS = 4_000;

interface State {
  readonly version: string;
  readonly failure: string | null;
  readonly running: readonly string[] | null;
}

/** The watched report of all notebooks: one cell is edited, and the page follows. */
export async function rerunCase({ pairs = 5, found, say }: CaseOptions): Promise<void> {
  const names = findNotebooks().map((path) => basename(path, ".ipynb"));
  await withProjectCopy(names, async ({ cli, folder, path }) => {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", cli, "report", "--watch", "--out", path("out")],
      cwd: folder,
      env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const lines = child.stderr.pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream()).getReader();
    try {
      const url = await addressIn(lines);
      // What else it says is read, or it would wait for a reader.
      const rest = (async () => {
        while (!(await lines.read()).done);
      })();
      const states = new States(url);
      say("the watched report is made for the first time …");
      let { version } = await states.until(({ running }) => running === null);
      for (const name of EDITED) {
        say(`one cell of ${name} is edited, ${pairs} times …`);
        const seconds: number[] = [];
        for (let edit = 1; edit <= pairs; edit++) {
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
          const began = performance.now();
          await editCell(path(`notebooks/${name}.ipynb`), edit);
          const before = version;
          const state = await states.until((state) =>
            state.version !== before && state.running === null
          );
          if (state.failure !== null) throw new Error(state.failure);
          seconds.push((performance.now() - began) / 1_000);
          version = state.version;
        }
        await found(rowOf(name, seconds));
      }
      await states.close();
      child.kill("SIGINT");
      await rest;
    } finally {
      end(child);
      await child.status;
    }
  });
}

function end(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    // It has ended, as it should have.
    if (!(error instanceof TypeError)) throw error;
  }
}

/** What the open page is told, one state after the other. */
class States {
  readonly #reader: Promise<ReadableStreamDefaultReader<string>>;

  constructor(url: string) {
    this.#reader = fetch(new URL("/events", url)).then(({ body }) =>
      body!.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream()).getReader()
    );
  }

  async until(isThere: (state: State) => boolean): Promise<State> {
    const reader = await this.#reader;
    while (true) {
      const { value, done } = await reader.read();
      if (done) throw new Error("The watched report has ended");
      if (!value.startsWith("data: ")) continue;
      const state: State = JSON.parse(value.slice("data: ".length));
      if (isThere(state)) return state;
    }
  }

  async close(): Promise<void> {
    await (await this.#reader).cancel();
  }
}

async function addressIn(lines: ReadableStreamDefaultReader<string>): Promise<string> {
  while (true) {
    const { value, done } = await lines.read();
    if (done) throw new Error("The watched report did not say where it is");
    const url = /The report is at (\S+)\. /.exec(value)?.[1];
    if (url !== undefined) return url;
  }
}

/** Saves a notebook with another last code cell, as an editor does that writes beside it. */
async function editCell(path: string, edit: number): Promise<void> {
  const notebook = JSON.parse(await Deno.readTextFile(path));
  const cell = notebook.cells.findLast((cell: { cell_type: string }) => cell.cell_type === "code");
  const source = [cell.source].flat().join("").replace(/\n\/\/ Edit \d+\.$/, "");
  cell.source = `${source}\n// Edit ${edit}.`;
  await Deno.writeTextFile(`${path}~`, JSON.stringify(notebook));
  await Deno.rename(`${path}~`, path);
}

function rowOf(name: string, seconds: readonly number[]): Row {
  return {
    key: `rerun/${name}`,
    case: "rerun",
    what: `one edited cell of ${name}`,
    rival: "–",
    ratio: null,
    target: null,
    figure: { name: "time", value: median(seconds), unit: "s", most: MOST_SECONDS },
    note: `median of ${seconds.length}, ${numberText(Math.min(...seconds))}–` +
      `${numberText(Math.max(...seconds))} s`,
  };
}
