import { InputError } from "../responses/input_error.ts";
import { sumOf } from "./cross_table.ts";
import { betaTails } from "./distributions/beta.ts";
import { normalUpperQuantile, normalUpperTail } from "./distributions/normal.ts";
import { type Interval, populationOfPart, wilsonInterval } from "./wilson_interval.ts";

/** What is known or expected before anybody is asked. */
export interface SurveyPlan {
  readonly invited: number;
  /** The expected share of those invited who answer, above 0 to 1. */
  readonly response: number;
  /** Groups that answers are to be broken down by. */
  readonly groups?: readonly PlannedGroup[];
  /** The share that widths and differences are told for; 0.5, the widest, by default. */
  readonly share?: number;
  /** The design effect that weighting is expected to have; 1 by default. */
  readonly designEffect?: number;
  /** How surely a difference is to be found; 0.8 by default. */
  readonly power?: number;
  /** Respondents of the earlier wave, where there is one. */
  readonly earlier?: number;
}

export interface PlannedGroup {
  readonly name: string;
  /** What it is a group of, such as a variable; its rest is the other groups of it. */
  readonly of?: string;
  readonly invited: number;
  /** Its own expected response. */
  readonly response?: number;
}

/** What to expect of everybody (`name` null) or of a group. */
export interface Expected {
  readonly name: string | null;
  readonly of: string | null;
  readonly invited: number;
  readonly respondents: number;
  /** Of the planned share, at the codebook's confidence; a point where everybody answers. */
  readonly interval: Interval;
  /** The least difference from the rest that is found so surely, as a share; null without a rest. */
  readonly detectable: number | null;
  /** The least change since the earlier wave, of everybody; null without one. */
  readonly change: number | null;
  /** The chance of fewer respondents than the least base. */
  readonly hidden: number;
  /** Whether it is hidden at the expected numbers, or `along` with a smaller one that is. */
  readonly isHidden: "no" | "yes" | "along";
}

/**
 * What a survey will be able to say, before fieldwork.
 *
 * Intervals are Wilson's with finite population correction, for respondents over the design effect.
 * Differences are of two-sided tests without it. The chance to be hidden is that of fewer respondents
 * than the least base among so many invited who answer independently: in R `pbinom(base − 1, M, r)`.
 * A group alone below the least base takes the next smallest of its variable along, as reports do.
 *
 * @param limits Of the codebook: the confidence and the least base.
 * @throws {InputError} Where a number is outside its range, or groups have more people than are invited.
 */
export function planSurvey(
  plan: SurveyPlan,
  { confidence, leastBase }: { readonly confidence: number; readonly leastBase: number },
): Expected[] {
  const { invited, groups = [], share = 0.5, designEffect = 1, power = 0.8, earlier } = plan;
  const isShare = (value: number) => value > 0 && value < 1;
  check(
    "invited",
    invited,
    "a whole number of people",
    Number.isSafeInteger(invited) && invited > 0,
  );
  check(
    "response",
    plan.response,
    "a share above 0, at most 1",
    plan.response > 0 && plan.response <= 1,
  );
  check("share", share, "between 0 and 1", isShare(share));
  check("power", power, "between 0 and 1", isShare(power));
  check("designEffect", designEffect, "above 0", designEffect > 0 && designEffect < Infinity);
  if (earlier !== undefined) check("earlier", earlier, "a number of people", earlier > 0);
  const all = groups.map(({ of = "", response = plan.response, ...group }) => {
    check(`invited of ${group.name}`, group.invited, "a number of people", group.invited > 0);
    check(
      `response of ${group.name}`,
      response,
      "a share above 0, at most 1",
      response > 0 && response <= 1,
    );
    return { ...group, of, response, respondents: group.invited * response };
  });
  for (const of of new Set(all.map((group) => group.of))) {
    const sum = sumOf(all.filter((group) => group.of === of).map(({ invited }) => invited));
    if (sum > invited * (1 + 1e-9)) {
      throw new InputError(
        `The groups ${of} have ${Math.round(sum)} people, of ${invited} invited.`,
      );
    }
  }
  const respondents = invited * plan.response;
  const expected = (n: number, people: number, sample = n, total = people) => {
    const size = n / designEffect;
    const population = populationOfPart(size, sample / designEffect, total / designEffect);
    return wilsonInterval(share * size, size, { population, level: confidence });
  };
  const detectable = (one: number, other: number) =>
    leastDetectableDifference(one / designEffect, other / designEffect, {
      ...{ share, power, confidence },
    });
  const isHidden = hiddenOf(all, leastBase);
  return [
    {
      ...{ name: null, of: null, invited, respondents, detectable: null },
      interval: expected(respondents, invited),
      change: earlier === undefined ? null : detectable(respondents, earlier),
      hidden: chanceBelow(leastBase, invited, plan.response),
      isHidden: respondents < leastBase ? "yes" : "no",
    },
    ...all.map((group): Expected => {
      const rest = sumOf(all.map((other) => other.of === group.of ? other.respondents : 0)) -
        group.respondents;
      return {
        ...{ name: group.name, of: group.of || null, invited: group.invited, change: null },
        respondents: group.respondents,
        interval: expected(group.respondents, group.invited),
        detectable: rest > 1e-9 ? detectable(group.respondents, rest) : null,
        hidden: chanceBelow(leastBase, Math.round(group.invited), group.response),
        isHidden: isHidden.get(group)!,
      };
    }),
  ];
}

