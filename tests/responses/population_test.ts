import assert from "node:assert/strict";
import { InputError } from "../../lib/responses/input_error.ts";
import { codebook, population } from "../../lib/responses/study.ts";
import { parsePopulation } from "../../lib/responses/population.ts";

const valid = {
  assumed: true,
  source: { da: "d", en: "e" },
  margins: { gender: { woman: 0.6, man: 0.4 } },
};
const refused = (value: unknown, ...says: RegExp[]) =>
  assert.throws(() => parsePopulation(value, codebook(), "mine.json"), (error) => {
    assert(error instanceof InputError);
    for (const expected of [/mine\.json/, ...says]) assert.match(error.message, expected);
    return true;
  });

Deno.test("the shipped population is said to be an assumption and has a margin for gender", () => {
  const { assumed, margins } = population();
  assert.equal(assumed, true);
  assert.deepEqual(Object.keys(margins["gender"] ?? {}), ["woman", "man"]);
});

Deno.test("parsePopulation() takes margins that add up to 1", () => {
  assert.deepEqual(parsePopulation(valid, codebook(), "mine.json"), valid);
});

Deno.test("parsePopulation() names what is wrong with a margin", () => {
  refused({ ...valid, margins: { gender: { woman: 0.6, man: 0.3 } } }, /gender/, /0\.9/);
  refused({ ...valid, margins: { gender: { woman: 1 } } }, /no share for "man"/);
  refused({ ...valid, margins: { gender: { woman: 0.6, men: 0.4 } } }, /men/, /woman, man/);
  refused({ ...valid, margins: { sex: { woman: 1 } } }, /no variable "sex"/);
  refused({ ...valid, assumed: "yes" }, /assumed/);
  refused(
    { ...valid, margins: { gender: { woman: 1.2, man: -0.2 } } },
    /gender\.woman/,
    /gender\.man/,
  );
});
