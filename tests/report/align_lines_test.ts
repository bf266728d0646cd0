import { strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { alignLines } from "../../lib/report/align_lines.ts";

Deno.test("alignLines() finds the line behind types, comments and blank lines", () => {
  const source = "// why\nimport {\n  a,\n} from 'm';\n\ninterface B {\n  c: string;\n}\n\na.b();";
  const compiled = `'use strict'; void 0;// why\nconst { a } = await import("m");\na.b();\n`;
  strictEqual(alignLines(source, compiled, 3, 3), 10);
  strictEqual(alignLines(source, compiled, 2, 22), 4);
});

Deno.test("alignLines() finds each line of a call that the compiler joined", () => {
  const source = "value\n  .first()\n  .second();";
  const compiled = "value.first().second();\n";
  strictEqual(alignLines(source, compiled, 1, 7), 2);
  strictEqual(alignLines(source, compiled, 1, 15), 3);
});

Deno.test("alignLines() has no line for texts without a common word", () => {
  strictEqual(alignLines("a", "b", 1, 1), null);
  strictEqual(alignLines("", "", 1, 1), null);
});

Deno.test("alignLines() gives each line of a text to itself", () => {
  const line = fc.stringMatching(/^[a-z]{1,5}( = [a-z0-9]{1,5})?;$/);
  fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
    const text = lines.join("\n");
    lines.forEach((_, index) => strictEqual(alignLines(text, text, index + 1, 1), index + 1));
  }));
});

Deno.test("alignLines() ignores blank lines, wherever they are put in", () => {
  const lines = fc.array(fc.nat(3), { minLength: 1, maxLength: 15 });
  fc.assert(fc.property(lines, (blanks) => {
    const compiled = blanks.map((_, i) => `word${i} + 1;`).join("\n");
    const source = blanks.map((count, i) => `${"\n".repeat(count)}word${i} + 1;`).join("\n");
    let line = 0;
    blanks.forEach((count, i) => {
      line += count + 1;
      strictEqual(alignLines(source, compiled, i + 1, 3), line);
    });
  }));
});
