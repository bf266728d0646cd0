import * as v from "valibot";
import { categoriesOf, type Codebook } from "../codebook.ts";
import { InputError } from "../input_error.ts";
import { readStrictly } from "../schema/read_strictly.ts";
import { record } from "../schema/record.ts";
import { strictObject } from "../schema/strict_object.ts";
import { integer, integerFrom, list, number } from "../schema/values.ts";

const step = strictObject({
  /** A column of the codebook: a variable that is not derived, or a question. */
  column: v.string(),
  /** What a person's score is made of: latents and columns of earlier steps, with their weights. */
  score: record(v.string(), number),
  /** Standard deviation of what the score owes to chance. */
  noise: v.pipe(number, v.minValue(0)),
  /** Write the category's first alias instead of its Danish label. */
  as_code: v.optional(v.boolean(), false),
  /** The table: groups of people that exclude each other, with counts in the order of the categories. */
  rows: list(
    strictObject({
      where: record(v.string(), list(v.string(), 1)),
      counts: list(integerFrom(0)),
    }),
    1,
  ),
});

const schema = strictObject({
  respondents: integerFrom(1),
  seed: integer,
  latents: list(v.string(), 1),
  /** Correlation of each pair of latents, as "a b"; pairs left out are 0. */
  correlations: record(v.string(), v.pipe(number, v.gtValue(-1), v.ltValue(1))),
  /** In this order; a score or a `where` refers to earlier steps only. */
  steps: list(step, 1),
});

/** How the synthetic respondents are made; see data/synthesis.json. */
export type SynthesisDesign = v.InferOutput<typeof schema>;
export type SynthesisStep = SynthesisDesign["steps"][number];

/**
 * Reads the design of the synthetic data, and checks every name in it against the codebook.
 *
 * @throws {InputError} Naming the file and every place that is wrong.
 */
export function parseDesign(
  value: unknown,
  codebook: Codebook,
  file: string,
): SynthesisDesign {
  const read = readStrictly(schema, value);
  const problems = read.problems ?? brokenSteps(read.value, codebook);
  if (read.value && problems.length === 0) return read.value;
  throw new InputError(
    `Cannot make synthetic data from ${file}:\n` +
      problems.map((problem) => `  ${problem}`).join("\n") +
      `\nCorrect these entries in ${file} and run again.`,
  );
}

function brokenSteps(design: SynthesisDesign, codebook: Codebook): string[] {
  const problems: string[] = [];
  const made = new Set<string>();
  for (const [i, { column, score, rows }] of design.steps.entries()) {
    const at = `steps.${i} (${column})`;
    const categories = Object.keys(categoriesOf(codebook, column) ?? {});
    if (categories.length === 0 || codebook.variables[column]?.derived) {
      problems.push(`${at}: the codebook has no such column`);
    }
    if (made.has(column)) problems.push(`${at}: made twice`);
    for (const name of Object.keys(score)) {
      if (!design.latents.includes(name) && !made.has(name)) {
        problems.push(`${at}: no latent and no earlier step "${name}"`);
      }
    }
    for (const [r, { where, counts }] of rows.entries()) {
      if (counts.length !== categories.length) {
        problems.push(
          `${at}, row ${r + 1}: ${counts.length} counts for ` +
            `${categories.length} categories`,
        );
      }
      for (const [name, among] of Object.entries(where)) {
        const known = Object.keys(categoriesOf(codebook, name) ?? {});
        for (const category of among) {
          if (!made.has(name) || !known.includes(category)) {
            problems.push(
              `${at}, row ${r + 1}: no earlier step "${name}" with "${category}"`,
            );
          }
        }
      }
    }
    made.add(column);
  }
  for (const pair of Object.keys(design.correlations)) {
    const names = pair.split(" ");
    if (names.length !== 2 || !names.every((n) => design.latents.includes(n))) {
      problems.push(`correlations: "${pair}" is not two latents`);
    }
  }
  return problems;
}
