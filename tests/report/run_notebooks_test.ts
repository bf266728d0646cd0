import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { InputError } from "../../lib/responses/input_error.ts";
import { runNotebooks } from "../../lib/report/run_notebooks.ts";
import { writeNotebook } from "../../lib/report/notebook_json.ts";
import { notebookOf, outputsOf, textsOf } from "./notebook_of.ts";

async function inFolder(
  sources: Readonly<Record<string, readonly string[]>>,
  test: (paths: string[], folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const paths = Object.keys(sources).map((name) => join(folder, `${name}.ipynb`));
    for (const [index, cells] of Object.values(sources).entries()) {
      await writeNotebook(paths[index]!, notebookOf(...cells));
    }
    await test(paths, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("runNotebooks() gives every result in the order of the paths", () =>
  inFolder(
    {
      slow: ["await new Promise((resolve) => setTimeout(resolve, 300)); 'slow'"],
      failing: ["1", "throw new RangeError('too far')", "3"],
      quick: ["'quick'"],
      last: ["typeof slow"],
    },
    async (paths) => {
      const runs = await runNotebooks(paths, { parallel: 2 });
      deepStrictEqual(runs.map(({ path }) => path), paths);
      deepStrictEqual(runs.map(({ failure }) => failure?.failure.cell ?? null), [
        null,
        2,
        null,
        null,
      ]);
      match(runs[1]!.failure!.message, /failing\.ipynb, cell 2 \(id c2\), line 1: RangeError/);
      const shown = runs.map(({ notebook }) => textsOf(outputsOf(notebook).flat()));
      deepStrictEqual(shown[0], ['execute_result: "slow"']);
      deepStrictEqual(shown[2], ['execute_result: "quick"']);
      // Each in a kernel of its own.
      deepStrictEqual(shown[3], ['execute_result: "undefined"']);
    },
  ));

Deno.test("runNotebooks() runs as many at the same time as it is told", () =>
  inFolder({ a: ["1"], b: ["1"], c: ["1"], d: ["1"], e: ["1"] }, async (paths) => {
    let running = 0;
    let most = 0;
    await runNotebooks(paths, {
      parallel: 2,
      onProgress: ({ step }) => {
        if (step === "start") most = Math.max(most, ++running);
        if (step === "end") running--;
      },
    });
    strictEqual(most, 2);
  }));

Deno.test("runNotebooks() hands each notebook over as soon as it was run, and stops if it is refused", () =>
  inFolder({ a: ["'a'"], b: ["throw new Error('b')"], c: ["'c'"] }, async (paths) => {
    const given = new Map<number, string>();
    const runs = await runNotebooks(paths, {
      parallel: 2,
      onRun: ({ path }, index) => given.set(index, path),
    });
    deepStrictEqual(
      [...given].sort(([a], [b]) => a - b).map(([, path]) => path),
      runs.map(({ path }) => path),
    );
    let asked = 0;
    const refused = runNotebooks(paths, {
      parallel: 1,
      onRun: () => {
        asked++;
        throw new Error("not this one");
      },
    });
    await rejects(refused, /not this one/);
    strictEqual(asked, 1);
  }));

Deno.test("runNotebooks() refuses a missing notebook before any runs", () =>
  inFolder({ a: ["1"] }, async (paths, folder) => {
    let steps = 0;
    const run = runNotebooks([...paths, join(folder, "missing.ipynb")], {
      onProgress: () => steps++,
    });
    await rejects(run, (error) => {
      ok(error instanceof InputError);
      match(error.message, /missing\.ipynb/);
      return true;
    });
    strictEqual(steps, 0);
  }));

Deno.test("runNotebooks() throws the reason of an abort, with notebooks still waiting", () =>
  inFolder({ a: ["while (true) {}"], b: ["while (true) {}"], c: ["1"] }, async (paths) => {
    const stop = new AbortController();
    const run = runNotebooks(paths, {
      parallel: 2,
      signal: stop.signal,
      onProgress: ({ step }) => step === "cell" && stop.abort(new Error("enough")),
    });
    await rejects(run, /enough/);
  }));
