import { isAnsweredAlike } from "../../responses/codebook.ts";
import { InputError } from "../../responses/input_error.ts";
import { namesInBoth, peopleByAnswers, wholeAnswers } from "../../responses/match_respondents.ts";
import type { Survey } from "../../responses/survey.ts";
import { columnOf } from "../column.ts";
import { countAnswers, countPairs } from "../count_answers.ts";
import { baseOf, categoriesCounted, countOf, type Counts, groupsCounted } from "../counts.ts";
import { countedShare } from "../difference_of_shares.ts";
import { domainCodes } from "../domain.ts";
import { isExact } from "../estimate.ts";
import { answersIn, breakdowns, estimatesFromCounts } from "../estimates.ts";
import { answersByPattern, patternsOf, tallyOfRows } from "../tally.ts";
import type { EarlierWave } from "../wave_changes.ts";
import { countOverlap } from "./count_overlap.ts";

/**
 * Refuses two waves that are the same answers but for a few people, such as two exports of one wave:
 * what those few answered could be told by subtracting one from the other.
 *
 * Of counts nobody can tell who is who: there as many people differ as the table does that differs most.
 *
 * @throws {InputError} Where fewer people than the least base, and some, are in one of the two only.
 */
export function requireApart(now: Survey, before: Survey): void {
  const { least_base } = now.codebook.disclosure;
  const alone = now.counted || before.counted
    ? differingMost(now, before)
    : ([[now, before], [before, now]] as const).map(([one, other]) => {
      const names = namesInBoth(now, before);
      const theirs = peopleByAnswers(other, names);
      return [...peopleByAnswers(one, names)].reduce(
        (sum, [answers, people]) => sum + Math.max(0, people - (theirs.get(answers) ?? 0)),
        0,
      );
    });
  const few = alone.findIndex((people) => people > 0 && people < least_base);
  if (few < 0) return;
  throw new InputError(
    `${now.source.file} and ${before.source.file} hold the same answers but for fewer than ` +
      `${least_base} people in ${[now, before][few]!.source.file}. What those answered could be ` +
      `told by comparing the two. Give the file of another wave as --baseline, or make the report ` +
      `without one.`,
  );
}

/** The tables of both waves, one beside the other. */
function tablesOfBoth(now: Survey, before: Survey): [now: Counts, before: Counts][] {
  const pairs = breakdowns(now)
    .filter(([question, by]) => isTableOfBoth(now, before, question, by));
  const [ones, others] = [now, before].map((wave) => countPairs(wave, pairs));
  return ones!.map((one, i) => [one, others![i]!]);
}

/** The most people by whom a table of one wave has more than the other's, both ways round. */
function differingMost(now: Survey, before: Survey): number[] {
  const tables = tablesOfBoth(now, before);
  const most = (all: readonly (readonly [Counts, Counts])[]) =>
    Math.max(0, ...all.map(([a, b]) => differingByGroup(a, b).reduce((sum, n) => sum + n, 0)));
  return [most(tables), most(tables.map(([one, other]) => [other, one]))];
}

/**
 * Whether the tables of two waves are more alike than those of different people are: whether shares
 * differ by less than half the variance that chance alone gives two samples.
 */
function areTooAlike(now: Survey, before: Survey): boolean {
  let [squares, cells] = [0, 0];
  for (const [one, other] of tablesOfBoth(now, before)) {
    for (const group of groupsCounted(one)) {
      const [n, m] = [baseOf(one, group).n, baseOf(other, group).n];
      for (const category of categoriesCounted(one)) {
        const [a, b] = [countOf(one, group, [category]).n, countOf(other, group, [category]).n];
        const share = (a + b) / (n + m);
        const variance = share * (1 - share) * (1 / n + 1 / m);
        if (!(variance > 0 && variance < Infinity)) continue;
        squares += (a / n - b / m) ** 2 / variance;
        cells++;
      }
    }
  }
  return cells > 0 && squares / cells < 0.5;
}

function isTableOfBoth(now: Survey, before: Survey, question: string, by: string | null): boolean {
  return [question, ...by === null ? [] : [by]].every((name) =>
    now.codes.has(name) && before.codes.has(name) &&
    isAnsweredAlike(now.codebook, before.codebook, name)
  );
}

/** By group, how many more people gave the answers of one table than gave those of another. */
function differingByGroup({ n, answers, groups }: Counts, other: Counts): number[] {
  return groups.map((_, g) =>
    answers.reduce((sum, _, a) => {
      const at = g * answers.length + a;
      return sum + Math.max(0, n[at]! - other.n[at]!);
    }, 0)
  );
}

/**
 * Tells which tables of two waves may be shown side by side: not those that are the same answers in both
 * but for a few people (a later export, with some who answered late, or with some answers corrected),
 * whose answers are what is left when one is subtracted from the other.
 *
 * @param rows For each respondent now, the row in the earlier wave or -1; null where nobody can tell.
 * @returns Whether a question's table, overall or by a variable, is apart: in each group nobody, or as
 *   many people as the least base, are in one wave only or answered otherwise than in the other. Who
 *   they are their ids tell; or else that nobody gave all the same answers; and where most people did,
 *   and of counts that are too alike to be of different people, how much the tables themselves differ.
 */
