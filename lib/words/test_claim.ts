import type { Codebook } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import { isUncertain } from "../statistics/intervals.ts";
import type { Association, Contrast, FromPopulation, Part, Trend } from "../statistics/outcome.ts";
import {
  allVerdicts,
  findAbout,
  findAlike,
  findAssociation,
  findMore,
  findShare,
  findTrend,
  firm,
  type Found,
  pValueOfShare,
  UNTOLD,
} from "../statistics/verdict.ts";
import { word } from "./catalogue.ts";
import type { Test } from "./claims_schema.ts";
import { answers, decimalPercent, formatCount, formatDates, formatList } from "./format.ts";
import { ownText, type Values, words } from "./message.ts";
import { estimatesOf, isAssociation, isEstimate, isTrend, whyHidden } from "./value.ts";

/** What a test of a statement found. */
export interface Finding extends Found {
  /** What was tested, made of the test: "above 40%". */
  readonly condition: Text;
  /** The estimates with their intervals, or the test behind the verdict, or why there is none. */
  readonly evidence: Text;
  /** Two-sided p-value of that test, of several the largest; null where no chance stands behind. */
  readonly p: number | null;
}

/**
 * Tests a statement on its values: a verdict of three kinds, whatever the answers are.
 *
 * @param test The statement's condition.
 * @param values The values by name; every name that the test uses is there (data/claims.json is
 *   checked for it).
 * @param study Its interviews, and the confidence of its intervals.
 */
export function findVerdict(test: Test, values: Values, study: Codebook["study"]): Finding {
  if (test.is === "all") {
    const found = test.of.map((each) => findVerdict(each, values, study));
    const inSample = found.map(({ in_sample }) => in_sample);
    return {
      verdict: allVerdicts(found.map(({ verdict }) => verdict)),
      condition: inEveryLanguage((language) =>
        formatList([...new Set(found.map(({ condition }) => condition[language]))], language)
      ),
      evidence: inEveryLanguage((language) =>
        found.map(({ evidence }) => evidence[language]).join("; ")
      ),
      in_sample: inSample.includes(false) ? false : inSample.includes(null) ? null : true,
      p: found.some(({ p }) => p === null) ? null : Math.max(...found.map(({ p }) => p!)),
    };
  }
  if (!("value" in test)) {
    const { count } = study.interviews;
    return {
      ...{ verdict: test.is, in_sample: null, p: null },
      condition: conditionOf(test, values, NaN),
      evidence: ownText(`evidence.${test.is}`, { count }),
    };
  }
  const value = values[test.value];
  const at = "at" in test ? shareOf(test.at, values) : NaN;
  return {
    ...findOne(test, values, at),
    condition: conditionOf(test, values, at),
    evidence: evidenceOf(value),
    p: pValueOf(test, value, at, study.confidence),
  };
}

type Simple = Extract<Test, { value: string }>;

function findOne(test: Simple, values: Values, at: number): Found {
  const value = values[test.value] as unknown;
  switch (test.is) {
    case "above":
    case "below":
    case "printed":
      return findShare(test.is, value as Estimate, at);
    case "about":
      return findAbout(value as Estimate, at, test.within);
    case "more":
      return findMore(value as Contrast, test.least ?? 0);
    case "alike":
      return findAlike(value as Contrast, test.within);
    case "rises":
    case "falls":
      return findTrend(value as Trend, test.is);
    case "positive":
    case "negative":
      return findAssociation(value as Association, test.is);
    case "same":
      return firm(value === values[test.to]);
    case "at_least":
      return firm(Number(value) >= Number(values[test.to]));
    case "within": {
      const { deviation } = value as FromPopulation;
      return deviation === null ? UNTOLD : firm(Math.abs(deviation.difference) < at);
    }
    case "complete": {
      const { part, whole } = value as Part;
      return part === null ? UNTOLD : firm(part === whole);
    }
  }
}

/** The p-value of a test that asks whether something is so by more than chance; null of others. */
function pValueOf(test: Simple, value: unknown, at: number, confidence: number): number | null {
  if (test.is === "above" || test.is === "below") {
    return pValueOfShare(value as Estimate, at, confidence);
  }
  if (test.is === "more") return (value as Contrast).tested?.p ?? null;
  if (isTrend(value)) return value.test?.pValue ?? null;
  return isAssociation(value) && typeof value.gamma !== "string" ? value.gamma.p : null;
}

/** A share that a test names: a number, "1/3", or the value of that name. */
function shareOf(at: number | string, values: Values): number {
  if (typeof at === "number") return at;
  const [, part, whole] = /^(\d+)\/(\d+)$/.exec(at) ?? [];
  if (part !== undefined) return Number(part) / Number(whole);
  const value = values[at];
  return isEstimate(value) ? value.share ?? NaN : Number(value);
}

