import { inEveryLanguage, type Text } from "../responses/language.ts";
import type { Claim } from "./claims.ts";
import { formatList } from "./format_list.ts";
import { ownText, words } from "./message.ts";
import { VERDICTS } from "../statistics/verdict.ts";

/** How many statements hold, do not hold and so on, in a sentence. */
export function summariseClaims(claims: readonly Claim[]): Text {
  if (claims.length === 0) return ownText("ledger.none");
  return inEveryLanguage((language) => {
    const parts = VERDICTS.flatMap((verdict) => {
      const n = claims.filter((claim) => claim.verdict === verdict).length;
      return n === 0 ? [] : [words(`verdict.count.${verdict}`, language, { n })];
    });
    return words("ledger.sentence", language, {
      n: claims.length,
      parts: formatList(parts, language, "clauses"),
    });
  });
}
