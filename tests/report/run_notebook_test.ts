import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { notebookToJson } from "../../lib/report/notebook_json.ts";
import { runNotebook } from "../../lib/report/run_notebooks.ts";
import type { Progress } from "../../lib/report/run_notebooks.ts";
import { notebookOf, outputsOf, textsOf } from "./notebook_of.ts";

const PATH = join(import.meta.dirname!, "made_up.ipynb");

Deno.test("runNotebook() loses no output of any kind and keeps their order", async () => {
  const kinds = [
    (i: number) => `${i}`,
    (i: number) => `await Promise.resolve(${i})`,
    (i: number) => `await new Promise((resolve) => setTimeout(() => resolve(${i}), 1))`,
    (i: number) =>
      `for (let k = 0; k < 3; k++) {
        Deno.jupyter.display({ "text/plain": \`${i}.\${k}\` }, { raw: true });
      }
      undefined`,
    (i: number) => `await Deno.jupyter.display({ "text/plain": "${i}" }, { raw: true })`,
    (i: number) => `console.log("out ${i}"); console.error("err ${i}"); console.log("out again")`,
  ];
  const cells = 240;
  const shown = (i: number) =>
    [
      [`execute_result: ${i}`],
      [`execute_result: ${i}`],
      [`execute_result: ${i}`],
      [0, 1, 2].map((k) => `display_data: ${i}.${k}`),
      [`display_data: ${i}`],
      [`stdout: out ${i}\n`, `stderr: err ${i}\n`, "stdout: out again\n"],
    ][i % kinds.length]!;
  const notebook = notebookOf(
    ...Array.from({ length: cells }, (_, i) => kinds[i % kinds.length]!(i)),
  );

  const run = await runNotebook(PATH, notebook);

  strictEqual(run.failure, null);
  deepStrictEqual(
    outputsOf(run.notebook).map(textsOf),
    Array.from({ length: cells }, (_, i) => shown(i)),
  );
  strictEqual(run.timings.cells.length, cells);
});

Deno.test("runNotebook() takes in outputs of several megabytes undamaged", async () => {
  const size = 3_000_000;
  const cell = `for (let i = 0; i < 3; i++) {
    await Deno.jupyter.display({ "text/plain": String(i).repeat(${size}) }, { raw: true });
  }
  "last"`;
  const run = await runNotebook(PATH, notebookOf(cell, cell));
  strictEqual(run.failure, null);
  for (const outputs of outputsOf(run.notebook)) {
    deepStrictEqual(textsOf(outputs), [
      ...[0, 1, 2].map((i) => `display_data: ${String(i).repeat(size)}`),
      'execute_result: "last"',
    ]);
  }
});

Deno.test("runNotebook() gives the same file twice, counted from 1, without colours", async () => {
  const notebook = notebookOf("const a: number = 1;", "", "({ a, b: [1, 2] })", "console.log(a)");
  const [first, second] = await Promise.all([
    runNotebook(PATH, notebook),
    runNotebook(PATH, notebook),
  ]);
  strictEqual(notebookToJson(first.notebook), notebookToJson(second.notebook));
  const counts = first.notebook.cells.map((cell) =>
    cell.cell_type === "code" ? cell.execution_count : undefined
  );
  deepStrictEqual(counts, [1, null, 2, 3]);
  deepStrictEqual(outputsOf(first.notebook).map(textsOf), [
    [],
    [],
    ["execute_result: { a: 1, b: [ 1, 2 ] }"],
    ["stdout: 1\n"],
  ]);
});

Deno.test("runNotebook() runs cells in the notebook's folder with the given variables", async () => {
  const run = await runNotebook(
    PATH,
    notebookOf("Deno.cwd()", 'Deno.env.get("SURVEY_LANG")'),
    { env: { SURVEY_LANG: "da" } },
  );
  deepStrictEqual(outputsOf(run.notebook).map(textsOf), [
    [`execute_result: "${import.meta.dirname}"`],
    ['execute_result: "da"'],
  ]);
});

Deno.test("runNotebook() says what it is doing", async () => {
  const steps: string[] = [];
  const onProgress = (progress: Progress) => {
    steps.push(progress.step === "cell" ? `cell ${progress.cell}` : progress.step);
  };
  await runNotebook(PATH, notebookOf("1", "2"), { onProgress });
  deepStrictEqual(steps, ["start", "cell 1", "cell 2", "end"]);
});

Deno.test("a report leaves out cells that are tagged as the analyst's, a run by hand does not", async () => {
  const made = notebookOf("1", "2");
  const [first, second] = made.cells;
  const notebook = { ...made, cells: [{ ...first!, metadata: { tags: ["analyst"] } }, second!] };
  const texts = async (forReport: boolean) =>
    outputsOf((await runNotebook(PATH, notebook, { forReport })).notebook).map(textsOf);
  deepStrictEqual(await texts(true), [[], ["execute_result: 2"]]);
  deepStrictEqual(await texts(false), [["execute_result: 1"], ["execute_result: 2"]]);
});
