import { categoriesOf, type Codebook } from "../../lib/responses/codebook.ts";
import type { Estimate } from "../../lib/statistics/estimate.ts";

/** What another program found: question, variable, codes of group and answer, people, share. */
export type FoundShare = readonly [
  question: string,
  by: string | null,
  group: number,
  answer: number,
  count: number,
  share: number,
];

/** As close as two sums of a million weights in different orders are. */
const CLOSE = 1e-9;

/**
 * Compares every category's share and count with another program's.
 *
 * @param ours The estimates.
 * @param found What the other found, of some of the questions or all.
 * @returns How many were compared.
 * @throws {Error} Where one is other, or is not there. What we suppress or round is not compared.
 */
export function requireSame(
  ours: readonly Estimate[],
  found: readonly FoundShare[],
  codebook: Codebook,
  rival: string,
): number {
  const theirs = new Map(found.map((each) => [each.slice(0, 4).join(), each]));
  const asked = new Set(found.map(([question, by]) => `${question},${by ?? ""}`));
  let compared = 0;
  for (const { question, variable, group, category, count, share, rounded } of ours) {
    if (category === null || count === null || share === null || rounded) continue;
    if (!asked.has(`${question},${variable ?? ""}`)) continue;
    const answer = codeOf(codebook, question, category);
    const key = [
      question,
      variable,
      group === null ? 0 : codeOf(codebook, variable!, group),
      answer,
    ].join();
    const [, , , , theirCount = 0, theirShare = 0] = theirs.get(key) ?? [];
    compared++;
    if (theirCount === count && Math.abs(theirShare - share) <= CLOSE) continue;
    throw new Error(
      `${rival} has ${theirCount} people and a share of ${theirShare} for ${question}=${category} ` +
        `in ${variable ?? "all"}=${group ?? "all"}; ours are ${count} and ${share}`,
    );
  }
  if (compared === 0) throw new Error(`Nothing of ${rival} could be compared`);
  return compared;
}

function codeOf(codebook: Codebook, name: string, category: string): number {
  return Object.keys(categoriesOf(codebook, name) ?? {}).indexOf(category) + 1;
}
