import assert from "node:assert/strict";
import fc from "fast-check";
import type { GenericSchema } from "valibot";
import { readStrictly } from "../../../lib/responses/schema/read_strictly.ts";
import { day, filled, integer, list, number } from "../../../lib/responses/schema/values.ts";

const takes = (schema: GenericSchema, value: unknown) => !readStrictly(schema, value).problems;

Deno.test("a day is one of the calendar, leap years and all", () => {
  const days = fc.date({
    min: new Date("0001-01-01"),
    max: new Date("9999-12-31"),
    noInvalidDate: true,
  });
  fc.assert(fc.property(days, (date) => takes(day, date.toISOString().slice(0, 10))));
  for (const right of ["2024-02-29", "2000-02-29"]) assert(takes(day, right), right);
  for (
    const wrong of [
      "2023-02-29",
      "1900-02-29",
      "2025-04-31",
      "2025-13-01",
      "2025-00-10",
      "2025-1-1",
      "25-01-01",
      "2025-01-31T00:00Z",
      " 2025-01-31",
      "",
      20250131,
    ]
  ) assert(!takes(day, wrong), String(wrong));
});

Deno.test("numbers are finite, and whole ones exact", () => {
  const infinite = JSON.parse("1e999");
  assert.deepEqual(readStrictly(number, infinite).problems, [
    "(top): expected a finite number, not Infinity",
  ]);
  assert(takes(number, -1.5) && takes(integer, -(2 ** 53) + 1));
  for (const wrong of [1.5, 2 ** 53, infinite, "1", null]) assert(!takes(integer, wrong));
});

Deno.test("a text has something in it, and a list as much as it needs", () => {
  assert(takes(filled, " ") && !takes(filled, "") && !takes(filled, ["a"]));
  assert(takes(list(filled, 2), ["a", "b"]) && takes(list(filled), []));
  assert.deepEqual(readStrictly(list(filled, 2), ["a"]).problems, [
    "(top): expected at least 2 in the list, not 1",
  ]);
});
