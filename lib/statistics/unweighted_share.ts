import { type Estimate, isShown } from "./estimate.ts";

/** What weights have to move a share by to be told, in shares: a percentage point. */
export const TOLD_MOVE = 0.01;

/** The share as it would be if everyone counted the same, 0 to 1; null where it is hidden. */
export function unweightedShare(estimate: Estimate): number | null {
  return isShown(estimate) ? estimate.count / estimate.n : null;
}

/** Whether weights move a share by more than a percentage point. */
export function isMovedByWeights(estimate: Estimate): boolean {
  return isShown(estimate) && estimate.weighted &&
    Math.abs(estimate.share - estimate.count / estimate.n) > TOLD_MOVE;
}
