import { fileColumns } from "../../responses/file_columns.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../../responses/survey.ts";
import { columnOf } from "../column.ts";
import { domainCodes } from "../domain.ts";

/**
 * Tells of which groups two waves may be shown side by side: not of those that are the same answers in
 * both but for a few people (a later export, with some who answered late), whose answers are what is
 * left when one is subtracted from the other. Needs rows.
 *
 * @returns Whether the tables of a question (overall, or by a variable) are apart: in each group,
 *   nobody or as many as the least base gave answers, taken all together, that are in one wave only.
 */
export function apartIn(
  now: Survey,
  before: Survey,
): (question: string, by: string | null) => boolean {
  // Counts alone do not tell who is who.
  if (now.counted || before.counted) return () => true;
  const names = fileColumns(now.codebook)
    .filter((name) => now.codes.has(name) && before.codes.has(name));
  if (names.length < TELLING) return () => true;
  const rows = [now, before].map((survey) => ({ survey, answers: answersOf(survey, names) }));
  const [mine, theirs] = rows.map(({ answers }) => tally(answers)) as [Tally, Tally];
  const alone = rows.map(({ survey, answers }, i) => ({
    survey,
    people: aloneAmong(answers, i === 0 ? theirs : mine, domainCodes(survey, {})),
  }));
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

type Tally = ReadonlyMap<string, number>;

/** Everything that each respondent answered. */
function answersOf({ codes, source }: Survey, names: readonly string[]): string[] {
  const columns = names.map((name) => codes.get(name)!);
  return Array.from(
    { length: source.respondents },
    (_, i) => String.fromCharCode(...columns.map((column) => column[i]!)),
  );
}

function tally(answers: readonly string[]): Tally {
  const all = new Map<string, number>();
  for (const each of answers) all.set(each, (all.get(each) ?? 0) + 1);
  return all;
}

/** The rows inside the part that is reported whose answers nobody is left to have given elsewhere. */
function aloneAmong(
  answers: readonly string[],
  elsewhere: Tally,
  inside: Uint8Array | null,
): number[] {
  const left = new Map(elsewhere);
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
