import { categoriesOf, type Codebook } from "./codebook.ts";
import { nearest } from "./nearest.ts";
import { isEmptyValue, normaliseValue } from "./normalise.ts";
import { type Problem, problem } from "./problem.ts";
import { NO_ANSWER } from "./survey.ts";

/** Code of a value that is no category, while a file is being checked. No survey ever holds it. */
export const UNKNOWN = 254;
/** So many distinct unknown values of one column are told apart; the rest are only counted. */
const MOST_VALUES = 200;

/**
 * Turns the values of one column into codes: a category's position from 1, or {@link NO_ANSWER}.
 *
 * A value is known by the category's id, its Danish or English label, or an alias; case, spaces and
 * a whole number's decimals ("1,0") do not matter.
 *
 * @param values The column as strings, null where empty.
 * @param name The codebook's id of the question or variable.
 * @param column The column's name in the file, for messages.
 * @param lineOf The line of a row (from 0).
 */
export function encodeColumn(
  values: ArrayLike<string | null>,
  name: string,
  codebook: Codebook,
  column: string,
  lineOf: (row: number) => number | null,
): { codes: Uint8Array; problems: Problem[] } {
  const known = codesOf(name, codebook);
  const codes = new Uint8Array(values.length);
  const seen = new Map<string, number>();
  const unknown = new Map<string, { row: number; count: number }>();
  let others = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) continue;
    let code = seen.get(value);
    if (code === undefined) {
      code = codeOf(value, known);
      if (seen.size < 10_000) seen.set(value, code);
    }
    codes[i] = code;
    if (code !== UNKNOWN) continue;
    const group = unknown.get(value);
    if (group) group.count++;
    else if (unknown.size < MOST_VALUES) unknown.set(value, { row: i, count: 1 });
    else others++;
  }
  const labels = Object.values(categoriesOf(codebook, name) ?? {})
    .map(({ da }) => da);
  const problems = [...unknown].map(([value, { row, count }]) =>
    problem("unknown_category", expectedOf(value, name, codebook, labels), {
      row: row + 1,
      line: lineOf(row),
      column,
      value,
      count,
    })
  );
  if (others > 0) {
    problems.push(
      problem("unknown_category", `one of: ${labels.join(", ")}`, {
        column,
        value: "(further values)",
        count: others,
      }),
    );
  }
  return { codes, problems };
}

function codeOf(value: string, known: ReadonlyMap<string, number>): number {
  // Normalising a value of a million letters would only make a slow "unknown".
  if (value.length > 10_000) return value.trim() === "" ? NO_ANSWER : UNKNOWN;
  const normalised = normaliseValue(value);
  const whole = normalised.replace(/^(-?\d+)[.,]0+$/, "$1");
  return known.get(normalised) ?? known.get(whole) ??
    (isEmptyValue(normalised) ? NO_ANSWER : UNKNOWN);
}

function codesOf(name: string, codebook: Codebook): Map<string, number> {
  const categories = Object.entries(categoriesOf(codebook, name) ?? {});
  const codes = new Map<string, number>();
  // Labels before aliases: where one category's alias is another's label, the label stands.
  for (const [i, [id, { da, en }]] of categories.entries()) {
    for (const text of [da, en, id]) codes.set(normaliseValue(text), i + 1);
  }
  for (const [i, [, { aliases }]] of categories.entries()) {
    for (const alias of aliases) {
      const key = normaliseValue(alias);
      if (!codes.has(key)) codes.set(key, i + 1);
    }
  }
  return codes;
}

function expectedOf(
  value: string,
  name: string,
  codebook: Codebook,
  labels: readonly string[],
): string {
  const spellings = new Map<string, string>();
  for (const { da, en, aliases } of Object.values(categoriesOf(codebook, name) ?? {})) {
    for (const text of [da, en, ...aliases]) spellings.set(text, da);
  }
  const near = new Set(
    nearest(value, [...spellings.keys()].filter((text) => text.length > 2), 2)
      .map((text) => spellings.get(text)),
  );
  const all = `one of: ${labels.join(", ")}`;
  return near.size > 0 ? `nearest: ${[...near].join(", ")} (${all})` : all;
}
