import { formatDecimal, formatPValue } from "./format_number.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import type { Estimate } from "../statistics/estimate.ts";
import type { Finding } from "./finding.ts";
import { verdictAbove } from "./verdict.ts";
import { Voice } from "./voice.ts";
import { weightedWord } from "./weighted_word.ts";

/** A measure of how two things go together, such as a rank correlation, with its interval. */
export interface Measure {
  /** What it is called: "gamma", "Spearman's rho". */
  readonly name: Text;
  readonly value: number;
  /** Ends of its interval. */
  readonly low: number;
  readonly high: number;
  readonly p?: number | null;
  /** The people it rests on, unweighted. */
  readonly n: number;
  /** Whether it is of weights; left unsaid if not given. */
  readonly weighted?: boolean;
}

/** Tests that two things rise together: that all of the measure's interval is above nought. */
export function positive(measure: Measure | null): Finding {
  return findMeasure(measure, {
    da: "positiv sammenhæng",
    en: "positive association",
  }, (interval) => interval);
}

/** Tests that one falls as the other rises: that all of the measure's interval is below nought. */
export function negative(measure: Measure | null): Finding {
  return findMeasure(measure, {
    da: "negativ sammenhæng",
    en: "negative association",
  }, ({ value, low, high }) => ({ value: -value, low: -high, high: -low }));
}

/**
 * Tests a plain fact that no sampling stands behind, such as the number of people invited.
 *
 * @param holds Whether it is so.
 * @param condition What was tested.
 * @param evidence What was found.
 */
export function fact(holds: boolean, condition: Text, evidence: Text): Finding {
  return {
    verdict: holds ? "holds" : "does_not_hold",
    condition,
    evidence,
    in_sample: holds,
    estimates: [],
  };
}

/**
 * A claim that these data cannot test, such as one about causes or about the six interviews.
 *
 * @param reason Why not, fit to stand as the evidence.
 * @param estimates What the claim speaks of all the same.
 */
export function untestable(
  reason: Text,
  estimates: readonly Estimate[] = [],
): Finding {
  return {
    verdict: "cannot_be_told",
    condition: { da: "kan ikke prøves på tallene", en: "not open to a test" },
    evidence: reason,
    in_sample: null,
    estimates,
  };
}

type Interval = { value: number; low: number; high: number };

function findMeasure(
  measure: Measure | null,
  condition: Text,
  towards: (interval: Interval) => Interval,
): Finding {
  if (measure === null) {
    return {
      ...untestable({ da: "for få svar", en: "too few answers" }),
      condition,
    };
  }
  const interval = towards(measure);
  return {
    verdict: verdictAbove(interval, 0),
    condition,
    evidence: measureEvidence(measure),
    in_sample: interval.value > 0,
    estimates: [],
  };
}

function measureEvidence({ name, value, low, high, p, n, weighted }: Measure): Text {
  return inEveryLanguage((language) => {
    const number = (x: number) => formatDecimal(x, 2, language);
    const to = language === "da" ? "til" : "to";
    const test = p === undefined || p === null ? "" : `, ${formatPValue(p, language)}`;
    const base = new Voice(language).base({ n });
    return `${name[language]} ${number(value)} (${number(low)} ${to} ${
      number(high)
    })${test}, ${base}${weighted === undefined ? "" : `, ${weightedWord(weighted)[language]}`}`;
  });
}
