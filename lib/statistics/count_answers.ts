import { NO_ANSWER, NOT_ASKED, type Survey } from "../responses/survey.ts";
import { type CodedColumn, columnOf } from "./column.ts";
import { type Counts, NO_ANSWER_ID, NOT_ASKED_ID, type Sample } from "./counts.ts";
import { withDisclosure } from "./disclosure/with_disclosure.ts";
import { type Domain, domainCodes } from "./domain.ts";
import { sampleOf } from "./sample.ts";
import { narrow, patternsOf, type RowPatterns, type Tally, tally, tallyOfRows } from "./tally.ts";

export interface CountOptions {
  /** Count within the groups of this variable (a question will do as well). */
  readonly by?: string | CodedColumn | null;
  /** Count only these respondents. */
  readonly within?: Domain;
}

/**
 * Counts the answers to a question, from rows or from counts.
 *
 * @param question A question or variable by codebook id, or a column made of several.
 * @returns For each group and answer ("no answer" and "not asked" included): n, w, w2, and what tells
 *   which of them may be shown.
 * @throws {InputError} Where a name is not in the codebook.
 */
export function countAnswers(
  survey: Survey,
  question: string | CodedColumn,
  { by = null, within = {} }: CountOptions = {},
): Counts {
  return countPairs(survey, [[question, by]], within)[0]!;
}

/**
 * The counts of many questions by many variables: what {@link countAnswers} gives for each pair, with
 * few passes over the respondents for each question.
 *
 * @param pairs Questions, each with a variable or null.
 * @returns One `Counts` per pair, in the order of the pairs.
 * @throws {InputError} As `countAnswers()`.
 */
export function countPairs(
  survey: Survey,
  pairs: readonly (readonly [question: string | CodedColumn, by: string | CodedColumn | null])[],
  within: Domain = {},
): Counts[] {
  const known = new Map<string, CodedColumn>();
  const column = (name: string | CodedColumn): CodedColumn => {
    if (typeof name !== "string") return name;
    const found = known.get(name) ?? columnOf(survey, name);
    known.set(name, found);
    return found;
  };
  const columns = pairs.map(([question, by]) => ({
    answers: column(question),
    groups: by === null ? null : column(by),
  }));
  const sample = sampleOf(survey);
  const { strata } = survey.codebook.study;
  const tallies = new Tallies(
    survey,
    within,
    [...new Set(columns.flatMap(({ groups }) => groups ?? []))],
    strata ? [column(strata.variable)] : [],
  );
  return columns.map(({ answers, groups }) => {
    const counted = tallies.by(answers, groups ? [groups] : []);
    const named = (stratum: string | null) => countsOf(counted, answers, groups, sample, stratum);
    const counts: Counts = {
      ...named(null),
      ...sample.strata && { strata: sample.strata.map(({ id }) => named(id)) },
    };
    return withDisclosure(counts, {
      survey,
      answers,
      within,
      tallyBy: (names) => tallies.by(answers, names.map(column)).tally,
      ofEveryone: (by) => {
        const { within: _, ...everyone } = survey;
        return countAnswers(everyone, answers, { by });
      },
    });
  });
}

