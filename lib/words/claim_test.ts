import { inEveryLanguage, type Text } from "../responses/language.ts";
import { type Estimate, inPercent, isShown, type ShownEstimate } from "../statistics/estimate.ts";
import type { Test } from "./claims_schema.ts";
import { answers, contrastEvidence, estimatesEvidence, withDifference } from "./evidence.ts";
import { decimalPercent, formatCount, formatDecimal, wholePercent } from "./format_number.ts";
import { formatDates } from "./format_date.ts";
import { formatList } from "./format_list.ts";
import { ownText, type Values } from "./message.ts";
import {
  type Association,
  associationOutcome,
  type Contrast,
  directionOf,
  type FromPopulation,
  isTurned,
  type Part,
  SLIGHT,
  type Trend,
} from "./outcome.ts";
import { word } from "./catalogue.ts";
import { estimatesOf, isEstimate } from "./value.ts";
import { allVerdicts, type Verdict, verdictAbove } from "./verdict.ts";

/** What a test of a statement found. */
export interface Finding {
  readonly verdict: Verdict;
  /** What was tested, made of the test: "above 40%". */
  readonly condition: Text;
  /** The estimates with their intervals, or the test behind the verdict, or why there is none. */
  readonly evidence: Text;
  /**
   * Whether the answers themselves are as the statement says, whatever chance allows; null where
   * there is nothing to show.
   */
  readonly in_sample: boolean | null;
}

/** A verdict without its words. */
export type Found = Omit<Finding, "condition" | "evidence">;
const UNTOLD: Found = { verdict: "cannot_be_told", in_sample: null };

/**
 * Tests a statement on its values: a verdict of three kinds, whatever the answers are.
 *
 * @param test The statement's condition.
 * @param values The values by name; every name that the test uses is there (data/claims.json is
 *   checked for it).
 * @param interviews How many interviews the study has.
 */
