import * as v from "valibot";
import { InputError } from "./input_error.ts";
import { categoriesOf, type Codebook } from "./codebook.ts";
import { readJsonFile } from "./read_json_file.ts";
import { readStrictly } from "./schema/read_strictly.ts";
import { record } from "./schema/record.ts";
import { strictObject } from "./schema/strict_object.ts";
import { number, text } from "./schema/values.ts";
import { codebook } from "./shipped_codebook.ts";
import data from "../../data/population.json" with { type: "json" };

const share = v.pipe(number, v.minValue(0), v.maxValue(1));

const schema = strictObject({
  /** Whether the numbers are a guess of ours and not counted by anybody. */
  assumed: v.boolean(),
  /** Where the numbers come from, fit to be shown. */
  source: text,
  /** By variable of the codebook, the share of the population in each of its categories. */
  margins: record(v.string(), record(v.string(), share)),
  /** Where people are weighted by it: no weight is outside these, the mean weight being 1. */
  trim: v.optional(strictObject({ low: share, high: v.pipe(number, v.minValue(1)) })),
});

/** How the people who could have been asked are distributed; see data/README.md. */
export type Population = v.InferOutput<typeof schema>;

let parsed: Population | undefined;

/** The margins in data/population.json, checked at the first call. */
export function population(): Population {
  return parsed ??= parsePopulation(data, codebook(), "data/population.json");
}

/**
 * Reads the margins of a population from a file like data/population.json.
 *
 * @throws {InputError} Where it cannot be read, and as {@link parsePopulation}.
 */
export async function readPopulation(path: string, codebook: Codebook): Promise<Population> {
  return parsePopulation(
    await readJsonFile(path, `--weights, or give "none", "column" or "population"`),
    codebook,
    path,
  );
}

/**
 * Reads population margins strictly.
 *
 * @param value The parsed JSON.
 * @param codebook Has the variables and their categories.
 * @param file The file's name, for the messages.
 * @throws {InputError} Naming every place that is wrong: a name that the codebook does not have, a
 *   category without a share, shares that do not add up to 1.
 */
export function parsePopulation(value: unknown, codebook: Codebook, file: string): Population {
  const read = readStrictly(schema, value);
  const problems = read.problems ??
    Object.entries(read.value.margins).flatMap(([variable, shares]) =>
      problemsOf(codebook, variable, shares)
    );
  if (read.value && problems.length === 0) return read.value;
  throw new InputError(
    `Cannot use the population in ${file}:\n` +
      problems.map((problem) => `  ${problem}`).join("\n") +
      `\nCorrect these entries in ${file} and run again.`,
  );
}

function problemsOf(
  codebook: Codebook,
  variable: string,
  shares: Readonly<Record<string, number>>,
): string[] {
  const at = `margins.${variable}`;
  const categories = codebook.variables[variable] && categoriesOf(codebook, variable);
  if (categories === undefined) return [`${at}: no variable "${variable}" in the codebook`];
  const names = Object.keys(categories);
  const unknown = Object.keys(shares).filter((name) => !names.includes(name));
  const missing = names.filter((name) => !Object.hasOwn(shares, name));
  const sum = Object.values(shares).reduce((total, share) => total + share, 0);
  return [
    ...unknown.map((name) => `${at}.${name}: no such category (there is: ${names.join(", ")})`),
    ...missing.map((name) => `${at}: no share for "${name}"`),
    ...Math.abs(sum - 1) > 1e-6 ? [`${at}: the shares add up to ${+sum.toFixed(6)}, not to 1`] : [],
  ];
}
