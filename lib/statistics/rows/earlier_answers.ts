import { fileColumns } from "../../responses/file_columns.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../../responses/survey.ts";
import { columnOf } from "../column.ts";
import { countAnswers } from "../count_answers.ts";
import { countedShare } from "../difference_of_shares.ts";
import { domainCodes } from "../domain.ts";
import { isShown } from "../estimate.ts";
import { answersIn, estimatesFromCounts } from "../estimates.ts";
import type { EarlierWave } from "../wave_changes.ts";
import { countOverlap } from "./count_overlap.ts";

/**
 * An earlier wave whose answers are at hand. Needs rows.
 *
 * @param rows For each respondent now, the row in the earlier wave or -1; null: nobody knows who
 *   answered both times.
 */
export function earlierAnswers(now: Survey, before: Survey, rows: Int32Array | null): EarlierWave {
  const isAsked = (name: string) => before.codes.has(name);
  const isApart = apartIn(now, before);
  return {
    shares: (question, by) => {
      if (!isAsked(question) || (by !== null && !isAsked(by)) || !isApart(question, by)) return [];
      const counts = countAnswers(before, question, { by });
      return estimatesFromCounts(counts).filter(isShown).map((estimate) => ({
        estimate,
        counted: countedShare(counts, estimate.group, answersIn(counts, estimate)),
        rounded: 0,
      }));
    },
    overlap: (question, by) => rows === null ? null : countOverlap(now, before, rows, question, by),
  };
}

/**
 * Tells of which groups two waves may be shown side by side: not of those that are the same answers in
 * both but for a few people (a later export, with some who answered late), whose answers are what is
 * left when one is subtracted from the other.
 *
 * @returns Whether the tables of a question (overall, or by a variable) are apart: in each group,
 *   nobody or as many as the least base gave answers, taken all together, that are in one wave only.
 */
function apartIn(
  now: Survey,
  before: Survey,
): (question: string, by: string | null) => boolean {
  // Counts alone do not tell who is who.
  if (now.counted || before.counted) return () => true;
  const names = fileColumns(now.codebook)
    .filter((name) => now.codes.has(name) && before.codes.has(name));
  if (names.length < TELLING) return () => true;
  const [mine, theirs] = [now, before].map((survey) => wholeAnswers(survey, names)) as [
    string[],
    string[],
  ];
  const alone = [
    { survey: now, people: aloneAmong(mine, theirs, domainCodes(now, {})) },
    { survey: before, people: aloneAmong(theirs, mine, domainCodes(before, {})) },
  ];
  const { least_base } = now.codebook.disclosure;
  const isShared = alone.some(({ survey, people }) => people.length < survey.source.respondents);
  return (question, by) =>
    !isShared ||
    alone.every(({ survey, people }) =>
      [...groupsOf(survey, people, question, by).values()].every((n) => n >= least_base)
    );
}

/** To fewer questions and variables, many people give the same answers. */
const TELLING = 5;

/** Everything that each respondent answered. */
function wholeAnswers({ codes, source }: Survey, names: readonly string[]): string[] {
  const columns = names.map((name) => codes.get(name)!);
  return Array.from(
    { length: source.respondents },
    (_, i) => String.fromCharCode(...columns.map((column) => column[i]!)),
  );
}

/** The rows inside the part that is reported whose answers nobody is left to have given elsewhere. */
function aloneAmong(
  answers: readonly string[],
  elsewhere: readonly string[],
  inside: Uint8Array | null,
): number[] {
  const left = new Map<string, number>();
  for (const each of elsewhere) left.set(each, (left.get(each) ?? 0) + 1);
  return answers.flatMap((each, i) => {
    const others = left.get(each) ?? 0;
    if (others > 0) left.set(each, others - 1);
    return others > 0 || inside?.[i] === 0 ? [] : [i];
  });
}

/** How many of some respondents answered a question, by their group; groups without any left out. */
function groupsOf(
  survey: Survey,
  people: readonly number[],
  question: string,
  by: string | null,
): Map<number, number> {
  const { codes } = columnOf(survey, question);
  const groups = by === null ? null : columnOf(survey, by).codes;
  const sizes = new Map<number, number>();
  for (const i of people) {
    if (codes[i] === NO_ANSWER || codes[i] === NOT_ASKED) continue;
    const group = groups?.[i] ?? 0;
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  return sizes;
}