/** The counts of one stratum, or of everybody for null, with their names. */
function countsOf(
  { tally: { patterns, width, ...sums }, columns }: TallyBy,
  answers: CodedColumn,
  groups: CodedColumn | null,
  sample: Sample,
  stratum: string | null,
): Counts {
  const codes = groups && patterns.codes[columns.indexOf(groups)]!;
  const last = groups ? groups.categories.length : 0;
  const rowOf = (code: number) =>
    code === NOT_ASKED ? last + 1 : code === NO_ANSWER ? last : code - 1;
  // Where there are strata, everything is counted by them first.
  const own = stratum === null ? null : columns[0]!.categories.indexOf(stratum) + 1;
  const sum = (from: Float64Array) => {
    const to = new Float64Array((groups ? last + 2 : 1) * width);
    for (let pattern = 0; pattern < patterns.size; pattern++) {
      if (own !== null && patterns.codes[0]![pattern] !== own) continue;
      const at = (codes ? rowOf(codes[pattern]!) : 0) * width;
      for (let place = 0; place < width; place++) {
        to[at + place]! += from[pattern * width + place]!;
      }
    }
    return to;
  };
  const n = sum(sums.n);
  const none = [NO_ANSWER_ID, NOT_ASKED_ID];
  return {
    question: answers.id,
    base: answers.base,
    variable: groups?.id ?? null,
    groups: groups ? [...groups.categories, ...none] : [null],
    answers: [...answers.categories, ...none],
    sets: answers.sets,
    n,
    w: sums.w === sums.n ? n : sum(sums.w),
    w2: sums.w2 === sums.n ? n : sum(sums.w2),
    sample,
    ...groups?.unions && { unions: groups.unions },
  };
}

/** A tally and the columns that its patterns are of. */
interface TallyBy {
  readonly tally: Tally;
  readonly columns: readonly CodedColumn[];
}

/** Variables of up to so many combinations are counted by in one pass: they stay in the cache. */
const MOST_COMBINATIONS = 2 ** 14;

/** The answers to one question after another, counted by few sets of the variables. */
class Tallies {
  readonly #survey: Survey;
  readonly #within: Domain;
  /** What everything is counted by first. */
  readonly #always: readonly CodedColumn[];
  readonly #sets: CodedColumn[][] = [];
  readonly #patterns: { columns: readonly CodedColumn[]; patterns: RowPatterns }[] = [];
  #question: CodedColumn | null = null;
  #made: TallyBy[] = [];
  #inside: Uint8Array | null | undefined;

  constructor(
    survey: Survey,
    within: Domain,
    variables: readonly CodedColumn[],
    always: readonly CodedColumn[],
  ) {
    [this.#survey, this.#within, this.#always] = [survey, within, always];
    // With few respondents, going through the combinations would take longer than through the rows.
    const most = survey.counted ? 0 : Math.min(MOST_COMBINATIONS, survey.source.respondents >> 3);
    let size = Infinity;
    for (const variable of variables) {
      const width = variable.categories.length + 2;
      if (size * width > most) {
        this.#sets.push([]);
        size = 1;
      }
      this.#sets.at(-1)!.push(variable);
      size *= width;
    }
  }

  /** The answers to a question by these columns, after those that everything is counted by. */
  by(answers: CodedColumn, columns: readonly CodedColumn[]): TallyBy {
    if (answers !== this.#question) [this.#question, this.#made] = [answers, []];
    const wanted = [...new Set([...this.#always, ...columns])];
    const isBy = (set: readonly CodedColumn[]) => wanted.every((each) => set.includes(each));
    let made = this.#made.find((each) => isBy(each.columns));
    if (made === undefined) {
      const set = this.#sets.map((set) => [...new Set([...this.#always, ...set])]).find(isBy);
      made = this.#count(answers, set ?? wanted);
      this.#made.push(made);
    }
    if (made.columns.length === wanted.length) return made;
    const all = made.columns;
    return { columns: wanted, tally: narrow(made.tally, wanted.map((each) => all.indexOf(each))) };
  }

  #count(answers: CodedColumn, columns: readonly CodedColumn[]): TallyBy {
    const survey = this.#survey;
    if (survey.counted) return { columns, tally: tally(survey, answers, columns, this.#within) };
    if (this.#inside === undefined) this.#inside = domainCodes(survey, this.#within);
    let known = this.#patterns.find((each) =>
      each.columns.length === columns.length && each.columns.every((own, i) => own === columns[i])
    );
    if (known === undefined) {
      const patterns = patternsOf(columns, this.#inside, answers.codes.length);
      this.#patterns.push(known = { columns, patterns });
    }
    return { columns, tally: tallyOfRows(known.patterns, answers, { w: survey.weights }) };
  }
}
