import type { Codebook } from "../responses/codebook.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
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
import type { Test } from "./claims_schema.ts";
import { conditionOf, evidenceOf } from "./evidence.ts";
import { formatList } from "./format_list.ts";
import { ownText, type Values } from "./message.ts";
import { estimatesOf, isAssociation, isEstimate, isTrend } from "./value.ts";

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
