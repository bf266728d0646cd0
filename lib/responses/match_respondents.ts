import { namesInBoth } from "./require_apart.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "./survey.ts";

/** Below this much agreement beyond chance on their background, equal ids are not equal people. */
const LEAST_AGREEMENT = 0.6;

/**
 * Finds the respondents of one wave in another, by their ids.
 *
 * Ids that only number the rows of each file are equal without meaning the same people. So those with
 * equal ids must also have the same background, on at least one variable that both waves have: Cohen's
 * kappa of 0.6 or more on the variable on which they agree best. (Ages and years in a job move on,
 * gender and municipality hardly; by chance kappa is about 0.)
 *
 * @returns For each respondent now, the row (from 0) in the earlier wave, or -1; null where the ids do
 *   not go across the waves.
 * @throws {RangeError} Where there is not one id per respondent.
 */
export function matchRespondents(now: Survey, before: Survey): Int32Array | null {
  if (now.ids === null || before.ids === null) return null;
  for (const { ids, source: { respondents } } of [now, before]) {
    if (ids!.length !== respondents) {
      throw new RangeError(`${ids!.length} ids for ${respondents} respondents`);
    }
  }
  const rowBefore = new Map<string, number>();
  for (let row = 0; row < before.ids.length; row++) rowBefore.set(before.ids.at(row), row);
  const rows = new Int32Array(now.ids.length);
  for (let row = 0; row < rows.length; row++) rows[row] = rowBefore.get(now.ids.at(row)) ?? -1;
  return isSamePeople(now, before, rows) ? rows : null;
}

function isSamePeople(now: Survey, before: Survey, rows: Int32Array): boolean {
  const agreements = namesInBoth(now, before)
    .filter((name) => now.codebook.variables[name]?.background)
    .flatMap((name) => {
      const [mine, theirs] = [now.codes.get(name), before.codes.get(name)];
      const agreement = mine && theirs ? kappaOf(mine, theirs, rows) : null;
      return agreement === null ? [] : [agreement];
    });
  // Without a background to go by, the ids are taken at their word.
  return agreements.length === 0 || Math.max(...agreements) >= LEAST_AGREEMENT;
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
