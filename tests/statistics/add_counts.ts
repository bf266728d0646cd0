import type { Counts, Sample } from "../../lib/statistics/counts.ts";

/** Counts of the whole from counts of its parts, which have no respondent in common. */
export function addCounts(parts: readonly Counts[], sample: Sample): Counts {
  const add = (of: (part: Counts) => Float64Array) =>
    of(parts[0]!).map((_, i) => parts.reduce((sum, part) => sum + of(part)[i]!, 0));
  const [n, w, w2] = [add((part) => part.n), add((part) => part.w), add((part) => part.w2)];
  return { ...parts[0]!, n, w, w2, sample };
}