export function findVerdict(test: Test, values: Values, interviews: number): Finding {
  if (test.is === "all") {
    const found = test.of.map((each) => findVerdict(each, values, interviews));
    const inSample = found.map(({ in_sample }) => in_sample);
    return {
      verdict: allVerdicts(found.map(({ verdict }) => verdict)),
      condition: inEveryLanguage((language) =>
        formatList(found.map(({ condition }) => condition[language]), language)
      ),
      evidence: inEveryLanguage((language) =>
        found.map(({ evidence }) => evidence[language]).join("; ")
      ),
      in_sample: inSample.includes(false) ? false : inSample.includes(null) ? null : true,
    };
  }
  if (test.is === "interviews") {
    return {
      verdict: "interviews",
      condition: ownText("test.interviews"),
      evidence: ownText("evidence.interviews", { count: interviews }),
      in_sample: null,
    };
  }
  if (test.is === "stated") {
    return {
      verdict: "stated",
      condition: ownText("test.stated"),
      evidence: ownText("evidence.stated"),
      in_sample: null,
    };
  }
  const value = values[test.value];
  return {
    ...findOne(test, value, values),
    condition: conditionOf(test, values),
    evidence: evidenceOf(value),
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
      return ofShare(value, (shown) => about(shown, shareOf(test.at, values), test.within));
    case "more":
      return ofContrast(value as Contrast, test.least ?? 0);
    case "rises":
    case "falls":
      return ofTrend(value as Trend, test.is);
    case "positive":
    case "negative":
      return ofAssociation(value as Association, test.is);
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

const firm = (holds: boolean): Found => ({
  verdict: holds ? "holds" : "does_not_hold",
  in_sample: holds,
});

/**
 * The verdict on a share: that it is above or below a value with its whole interval, or prints as the
 * same whole per cent.
 *
 * @param at 0 to 1.
 */
export function findShare(
  is: "above" | "below" | "printed",
  estimate: Estimate,
  at: number,
): Found {
  return ofShare(estimate, (shown) => {
    const { share, low, high } = shown;
    if (is === "printed") return printed(shown, wholePercent(at));
    return is === "above"
      ? { verdict: verdictAbove({ low, high }, at), in_sample: inPercent(share) > inPercent(at) }
      : {
        verdict: verdictAbove({ low: -high, high: -low }, -at),
        in_sample: inPercent(share) < inPercent(at),
      };
  });
}

function ofShare(value: unknown, test: (shown: ShownEstimate) => Found): Found {
  return isEstimate(value) && isShown(value) ? test(value) : UNTOLD;
}

/**
 * "About half": holds if the whole interval lies within so much of the value, does not hold if all of
 * it lies outside. The band is as wide as the phrase is loose.
 */
function about({ share, low, high }: ShownEstimate, value: number, within: number): Found {
  const [from, to] = [value - within, value + within];
  return {
    verdict: low >= from && high <= to
      ? "holds"
      : high < from || low > to
      ? "does_not_hold"
      : "cannot_be_told",
    in_sample: inPercent(share) >= inPercent(from) && inPercent(share) <= inPercent(to),
  };
}

/**
 * A printed whole per cent speaks of the answers and was rounded: it holds if the share prints as this
 * number, and is broken only if nothing that prints as the number lies within the interval.
 */
function printed({ share, low, high }: ShownEstimate, percent: number): Found {
  const same = wholePercent(share) === percent;
  // Half up: 32.5 prints as 33 and 33.5 does not.
  const apart = inPercent(high) < percent - 0.5 || inPercent(low) >= percent + 0.5;
  return {
    verdict: same ? "holds" : apart ? "does_not_hold" : "cannot_be_told",
    in_sample: same,
  };
}

/** More: the whole interval of the difference is above nought, and the difference as large as said. */
function ofContrast({ first, second, tested }: Contrast, least: number): Found {
  const so = isShown(first) && isShown(second) ? first.share - second.share : null;
  const in_sample = so === null ? null : so > 0 && so >= least;
  if (tested === null) return { verdict: "cannot_be_told", in_sample };
  const { low, high, difference } = tested;
  const verdict = high < least || isSlightAtMost(tested)
    ? "does_not_hold"
    : low > 0 && difference >= least
    ? "holds"
    : "cannot_be_told";
  return { verdict, in_sample };
}

/** Whether a difference may be nought and is a slight one at the most. */
function isSlightAtMost({ low, high }: { readonly low: number; readonly high: number }): boolean {
  return high <= 0 || (low <= 0 && high < SLIGHT);
}

/**
 * Rises from group to group: none is below the one before it, and the last is above the first by more
 * than chance. Broken if the last is surely not above the first, or if a later group is below an earlier
 * one by more than chance allows with all pairs looked at.
 */
function ofTrend(trend: Trend, way: "rises" | "falls"): Found {
  const shares = trend.groups.filter(isShown).map(({ share }) => share);
  if (shares.length < trend.groups.length) return UNTOLD;
  const last = shares.length - 1;
  const [top, start] = way === "rises" ? [last, 0] : [0, last];
  const in_sample = directionOf(shares) === way;
  const tested = trend.between(top, start);
  if (tested === null) return { verdict: "cannot_be_told", in_sample };
  const verdict = isTurned(trend, way === "rises") || isSlightAtMost(tested)
    ? "does_not_hold"
    : verdictAbove(tested, 0);
  return { verdict: verdict === "holds" && !in_sample ? "cannot_be_told" : verdict, in_sample };
}

function ofAssociation({ gamma }: Association, way: "positive" | "negative"): Found {
  if (typeof gamma === "string") return UNTOLD;
  const { value, low, high } = gamma;
  const towards = way === "positive" ? { low, high } : { low: -high, high: -low };
  const isNone = associationOutcome({ of: ["", ""], gamma }) === "none";
  return {
    verdict: isNone ? "does_not_hold" : verdictAbove(towards, 0),
    in_sample: way === "positive" ? value > 0 : value < 0,
  };
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
    const { groups, between } = value as Trend;
    return withDifference(groups as Estimate[], between(groups.length - 1, 0));
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
    return `${text}, ${answers(gamma.n, language)}, ${counted}`;
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
function plain(value: unknown, language: "da" | "en"): string {
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
