import { categoriesOf, type Codebook } from "./codebook.ts";
import { InputError } from "./input_error.ts";
import { NOT_ASKED } from "./survey.ts";
import { apportion } from "./synthesis/apportion.ts";
import type { SynthesisDesign, SynthesisStep } from "./synthesis/design.ts";
import { drawLatents } from "./synthesis/latents.ts";
import { randomStream } from "./synthesis/random.ts";
import { rankAndCut } from "./synthesis/rank_and_cut.ts";
import { shiftCounts } from "./synthesis/shift_counts.ts";
import { writeSynthetic } from "./synthesis/write_synthetic.ts";
import { whereMask } from "./where.ts";

/** What may differ from the published figures. */
export interface SynthesizeOptions {
  /** Another seed: other people, the same tables. */
  readonly seed?: number;
  /** By question: how far the share of its scale's main set moves, in percentage points. */
  readonly shift?: Readonly<Record<string, number>>;
  /** Every question not in `shift` moves by a random amount up to this many points either way. */
  readonly vary?: number;
  /** How many respondents to make; groups keep their proportions. */
  readonly respondents?: number;
}

/**
 * Makes synthetic respondents from whom the published figures come out.
 *
 * Each variable has a table of counts. Within each group of the table people are sorted by a score
 * (latent traits, earlier answers, chance) and given exactly the tabled numbers of answers
 * ("rank and cut"): the counts hold for every seed, and the traits that questions share make them
 * hang together in a believable way.
 *
 * @param codebook The columns, their categories and who is asked.
 * @param design The tables and the latents, data/synthesis.json.
 * @param options What may differ from the published figures.
 * @returns The CSV file as text, the same at every run and on every machine.
 * @throws {InputError} If `shift` names what is not a question, or a number is unfit.
 */
export function synthesize(
  codebook: Codebook,
  design: SynthesisDesign,
  options: SynthesizeOptions = {},
): string {
  checkOptions(codebook, options);
  const seed = options.seed ?? design.seed;
  const people = options.respondents ?? design.respondents;
  const latents = new Map(
    drawLatents(
      correlationMatrix(design),
      people,
      randomStream(seed, "latents"),
    )
      .map((values, i) => [design.latents[i] as string, values]),
  );
  const codes = new Map<string, Uint8Array>();
  for (const step of design.steps) {
    const groups = groupsOf(step, codes, codebook, people);
    const counts = countsOf(step, groups, codebook, seed, options);
    const column = new Uint8Array(people).fill(NOT_ASKED);
    const random = randomStream(seed, step.column);
    const scores = scoresOf(step, latents, codes, people);
    for (let i = 0; i < people; i++) {
      scores[i] = (scores[i] as number) + step.noise * random.normal();
    }
    groups.forEach((group, g) => {
      const dealt = rankAndCut(
        group,
        (person) => scores[person] as number,
        counts[g] as number[],
        dontKnowOf(step, codebook),
        random,
      );
      for (const [person, category] of dealt) column[person] = category + 1;
    });
    codes.set(step.column, column);
  }
  return writeSynthetic(
    codebook,
    codes,
    people,
    new Set(
      design.steps.filter((step) => step.as_code).map((step) => step.column),
    ),
    randomStream(seed, "order of the rows"),
    codebook.respondent.synthetic_prefix +
      (seed === design.seed ? "" : `${seed}-`),
  );
}

function checkOptions(codebook: Codebook, options: SynthesizeOptions) {
  for (const [name, points] of Object.entries(options.shift ?? {})) {
    if (!Object.hasOwn(codebook.questions, name)) {
      throw new InputError(
        `Cannot shift "${name}": the codebook has no such question. There is: ${
          Object.keys(codebook.questions).join(", ")
        }.`,
      );
    }
    if (!Number.isFinite(points)) {
      throw new InputError(
        `Cannot shift ${name} by ${points}: give percentage points, as in ${name}=+8.`,
      );
    }
  }
  const { seed = 0, respondents = 1, vary = 0 } = options;
  if (!Number.isSafeInteger(seed)) {
    throw new InputError(
      `The seed ${seed} is not a whole number. Give one, as in --seed 7.`,
    );
  }
  if (!Number.isSafeInteger(respondents) || respondents < 1) {
    throw new InputError(
      `Cannot make ${respondents} respondents: give a whole number of 1 or more.`,
    );
  }
  if (!(vary >= 0 && vary <= 100)) {
    throw new InputError(
      `Cannot vary by ${vary} points: give a number from 0 to 100.`,
    );
  }
}

function correlationMatrix(design: SynthesisDesign): number[][] {
  const { latents, correlations } = design;
  return latents.map((a) =>
    latents.map((b) => a === b ? 1 : correlations[`${a} ${b}`] ?? correlations[`${b} ${a}`] ?? 0)
  );
}

function groupsOf(
  step: SynthesisStep,
  codes: ReadonlyMap<string, Uint8Array>,
  codebook: Codebook,
  people: number,
): number[][] {
  return step.rows.map(({ where }) => {
    const mask = whereMask(codes, codebook, where, people);
    return [...mask.keys()].filter((person) => mask[person]);
  });
}

/** The table fitted to the groups as they are, then moved as the options ask. */
function countsOf(
  step: SynthesisStep,
  groups: readonly number[][],
  codebook: Codebook,
  seed: number,
  options: SynthesizeOptions,
): number[][] {
  const fitted = step.rows.map(({ counts }, g) => apportion(groups[g]?.length ?? 0, counts));
  const question = codebook.questions[step.column];
  const scale = question && codebook.scales[question.scale];
  if (!scale) return fitted;
  const chance = randomStream(seed, `vary ${step.column}`).uniform();
  const points = options.shift?.[step.column] ??
    (options.vary ?? 0) * (2 * chance - 1);
  const set = scale.sets[scale.main_set]?.categories ?? [];
  const inSet = Object.keys(scale.categories).map((id) => set.includes(id));
  return points === 0 ? fitted : shiftCounts(fitted, inSet, points);
}

function scoresOf(
  step: SynthesisStep,
  latents: ReadonlyMap<string, Float64Array>,
  codes: ReadonlyMap<string, Uint8Array>,
  people: number,
): Float64Array {
  const scores = new Float64Array(people);
  for (const [name, weight] of Object.entries(step.score)) {
    const values = latents.get(name) ??
      standardised(codes.get(name) ?? new Uint8Array(people));
    for (let i = 0; i < people; i++) {
      scores[i] = (scores[i] as number) + weight * (values[i] as number);
    }
  }
  return scores;
}

/** Answers as numbers with mean 0 and variance 1, the first category highest; not asked is 0. */
function standardised(codes: Uint8Array): Float64Array {
  let [n, sum, squares] = [0, 0, 0];
  for (const code of codes) {
    if (code !== NOT_ASKED) [n, sum, squares] = [n + 1, sum + code, squares + code * code];
  }
  const mean = sum / n;
  const deviation = Math.sqrt(squares / n - mean * mean) || 1;
  return Float64Array.from(
    codes,
    (code) => (code === NOT_ASKED ? 0 : (mean - code) / deviation),
  );
}

function dontKnowOf(step: SynthesisStep, codebook: Codebook): number {
  const question = codebook.questions[step.column];
  const id = question && codebook.scales[question.scale]?.dont_know;
  if (!id) return -1;
  return Object.keys(categoriesOf(codebook, step.column) ?? {}).indexOf(id);
}