/**
 * The least difference of two independent shares that a two-sided test finds with some power: the p₂ with
 * |p₂ − p₁| = z_{α/2}·√(p(1−p)(1/n₁ + 1/n₂)) + z_{1−β}·√(p₁(1−p₁)/n₁ + p₂(1−p₂)/n₂), p the common share.
 *
 * Of up and down it is the one that takes more; in R, for n₁ = n₂, `power.prop.test(n, p1, power =)`.
 * Source: J. L. Fleiss, B. Levin & M. C. Paik (2003), Statistical Methods for Rates and Proportions,
 * 3rd ed., 4.2–4.3.
 *
 * @param one People in one group, whose share is p₁; `other`: in the other one. Need not be whole.
 * @returns The difference, as a share; null where not even all or nobody would be found.
 */
export function leastDetectableDifference(
  one: number,
  other: number,
  { share, power, confidence }: {
    readonly share: number;
    readonly power: number;
    readonly confidence: number;
  },
): number | null {
  const z = normalUpperQuantile((1 - confidence) / 2);
  const powerOf = (p2: number) => {
    const pooled = (one * share + other * p2) / (one + other);
    const nothing = Math.sqrt(pooled * (1 - pooled) * (1 / one + 1 / other));
    const spread = Math.sqrt(share * (1 - share) / one + p2 * (1 - p2) / other);
    return 1 - normalUpperTail((Math.abs(p2 - share) - z * nothing) / spread);
  };
  const found = [1, -1].flatMap((sign) => {
    let [low, high] = [0, sign > 0 ? 1 - share : share];
    if (powerOf(share + sign * high) < power) return [];
    for (let step = 0; step < 200 && high > low; step++) {
      const middle = (low + high) / 2;
      if (middle === low || middle === high) break;
      if (powerOf(share + sign * middle) < power) low = middle;
      else high = middle;
    }
    return [high];
  });
  return found.length < 2 ? null : Math.max(...found);
}

/** The chance that fewer than so many of the people answer, each by the same chance. */
function chanceBelow(least: number, people: number, response: number): number {
  const k = least - 1;
  if (k < 0) return 0;
  if (people <= k) return 1;
  // P(X ≤ k) is that of a beta value below 1 − r (Abramowitz & Stegun 26.5.24).
  return betaTails({ x: 1 - response, y: response }, people - k, k + 1).lower;
}

/** By group, whether it is hidden at the expected numbers, or along with one that is. */
function hiddenOf<G extends { readonly of: string; readonly respondents: number }>(
  groups: readonly G[],
  leastBase: number,
): ReadonlyMap<G, Expected["isHidden"]> {
  const found = new Map<G, Expected["isHidden"]>();
  for (const of of new Set(groups.map((group) => group.of))) {
    let people = 0;
    const own = groups.filter((group) => group.of === of)
      .sort((a, b) => a.respondents - b.respondents);
    for (const group of own) {
      const isSmall = group.respondents < leastBase;
      const isAlong = people > 0 && people < leastBase;
      found.set(group, isSmall ? "yes" : isAlong ? "along" : "no");
      if (isSmall || isAlong) people += group.respondents;
    }
  }
  return found;
}

function check(name: string, value: number, what: string, holds: boolean): void {
  if (!holds) throw new InputError(`${name} is ${what}, not ${value}.`);
}
