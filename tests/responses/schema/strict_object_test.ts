import assert from "node:assert/strict";
import { nullable, optional, string } from "valibot";
import { readStrictly } from "../../../lib/responses/schema/read_strictly.ts";
import { strictObject } from "../../../lib/responses/schema/strict_object.ts";
import { integerFrom, list } from "../../../lib/responses/schema/values.ts";

const person = strictObject({
  name: string(),
  age: nullable(integerFrom(0)),
  words: optional(list(string()), []),
  page: optional(integerFrom(1)),
});

Deno.test("strictObject() fills in what has a default, and leaves out what is optional", () => {
  assert.deepEqual(readStrictly(person, { age: null, name: "Bo" }).value, {
    name: "Bo",
    age: null,
    words: [],
  });
  const [one, other] = [1, 2].map(() => readStrictly(person, { age: 1, name: "Bo" }).value);
  assert.notEqual(one?.words, other?.words);
});

Deno.test("strictObject() lists every problem with its place, also inside one another", () => {
  const read = readStrictly(strictObject({ people: list(person, 1), title: string() }), {
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

Deno.test("strictObject() takes no list for an object, even where nothing is required", () => {
  assert.deepEqual(readStrictly(strictObject({ page: optional(integerFrom(1)) }), []), {
    problems: ["(top): expected an object, not a list"],
  });
});
