import type { Indicator, IndicatorRule, Published } from "../responses/published.ts";
import type { Survey } from "../responses/survey.ts";
import { eitherColumn } from "./column.ts";
import { countAnswers, isAnybodyAmong, peopleAmong } from "./count_answers.ts";
import { normalQuantile, normalUpperTail } from "./distributions.ts";
import type { Domain } from "./domain.ts";
import { type Estimate, inPercent, isExact, isShown, wholePercent } from "./estimate.ts";
import { estimateOf } from "./estimates.ts";
import type { Interval } from "./intervals.ts";
import { neededFor } from "./needed_counts.ts";
import {
  type Association,
  associationOutcome,
  type Contrast,
  directionOf,
  isTurned,
  SLIGHT,
  sureWayOf,
  type Trend,
} from "./outcome.ts";

/** The verdicts in the order in which they are told; see {@link Verdict}. */
export const VERDICTS = [
  "holds",
  "does_not_hold",
  "cannot_be_told",
  "interviews",
  "stated",
] as const;

/**
 * What the answers say of a statement of the published report. `cannot_be_told`: too uncertain to say
 * from this many answers; more could tell. `interviews`: said in interviews, which measure nothing.
 * `stated`: told about the study, and no answer to the questionnaire.
 */
export type Verdict = (typeof VERDICTS)[number];

/** All of several: broken if one is, else untold if one is, else it holds. None at all hold. */
export function allVerdicts(verdicts: readonly Verdict[]): Verdict {
  return verdictOf(!verdicts.includes("cannot_be_told"), verdicts.includes("does_not_hold"));
}

function verdictOf(holds: boolean, isBroken: boolean): Verdict {
  return isBroken ? "does_not_hold" : holds ? "holds" : "cannot_be_told";
}

/** "Above": holds if the whole interval lies above, is broken if none of it does. */
const above = ({ low, high }: Interval, value: number) => verdictOf(low > value, high <= value);
/** The same of an interval within a band, as wide as the phrase is loose. */
const inside = ({ low, high }: Interval, from: number, to: number) =>
  verdictOf(low >= from && high <= to, high < from || low > to);
const turned = ({ low, high }: Interval) => ({ low: -high, high: -low });

/** What a test found: a verdict, and whether the answers themselves are as was said. */
export interface Found {
  readonly verdict: Verdict;
  /** Whatever chance allows; null where there is nothing to show. */
  readonly in_sample: boolean | null;
}

/** Nothing to tell. */
export const UNTOLD: Found = { verdict: "cannot_be_told", in_sample: null };

/** A plain fact that no chance stands behind. */
export const firm = (holds: boolean): Found => ({
  verdict: verdictOf(holds, !holds),
  in_sample: holds,
});

/**
 * The verdict on a share: that it is above or below a value with its whole interval, or prints as the
 * same whole per cent. A printed per cent speaks of the answers and was rounded: it holds if the share
 * prints as this number, and is broken only if nothing within the interval does.
 *
 * @param at 0 to 1.
 */
export function findShare(
  is: "above" | "below" | "printed",
  estimate: Estimate,
  at: number,
): Found {
  if (!isShown(estimate)) return UNTOLD;
  const { share, low, high } = estimate;
  if (is === "above") {
    return { verdict: above(estimate, at), in_sample: inPercent(share) > inPercent(at) };
  }
  if (is === "below") {
    return { verdict: above(turned(estimate), -at), in_sample: inPercent(share) < inPercent(at) };
  }
  const percent = wholePercent(at);
  const isSame = wholePercent(share) === percent;
  // Half up: 32.5 prints as 33 and 33.5 does not.
  const isApart = inPercent(high) < percent - 0.5 || inPercent(low) >= percent + 0.5;
  return { verdict: verdictOf(isSame, isApart), in_sample: isSame };
}

/** That a share lies within so much of a value. */
export function findAbout(estimate: Estimate, value: number, within: number): Found {
  if (!isShown(estimate)) return UNTOLD;
  const [from, to] = [value - within, value + within];
  const share = inPercent(estimate.share);
  return {
    verdict: inside(estimate, from, to),
    in_sample: share >= inPercent(from) && share <= inPercent(to),
  };
}

