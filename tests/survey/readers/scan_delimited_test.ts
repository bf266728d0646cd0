import assert from "node:assert/strict";
import { table } from "arquero";
import * as fc from "fast-check";
import { csv } from "../../../lib/survey/readers/csv.ts";
import { findDelimiter, scanDelimited } from "../../../lib/survey/readers/scan_delimited.ts";

Deno.test("scanDelimited() counts the values of each record and tells its line", () => {
  const shape = scanDelimited('a,b\r\n1,"x\n""y"",z"\r\n\r\n2\n3,,\n', ",");
  assert.deepEqual(shape, {
    fields: [2, 2, 0, 1, 2],
    lines: [1, 2, 4, 5, 6],
    unclosed: null,
    stray: null,
  });
});

Deno.test("scanDelimited() finds a quote that is not closed and a value that goes on after one", () => {
  assert.equal(scanDelimited('a,b\n1,"x\n2,3\n', ",").unclosed, 2);
  assert.equal(scanDelimited('a,b\n\n1,"x"y\n', ",").stray, 3);
  assert.equal(scanDelimited('a,b\n1,x"y"\n', ",").stray, null);
});

Deno.test("findDelimiter() takes the one that the header has most of, outside quotes", () => {
  assert.equal(findDelimiter("a;b;c,d\n1,2,3,4,5"), ";");
  assert.equal(findDelimiter("a\tb\n"), "\t");
  assert.equal(findDelimiter('"a;b;c",d\n'), ",");
  assert.equal(findDelimiter("a"), ",");
});

Deno.test("the CSV reader gives back any table that Arquero writes", async () => {
  const value = fc.string({
    unit: fc.constantFrom("a", "ø", '"', ",", ";", "\n", "\r", " ", "1"),
    maxLength: 6,
  });
  await fc.assert(fc.asyncProperty(
    fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 8 }),
    async (rows) => {
      const columns = {
        one: rows.map(([a]) => a),
        two: rows.map(([, b]) => b),
        three: rows.map(([, , c]) => c),
      };
      const text = table(columns).toCSV();
      const read = await csv.read(new TextEncoder().encode(text), "f");
      const kept = rows.filter((row) => row.some((v) => v !== ""));
      assert.equal(read.table.numRows(), kept.length);
      for (const [c, name] of ["one", "two", "three"].entries()) {
        // A column of nothing but blanks may be dropped only where it has no name.
        assert.deepEqual(
          [...read.table.array(name)],
          kept.map((row) => row[c] === "" ? null : row[c]),
        );
      }
    },
  ));
});
