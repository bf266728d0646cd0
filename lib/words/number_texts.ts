import type { Language } from "../responses/language.ts";
import type { NumberEstimate } from "../statistics/number_estimates.ts";
import { word } from "./catalogue.ts";
import { formatDecimal } from "./format_number.ts";

/** With its unit ("12,4 timer"), or where that is said elsewhere ("12,4"). */
type Unit = "with_unit" | "bare";
type Told = Pick<NumberEstimate, "value" | "low" | "high" | "suppressed" | "digits" | "unit">;

/** A mean or another statistic of numbers: `7,3`, `12,4 timer`, `+23` of a net share. */
export function formatNumber(
  { value, digits, unit, ...estimate }: Told & Partial<Pick<NumberEstimate, "statistic">>,
  language: Language,
  how: Unit = "with_unit",
): string {
  const sign = estimate.statistic === "net" && (value ?? 0) > 0 ? "+" : "";
  return sign + formatDecimal(value ?? 0, digits, language) + unitOf({ unit }, language, how);
}

/** Its interval: `7,1–7,5`, with "til" between where a sign is; a dash where it has none. */
export function numberInterval(
  { low, high, digits, unit, suppressed }: Told,
  language: Language,
  how: Unit = "with_unit",
): string {
  if (suppressed || low === null || high === null) return "–";
  const [from, to] = [low, high].map((end) => formatDecimal(end, digits, language));
  const between = low < 0 ? ` ${word("range.to", language)} ` : "–";
  return `${from}${between}${to}${unitOf({ unit }, language, how)}`;
}

function unitOf({ unit }: Pick<Told, "unit">, language: Language, how: Unit): string {
  return unit && how === "with_unit" ? ` ${unit[language]}` : "";
}

/** Whether a value is a statistic of numbers. */
export function isNumberEstimate(value: unknown): value is NumberEstimate {
  return typeof value === "object" && value !== null && "statistic" in value && "digits" in value;
}
