import { isAnsweredAlike } from "./codebook.ts";
import { fileColumns } from "./file_columns.ts";
import { type TextColumn, TextIndex } from "./readers/text_column.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "./survey.ts";

/** Below this much agreement beyond chance on their background, equal ids are not equal people. */
const LEAST_AGREEMENT = 0.5;
/** Ids number the rows where they are whole numbers and so many of those in their span are there. */
const DENSE = 0.9;

/** Why nobody can say who answered both times; `counted`: of people who are only counted there are no ids. */
export type Unmatched = "no_ids" | "counted" | "running_ids" | "other_ids";

/**
 * Finds the respondents of one wave in another, by ids that identify people.
 *
 * Ids that number the rows of a file (1, 2, 3 …, all or nearly all of them there, after the same letters)
 * are equal in two files whoever answered, and two files that are sorted alike agree on the background they
 * are sorted by; so nobody is found by such ids, unless the codebook says that they stand for people
 * (`respondent.persons`). Those with equal ids must also be alike: over the background variables that both
 * waves have, half of Cohen's kappas or more are at least 0.5. (Ages and years in a job move on, gender and
 * municipality hardly; by chance kappa is about 0.)
 *
 * @returns For each respondent now, the row (from 0) in the earlier wave, or -1; or why there are none.
 * @throws {RangeError} Where there is not one id per respondent.
 */
export function matchRespondents(now: Survey, before: Survey): Int32Array | Unmatched {
  if (now.ids === null || before.ids === null) {
    return now.counted || before.counted ? "counted" : "no_ids";
  }
  for (const { ids, source: { respondents } } of [now, before]) {
    if (ids!.length !== respondents) {
      throw new RangeError(`${ids!.length} ids for ${respondents} respondents`);
    }
  }
  const index = new TextIndex(before.ids);
  const rows = Int32Array.from(now.ids, (id) => index.rowOf(id));
  if (rows.every((row) => row < 0)) return rows;
  const { persons = false } = now.codebook.respondent;
  if (!persons && (areRunning(now.ids) || areRunning(before.ids))) return "running_ids";
  return areAlike(now, before, rows) ? rows : "other_ids";
}

/** Whether ids only number rows: a handful of them cannot tell. */
function areRunning(ids: TextColumn): boolean {
  let [least, most, letters] = [Infinity, -Infinity, null as string | null];
  for (let row = 0; row < ids.length; row++) {
    const [, before, digits] = /^(.*?)(\d{1,15})$/.exec(ids.at(row)) ?? [];
    if (digits === undefined || before !== (letters ??= before!)) return false;
    least = Math.min(least, Number(digits));
    most = Math.max(most, Number(digits));
  }
  return ids.length >= 5 && ids.length >= DENSE * (most - least + 1);
}

function areAlike(now: Survey, before: Survey, rows: Int32Array): boolean {
  const agreements = namesInBoth(now, before)
    .filter((name) => now.codebook.variables[name]?.background)
    .flatMap((name) => {
      const [mine, theirs] = [now.codes.get(name), before.codes.get(name)];
      const agreement = mine && theirs ? kappaOf(mine, theirs, rows) : null;
      return agreement === null ? [] : [agreement];
    });
  // Without a background to go by, the ids are taken at their word.
  const alike = agreements.filter((kappa) => kappa >= LEAST_AGREEMENT).length;
  return alike >= agreements.length / 2;
}

/** Cohen's kappa of the matched people's answers; null where one answer is all there is. */
function kappaOf(now: Uint8Array, before: Uint8Array, rows: Int32Array): number | null {
  const [margin, earlier] = [new Float64Array(256), new Float64Array(256)];
  let [people, same] = [0, 0];
  rows.forEach((row, i) => {
    const [a = NO_ANSWER, b = NO_ANSWER] = [now[i], row < 0 ? NO_ANSWER : before[row]];
    if ([a, b].some((code) => code === NO_ANSWER || code === NOT_ASKED)) return;
    people++;
    same += a === b ? 1 : 0;
    margin[a]!++;
    earlier[b]!++;
  });
  if (people === 0) return null;
  const chance = margin.reduce((sum, n, code) => sum + n * earlier[code]!, 0) / (people * people);
  return chance === 1 ? null : (same / people - chance) / (1 - chance);
}

/** The questions and variables that two waves asked and that have the same categories in both. */
export function namesInBoth(now: Survey, before: Survey): string[] {
  return fileColumns(now.codebook).filter((name) =>
    now.codes.has(name) && before.codes.has(name) &&
    isAnsweredAlike(now.codebook, before.codebook, name)
  );
}

/** How many people gave the same answers to everything, by their codes. */
export function peopleByAnswers(survey: Survey, names: readonly string[]): Map<string, number> {
  const people = new Map<string, number>();
  for (const answers of wholeAnswers(survey, names)) {
    people.set(answers, (people.get(answers) ?? 0) + 1);
  }
  return people;
}

/** Everything that each respondent answered, as a text of its codes. */
export function* wholeAnswers(
  { codes, source }: Survey,
  names: readonly string[],
): Generator<string> {
  const columns = names.map((name) => codes.get(name)!);
  for (let i = 0; i < source.respondents; i++) {
    yield String.fromCharCode(...columns.map((column) => column[i]!));
  }
}
