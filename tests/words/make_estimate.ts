import type { Estimate } from "../../lib/statistics/estimate.ts";

/** An estimate for tests: a count out of a base, with an interval of so many points either way. */
export function makeEstimate(count: number, n: number, points = 2.5): Estimate {
  const share = count / n;
  return {
    question: "pressure_change",
    set: "at_least_sometimes",
    category: null,
    base: "all",
    variable: null,
    group: null,
    n,
    count,
    share,
    low: Math.max(0, share - points / 100),
    high: Math.min(1, share + points / 100),
    weighted: false,
    suppressed: false,
  };
}

/** An estimate whose base is too small to be shown. */
export function makeSuppressed(n = 7): Estimate {
  return {
    ...makeEstimate(0, n),
    count: null,
    share: null,
    low: null,
    high: null,
    suppressed: true,
  };
}
