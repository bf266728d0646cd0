import { table } from "arquero";
import { categoriesOf, type Codebook } from "../codebook.ts";
import { fileColumns } from "../file_columns.ts";
import { InputError } from "../input_error.ts";
import { NOT_ASKED } from "../survey.ts";
import { whereMask } from "../where.ts";
import type { SynthesisDesign, SynthesisStep } from "./design.ts";
import { drawLatents, type Random, randomStream, shuffled } from "./random.ts";

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

type Codes = Map<string, Uint8Array>;

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
  const { seed = design.seed, respondents: people = design.respondents } = options;
  const { latents: names, correlations } = design;
  const matrix = names.map((a) =>
    names.map((b) => a === b ? 1 : correlations[`${a} ${b}`] ?? correlations[`${b} ${a}`] ?? 0)
  );
  const drawn = drawLatents(matrix, people, randomStream(seed, "latents"));
  const latents = new Map(names.map((name, i) => [name, drawn[i]!]));
  const codes: Codes = new Map();
  for (const step of design.steps) {
    const groups = step.rows.map(({ where }) => {
      const mask = whereMask(codes, codebook, where, people);
      return [...mask.keys()].filter((person) => mask[person]);
    });
    const counts = countsOf(step, groups, codebook, seed, options);
    const random = randomStream(seed, step.column);
    const scores = new Float64Array(people);
    for (const [name, weight] of Object.entries(step.score)) {
      const values = latents.get(name) ?? standardised(codes.get(name)!);
      for (let i = 0; i < people; i++) scores[i]! += weight * values[i]!;
    }
    for (let i = 0; i < people; i++) scores[i]! += step.noise * random.normal();
    const column = new Uint8Array(people).fill(NOT_ASKED);
    const dontKnow = codebook.scales[codebook.questions[step.column]?.scale ?? ""]?.dont_know;
    const unknowing = Object.keys(categoriesOf(codebook, step.column)!).indexOf(dontKnow ?? "");
    groups.forEach((group, g) => {
      const dealt = rankAndCut(group, (person) => scores[person]!, counts[g]!, unknowing, random);
      for (const [person, category] of dealt) column[person] = category + 1;
    });
    codes.set(step.column, column);
  }
  const prefix = codebook.respondent.synthetic_prefix + (seed === design.seed ? "" : `${seed}-`);
  const order = shuffled([...Array(people).keys()], randomStream(seed, "order of the rows"));
  const asCode = design.steps.flatMap(({ column, as_code }) => as_code ? [column] : []);
  return write(codebook, codes, order, prefix, asCode);
}

function checkOptions(codebook: Codebook, options: SynthesizeOptions): void {
  const { seed = 0, respondents = 1, vary = 0, shift = {} } = options;
  for (const [name, points] of Object.entries(shift)) {
    if (!Object.hasOwn(codebook.questions, name)) {
      throw new InputError(
        `Cannot shift "${name}": the codebook has no such question. There is: ` +
          `${Object.keys(codebook.questions).join(", ")}.`,
      );
    }
    if (!Number.isFinite(points)) {
      throw new InputError(
        `Cannot shift ${name} by ${points}: give percentage points, as in ${name}=+8.`,
      );
    }
  }
  if (!Number.isSafeInteger(seed)) {
    throw new InputError(`The seed ${seed} is not a whole number. Give one, as in --seed 7.`);
  }
  if (!Number.isSafeInteger(respondents) || respondents < 1) {
    throw new InputError(
      `Cannot make ${respondents} respondents: give a whole number of 1 or more.`,
    );
  }
  if (!(vary >= 0 && vary <= 100)) {
    throw new InputError(`Cannot vary by ${vary} points: give a number from 0 to 100.`);
  }
}

/** The table fitted to the groups as they are, then moved as the options ask. */
function countsOf(
  { column, rows }: SynthesisStep,
  groups: readonly number[][],
  codebook: Codebook,
  seed: number,
  { shift = {}, vary = 0 }: SynthesizeOptions,
): number[][] {
  const fitted = rows.map(({ counts }, g) => apportion(groups[g]!.length, counts));
  const scale = codebook.scales[codebook.questions[column]?.scale ?? ""];
  if (!scale) return fitted;
  const chance = randomStream(seed, `vary ${column}`).uniform();
  const points = shift[column] ?? vary * (2 * chance - 1);
  const set = scale.sets[scale.main_set]?.categories ?? [];
  const inSet = Object.keys(scale.categories).map((id) => set.includes(id));
  return points === 0 ? fitted : shiftCounts(fitted, inSet, points);
}

