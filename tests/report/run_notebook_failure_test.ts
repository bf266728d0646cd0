import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import type { NotebookError } from "../../lib/report/notebook_error.ts";
import { type NotebookRun, runNotebook, type RunOptions } from "../../lib/report/run_notebooks.ts";
import { notebookOf, outputsOf, textsOf } from "./notebook_of.ts";

const PATH = join(import.meta.dirname!, "made_up.ipynb");

async function failureOf(
  sources: readonly string[],
  options: RunOptions = {},
): Promise<{ error: NotebookError; run: NotebookRun }> {
  const run = await runNotebook(PATH, notebookOf(...sources), options);
  ok(run.failure !== null, "the notebook was expected to fail");
  return { error: run.failure, run };
}

Deno.test("runNotebook() stops at the first failing cell and names its line as written", async () => {
  const cell = `// a comment
interface Person {
  name: string;
}

const nobody: Person | null = null as Person | null;
console.log("before");

nobody!.name;`;
  const { error, run } = await failureOf(["1", cell, "3"]);
  strictEqual(
    error.message,
    `${PATH}, cell 2 (id c2), line 9: TypeError: Cannot read properties of null (reading 'name')\n` +
      `    nobody!.name;`,
  );
  match(error.failure.traceback.join("\n"), /at made_up\.ipynb, cell 2:9:\d+/);
  deepStrictEqual(outputsOf(run.notebook).map(textsOf), [
    ["execute_result: 1"],
    ["stdout: before\n", "error: TypeError: Cannot read properties of null (reading 'name')"],
    [],
  ]);
});

Deno.test("runNotebook() names the line that called into an earlier cell", async () => {
  const { error } = await failureOf([
    "function half(of: { length: number }) {\n\n  return of.length / 2;\n}",
    "// not there\n\nlet missing: any;\nhalf(missing);",
  ]);
  match(error.message, /cell 2 \(id c2\), line 4: TypeError: .*'length'\)\n {4}half\(missing\);$/);
});

Deno.test("runNotebook() gives the reason of a syntax error", async () => {
  const { error } = await failureOf(["const a = 1;\n\nconst b: number = ;\n"]);
  match(error.message, /cell 1 \(id c1\), line 3: SyntaxError: .+\n {4}const b: number = ;$/);
});

Deno.test("runNotebook() says that decorators and accessor fields do not run", async () => {
  for (const source of ["1;\n@own class A {}", "class B {\n  accessor x = 1;\n}"]) {
    const { failure } = await runNotebook(PATH, notebookOf(source));
    match(
      failure!.message,
      /line 2: SyntaxError: a decorator or an accessor field runs in Jupyter/,
    );
  }
});

Deno.test("runNotebook() runs cells although one before them has changed what arrays and texts can do", async () => {
  const { notebook, failure } = await runNotebook(
    PATH,
    notebookOf("Array.prototype.map = () => ['evil']; String.prototype.split = () => []; 1", "[2]"),
  );
  strictEqual(failure, null);
  deepStrictEqual(outputsOf(notebook).map(textsOf), [["execute_result: 1"], [
    "execute_result: [ 2 ]",
  ]]);
});

Deno.test("an error that is shown or printed has the stack of its cell, and nothing of what runs it", async () => {
  const { notebook } = await runNotebook(
    PATH,
    notebookOf("new Error('shown')", "console.log(new Error('printed'))"),
  );
  for (const [text] of outputsOf(notebook).map(textsOf)) {
    match(text!, /Error: (shown|printed)\n {4}at made_up\.ipynb, cell \d:1:\d+\n?$/);
  }
});

Deno.test("runNotebook() names the import that failed", async () => {
  const { error } = await failureOf(["// modules\nimport { a } from './not_there.ts';"]);
  match(error.message, /cell 1 \(id c1\), line 2: TypeError: Module not found .*not_there\.ts/);
  match(error.message, /\n {4}import \{ a \} from/);
});

