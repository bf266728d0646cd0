import { deepEqual, equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import type { Column } from "../../lib/statistics/column.ts";
import { codesOf } from "../../lib/statistics/counts_of_bins.ts";
import { requireLegalCodes } from "../../lib/statistics/legal_codes.ts";
import { packColumns } from "../../lib/statistics/pack_columns.ts";
import { countPacked } from "../../lib/statistics/packed_question.ts";

/** Columns of so many respondents with so many categories each; what they answered follows a seed. */
function makeColumns(sizes: readonly number[], respondents: number, seed: number): Column[] {
  let state = seed | 1;
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return sizes.map((size, place) => {
    const categories = Array.from({ length: size }, (_, i) => `category_${i}`);
    const column = { id: `column_${place}`, base: "all", categories, sets: {} };
    const legal = codesOf({ ...column, codes: new Uint8Array() });
    // Rare answers are rare, as in a survey.
    // Not every column begins where a word does.
    const codes = new Uint8Array(new ArrayBuffer(respondents + place), place);
    for (let i = 0; i < respondents; i++) {
      codes[i] = legal[Math.floor(random() * random() * legal.length)]!;
    }
    return { ...column, codes };
  });
}

const anyColumns = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 9 }),
  respondents: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 3_000, max: 20_000 })),
  seed: fc.integer(),
  restricted: fc.boolean(),
}).map(({ sizes, respondents, seed, restricted }) => {
  const [question, ...variables] = makeColumns(sizes, respondents, seed);
  const inside = restricted ? Uint8Array.from(question!.codes, (code) => code % 3 ? 1 : 0) : null;
  return { question: question!, variables, inside, respondents };
});

