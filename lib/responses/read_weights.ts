import type { Codebook } from "./codebook.ts";
import { type Problem, problem } from "./problem.ts";
import type { ResponseFile } from "./read_responses.ts";

/** Beyond these the sum of many squares is more, or less, than a number can hold. */
const LEAST_WEIGHT = 1e-100;
const MOST_WEIGHT = 1e100;

/**
 * What is to be said of a file's column of weights, or of its lack, before they are read.
 *
 * @param column Its name in the file, where it has one.
 * @param wanted Whether the weights count. Where not, a file that has some gives a warning.
 */
export function aboutWeights(
  { weight }: Codebook,
  column: string | undefined,
  wanted: boolean,
): Problem[] {
  if (column !== undefined) {
    return wanted ? [] : [problem("unused_weight", "every respondent to count", { column })];
  }
  const expected = weight
    ? `a column called ${[weight.column, ...weight.aliases].join(" or ")}`
    : `"weight" in data/codebook.json`;
  return wanted ? [problem("no_weight", expected)] : [];
}

/**
 * Reads the weights of a response file, where they are asked for, and checks them.
 *
 * @param wanted Whether the weights count.
 * @returns One weight per respondent, or null where everybody counts the same.
 */
export function readWeights(
  file: ResponseFile,
  codebook: Codebook,
  wanted: boolean,
): { weights: Float64Array | null; problems: Problem[] } {
  const { has, numbersOf, textOf, nameOf, lineOf, respondents } = file;
  const id = codebook.weight && has(codebook.weight.column) ? codebook.weight.column : null;
  if (id === null || !wanted) {
    // SPSS says by which column a file is weighted, whatever that is called.
    const named = file.problems.find(({ rule }) => wanted && rule === "weighted_by");
    const problems = named && id === null
      ? [{ ...named, rule: "no_weight" as const }]
      : aboutWeights(codebook, id === null ? undefined : nameOf(id), wanted);
    return { weights: null, problems };
  }
  const weights = numbersOf(id);
  let [count, first, equal] = [0, -1, true];
  for (let i = 0; i < respondents; i++) {
    const isWeight = weights[i]! >= LEAST_WEIGHT && weights[i]! <= MOST_WEIGHT;
    if (!isWeight && count++ === 0) first = i;
    if (weights[i] !== weights[0]) equal = false;
  }
  const at = { column: nameOf(id), value: textOf(id, Math.max(0, first)) ?? "" };
  if (count > 0) {
    const place = { ...at, row: first + 1, line: lineOf(first), count };
    return { weights: null, problems: [problem("bad_weight", "a number above 0", place)] };
  }
  const twofold = file.isText ? readTwoWays(weights, (row) => textOf(id, row) ?? "") : null;
  if (twofold) {
    const { row, text, other } = twofold;
    const [mark = "."] = /[.,]/.exec(text) ?? [];
    const expected = `${text.replace(mark, "")} or ${Number(text.replace(mark, "."))}; ` +
      `the column has "${other}" too`;
    const place = { column: nameOf(id), value: text, row: row + 1, line: lineOf(row) };
    return { weights: null, problems: [problem("ambiguous_number", expected, place)] };
  }
  if (!equal || respondents <= 1) return { weights, problems: [] };
  const all = { ...at, count: respondents };
  return { weights, problems: [problem("equal_weights", "weights that differ", all)] };
}

/** So many different numbers of a column are looked at, whole ones and others. */
const LOOKED_AT = 500;
const TWOFOLD = /^[1-9]\d{0,2}([.,])\d{3}$/;

/**
 * Finds a number such as "1.250", which may be a thousand or one and a quarter, in a column in which no
 * other shows what its mark stands for, and not all are of that form.
 *
 * @returns Its row and text, and another of the column; null where there is none.
 */
function readTwoWays(numbers: Float64Array, textOf: (row: number) => string) {
  const rows = [true, false].flatMap((isWhole) => {
    const firsts = new Map<number, number>();
    numbers.forEach((number, row) => {
      if (Number.isInteger(number) !== isWhole || firsts.size >= LOOKED_AT) return;
      if (!firsts.has(number)) firsts.set(number, row);
    });
    return [...firsts.values()];
  });
  const texts = rows.sort((a, b) => a - b).map((row) => ({ row, text: textOf(row).trim() }));
  const others = texts.filter(({ text }) => !TWOFOLD.test(text)).map(({ text }) => text);
  const found = texts.find(({ text }) => {
    const [, mark] = TWOFOLD.exec(text) ?? [];
    return mark !== undefined && !others.some((each) => each.includes(mark));
  });
  const [other] = others;
  return found === undefined || other === undefined ? null : { ...found, other };
}
