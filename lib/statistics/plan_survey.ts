import { InputError } from "../responses/input_error.ts";
import { sumOf } from "./cross_table.ts";
import { betaTails, normalUpperQuantile, normalUpperTail } from "./distributions.ts";
import { type Interval, populationOfPart, wilsonInterval } from "./intervals.ts";

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
 * Intervals are Wilson's with finite population correction, for respondents over the design effect;
 * differences are of two-sided tests without it. The chance to be hidden is in R `pbinom(base − 1, M, r)`.
 * A group alone below the least base takes the next smallest of its variable along, as reports do.
 *
 * @throws {InputError} Where a number is outside its range, or groups have more people than are invited.
 */
export function planSurvey(
  plan: SurveyPlan,
  { confidence, leastBase }: { readonly confidence: number; readonly leastBase: number },
): Expected[] {
  const { invited, groups = [], share = 0.5, designEffect = 1, power = 0.8, earlier } = plan;
  check("invited", invited, "a whole number", Number.isSafeInteger(invited) && invited > 0);
  check("response", plan.response, RESPONSE, isResponse(plan.response));
  check("share", share, "between 0 and 1", share > 0 && share < 1);
  check("power", power, "between 0 and 1", power > 0 && power < 1);
  check("designEffect", designEffect, "above 0", designEffect > 0 && designEffect < Infinity);
  if (earlier !== undefined) check("earlier", earlier, "a number of people", earlier > 0);
  const all = groups.map(({ of = "", response = plan.response, ...group }) => {
    check(`invited of ${group.name}`, group.invited, "a number of people", group.invited > 0);
    check(`response of ${group.name}`, response, RESPONSE, isResponse(response));
    return { ...group, of, response, respondents: group.invited * response };
  });
  const byVariable = [...Map.groupBy(all, ({ of }) => of)];
  for (const [of, own] of byVariable) {
    const sum = sumOf(own.map(({ invited }) => invited));
    if (sum <= invited * (1 + 1e-9)) continue;
    throw new InputError(
      `The groups ${of} have ${Math.round(sum)} people, of ${invited} invited.`,
    );
  }
  const detectable = (one: number, other: number) =>
    leastDetectableDifference(one / designEffect, other / designEffect, {
      ...{ share, power, confidence },
    });
  const expected = (people: number, response: number, respondents: number) => {
    const size = respondents / designEffect;
    const population = populationOfPart(size, size, people / designEffect);
    return {
      ...{ invited: people, respondents },
      interval: wilsonInterval(share * size, size, { population, level: confidence }),
      hidden: chanceBelow(leastBase, Math.round(people), response),
    };
  };
  const respondents = invited * plan.response;
  const isHidden = new Map(byVariable.flatMap(([, own]) => hiddenOf(own, leastBase)));
  return [
    {
      ...{ name: null, of: null, detectable: null },
      ...expected(invited, plan.response, respondents),
      change: earlier === undefined ? null : detectable(respondents, earlier),
      isHidden: respondents < leastBase ? "yes" : "no",
    },
    ...all.map((group): Expected => {
      const rest = sumOf(all.map((other) => other.of === group.of ? other.respondents : 0)) -
        group.respondents;
      return {
        ...{ name: group.name, of: group.of || null, change: null },
        ...expected(group.invited, group.response, group.respondents),
        detectable: rest > 1e-9 ? detectable(group.respondents, rest) : null,
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
  if (least < 1) return 0;
  if (people < least) return 1;
  // P(X < least) is that of a beta value below 1 − r (Abramowitz & Stegun 26.5.24).
  return betaTails({ x: 1 - response, y: response }, people - least + 1, least).lower;
}

/** By group of one variable, whether it is hidden at the expected numbers, or along with one that is. */
function hiddenOf<G extends { readonly respondents: number }>(
  groups: readonly G[],
  leastBase: number,
): [G, Expected["isHidden"]][] {
  let people = 0;
  return groups.toSorted((a, b) => a.respondents - b.respondents).map((group) => {
    const isSmall = group.respondents < leastBase;
    const isAlong = people > 0 && people < leastBase;
    if (isSmall || isAlong) people += group.respondents;
    return [group, isSmall ? "yes" : isAlong ? "along" : "no"];
  });
}

const RESPONSE = "a share above 0, at most 1";
const isResponse = (response: number) => response > 0 && response <= 1;

function check(name: string, value: number, what: string, holds: boolean): void {
  if (!holds) throw new InputError(`${name} is ${what}, not ${value}.`);
}