Deno.test("packColumns() gives each respondent a number that tells all their answers", () => {
  fc.assert(
    fc.property(anyColumns, ({ variables, inside, respondents }) => {
      const packs = packColumns(variables, inside, respondents);
      deepEqual(
        new Set(packs.flatMap(({ columns }) => columns)),
        new Set(variables),
      );
      for (const pack of packs) {
        for (const column of pack.columns) {
          const codes = codesOf(column);
          const places = pack.placesOf(column);
          const told = Uint8Array.from(
            pack.codes,
            (number, i) => number === 0 ? column.codes[i]! : codes[places[number]!]!,
          );
          deepEqual(told, column.codes);
        }
        const isIn = pack.codes.map((number) => number === 0 ? 0 : 1);
        equal(isIn.join(), Array.from(isIn, (_, i) => inside?.[i] ?? 1).join());
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("packColumns() makes one pack of variables that are made of others", () => {
  const variables = makeColumns([2, 3, 4, 4], 50_000, 7);
  const derived = variables.map((column) => ({ ...column, id: `derived_${column.id}` }));
  const packs = packColumns([...variables, ...derived], null, 50_000);
  equal(packs.length, 1);
  equal(packs[0]!.parts.length, 2);
  ok(packs[0]!.size <= 1 + 4 * 5 * 6 * 6, `${packs[0]!.size} combinations`);
});

Deno.test("countPacked() counts what looking at each respondent counts", () => {
  fc.assert(
    fc.property(anyColumns, ({ question, variables, inside, respondents }) => {
      const weights = Float64Array.from({ length: respondents }, (_, i) => 1 + i % 7 / 4);
      const ofTheirOwn = weights.map((weight, i) => weight + i);
      const questions = [question, ...variables.slice(0, 2)];
      for (const weighing of [null, weights, ofTheirOwn]) {
        // By few variables several questions are counted together.
        for (const some of [variables, variables.slice(0, 1)]) {
          const packs = packColumns(some, inside, respondents, weighing);
          for (const packed of countPacked(questions, packs, weighing)) {
            for (const groups of [null, ...some]) {
              const counted = countedByHand(packed.column, groups, inside, weighing);
              // Quarters and their squares add up without rounding.
              deepEqual(packed.by(groups), counted);
            }
          }
        }
      }
    }),
    { numRuns: 40 },
  );
});

function countedByHand(
  question: Column,
  groups: Column | null,
  inside: Uint8Array | null,
  weights: Float64Array | null,
) {
  const answers = codesOf(question);
  const codes = groups ? codesOf(groups) : [];
  const size = answers.length * Math.max(1, codes.length);
  const [n, w, w2] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let i = 0; i < question.codes.length; i++) {
    if (inside?.[i] === 0) continue;
    const group = groups ? codes.indexOf(groups.codes[i]!) : 0;
    const at = group * answers.length + answers.indexOf(question.codes[i]!);
    const weight = weights?.[i] ?? 1;
    n[at]! += 1;
    w[at]! += weight;
    w2[at]! += weight ** 2;
  }
  return { n, w, w2 };
}

Deno.test("people are counted by weight where everybody with a number weighs the same", () => {
  const [question, ...variables] = makeColumns([4, 2, 3], 40_000, 3);
  const [first, second] = variables;
  const byVariables = Float64Array.from(
    first!.codes,
    (code, i) => 1 + code + second!.codes[i]! / 256,
  );
  const ofTheirOwn = Float64Array.from({ length: 40_000 }, (_, i) => 1 + i);
  const exceptTheLast = byVariables.map((weight, i) => i === 39_999 ? weight / 2 : weight);
  const isPacked = (weights: Float64Array) =>
    packColumns(variables, null, 40_000, weights).every((pack) => pack.weights !== undefined);
  const all = [byVariables, ofTheirOwn, exceptTheLast];
  deepEqual(all.map(isPacked), [true, false, false]);
  for (const weights of all) {
    const packs = packColumns(variables, null, 40_000, weights);
    const [packed] = countPacked([question!], packs, weights);
    const { w, w2 } = packed!.by(null);
    const sum = (numbers: Float64Array) => numbers.reduce((a, b) => a + b, 0);
    equal(sum(w), sum(weights));
    equal(sum(w2), sum(weights.map((weight) => weight * weight)));
  }
});

Deno.test("PackedQuestion counts the people of each combination of variables", () => {
  fc.assert(
    fc.property(anyColumns, ({ question, variables, inside, respondents }) => {
      const packs = packColumns(variables, inside, respondents);
      const [packed] = countPacked([question], packs, null);
      const [first, second = first] = variables;
      if (first === undefined || second === undefined) return;
      const people = new Map<string, number>();
      for (let i = 0; i < respondents; i++) {
        if (inside?.[i] === 0 || [0, 255].includes(question.codes[i]!)) continue;
        const key = `${first.codes[i]} ${second.codes[i]}`;
        people.set(key, (people.get(key) ?? 0) + 1);
      }
      const counted = packed!.crossing([first.id, second.id]);
      const isTogether = packs.some(({ columns }) =>
        [first, second].every((column) => columns.includes(column))
      );
      equal(counted === null, !isTogether);
      const sort = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b);
      if (counted !== null) deepEqual(sort(counted), sort(people.values()));
    }),
    { numRuns: 60 },
  );
});

Deno.test("requireLegalCodes() refuses any code that is none of the column's, wherever it is", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 126 }),
      fc.integer({ min: 1, max: 30 }),
      fc.nat(),
      fc.integer({ min: 0, max: 255 }),
      fc.integer({ min: 0, max: 3 }),
      (size, respondents, seed, code, offset) => {
        const [column] = makeColumns([size], respondents, seed);
        const codes = new Uint8Array(new ArrayBuffer(respondents + offset), offset);
        codes.set(column!.codes);
        const moved = { ...column!, codes };
        requireLegalCodes(moved);
        const other = { ...moved, codes: new Uint8Array(codes.buffer.slice(0), offset) };
        other.codes[seed % respondents] = code;
        if (codesOf(other).includes(code)) requireLegalCodes(other);
        else throws(() => requireLegalCodes(other), { name: "RangeError" });
      },
    ),
    { numRuns: 500 },
  );
});
