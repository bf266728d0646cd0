import { type ColumnTable, from } from "arquero";
import type { Indicator } from "../responses/published.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../responses/survey.ts";
import { type CodedColumn, columnOf } from "./column.ts";
import { baseOf, countOf, type Counts, NO_ANSWER_ID, NOT_ASKED_ID, type Sample } from "./counts.ts";
import { isAnswerShown, shownOf, withDisclosure } from "./disclosure/suppress.ts";
import { type Domain, domainCodes } from "./domain.ts";
import { isBackground } from "./needed_counts.ts";
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
  pairs: readonly (readonly [question: string, by: string | null])[],
): Counts[] {
  return pairs.map(([question, by]) => countAnswers(survey, question, { by }));
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

/**
 * The way through the questionnaire as an Arquero table, one row per question of the file, in people,
 * unweighted. Not asked, no answer (`skipped`) and don't know are three things; don't know is an answer, and
 * null where the scale has none or fewer answered than may be shown.
 */
export function routing(survey: Survey): ColumnTable {
  const questions = Object.keys(survey.codebook.questions).filter((name) => survey.codes.has(name));
  return from(questions.map((question) => {
    const column = columnOf(survey, question);
    const { base, dontKnow } = column;
    const counts = countAnswers(survey, column);
    const count = (answer: string) => countOf(counts, null, [answer]).n;
    const [answered, skipped] = [baseOf(counts).n, count(NO_ANSWER_ID)];
    const isTold = dontKnow !== null && isAnswerShown(counts, null, [dontKnow]);
    return {
      ...{ question, base, asked: answered + skipped, not_asked: count(NOT_ASKED_ID) },
      ...{ answered, skipped, dont_know: isTold ? count(dontKnow) : null },
    };
  }));
}

/**
 * How many people a base has in the part of it that a published figure is about, unweighted; NaN where
 * an answer makes the part and so few of a background gave it that their number is hidden.
 */
export function peopleAmong(
  survey: Survey,
  { base, where }: Pick<Indicator, "base" | "where">,
): number {
  const among = { ...survey.codebook.bases[base]?.where, ...where };
  const [variable] = Object.keys({ ...among, ...survey.within });
  if (variable === undefined) return survey.source.respondents;
  return shownOf(countAnswers(survey, variable, { within: among })).hidesPeople
    ? NaN
    : peopleWhere(survey, among);
}

/**
 * Whether anybody is in the part of a base that a published figure is about; null where the background
 * of that part is one of too few people, so that it would tell what they answered.
 */
export function isAnybodyAmong(
  survey: Survey,
  { base, where }: Pick<Indicator, "base" | "where">,
): boolean | null {
  const { codebook } = survey;
  const among = { ...codebook.bases[base]?.where, ...where };
  const background = Object.entries(among).filter(([name]) => isBackground(codebook, name));
  const people = peopleWhere(survey, Object.fromEntries(background));
  if (people > 0 && people < codebook.disclosure.least_base) return null;
  return peopleWhere(survey, among) > 0;
}

/**
 * How many respondents there are whose answers are among these.
 *
 * @throws {InputError} Where a name is not in the codebook.
 */
export function peopleWhere(survey: Survey, where: Domain): number {
  const [variable] = Object.keys({ ...where, ...survey.within });
  if (variable === undefined) return survey.source.respondents;
  if (survey.counted) return baseOf(countAnswers(survey, variable, { within: where })).n;
  return domainCodes(survey, where)!.reduce((sum, inside) => sum + inside, 0);
}

/**
 * The number of people that something is said of who answered several questions, "don't know" left out,
 * where it is said of everyone or of the part that a report is about.
 *
 * @param questions Questions or variables by codebook id.
 * @param n How many answered all of them.
 * @returns null: too few to say anything. NaN: the number itself may not be shown, since it would tell
 *   how many did not know.
 */
export function peopleShown(
  survey: Survey,
  questions: readonly string[],
  n: number,
  within: Domain = {},
): number | null {
  if (n < Math.max(1, survey.codebook.disclosure.least_base)) return null;
  const all = questions.map((question) => {
    const column = columnOf(survey, question);
    return { counts: countAnswers(survey, column, { within }), dontKnow: column.dontKnow };
  });
  if (!all.every(({ counts }) => shownOf(counts).groups.has(null))) return null;
  const isKnown = all.every(({ counts, dontKnow }) =>
    dontKnow === null || isAnswerShown(counts, null, [dontKnow])
  );
  return isKnown ? n : NaN;
}
