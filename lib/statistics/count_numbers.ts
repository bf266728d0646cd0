import { NeedsRows } from "../responses/counted_answers.ts";
import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import type { Survey } from "../responses/survey.ts";
import { columnOf } from "./column.ts";
import { countAnswers, type CountOptions, countsOf } from "./count_answers.ts";
import type { Counts } from "./counts.ts";
import { domainCodes } from "./domain.ts";
import type { People } from "./linearised_variance.ts";
import { codesOfParts, columnsOfParts } from "./rows/calibration.ts";
import { patternsOf, tallyOfPlaces } from "./tally.ts";

/** Counts whose answers stand for numbers; NaN for an answer that is none. */
export interface CountedNumbers {
  readonly counts: Counts;
  readonly values: readonly number[];
  /** The same people by the bands that shares are of: what may be shown follows from them. */
  readonly bands: Counts;
}

/**
 * The numbers of a question or score, counted: each different number is an answer.
 *
 * @throws {InputError} Where it is no question of numbers, or the survey was read as counts of bands.
 */
export function countNumbers(
  survey: Survey,
  question: string,
  { by = null, within = {} }: CountOptions = {},
): CountedNumbers {
  const { numbers } = numberQuestion(survey.codebook, question);
  const bands = countAnswers(survey, question, { by, within });
  if (numbers.arePoints) {
    const points = new Map(numbers.bands.map(({ id, from }) => [id, from]));
    return { counts: bands, values: bands.answers.map((id) => points.get(id) ?? NaN), bands };
  }
  if (survey.counted) throw new NeedsRows(question);
  const column = survey.numbers?.get(question) ?? new Float64Array(0);
  const values = [...new Set(column)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const placeOf = new Map(values.map((value, place) => [value, place]));
  const groups = by === null ? null : typeof by === "string" ? columnOf(survey, by) : by;
  const parts = columnsOfParts(survey);
  const columns = [...parts, ...groups ? [groups] : []];
  const tally = tallyOfPlaces(
    patternsOf(columns, domainCodes(survey, within), column.length),
    Uint32Array.from(column, (value) => placeOf.get(value) ?? values.length),
    // The numbers, and who gave none: "no answer" and "not asked" are one here.
    values.length + 2,
    survey.weights,
  );
  const { sample, sets, base } = bands;
  const answers = { id: question, base, sets, categories: values.map(String) };
  const counts = countsOf(tally, answers, groups, sample, codesOfParts(sample, parts));
  return { counts, values: [...values, NaN, NaN], bands };
}

/** A question of numbers, or a score. @throws {InputError} Where it is none. */
export function numberQuestion({ questions }: Codebook, name: string) {
  const { numbers, ...question } = questions[name] ?? {};
  if (numbers) return { ...question, numbers };
  const all = Object.keys(questions).filter((id) => questions[id]!.numbers);
  throw new InputError(
    `"${name}" is no question of numbers, and no score. ` +
      (all.length > 0 ? `There is: ${all.join(", ")}.` : "The codebook has none."),
  );
}

/** The numbers of one group; of everyone for null. */
export function peopleOf(
  { counts, values }: Omit<CountedNumbers, "bands">,
  group: string | null,
): People {
  const width = counts.answers.length;
  const row = counts.groups.indexOf(group);
  const places = [...values.keys()].filter((place) => !Number.isNaN(values[place]!));
  const of = (sums: Float64Array) => places.map((place) => sums[row * width + place]!);
  return {
    values: places.map((place) => values[place]!),
    n: of(counts.n),
    w: of(counts.w),
    w2: of(counts.w2),
    ...counts.parts && {
      parts: counts.parts.map((part) => peopleOf({ counts: part, values }, group)),
    },
  };
}
