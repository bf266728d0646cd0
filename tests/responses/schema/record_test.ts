import assert from "node:assert/strict";
import fc from "fast-check";
import { boolean, string, unknown } from "valibot";
import { readStrictly } from "../../../lib/responses/schema/read_strictly.ts";
import { record } from "../../../lib/responses/schema/record.ts";
import { id } from "../../../lib/responses/schema/values.ts";

Deno.test("record() keeps every entry, whatever its name", () => {
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom("constructor", "prototype", "__proto__", "toString", "0"),
  );
  fc.assert(fc.property(fc.array(fc.tuple(name, fc.jsonValue())), (entries) => {
    const value = Object.fromEntries(entries);
    const read = readStrictly(record(string(), unknown()), value);
    assert.deepEqual(Object.entries(read.value ?? {}), Object.entries(value));
    assert.equal(Object.getPrototypeOf(read.value), Object.prototype);
  }));
});

Deno.test("record() tells what is wrong with names and with what is under them", () => {
  assert.deepEqual(readStrictly(record(id, boolean()), { fine: true, worse: 1, "A B": null }), {
    problems: [
      "worse: expected boolean, not 1",
      "A B: expected boolean, not null",
      'A B: expected an id in snake_case (a-z, 0-9 and _), not "A B"',
    ],
  });
});

Deno.test("record() takes no list for an object, nor nothing", () => {
  for (const [value, received] of [[[], "a list"], [null, "null"], ["x", '"x"']] as const) {
    assert.deepEqual(readStrictly(record(string(), unknown()), value), {
      problems: [`(top): expected an object, not ${received}`],
    });
  }
});
