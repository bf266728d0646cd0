import { lanesOf, NO_LANE } from "./byte_lanes.ts";
import type { Column } from "./column.ts";
import type { Pack } from "./pack.ts";
import { packLanes } from "./pack_lanes.ts";
import { weightsByNumber } from "./weights_by_number.ts";

/** How many bins of 8 answers stay in a core's own cache. */
const MOST_CACHED = 32_768;

/**
 * Packs columns together, so that one pass over a question counts it by all of them.
 *
 * @param columns Any columns, each once.
 * @param inside 1 for each respondent in the domain, or null for everyone.
 * @param respondents Number of respondents.
 * @param weights One per respondent, or null.
 * @returns As few packs as pay, each with at least one column (one pack of everyone for none).
 * @throws {RangeError} Where a respondent has a code that is none of a column's.
 */
export function packColumns(
  columns: readonly Column[],
  inside: Uint8Array | null,
  respondents: number,
  weights: Float64Array | null = null,
): Pack[] {
  // With few respondents, going through the combinations would take longer than through the rows.
  const most = Math.min(MOST_CACHED, Math.max(1024, respondents >> 3));
  const lanes = columns.length > 0 ? lanesOf(columns) : [NO_LANE];
  const packs: Pack[] = [];
  for (let first = 0, last = lanes.length; first < lanes.length;) {
    const made = packLanes(lanes.slice(first, last), inside, respondents, most);
    if (typeof made === "number") {
      last = first + made;
      continue;
    }
    packs.push(made);
    [first, last] = [last, lanes.length];
  }
  return packs.map((pack) => {
    const same = weights && weightsByNumber(pack, weights);
    return same ? { ...pack, weights: same } : pack;
  });
}