/**
 * The two-sided p-value of a share being this value: of the score test that its interval is made of, which
 * refuses what lies outside.
 *
 * @param level Of the interval.
 */
export function pValueOfShare(estimate: Estimate, at: number, level: number): number | null {
  if (!isExact(estimate) || !(at > 0 && at < 1)) return null;
  const { share, low, high } = estimate;
  if (low === high) return share === at ? 1 : 0;
  const z = normalQuantile((1 + level) / 2);
  const end = share > low ? low : high;
  const size = z * z * end * (1 - end) / (share - end) ** 2;
  return 2 * normalUpperTail(Math.abs(share - at) / Math.sqrt(at * (1 - at) / size));
}

/** More: the whole interval of the difference is above nought, and the difference as large as said. */
export function findMore({ first, second, tested }: Contrast, least: number): Found {
  const so = isShown(first) && isShown(second) ? first.share - second.share : null;
  const in_sample = so === null ? null : so > 0 && so >= least;
  if (tested === null) return { verdict: "cannot_be_told", in_sample };
  const { low, high, difference } = tested;
  const isBroken = high < least || isSlightAtMost(tested);
  return { verdict: verdictOf(low > 0 && difference >= least, isBroken), in_sample };
}

/** As many: the whole interval of the difference is within so much of nought; broken if it is outside. */
export function findAlike({ first, second, tested }: Contrast, within: number): Found {
  const so = isShown(first) && isShown(second) ? first.share - second.share : null;
  const in_sample = so === null ? null : Math.abs(inPercent(so)) <= inPercent(within);
  return { verdict: tested ? inside(tested, -within, within) : "cannot_be_told", in_sample };
}

/** Whether a difference may be nought and is a slight one at the most. */
function isSlightAtMost({ low, high }: Interval): boolean {
  return high <= 0 || (low <= 0 && high < SLIGHT);
}

/**
 * Rises from group to group: none is below the one before it, and the trend over all of them is more than
 * chance (see `trendTest()`). Broken if the last is surely not above the first, or slightly at most, or if
 * a later group is below an earlier one by more than chance allows with all pairs looked at.
 */
export function findTrend(trend: Trend, way: "rises" | "falls"): Found {
  const shares = trend.groups.filter(isShown).map(({ share }) => share);
  if (shares.length < trend.groups.length) return UNTOLD;
  const last = shares.length - 1;
  const [top, start] = way === "rises" ? [last, 0] : [0, last];
  const in_sample = directionOf(shares) === way;
  const tested = trend.between(top, start);
  if (tested === null) return { verdict: "cannot_be_told", in_sample };
  const sure = sureWayOf(trend);
  const isBroken = isTurned(trend, way === "rises") || isSlightAtMost(tested) ||
    (sure !== null && sure !== way);
  return { verdict: verdictOf(sure === way && in_sample, isBroken), in_sample };
}

export function findAssociation({ gamma }: Association, way: "positive" | "negative"): Found {
  if (typeof gamma === "string") return UNTOLD;
  if (gamma.turns) return firm(false);
  const isNone = associationOutcome({ gamma }) === "none";
  const towards = way === "positive" ? gamma : turned(gamma);
  return {
    verdict: isNone ? "does_not_hold" : above(towards, 0),
    in_sample: way === "positive" ? gamma.value > 0 : gamma.value < 0,
  };
}

/** What became of one rule of a published figure. */
export interface Checked {
  readonly rule: IndicatorRule;
  /** Whether the answers meet it; null where too few answered to show. */
  readonly met: boolean | null;
  /** Whether chance could explain that it is not met. */
  readonly chance: boolean;
}

/**
 * Whether the answers meet one rule of a published figure.
 *
 * @throws {InputError} Where a name is not in the codebook.
 */