export function apartIn(
  now: Survey,
  before: Survey,
  rows: Int32Array | null,
): (question: string, by: string | null) => boolean {
  const { least_base } = now.codebook.disclosure;
  const isEnough = (people: readonly number[]) => people.every((n) => n === 0 || n >= least_base);
  const tablesAreApart = (question: string, by: string | null) => {
    if (!isTableOfBoth(now, before, question, by)) return true;
    const [one, other] = [now, before].map((wave) => countAnswers(wave, question, { by }));
    return isEnough(differingByGroup(one!, other!)) && isEnough(differingByGroup(other!, one!));
  };
  if (now.counted || before.counted) {
    return areTooAlike(now, before) ? tablesAreApart : () => true;
  }
  const names = namesInBoth(now, before);
  const isKnown = rows !== null && rows.some((row) => row >= 0);
  if (!isKnown && names.length < TELLING) return () => true;
  const waves = [now, before];
  const alone = (question: string, by: string | null) =>
    isKnown ? changedIn(waves, rows, [question, ...by === null ? [] : [by]]) : byAnswers();
  let known: Uint8Array[] | undefined;
  const byAnswers = () =>
    known ??= [aloneAmong(now, before, names), aloneAmong(before, now, names)];
  const shared = isKnown ? 0 : byAnswers()[0]!.filter((one) => one === 0).length;
  const areMostlyShared = shared * 2 > now.source.respondents;
  return (question, by) => {
    if (!isKnown && shared === 0) return true;
    if (areMostlyShared && !tablesAreApart(question, by)) return false;
    return alone(question, by).every((inside, wave) => {
      const survey = waves[wave]!;
      const groups = patternsOf(by === null ? [] : [columnOf(survey, by)], inside, inside.length);
      return isEnough(
        answersByPattern(tallyOfRows(groups, columnOf(survey, question), null))
          .map((people) => people.reduce((sum, n) => sum + n, 0)),
      );
    });
  };
}

/** To fewer questions and variables, many people give the same answers. */
const TELLING = 5;

/** By wave, 1 for who is inside the part that is reported and not the same in the other wave. */
function changedIn(
  [now, before]: readonly Survey[],
  rows: Int32Array,
  names: readonly string[],
): Uint8Array[] {
  const insides = [now!, before!].map((wave) =>
    domainCodes(wave, {}) ?? new Uint8Array(wave.source.respondents).fill(1)
  ) as [Uint8Array, Uint8Array];
  const alone = insides.map((inside) => inside.slice()) as [Uint8Array, Uint8Array];
  const columns = names.map((name) =>
    isAnsweredAlike(now!.codebook, before!.codebook, name)
      ? [columnOf(now!, name).codes, columnOf(before!, name).codes] as const
      : null
  );
  rows.forEach((row, i) => {
    if (row < 0 || insides[0][i] !== 1 || insides[1][row] !== 1) return;
    if (columns.every((codes) => codes !== null && codes[0][i] === codes[1][row])) {
      alone[0][i] = 0;
      alone[1][row] = 0;
    }
  });
  return alone;
}

/** 1 for who is inside the part that is reported and whose answers nobody is left to give elsewhere. */
function aloneAmong(survey: Survey, elsewhere: Survey, names: readonly string[]): Uint8Array {
  const left = peopleByAnswers(elsewhere, names);
  const inside = domainCodes(survey, {});
  return Uint8Array.from([...wholeAnswers(survey, names)], (each, i) => {
    const others = left.get(each) ?? 0;
    if (others > 0) left.set(each, others - 1);
    return others > 0 ? 0 : inside?.[i] ?? 1;
  });
}

/**
 * An earlier wave whose answers are at hand. Needs rows.
 *
 * @param rows For each respondent now, the row in the earlier wave or -1; null: nobody knows who
 *   answered both times.
 */
export function earlierAnswers(now: Survey, before: Survey, rows: Int32Array | null): EarlierWave {
  const isAsked = (name: string) => before.codes.has(name);
  const isApart = apartIn(now, before, rows);
  return {
    wave: before.codebook.study.wave,
    shares: (question, by) => {
      if (!isAsked(question) || (by !== null && !isAsked(by)) || !isApart(question, by)) return [];
      const counts = countAnswers(before, question, { by });
      return estimatesFromCounts(counts).filter(isExact).map((estimate) => {
        const answers = answersIn(counts, estimate);
        return { estimate, answers, counted: countedShare(counts, estimate.group, answers) };
      });
    },
    isRounded: now.isPublished ?? false,
    overlap: (question, by) => rows === null ? null : countOverlap(now, before, rows, question, by),
  };
}
