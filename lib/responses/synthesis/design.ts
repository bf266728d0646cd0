import { categoriesOf, type Codebook } from "../codebook.ts";
import * as s from "../schema.ts";

const step = s.object({
  /** A column of the codebook: a variable that is not derived, or a question. */
  column: s.string,
  /** What a person's score is made of: latents and columns of earlier steps, with their weights. */
  score: s.record(s.string, s.number),
  /** Standard deviation of what the score owes to chance. */
  noise: s.numberThat([">=0", (value) => value >= 0]),
  /** Write the category's first alias instead of its Danish label. */
  as_code: s.withDefault(s.boolean, () => false),
  /** Groups of people that exclude each other, with counts in the order of the categories. */
  rows: s.list(
    s.object({ where: s.record(s.string, s.list(s.string, 1)), counts: s.list(s.integerFrom(0)) }),
    1,
  ),
});

const schema = s.object({
  respondents: s.integerFrom(1),
  seed: s.integer,
  latents: s.list(s.string, 1),
  /** Correlation of each pair of latents, as "a b"; pairs left out are 0. */
  correlations: s.record(
    s.string,
    s.numberThat([">-1", (value) => value > -1], ["<1", (value) => value < 1]),
  ),
  /** In this order; a score or a `where` refers to earlier steps only. */
  steps: s.list(step, 1),
});

/** How the synthetic respondents are made; see data/synthesis.json. */
export type SynthesisDesign = s.Read<typeof schema>;
export type SynthesisStep = SynthesisDesign["steps"][number];

/**
 * Reads the design of the synthetic data, and checks every name in it against the codebook.
 *
 * @throws {InputError} Naming the file and every place that is wrong.
 */
export function parseDesign(value: unknown, codebook: Codebook, file: string): SynthesisDesign {
  return s.parseFile(
    schema,
    value,
    "make synthetic data from",
    file,
    (design) => brokenSteps(design, codebook),
  );
}

function brokenSteps({ steps, latents, correlations }: SynthesisDesign, codebook: Codebook) {
  const problems: string[] = [];
  const made = new Set<string>();
  for (const [i, { column, score, rows }] of steps.entries()) {
    const at = `steps.${i} (${column})`;
    const categories = Object.keys(categoriesOf(codebook, column) ?? {});
    if (categories.length === 0 || codebook.variables[column]?.derived) {
      problems.push(`${at}: the codebook has no such column`);
    }
    if (made.has(column)) problems.push(`${at}: made twice`);
    for (const name of Object.keys(score)) {
      if (latents.includes(name) || made.has(name)) continue;
      problems.push(`${at}: no latent and no earlier step "${name}"`);
    }
    for (const [r, { where, counts }] of rows.entries()) {
      if (counts.length !== categories.length) {
        problems.push(
          `${at}, row ${r + 1}: ${counts.length} counts for ${categories.length} categories`,
        );
      }
      for (const [name, among] of Object.entries(where)) {
        for (const category of among) {
          if (made.has(name) && Object.hasOwn(categoriesOf(codebook, name) ?? {}, category)) {
            continue;
          }
          problems.push(`${at}, row ${r + 1}: no earlier step "${name}" with "${category}"`);
        }
      }
    }
    made.add(column);
  }
  for (const pair of Object.keys(correlations)) {
    const names = pair.split(" ");
    if (names.length === 2 && names.every((name) => latents.includes(name))) continue;
    problems.push(`correlations: "${pair}" is not two latents`);
  }
  return problems;
}
