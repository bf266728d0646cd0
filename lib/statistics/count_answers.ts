import { NO_ANSWER, NOT_ASKED, type Survey } from "../responses/survey.ts";
import { type CodedColumn, columnOf } from "./column.ts";
import { type Counts, NO_ANSWER_ID, NOT_ASKED_ID, type Sample } from "./counts.ts";
import { withDisclosure } from "./disclosure/with_disclosure.ts";
import { type Domain, domainCodes } from "./domain.ts";
import { codesOfParts, columnsOfParts } from "./rows/calibration.ts";
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
  const parts = columnsOfParts(survey).map(({ id }) => column(id));
  const tallyOf = tallies(
    survey,
    within,
    [...new Set(columns.flatMap(({ groups }) => groups ?? []))],
    parts,
  );
  return columns.map(({ answers, groups }) => {
    const counted = tallyOf(answers, groups ? [groups] : []);
    return withDisclosure(countsOf(counted, answers, groups, sample, codesOfParts(sample, parts)), {
      survey,
      answers,
      within,
      tallyBy: (names) => {
        const by = names.map(column);
        const { tally, columns } = tallyOf(answers, by);
        return narrow(tally, by.map((each) => columns.indexOf(each)));
      },
      ofEveryone: (by) => {
        const { within: _, ...everyone } = survey;
        return countAnswers(everyone, answers, { by });
      },
    });
  });
}

/**
 * The counts of everybody, and of each part of the sample, with their names.
 *
 * @param parts By part, its codes in the columns that everything is counted by first; null: no parts.
 */
function countsOf(
  { tally: { patterns, width, ...sums }, columns }: TallyBy,
  answers: CodedColumn,
  groups: CodedColumn | null,
  sample: Sample,
  parts: readonly (readonly number[])[] | null,
): Counts {
  const codes = groups && patterns.codes[columns.indexOf(groups)]!;
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
    question: answers.id,
    base: answers.base,
    variable: groups?.id ?? null,
    groups: groups ? [...groups.categories, ...none] : [null],
    answers: [...answers.categories, ...none],
    sets: answers.sets,
    n: n[at]!,
    w: w[at]!,
    w2: w2[at]!,
    sample,
    ...groups?.unions && { unions: groups.unions },
  });
  return { ...named(0), ...parts && { parts: parts.map((_, part) => named(part + 1)) } };
}

/** A tally and the columns that its patterns are of. */
interface TallyBy {
  readonly tally: Tally;
  readonly columns: readonly CodedColumn[];
}

/** Variables of up to so many combinations are counted by in one pass: they stay in the cache. */
const MOST_COMBINATIONS = 2 ** 17;

/**
 * Counts the answers to one question after another by these variables or others, with few passes over
 * the respondents: variables are counted by together, and what was counted is added up.
 *
 * @param always What everything is counted by first.
 * @returns A function of a question and of the columns to count it by, after those.
 */
function tallies(
  survey: Survey,
  within: Domain,
  variables: readonly CodedColumn[],
  always: readonly CodedColumn[],
): (answers: CodedColumn, columns: readonly CodedColumn[]) => TallyBy {
  // With few respondents, going through the combinations would take longer than through the rows.
  const most = survey.counted ? 0 : Math.min(MOST_COMBINATIONS, survey.source.respondents >> 3);
  const sets: CodedColumn[][] = [];
  let size = Infinity;
  for (const variable of variables) {
    const width = variable.categories.length + 2;
    if (size * width > most) {
      sets.push([...always]);
      size = 1;
    }
    if (!always.includes(variable)) sets.at(-1)!.push(variable);
    size *= width;
  }
  const patterns: { columns: readonly CodedColumn[]; of: RowPatterns }[] = [];
  const count = (answers: CodedColumn, columns: readonly CodedColumn[]): TallyBy => {
    if (survey.counted) return { columns, tally: tally(survey, answers, columns, within) };
    const kept = keptCounts(survey, [answers, ...columns], within);
    const known = kept?.all.tallies.get(kept.key);
    if (known) return { columns, tally: known };
    const made = tallyOfRows(patternsBy(columns, answers.codes.length), answers, survey.weights);
    if (kept && made.n.length <= MOST_NUMBERS) keep(kept.all.tallies, kept.key, made, MOST_TALLIES);
    return { columns, tally: made };
  };
  const patternsBy = (columns: readonly CodedColumn[], respondents: number): RowPatterns => {
    const kept = keptCounts(survey, columns, within);
    const known = patterns.find((each) => isSame(each.columns, columns))?.of ??
      kept?.all.patterns.get(kept.key);
    if (known) return known;
    const of = patternsOf(columns, domainCodes(survey, within), respondents);
    patterns.push({ columns, of });
    if (kept) keep(kept.all.patterns, kept.key, of, MOST_PATTERNS);
    return of;
  };
  let question: CodedColumn | null = null;
  let made: TallyBy[] = [];
  return (answers, columns) => {
    if (answers !== question) [question, made] = [answers, []];
    const wanted = [...new Set([...always, ...columns])];
    const isBy = (set: readonly CodedColumn[]) => wanted.every((each) => set.includes(each));
    let found = made.find((each) => isBy(each.columns));
    if (!found) made.push(found = count(answers, sets.find(isBy) ?? wanted));
    const all = found.columns;
    if (all.length === wanted.length) return found;
    return { columns: wanted, tally: narrow(found.tally, wanted.map((each) => all.indexOf(each))) };
  };
}

/** What was counted of the same answers before. */
interface Kept {
  readonly weights: Survey["weights"];
  readonly tallies: Map<string, Tally>;
  readonly patterns: Map<string, RowPatterns>;
}
const KEPT = new WeakMap<Survey["codes"], Kept>();
/** Tables of so many numbers are kept, so many of them; the patterns of a million respondents take 4 MB. */
const MOST_NUMBERS = 2 ** 12, MOST_TALLIES = 1000, MOST_PATTERNS = 4;

/** Keeps one more, and of too many lets the oldest go. */
function keep<T>(all: Map<string, T>, key: string, made: T, most: number): void {
  all.set(key, made);
  const [oldest = ""] = all.keys();
  if (all.size > most) all.delete(oldest);
}

/**
 * Where counts of the same answers are kept, and by what name there: of many rows they take long.
 *
 * @returns null where a column was made: it is none of the survey's, whatever its name.
 */
function keptCounts(
  { codes, weights, within: own }: Survey,
  columns: readonly CodedColumn[],
  within: Domain,
): { readonly all: Kept; readonly key: string } | null {
  if (columns.some((column) => codes.get(column.id) !== column.codes)) return null;
  const known = KEPT.get(codes);
  const all = known?.weights === weights
    ? known!
    : { weights, tallies: new Map(), patterns: new Map() };
  KEPT.set(codes, all);
  const names = columns.map(({ id, categories }) => [id, categories]);
  return { all, key: JSON.stringify([names, own, within]) };
}

function isSame(a: readonly CodedColumn[], b: readonly CodedColumn[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}
