import { NeedsRows } from "../responses/counted_answers.ts";
import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../responses/survey.ts";
import { columnOf } from "./column.ts";
import { countAnswers, type CountOptions } from "./count_answers.ts";
import type { Counts } from "./counts.ts";
import { domainCodes } from "./domain.ts";
import type { People } from "./means.ts";
import { codesOfParts, columnsOfParts } from "./rows/calibration.ts";

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
 * @throws {InputError} Where it is no question of numbers.
 * @throws {NeedsRows} Where the survey was read as counts and its answers are bands of numbers.
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
  const known = [...new Set(column)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const placeOf = new Map(known.map((value, place) => [value, place]));
  const groups = by === null ? null : typeof by === "string" ? columnOf(survey, by) : by;
  const inside = domainCodes(survey, within);
  const columns = columnsOfParts(survey);
  const parts = codesOfParts(bands.sample, columns);
  const places = new Map(parts?.map((codes, part) => [codes.join(), part]));
  const partOf = parts && Int32Array.from(
    column,
    (_, row) => places.get(columns.map(({ codes }) => codes[row]).join()) ?? -1,
  );
  const last = groups?.categories.length ?? 0;
  const width = known.length;
  const { parts: _, ...others } = bands;
  const sums = () => new Float64Array(bands.groups.length * width);
  const [all, ...own] = [null, ...parts ?? []].map((): Counts => ({
    ...others,
    ...{ answers: known.map(String), n: sums(), w: sums(), w2: sums() },
  }));
  column.forEach((value, row) => {
    const place = placeOf.get(value);
    if (place === undefined || inside?.[row] === 0) return;
    const code = groups?.codes[row] ?? 1;
    const group = code === NOT_ASKED ? last + 1 : code === NO_ANSWER ? last : code - 1;
    const weight = survey.weights?.[row] ?? 1;
    const at = group * width + place;
    for (const counts of [all, own[partOf?.[row] ?? -1]]) {
      if (!counts) continue;
      counts.n[at]! += 1;
      counts.w[at]! += weight;
      counts.w2[at]! += weight * weight;
    }
  });
  return { counts: { ...all!, ...parts && { parts: own } }, values: known, bands };
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
