import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "../../lib/responses/input_error.ts";
import { parseCodebook } from "../../lib/responses/codebook.ts";
import { parseBenchmarks } from "../../lib/responses/published.ts";
import { parsePopulation } from "../../lib/responses/population.ts";
import { parsePublished } from "../../lib/responses/published.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { parseDesign } from "../../lib/responses/synthesis/design.ts";
import {
  anything,
  boolean,
  day,
  filled,
  id,
  integer,
  integerFrom,
  list,
  nullable,
  number,
  object,
  optional,
  readStrictly,
  record,
  type Schema,
  string,
  withDefault,
} from "../../lib/responses/schema.ts";

/** The files of data/, with how many of their places are left out between two that are tried. */
const FILES: [string, number, (value: unknown, file: string) => unknown][] = [
  ["codebook.json", 0, parseCodebook],
  ["population.json", 0, (value, file) => parsePopulation(value, codebook(), file)],
  ["benchmarks.json", 0, (value, file) => parseBenchmarks(value, codebook(), file)],
  ["synthesis.json", 0, (value, file) => parseDesign(value, codebook(), file)],
  ["published.json", 12, parsePublished],
];

for (const [file, leftOut, parse] of FILES) {
  Deno.test(`every place of ${file} is checked, and named where it is wrong`, () => {
    const data = JSON.parse(Deno.readTextFileSync(dataFile(file)));
    parse(data, file);
    const places = placesOf(data).filter((_, i) => i % (leftOut + 1) === 0);
    assert(places.length > 5);
    for (const { path, holder, key } of places) {
      const kept = holder[key];
      // Nowhere a list in a list is right.
      holder[key] = [[]];
      assert.throws(
        () => parse(data, file),
        (error) =>
          error instanceof InputError &&
          [":", "."].some((end) => error.message.includes(`\n  ${path}${end}`)),
        path,
      );
      holder[key] = kept;
    }
    parse(data, file);
  });
}

interface Place {
  readonly path: string;
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function placesOf(value: unknown, path = ""): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [
    { path: path + key, holder, key },
    ...placesOf(holder[key], `${path}${key}.`),
  ]);
}

Deno.test("record() keeps every entry, whatever its name", () => {
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom("constructor", "prototype", "__proto__", "toString", "0"),
  );
  fc.assert(fc.property(fc.array(fc.tuple(name, fc.jsonValue())), (entries) => {
    const value = Object.fromEntries(entries);
    const read = readStrictly(record(string, anything), value);
    assert.deepEqual(Object.entries(read.value ?? {}), Object.entries(value));
    assert.equal(Object.getPrototypeOf(read.value), Object.prototype);
  }));
});

Deno.test("record() tells what is wrong with names and with what is under them", () => {
  assert.deepEqual(
    readStrictly(record(id, boolean), { fine: true, worse: 1, "A B": null }).problems,
    [
      "worse: expected boolean, not 1",
      "A B: expected boolean, not null",
      'A B: expected an id in snake_case (a-z, 0-9 and _), not "A B"',
    ],
  );
});

Deno.test("record() takes no list for an object, nor nothing", () => {
  for (const [value, received] of [[[], "a list"], [null, "null"], ["x", '"x"']] as const) {
    assert.deepEqual(readStrictly(record(string, anything), value).problems, [
      `(top): expected an object, not ${received}`,
    ]);
  }
});

const person = object({
  name: string,
  age: nullable(integerFrom(0)),
  words: withDefault(list(string), () => []),
  page: optional(integerFrom(1)),
});

Deno.test("object() fills in what has a default, and leaves out what is optional", () => {
  assert.deepEqual(readStrictly(person, { age: null, name: "Bo" }).value, {
    name: "Bo",
    age: null,
    words: [],
  });
  const [one, other] = [1, 2].map(() => readStrictly(person, { age: 1, name: "Bo" }).value);
  assert.notEqual(one?.words, other?.words);
});

Deno.test("object() lists every problem with its place, also inside one another", () => {
  const read = readStrictly(object({ people: list(person, 1), title: string }), {
    people: [{ name: 1, age: -1.5, words: ["a", 2], page: 0 }, [], { age: 2 }],
    titel: "x",
    toString: "x",
    constructor: "x",
  });
  assert.deepEqual(read.problems, [
    "people.0.name: expected string, not 1",
    "people.0.age: expected a whole number, not -1.5",
    "people.0.age: expected >=0, not -1.5",
    "people.0.words.1: expected string, not 2",
    "people.0.page: expected >=1, not 0",
    "people.1: expected an object, not a list",
    "people.2.name: missing (expected string)",
    "title: missing (expected string)",
    '(top): no entry "titel", "toString", "constructor" (there is: people, title)',
  ]);
});

Deno.test("object() takes no list for an object, even where nothing is required", () => {
  assert.deepEqual(readStrictly(object({ page: optional(integerFrom(1)) }), []).problems, [
    "(top): expected an object, not a list",
  ]);
});

const takes = (schema: Schema<unknown>, value: unknown) =>
  readStrictly(schema, value).problems.length === 0;

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
