import type { Codebook } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import type { Estimate } from "../statistics/estimate.ts";
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
import { answers, contrastEvidence, estimatesEvidence, withDifference } from "./evidence.ts";
import { formatDates } from "./format_date.ts";
import { formatList } from "./format_list.ts";
import { decimalPercent, formatCount, formatDecimal, formatPValue } from "./format_number.ts";
import { ownText, type Values } from "./message.ts";
import { estimatesOf, isEstimate } from "./value.ts";

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
  if (test.is === "interviews" || test.is === "stated") {
    return {
      verdict: test.is,
      condition: ownText(`test.${test.is}`),
      evidence: ownText(`evidence.${test.is}`, { count: study.interviews.count }),
      in_sample: null,
      p: null,
    };
  }
  const value = values[test.value];
  return {
    ...findOne(test, value, values),
    condition: conditionOf(test, values),
    evidence: evidenceOf(value),
    p: pValueOf(test, value, values, study.confidence),
  };
}

type Simple = Exclude<Test, { is: "all" | "interviews" | "stated" }>;

function findOne(test: Simple, value: unknown, values: Values): Found {
  switch (test.is) {
    case "above":
    case "below":
    case "printed":
      return findShare(test.is, value as Estimate, shareOf(test.at, values));
    case "about":
      return findAbout(value as Estimate, shareOf(test.at, values), test.within);
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
      return { ...firm(value === values[test.to]) };
    case "at_least":
      return firm(Number(value) >= Number(values[test.to]));
    case "within": {
      const { deviation } = value as FromPopulation;
      return deviation === null
        ? UNTOLD
        : firm(Math.abs(deviation.difference) < shareOf(test.at, values));
    }
    case "complete": {
      const { part, whole } = value as Part;
      return part === null ? UNTOLD : firm(part === whole);
    }
  }
}

/** The p-value of a test that asks whether something is so by more than chance. */
function pValueOf(
  test: Simple,
  value: unknown,
  values: Values,
  confidence: number,
): number | null {
  switch (test.is) {
    case "above":
    case "below":
      return pValueOfShare(value as Estimate, shareOf(test.at, values), confidence);
    case "more":
      return (value as Contrast).tested?.p ?? null;
    case "rises":
    case "falls":
      return (value as Trend).test?.pValue ?? null;
    case "positive":
    case "negative": {
      const { gamma } = value as Association;
      return typeof gamma === "string" ? null : gamma.p;
    }
    default:
      return null;
  }
}

/** A share that a test names: a number, "1/3", or the value of that name. */
function shareOf(at: number | string, values: Values): number {
  if (typeof at === "number") return at;
  const [, part, whole] = /^(\d+)\/(\d+)$/.exec(at) ?? [];
  if (part !== undefined) return Number(part) / Number(whole);
  const value = values[at];
  return isEstimate(value) ? value.share ?? NaN : Number(value);
}

function conditionOf(test: Simple, values: Values): Text {
  const at = "at" in test ? shareOf(test.at, values) : NaN;
  switch (test.is) {
    case "above":
    case "below":
      return ownText(`test.${test.is}`, { at });
    case "about":
      return Number.isNaN(at)
        ? ownText("too_few")
        : ownText("test.about", { from: at - test.within, to: at + test.within });
    case "printed":
      return ownText("test.printed", { at });
    case "within":
      return ownText("test.within", { at });
    case "alike":
      return ownText("test.alike", { within: { difference: test.within } });
    case "more":
      return test.least === undefined
        ? ownText("test.more")
        : ownText("test.more_least", { least: { difference: test.least } });
    case "same":
    case "at_least":
      return inEveryLanguage((language) =>
        word(`test.${test.is}`, language).replace("{$at}", plain(values[test.to], language))
      );
    case "rises":
    case "falls":
    case "positive":
    case "negative":
    case "complete":
      return ownText(`test.${test.is}`);
  }
}

function evidenceOf(value: unknown): Text {
  if (isEstimate(value)) return estimatesEvidence([value]);
  if (typeof value !== "object" || value === null) {
    return inEveryLanguage((language) => plain(value, language));
  }
  if ("tested" in value) return contrastEvidence(value as Contrast);
  if ("between" in value) {
    const { groups, between, test } = value as Trend;
    const ends = withDifference(groups as Estimate[], between(groups.length - 1, 0));
    if (!test || test.pValue === null) return ends;
    const p = test.pValue;
    return inEveryLanguage((language) =>
      `${ends[language]}; ${
        word("evidence.trend", language).replace("{$p}", formatPValue(p, language))
      }`
    );
  }
  if ("gamma" in value) return gammaEvidence(value as Association);
  if ("deviation" in value) return deviationEvidence(value as FromPopulation);
  const { part, whole } = value as Part;
  return part === null ? ownText("too_few") : ownText("evidence.part", { part, whole });
}

function gammaEvidence({ gamma }: Association): Text {
  if (gamma === "too_few") return ownText("too_few");
  if (gamma === "one_answer") return ownText("evidence.one_answer");
  return inEveryLanguage((language) => {
    const number = (x: number) => formatDecimal(x, 2, language);
    const text = word("evidence.gamma", language)
      .replace("{$value}", number(gamma.value))
      .replace("{$low}", number(gamma.low))
      .replace("{$high}", number(gamma.high));
    const counted = word(gamma.weighted ? "weighted" : "unweighted", language);
    const turns = gamma.turns ? `, ${word("evidence.turns", language)}` : "";
    return `${text}${turns}, ${answers(gamma.n, language)}, ${counted}`;
  });
}

function deviationEvidence({ deviation }: FromPopulation): Text {
  if (deviation === null) return ownText("too_few");
  const { estimate, population, assumed } = deviation;
  return inEveryLanguage((language) => {
    const percent = (share: number) =>
      decimalPercent(share, language) + word("number.percent", language);
    return word(assumed ? "evidence.assumed" : "evidence.known", language)
      .replace("{$share}", percent(estimate.share))
      .replace("{$population}", percent(population));
  });
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

/** The estimates that a claim rests on, suppressed ones included. */
export function restsOn(values: Values): Estimate[] {
  return [...new Set(Object.values(values).flatMap(estimatesOf))];
}