/** Answers as numbers with mean 0 and variance 1, the first category highest; not asked is 0. */
function standardised(codes: Uint8Array): Float64Array {
  let [n, sum, squares] = [0, 0, 0];
  for (const code of codes) {
    if (code !== NOT_ASKED) [n, sum, squares] = [n + 1, sum + code, squares + code * code];
  }
  const mean = sum / n;
  const deviation = Math.sqrt(squares / n - mean * mean) || 1;
  return Float64Array.from(codes, (code) => code === NOT_ASKED ? 0 : (mean - code) / deviation);
}

/**
 * A response file: comma separated, Danish labels (or the first aliases), empty where not asked. People
 * come in random order, so that the file does not show how it was made.
 */
function write(
  codebook: Codebook,
  codes: Codes,
  order: readonly number[],
  prefix: string,
  asCode: readonly string[],
): string {
  const digits = Math.max(4, String(order.length).length);
  const ids = order.map((_, i) => prefix + String(i + 1).padStart(digits, "0"));
  const columns: Record<string, (string | null)[]> = { [codebook.respondent.column]: ids };
  for (const name of fileColumns(codebook)) {
    const column = codes.get(name);
    if (!column) continue;
    const words = Object.values(categoriesOf(codebook, name)!)
      .map(({ da, aliases }) => asCode.includes(name) ? aliases[0] ?? da : da);
    columns[name] = order.map((person) => words[column[person]! - 1] ?? null);
  }
  return table(columns).toCSV();
}

/**
 * Hands out a whole number of people in proportion to weights (largest remainders, also known as
 * Hamilton's method). Weights that already add up to the total come back unchanged.
 *
 * @param total Number of people, at least 0.
 * @param weights Not negative. Where all are 0, everyone is given to the first.
 * @returns Whole numbers, as many as weights, that add up to `total`.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const all = sum(weights);
  if (all === 0) return weights.map((_, i) => (i === 0 ? total : 0));
  const exact = weights.map((weight) => (total * weight) / all);
  const counts = exact.map(Math.floor);
  const remainder = (i: number) => exact[i]! - Math.floor(exact[i]!);
  const order = [...weights.keys()].sort((i, j) => remainder(j) - remainder(i) || i - j);
  for (const i of order.slice(0, total - sum(counts))) counts[i]!++;
  return counts;
}

/**
 * Moves people into (or out of) some categories, row by row of a table of counts. Everyone in a row
 * stays in that row; within the set and outside it the categories keep their proportions.
 *
 * @param rows Counts, one row per group, one number per category.
 * @param inSet For each category, whether it belongs to the set.
 * @param points How far the set's share of all rows together moves, in percentage points. It stops
 *   at 0 and at 100 per cent.
 * @returns A new table with the same row sums.
 */
export function shiftCounts(
  rows: readonly (readonly number[])[],
  inSet: readonly boolean[],
  points: number,
): number[][] {
  const sizes = rows.map(sum);
  const inside = rows.map((row) => sum(row.filter((_, i) => inSet[i])));
  const outside = sizes.map((size, r) => size - inside[r]!);
  const wanted = Math.round((sum(sizes) * points) / 100);
  const move = Math.max(-sum(inside), Math.min(sum(outside), wanted));
  // Rows give in proportion to what they have to give, so no count falls below 0.
  const moves = apportion(Math.abs(move), move > 0 ? outside : inside);
  return rows.map((row, r) => {
    const set = inside[r]! + Math.sign(move) * moves[r]!;
    const part = (want: boolean, total: number) => {
      const weights = row.map((n, i) => (inSet[i] === want ? n : 0));
      // Nobody there to follow: everyone who moves is spread evenly.
      const even = inSet.map((is) => (is === want ? 1 : 0));
      return apportion(total, sum(weights) > 0 ? weights : even);
    };
    const [own, rest] = [part(true, set), part(false, sizes[r]! - set)];
    return row.map((_, i) => (inSet[i] ? own[i]! : rest[i]!));
  });
}

/**
 * Gives every person of a group a category so that exactly the wanted numbers come out: people are
 * sorted by score, and the first category goes to those with the highest. People who "don't know" are
 * drawn at random first.
 *
 * @param counts How many get each category, in order; they add up to the number of people.
 * @param dontKnow Position of "don't know" among the categories, or -1.
 * @returns Pairs of person and position of the category.
 * @throws {RangeError} If the counts do not add up.
 */
export function rankAndCut(
  people: readonly number[],
  score: (person: number) => number,
  counts: readonly number[],
  dontKnow: number,
  random: Random,
): [person: number, category: number][] {
  if (sum(counts) !== people.length) {
    throw new RangeError(`Counts for ${sum(counts)} people, but the group has ${people.length}`);
  }
  const drawn = shuffled(people, random);
  const unknowing = drawn.splice(0, counts[dontKnow] ?? 0);
  const sorted = drawn.sort((a, b) => score(b) - score(a) || a - b);
  return counts.flatMap((count, category) =>
    (category === dontKnow ? unknowing : sorted.splice(0, count))
      .map((person): [number, number] => [person, category])
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
