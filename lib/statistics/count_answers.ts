import { NO_ANSWER, NOT_ASKED, type Survey } from "../responses/survey.ts";
import { type CodedColumn, columnOf } from "./column.ts";
import { type Counts, NO_ANSWER_ID, NOT_ASKED_ID, type Sample } from "./counts.ts";
import { withDisclosure } from "./disclosure/suppress.ts";
import type { Domain } from "./domain.ts";
import { codesOfParts, columnsOfParts } from "./rows/calibration.ts";
import { sampleOf } from "./sample.ts";
import { type Tally, tally } from "./tally.ts";

export interface CountOptions {
  /** Count within the groups of this variable (a question will do as well). */
  readonly by?: string | CodedColumn | null;
  /** Count only these respondents. */
  readonly within?: Domain;
}

/**
 * Counts the answers to a question (or a column made of several), from rows or from counts.
 *
 * @returns For each group and answer, "no answer" and "not asked" included: n, w, w2, and what tells which
 *   of them may be shown.
 * @throws {InputError} Where a name is not in the codebook.
 */
export function countAnswers(
  survey: Survey,
  question: string | CodedColumn,
  { by = null, within = {} }: CountOptions = {},
): Counts {
  const column = (name: string | CodedColumn) =>
    typeof name === "string" ? columnOf(survey, name) : name;
  const [answers, groups] = [column(question), by === null ? null : column(by)];
  const sample = sampleOf(survey);
  const parts = columnsOfParts(survey);
  const counted = tally(survey, answers, groups ? [...parts, groups] : parts, within);
  const counts = countsOf(counted, answers, groups, sample, codesOfParts(sample, parts));
  return withDisclosure(counts, {
    ...{ survey, answers, within },
    tallyBy: (names) => tally(survey, answers, names.map(column), within),
    ofEveryone: (by) => {
      const { within: _, ...everyone } = survey;
      return countAnswers(everyone, answers, { by });
    },
  });
}

/** What {@link countAnswers} gives for each pair of a question and a variable (or null). */
export function countPairs(
  survey: Survey,
  pairs: readonly (readonly [question: string | CodedColumn, by: string | CodedColumn | null])[],
  within: Domain = {},
): Counts[] {
  return pairs.map(([question, by]) => countAnswers(survey, question, { by, within }));
}

/**
 * A tally by the parts of the sample and then the groups of a variable, with their names.
 *
 * @param answers What was counted: its categories, "no answer" and "not asked" are the tally's places.
 * @param parts By part, its codes in the columns that it is counted by first; null: no parts.
 */
export function countsOf(
  { patterns, width, ...sums }: Tally,
  answers: Pick<CodedColumn, "id" | "base" | "categories" | "sets">,
  groups: CodedColumn | null,
  sample: Sample,
  parts: readonly (readonly number[])[] | null,
): Counts {
  const codes = groups && patterns.codes.at(-1)!;
  const last = groups ? groups.categories.length : 0;
  const rowOf = (code: number) =>
    code === NOT_ASKED ? last + 1 : code === NO_ANSWER ? last : code - 1;
  const size = (groups ? last + 2 : 1) * width;
  const places = new Map(parts?.map((codes, part) => [codes.join(), part]));
  const firsts = patterns.codes.slice(0, parts?.[0]?.length ?? 0);
  const partOf = Int32Array.from(
    { length: patterns.size },
    (_, pattern) => places.get(firsts.map((of) => of[pattern]!).join()) ?? -1,
  );
  const sum = (from: Float64Array) => {
    const [all, ...own] = [null, ...parts ?? []].map(() => new Float64Array(size));
    for (let pattern = 0; pattern < patterns.size; pattern++) {
      const at = (codes ? rowOf(codes[pattern]!) : 0) * width;
      const part = own[partOf[pattern]!];
      for (let place = 0; place < width; place++) {
        const value = from[pattern * width + place]!;
        all![at + place]! += value;
        if (part) part[at + place]! += value;
      }
    }
    return [all!, ...own];
  };
  const n = sum(sums.n);
  const w = sums.w === sums.n ? n : sum(sums.w);
  const w2 = sums.w2 === sums.n ? n : sum(sums.w2);
  const none = [NO_ANSWER_ID, NOT_ASKED_ID];
  const named = (at: number): Counts => ({
    ...{ question: answers.id, base: answers.base, sets: answers.sets },
    variable: groups?.id ?? null,
    groups: groups ? [...groups.categories, ...none] : [null],
    answers: [...answers.categories, ...none],
    ...{ n: n[at]!, w: w[at]!, w2: w2[at]!, sample },
  });
  return { ...named(0), ...parts && { parts: parts.map((_, part) => named(part + 1)) } };
}