/** The estimates that a claim rests on, suppressed ones included. */
export function restsOn(values: Values): Estimate[] {
  return [...new Set(Object.values(values).flatMap(estimatesOf))];
}

/** What was tested, made of the test: "above 40%". @param at The share that it names; NaN: none is shown. */
function conditionOf(test: Exclude<Test, { is: "all" }>, values: Values, at: number): Text {
  if ("at" in test && Number.isNaN(at)) return ownText("too_few");
  const within = "within" in test ? test.within : 0;
  const least = "least" in test ? test.least : undefined;
  const to = "to" in test ? values[test.to] : null;
  return ownText(least === undefined ? `test.${test.is}` : "test.more_least", {
    ...{ at, from: at - within, to: at + within, within: { difference: within } },
    least: { difference: least ?? 0 },
    value: inEveryLanguage((language) => plain(to, language)),
  });
}

/**
 * The estimates with their intervals, or the test behind a verdict, or why there is none. With one decimal:
 * an interval from 39.6 to 45.2 does not print as "40–45" beside a claim of more than 40.
 */
function evidenceOf(value: unknown): Text {
  if (isEstimate(value)) return sharesTold([value]);
  if (value === null) return ownText("evidence.unknown");
  if (typeof value !== "object") {
    return inEveryLanguage((language) => plain(value, language));
  }
  if ("tested" in value) {
    const { first, second, tested } = value as Contrast;
    return sharesTold([first, second], tested, tested?.p);
  }
  if ("between" in value) {
    const { groups, between, test } = value as Trend;
    const told = sharesTold(groups as Estimate[], between(groups.length - 1, 0));
    const p = test?.pValue ?? null;
    return p === null ? told : joined([told, ownText("evidence.trend", { p })], "; ");
  }
  if ("gamma" in value) {
    const { gamma } = value as Association;
    if (gamma === "too_few") return ownText("too_few");
    if (gamma === "one_answer") return ownText("evidence.one_answer");
    const { turns, low, high } = gamma;
    return joined([
      ownText("evidence.gamma", { low, high, value: gamma.value }),
      ...turns ? [ownText("evidence.turns")] : [],
      inEveryLanguage((language) => answers(gamma.n, language)),
      ownText(gamma.weighted ? "weighted" : "unweighted"),
    ]);
  }
  if ("deviation" in value) {
    const { deviation } = value as FromPopulation;
    if (deviation === null) return ownText("too_few");
    const { estimate: { share }, population, assumed } = deviation;
    return ownText(`evidence.${assumed ? "assumed" : "known"}`, { share, population });
  }
  const { part, whole } = value as Part;
  return part === null ? ownText("too_few") : ownText("evidence.part", { part, whole });
}

const joined = (parts: readonly Text[], by = ", ") =>
  inEveryLanguage((language) => parts.map((part) => part[language]).join(by));

/** Shares of one survey: `42.4% (39.7–45.1), 979 answers, unweighted; difference 16.2 percentage points …`. */
function sharesTold(
  estimates: readonly Estimate[],
  tested: Contrast["tested"] = null,
  p: number | null = tested?.p ?? null,
): Text {
  const isWeighted = estimates.some(({ weighted }) => weighted);
  const isTested = tested !== null && estimates.every(isShown);
  const { difference = 0, low = 0, high = 0 } = tested ?? {};
  return inEveryLanguage((language) => {
    const told = `${estimates.map((estimate) => one(estimate, language)).join("; ")}, ` +
      word(isWeighted ? "weighted" : "unweighted", language);
    const about = { difference, low, high, p, test: p === null ? "no" : "yes" };
    return told + (isTested ? `; ${words("evidence.difference", language, about)}` : "");
  });
}

function one(estimate: Estimate, language: Language): string {
  const base = answers(estimate.n, language);
  if (!isShown(estimate)) return `${word(whyHidden(estimate), language)}, ${base}`;
  const { share, low, high } = estimate;
  const about = estimate.rounded === undefined ? "" : "≈";
  const uncertain = isUncertain(estimate) ? `, ${word("reliability.uncertain", language)}` : "";
  return about + words("evidence.share", language, { share, low, high }) + `, ${base}${uncertain}`;
}

/** A number or a day as it is. */
function plain(value: unknown, language: Language): string {
  if (typeof value === "number") {
    return Number.isInteger(value)
      ? formatCount(value, language)
      : decimalPercent(value, language) + word("number.percent", language);
  }
  const [from = "", to = from] = String(value ?? "").split("/");
  return /^\d{4}-/.test(from) ? formatDates(from, to, language) : from;
}
