import { categoriesOf, type Codebook } from "./codebook.ts";
import * as s from "./schema.ts";

const schema = s.object({
  /** Whether the numbers are a guess of ours and not counted by anybody. */
  assumed: s.boolean,
  /** Where the numbers come from, fit to be shown. */
  source: s.text,
  /** By variable of the codebook, the share of the population in each of its categories. */
  margins: s.record(s.string, s.record(s.string, s.share)),
  /** Where people are weighted by it: no weight is outside these, the mean weight being 1. */
  trim: s.optional(s.object({ low: s.share, high: s.numberThat([">=1", (value) => value >= 1]) })),
});

/** How the people who could have been asked are distributed; see data/README.md. */
export type Population = s.Read<typeof schema>;

/**
 * Reads the margins of a population from a file like data/population.json.
 *
 * @throws {InputError} Where it cannot be read, and as {@link parsePopulation}.
 */
export async function readPopulation(path: string, codebook: Codebook): Promise<Population> {
  const option = `--weights, or give "none", "column" or "population"`;
  return parsePopulation(await s.readJsonFile(path, option), codebook, path);
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
  return s.parseFile(
    schema,
    value,
    "use the population in",
    file,
    ({ margins }) =>
      Object.entries(margins).flatMap(([variable, shares]) => {
        const at = `margins.${variable}`;
        const categories = codebook.variables[variable] && categoriesOf(codebook, variable);
        if (categories === undefined) return [`${at}: no variable "${variable}" in the codebook`];
        const names = Object.keys(categories);
        const unknown = Object.keys(shares).filter((name) => !names.includes(name));
        const missing = names.filter((name) => !Object.hasOwn(shares, name));
        const sum = Object.values(shares).reduce((total, share) => total + share, 0);
        const total = `${at}: the shares add up to ${+sum.toFixed(6)}, not to 1`;
        return [
          ...unknown.map((name) =>
            `${at}.${name}: no such category (there is: ${names.join(", ")})`
          ),
          ...missing.map((name) => `${at}: no share for "${name}"`),
          ...Math.abs(sum - 1) > 1e-6 ? [total] : [],
        ];
      }),
  );
}
