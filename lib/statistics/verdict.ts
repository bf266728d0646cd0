import { normalQuantile, normalUpperTail } from "./distributions/normal.ts";
import {
  type Estimate,
  inPercent,
  isExact,
  isShown,
  type ShownEstimate,
  wholePercent,
} from "./estimate.ts";
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

/**
 * What the answers say of a statement of the published report. `cannot_be_told`: too uncertain to say
 * from this many answers; more could tell. `interviews`: said in interviews, which measure nothing.
 * `stated`: told about the study, and no answer to the questionnaire.
 */
export type Verdict = "holds" | "does_not_hold" | "cannot_be_told" | "interviews" | "stated";

/** The verdicts in the order in which they are told. */
export const VERDICTS: readonly Verdict[] = [
  "holds",
  "does_not_hold",
  "cannot_be_told",
  "interviews",
  "stated",
];

/** The verdicts as signs. They stand beside the words, never alone. */
export const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = {
  holds: "✓",
  does_not_hold: "✗",
  cannot_be_told: "?",
  interviews: "„“",
  stated: "i",
};

/**
 * All of several: broken if one is, else untold if one is, else it holds. None at all hold.
 */
export function allVerdicts(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("does_not_hold")) return "does_not_hold";
  if (verdicts.includes("cannot_be_told")) return "cannot_be_told";
  return "holds";
}

/**
 * The verdict on "it is above the value", from the interval: holds if all of it lies above, does
 * not hold if none of it does, else it cannot be told.
 */
function verdictAbove(
  { low, high }: { readonly low: number; readonly high: number },
  value: number,
): Verdict {
  if (low > value) return "holds";
  if (high <= value) return "does_not_hold";
  return "cannot_be_told";
}

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

function ofShare(estimate: Estimate, test: (shown: ShownEstimate) => Found): Found {
  return isShown(estimate) ? test(estimate) : UNTOLD;
}

/**
 * "About half": holds if the whole interval lies within so much of the value, does not hold if all of
 * it lies outside. The band is as wide as the phrase is loose.
 */
function isAbout({ share, low, high }: ShownEstimate, value: number, within: number): Found {
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
export function findMore({ first, second, tested }: Contrast, least: number): Found {
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

/** As many: the whole interval of the difference is within so much of nought; broken if it is outside. */
export function findAlike({ first, second, tested }: Contrast, within: number): Found {
  const so = isShown(first) && isShown(second) ? first.share - second.share : null;
  const in_sample = so === null ? null : Math.abs(inPercent(so)) <= inPercent(within);
  if (tested === null) return { verdict: "cannot_be_told", in_sample };
  const { low, high } = tested;
  const verdict = low >= -within && high <= within
    ? "holds"
    : low > within || high < -within
    ? "does_not_hold"
    : "cannot_be_told";
  return { verdict, in_sample };
}

/** Whether a difference may be nought and is a slight one at the most. */
function isSlightAtMost({ low, high }: { readonly low: number; readonly high: number }): boolean {
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
  const isOther = sure !== null && sure !== way;
  const verdict = isTurned(trend, way === "rises") || isSlightAtMost(tested) || isOther
    ? "does_not_hold"
    : sure === way
    ? "holds"
    : "cannot_be_told";
  return { verdict: verdict === "holds" && !in_sample ? "cannot_be_told" : verdict, in_sample };
}

export function findAssociation({ gamma }: Association, way: "positive" | "negative"): Found {
  if (typeof gamma === "string") return UNTOLD;
  const { value, low, high } = gamma;
  if (gamma.turns) return firm(false);
  const towards = way === "positive" ? { low, high } : { low: -high, high: -low };
  const isNone = associationOutcome({ of: ["", ""], gamma }) === "none";
  return {
    verdict: isNone ? "does_not_hold" : verdictAbove(towards, 0),
    in_sample: way === "positive" ? value > 0 : value < 0,
  };
}

/** That a share lies within so much of a value; see {@link isAbout}. */
export function findAbout(estimate: Estimate, value: number, within: number): Found {
  return ofShare(estimate, (shown) => isAbout(shown, value, within));
}
