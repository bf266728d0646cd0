import type { Ledger } from "../narrative/ledger.ts";
import { plainProse } from "../narrative/prose.ts";

/**
 * Names the claims that do not hold, for `deno task report --strict`.
 *
 * @returns One line per claim below a first one that counts them; null where none is broken. Claims
 *   that cannot be told are not broken.
 */
export function brokenClaims(ledger: Ledger): string | null {
  const broken = ledger.filter(({ verdict }) => verdict === "does_not_hold");
  if (broken.length === 0) return null;
  const lines = broken.map(({ id, page, condition, evidence, text }) =>
    `  ${id} (page ${page}): ${plainProse(text.en)} Tested: ${condition.en}; ${evidence.en}.`
  );
  const count = broken.length === 1 ? "1 claim does" : `${broken.length} claims do`;
  return `${count} not hold on these answers. The report was written and says so.\n` +
    lines.join("\n");
}