export function checkRule(
  survey: Survey,
  published: Published,
  indicator: Indicator,
  rule: IndicatorRule,
): Checked {
  const at = (where: Domain = indicator.where) => indicatorEstimate(survey, indicator, where);
  const certain = (met: boolean | null): Checked => ({ rule, met, chance: false });
  const counted = (isMet: (people: number) => boolean) => {
    const people = peopleAmong(survey, indicator);
    return Number.isNaN(people) ? null : isMet(people);
  };
  switch (rule.kind) {
    case "equals_rounded":
    case "above":
    case "below": {
      const is = rule.kind === "equals_rounded" ? "printed" : rule.kind;
      const { in_sample, verdict } = findShare(is, at(), rule.value / 100);
      return { rule, met: in_sample, chance: verdict !== "does_not_hold" };
    }
    case "at_least": {
      const { share, high } = at();
      if (share === null || high === null) return certain(null);
      return { rule, met: inPercent(share) >= rule.value, chance: inPercent(high) >= rule.value };
    }
    case "below_indicator": {
      const other = published.indicators.find(({ id }) => id === rule.indicator);
      return certain(other ? ordered([at(), indicatorEstimate(survey, other)], "rises") : null);
    }
    case "rises":
    case "falls":
      return certain(ordered(
        rule.order.map((group) => at({ ...indicator.where, [rule.by]: [group] })),
        rule.kind,
      ));
    case "greater_than":
      return certain(ordered([at(), at(rule.than)], "falls"));
    case "count_equals":
      return certain(counted((people) => people === rule.value));
    case "count_at_least":
      return certain(
        rule.value === 1 ? isAnybodyAmong(survey, indicator) : counted((n) => n >= rule.value),
      );
    case "both_present": {
      const others = indicatorEstimate(survey, { ...indicator, categories: rule.categories });
      const [count, other] = [at().count, others.count];
      return certain(count === null || other === null ? null : count > 0 && other > 0);
    }
    case "response_rate":
      return certain(responseRate(survey) === factOf(published, rule.fact));
    case "respondents_at_least":
      return certain(survey.source.respondents >= factOf(published, rule.fact));
    case "documented":
      return certain(true);
  }
}

/** Whether the shares go strictly one way; null where one may not be shown. */
function ordered(estimates: readonly Estimate[], way: "rises" | "falls"): boolean | null {
  if (!estimates.every(isShown)) return null;
  const steps = estimates.slice(1).map(({ share }, i) => share - estimates[i]!.share);
  return steps.every((step) => way === "rises" ? step > 0 : step < 0);
}

/**
 * Everybody who responded, over everybody who was invited, as a whole per cent; null where more
 * responded than the codebook says were invited.
 */
export function responseRate({ codebook, source }: Survey): number | null {
  const { invited } = codebook.study;
  return source.respondents > invited ? null : wholePercent(source.respondents / invited);
}

function factOf(published: Published, id: string): number {
  const found = published.facts.find((fact) => fact.id === id);
  if (found === undefined) throw new RangeError(`data/published.json has no fact "${id}"`);
  return Number(found.value);
}

/**
 * The share that a published figure is about: its categories among those who answered its question,
 * in its part of the base. Of two questions, an answer to either counts.
 *
 * @param where The part of the base; by default the indicator's own.
 * @returns Of nobody where these were not asked; see {@link isAsked}.
 * @throws {InputError} Where a name is not in the codebook.
 */
export function indicatorEstimate(
  survey: Survey,
  indicator: Pick<Indicator, "questions" | "categories" | "set" | "base" | "where">,
  where: Domain = indicator.where,
): Estimate {
  const { questions, categories, set, base } = indicator;
  const isEither = questions.length > 1;
  const column = isEither
    ? eitherColumn(survey, Object.fromEntries(questions.map((name) => [name, categories])))
    : questions[0] ?? "";
  const counts = countAnswers(survey, column, { within: where });
  const category = set === null ? categories.join("+") : null;
  const answers = isEither ? ["yes"] : categories;
  return { ...estimateOf(counts, null, { set, category }, answers), base };
}

/** Whether the answers have every question and variable that a published figure needs. */
export function isAsked(survey: Survey, indicator: Indicator): boolean {
  return neededFor(survey.codebook, indicator).every((name) => survey.codes.has(name));
}