Deno.test("runNotebook() names a package that does not exist", async () => {
  // Without a registry to ask, the package cannot be got either: the reason differs, the place not.
  const { error } = await failureOf(
    ['const a = 1;\nimport { b } from "npm:@nobody-here/not-there@1.2.3";'],
  );
  match(
    error.message,
    /cell 1 \(id c1\), line 2: import of "npm:@nobody-here\/not-there@1\.2\.3" failed: .+/,
  );
});

Deno.test("runNotebook() fails where a result cannot be shown", async () => {
  const { error } = await failureOf([
    'const bad = {\n  [Symbol.for("Jupyter.display")]() {\n    throw new Error("no picture");\n  },\n};\nbad',
  ]);
  match(error.message, /cell 1 \(id c1\).*: Error: no picture/);
});

Deno.test("runNotebook() fails where a promise fails with nobody waiting", async () => {
  const { error, run } = await failureOf([
    '(async () => {\n  await 0;\n  throw new Error("forgotten");\n})();\n1',
    "2",
  ]);
  match(error.message, /cell 1 \(id c1\).*: Error: forgotten/);
  deepStrictEqual(outputsOf(run.notebook)[1], []);
});

Deno.test("runNotebook() stops a cell that never ends", async () => {
  const { error } = await failureOf(["console.log(1)", "while (true) {}"], {
    cellTimeoutMs: 1_000,
  });
  match(error.message, /cell 2 \(id c2\): the cell did not finish within 1 s and was stopped$/);
});

for (
  const [how, call] of [
    ["Deno.exit(3)", "Deno.exit(3)"],
    ["process.exit(0)", "process.exit(0)"],
    ["SIGKILL to its own process", 'Deno.kill(Deno.pid, "SIGKILL")'],
  ] as const
) {
  Deno.test(`runNotebook() names a cell that ends the program with ${how}, and what it said`, async () => {
    const { error, run } = await failureOf([
      `import process from "node:process";\nconsole.log("bye");\ntry { ${call} } catch {}\nconsole.log("still here")`,
      "2",
    ]);
    strictEqual(
      error.message,
      `${PATH}, cell 1 (id c1): the cell ended the program with ${how}`,
    );
    deepStrictEqual(outputsOf(run.notebook).map(textsOf), [["stdout: bye\n"], []]);
  });
}

Deno.test("runNotebook() names at once what a timer or a microtask throws, with its line", async () => {
  for (
    const cell of [
      'setTimeout(() => {\n  throw new Error("late");\n}, 20);\nawait new Promise(() => setInterval(() => {}, 100));',
      'queueMicrotask(() => {\n  throw new Error("late");\n});\nawait new Promise(() => setInterval(() => {}, 100));',
    ]
  ) {
    const { error } = await failureOf(["1", cell], { cellTimeoutMs: 30_000 });
    match(error.message, /cell 2 \(id c2\), line 2: Error: late\n {4}throw new Error\("late"\);$/);
  }
});

Deno.test("runNotebook() names the cell that began what throws while another one runs", async () => {
  const { error } = await failureOf([
    'setTimeout(() => {\n  throw new Error("late");\n}, 20); 1',
    "await new Promise((resolve) => setTimeout(resolve, 2_000))",
  ]);
  match(error.message, /cell 1 \(id c1\), line 2: Error: late/);
});

Deno.test("runNotebook() stops a cell that floods its output", async () => {
  const { error } = await failureOf(["while (true) console.log('x'.repeat(1_000_000))"]);
  match(error.message, /cell 1 \(id c1\): the cell showed more than 50 million characters$/);
});

Deno.test("runNotebook() throws the reason of an abort", async () => {
  const stop = new AbortController();
  const run = runNotebook(PATH, notebookOf("1", "while (true) {}"), {
    signal: stop.signal,
    onProgress: (progress) => {
      if (progress.step === "cell" && progress.cell === 2) stop.abort(new Error("changed my mind"));
    },
  });
  await rejects(run, /changed my mind/);
});

Deno.test("runNotebook() reports a cell that waits for what cannot come", async () => {
  const { error } = await failureOf(
    ["await new Promise(() => {}).then(() => 1);"],
  );
  match(error.message, /cell 1 \(id c1\): the cell waits for a promise that nothing can settle$/);
});
