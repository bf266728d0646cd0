import { NO_ANSWER, NOT_ASKED, type Survey } from "../responses/survey.ts";
import { type CodedColumn, columnOf } from "./column.ts";
import { type Counts, NO_ANSWER_ID, NOT_ASKED_ID, type Sample } from "./counts.ts";
import { withDisclosure } from "./disclosure/suppress.ts";
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
 * A tally by the groups of a variable and by the parts of the sample, with their names.
 *
 * @param answers What was counted: its categories, "no answer" and "not asked" are the tally's places.
 * @param parts By part, its codes in the columns that everything is counted by first; null: no parts.
 */
export function countsOf(
  { tally: { patterns, width, ...sums }, columns }: TallyBy,
  answers: Pick<CodedColumn, "id" | "base" | "categories" | "sets">,
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
    ...{ n: n[at]!, w: w[at]!, w2: w2[at]!, sample },
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
  const count = (answers: CodedColumn, by: readonly CodedColumn[]) => {
    if (survey.counted) return tally(survey, answers, by, within);
    const { length } = answers.codes;
    const patterns = () => patternsOf(by, domainCodes(survey, within), length);
    return keptTally(
      survey,
      [answers, ...by],
      within,
      () => tallyOfRows(keptPatterns(survey, by, within, patterns), answers, survey.weights),
    );
  };
  let question: CodedColumn | null = null;
  let made: TallyBy[] = [];
  return (answers, columns) => {
    if (answers !== question) [question, made] = [answers, []];
    const wanted = [...new Set([...always, ...columns])];
    const isBy = (set: readonly CodedColumn[]) => wanted.every((each) => set.includes(each));
    let found = made.find((each) => isBy(each.columns));
    if (!found) {
      const by = sets.find(isBy) ?? wanted;
      made.push(found = { columns: by, tally: count(answers, by) });
    }
    const all = found.columns;
    if (all.length === wanted.length) return found;
    return { columns: wanted, tally: narrow(found.tally, wanted.map((each) => all.indexOf(each))) };
  };
}

/** Of many rows counts take long: tables of so many numbers are kept. Patterns of a million take 4 MB. */
const keptTally = keptOf<Tally>(1000, ({ n }) => n.length <= 2 ** 12);
const keptPatterns = keptOf<RowPatterns>(8);

/** Keeps the last so many that were made of the same answers; of a made column none, whatever its name. */
function keptOf<T>(most: number, isSmall: (made: T) => boolean = () => true) {
  const all = new WeakMap<Survey["codes"], { weights: Survey["weights"]; made: Map<string, T> }>();
  return (
    { codes, weights, within: own }: Survey,
    columns: readonly CodedColumn[],
    within: Domain,
    make: () => T,
  ): T => {
    if (columns.some((column) => codes.get(column.id) !== column.codes)) return make();
    let kept = all.get(codes);
    if (kept?.weights !== weights) all.set(codes, kept = { weights, made: new Map() });
    const key = JSON.stringify([
      columns.map(({ id, categories }) => [id, categories]),
      own,
      within,
    ]);
    const known = kept.made.get(key);
    if (known) return known;
    const made = make();
    if (isSmall(made)) kept.made.set(key, made);
    const [oldest = ""] = kept.made.keys();
    if (kept.made.size > most) kept.made.delete(oldest);
    return made;
  };
}
