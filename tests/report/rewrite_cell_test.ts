import { deepStrictEqual, doesNotMatch, match, strictEqual, throws } from "node:assert/strict";
import { CellSyntaxError, importsOf, rewriteCell } from "../../lib/report/rewrite_cell.ts";

Deno.test("rewriteCell() leaves every line where it is", () => {
  const source = `import {
  a,
  type B,
} from "./x.ts";

interface C {
  c: number;
}
const d: C = { c: 1 },
  e = 2;
function f(g: number) {
  return g;
}
marker(d, e, f);`;
  const { source: script, lineAt } = rewriteCell(source);
  const at = script.split("\n").findIndex((line) => line.includes("marker"));
  // The script has one line above the cell's first.
  strictEqual(lineAt(at, 0), 14);
  strictEqual(at, 14);
  doesNotMatch(script, /interface|: number|type B/);
});

Deno.test("rewriteCell() finds the lines of a cell that has to be compiled", () => {
  const { source, lineAt } = rewriteCell(
    "import { a } from 'a';\n\nenum E {\n  A,\n}\n\nmarker(E.A);",
  );
  const at = source.split("\n").findIndex((line) => line.includes("marker"));
  strictEqual(lineAt(at, source.split("\n")[at]!.indexOf("marker")), 7);
  match(source, /import\('a'/);
});

for (
  const [source, line] of [
    ["1;\nexport const a = 1;", 2],
    ["1;\n@dec\nclass A {}", 2],
  ] as const
) {
  Deno.test(`rewriteCell() says of ${JSON.stringify(source)} that it runs in Jupyter alone`, () => {
    throws(
      () => rewriteCell(source),
      (error) =>
        error instanceof CellSyntaxError && error.line === line &&
        / runs in Jupyter and not in a report/.test(error.message),
    );
  });
}

Deno.test("rewriteCell() changes nothing below the top level but import()", () => {
  const inner = "{ let b = 1; class C {} function d() { const e = b; return e; } }";
  const { source } = rewriteCell(`function a() ${inner}`);
  match(source, new RegExp(inner.replace(/[{}()]/g, "\\$&")));
  match(rewriteCell("() => import('x')").source, /\(\) => __notebook_cell\.import\('x'\)/);
});

Deno.test("rewriteCell() says what is wrong, and in which line", () => {
  const lineOf = (source: string) => {
    let line: number | null = null;
    throws(() => rewriteCell(source), (error) => {
      line = (error as CellSyntaxError).line;
      return error instanceof CellSyntaxError;
    });
    return line;
  };
  strictEqual(lineOf("const a = 1;\n\nconst b: number = ;"), 3);
  strictEqual(lineOf("1;\nreturn 2;"), 2);
  strictEqual(lineOf("let a = 1;\nlet a = 2;"), 2);
});

Deno.test("importsOf() finds modules and the lines that name them, and no types", () => {
  deepStrictEqual(
    importsOf(`import type { A } from "types";
import b from "./b.ts";
// import c from "comment"
const text = 'import d from "text"';
const e = await import("late");
export * from "again";`),
    [
      { specifier: "./b.ts", line: 2 },
      { specifier: "late", line: 5 },
      { specifier: "again", line: 6 },
    ],
  );
});
