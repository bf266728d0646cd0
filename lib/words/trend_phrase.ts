import { formatPercent, wholePercent } from "./format_number.ts";
import type { Language } from "../responses/language.ts";

/** Which way shares of ordered groups go. */
export type Trend = "rises" | "falls" | "level" | "no_clear_way";

/**
 * Which way the shares of ordered groups go, in the answers themselves.
 *
 * They rise if none is below the one before it and the last is above the first, and fall the other
 * way round; they are level if all print as the same whole per cent.
 *
 * @param shares Two or more, each 0 to 1, in the groups' order.
 * @throws {RangeError} If there are fewer than two.
 */
export function trendOf(shares: readonly number[]): Trend {
  if (shares.length < 2) {
    throw new RangeError("A trend needs the shares of two groups or more");
  }
  const printed = new Set(shares.map(wholePercent));
  if (printed.size === 1) return "level";
  const steps = shares.slice(1).map((share, i) => share - (shares[i] ?? share));
  if (steps.every((step) => step >= 0)) return "rises";
  if (steps.every((step) => step <= 0)) return "falls";
  return "no_clear_way";
}

/**
 * The trend as the verb of a sentence, with its first and last share: `stiger fra 31 pct. til 47
 * pct.`, `falls from 50% to 35%`.
 *
 * @param shares Two or more, each 0 to 1, in the groups' order.
 */
export function trendPhrase(
  shares: readonly number[],
  language: Language,
): string {
  const [first, last] = [shares[0] ?? 0, shares.at(-1) ?? 0]
    .map((share) => formatPercent(share, language));
  const [least, most] = [Math.min(...shares), Math.max(...shares)]
    .map((share) => formatPercent(share, language));
  const phrases: Record<Language, Record<Trend, string>> = {
    da: {
      rises: `stiger fra ${first} til ${last}`,
      falls: `falder fra ${first} til ${last}`,
      level: `er den samme, ${first}`,
      no_clear_way: `svinger mellem ${least} og ${most} uden klar retning`,
    },
    en: {
      rises: `rises from ${first} to ${last}`,
      falls: `falls from ${first} to ${last}`,
      level: `is the same, ${first}`,
      no_clear_way: `varies between ${least} and ${most} with no clear direction`,
    },
  };
  return phrases[language][trendOf(shares)];
}
