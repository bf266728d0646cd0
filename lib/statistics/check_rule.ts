import { eitherColumn } from "./column.ts";
import { countAnswers } from "./count_answers.ts";
import { estimateOf } from "./estimates.ts";
import { neededFor } from "./needed_counts.ts";
import { type Estimate, inPercent, isShown, wholePercent } from "./estimate.ts";
import { findShare } from "./verdict.ts";
import type { Indicator, IndicatorRule, Published } from "../responses/published.ts";
import type { Survey } from "../responses/survey.ts";
import type { Domain } from "./domain.ts";
import { isAnybodyAmong, peopleAmong } from "./people_among.ts";

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
 * @throws {InputError} Where the answers lack a question or variable.
 */
export function checkRule(
  survey: Survey,
  published: Published,
  indicator: Indicator,
  rule: IndicatorRule,
): Checked {
  const at = (where: Domain = indicator.where) => indicatorEstimate(survey, indicator, where);
  const firm = (met: boolean | null): Checked => ({ rule, met, chance: false });
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
      if (share === null || high === null) return firm(null);
      return { rule, met: inPercent(share) >= rule.value, chance: inPercent(high) >= rule.value };
    }
    case "below_indicator": {
      const other = published.indicators.find(({ id }) => id === rule.indicator);
      return firm(other ? ordered([at(), indicatorEstimate(survey, other)], "rises") : null);
    }
    case "rises":
    case "falls":
      return firm(ordered(
        rule.order.map((group) => at({ ...indicator.where, [rule.by]: [group] })),
        rule.kind,
      ));
    case "greater_than":
      return firm(ordered([at(), at(rule.than)], "falls"));
    case "count_equals":
      return firm(counted((people) => people === rule.value));
    case "count_at_least":
      return firm(
        rule.value === 1 ? isAnybodyAmong(survey, indicator) : counted((n) => n >= rule.value),
      );
    case "both_present": {
      const others = indicatorEstimate(survey, { ...indicator, categories: rule.categories });
      const [count, other] = [at().count, others.count];
      return firm(count === null || other === null ? null : count > 0 && other > 0);
    }
    case "response_rate":
      return firm(responseRate(survey) === factOf(published, rule.fact));
    case "respondents_at_least":
      return firm(survey.source.respondents >= factOf(published, rule.fact));
    case "documented":
      return firm(true);
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
 * @throws {InputError} Where the answers lack a question or variable; see {@link isAsked}.
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
