import type { Language } from "../responses/language.ts";
import { isShown } from "../statistics/estimate.ts";
import { word } from "./catalogue.ts";
import { formatPercent } from "./format_number.ts";
import { type Trend, trendOutcome } from "../statistics/outcome.ts";

/**
 * What shares do over ordered groups, as the verb of a sentence: `stiger fra 31 pct. til 47 pct.`,
 * `is highest among those with two managers in between (62%) and lower at both ends (…)`.
 *
 * @param trend Groups that may be shown.
 */
export function trendPhrase(trend: Trend, language: Language): string {
  const shares = trend.groups.filter(isShown).map(({ share }) => share);
  const [most, least] = [Math.max(...shares), Math.min(...shares)];
  const percent = (share: number) => formatPercent(share, language);
  const group = (share: number) =>
    among(trend.who[shares.indexOf(share)]?.[language] ?? "", language);
  const parts: Readonly<Record<string, string>> = {
    first: percent(shares[0] ?? 0),
    last: percent(shares.at(-1) ?? 0),
    most: percent(most),
    least: percent(least),
    top: group(most),
    bottom: group(least),
  };
  return word(`trend.${trendOutcome(trend)}`, language)
    .replace(/\{\$(\w+)\}/g, (_, name: string) => parts[name] ?? "");
}

/** People as a place in a sentence: `blandt dem, der …`, `among women`. */
export function among(who: string, language: Language): string {
  return word("among.people", language).replace("{$who}", those(who, language));
}

/** People by themselves, whichever way the codebook has them: `dem, der …`, `women`. */
export function those(who: string, language: Language): string {
  const begins = (key: "those.clause_begins" | "those.preposition_begins") =>
    word(key, language).split("|").some((start) => who.startsWith(start));
  if (begins("those.clause_begins")) return word("those.clause", language).replace("{$who}", who);
  const key = begins("those.preposition_begins")
    ? "those.preposition"
    : /^\d/.test(who)
    ? "those.number"
    : null;
  return key === null ? who : word(key, language).replace("{$who}", who);
}
