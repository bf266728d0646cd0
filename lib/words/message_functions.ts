import type { MessageFunction } from "messageformat/functions";
import type { Language, Text } from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import { isShown } from "../statistics/estimate.ts";
import type { NumberEstimate } from "../statistics/number_estimates.ts";
import { isUncertain } from "../statistics/reliability.ts";
import { word } from "./catalogue.ts";
import { pointsRange } from "./change_columns.ts";
import { formatDate, formatDates } from "./format_date.ts";
import { formatList } from "./format_list.ts";
import {
  answers,
  decimalPercent,
  formatCount,
  formatDecimal,
  formatInterval,
  formatNumber,
  formatPercent,
  formatPoints,
  formatPValue,
  isNumberEstimate,
  numberInterval,
  threshold,
} from "./format_number.ts";
import { fractionPhrase, type FractionStyle, isSingular } from "./fraction_phrase.ts";
import { SLIGHT } from "../statistics/outcome.ts";
import { escapeProse } from "./prose.ts";
import { quoted } from "./quoted.ts";
import type { Hidden } from "./too_few.ts";
import { trendPhrase } from "./trend_phrase.ts";
import {
  type Besides,
  type Difference,
  estimatesOf,
  isAssociation,
  isContrast,
  isEstimate,
  isFromPopulation,
  isTrend,
  outcomeOf,
} from "./value.ts";

interface Interval {
  readonly low: number;
  readonly high: number;
}
type Options = Readonly<Record<string, unknown>>;
/** A function's text, and the key by which it chooses a variant: its text, if none is given. */
type Said = string | { readonly text: string; readonly key: string };

/**
 * The functions of our messages, by name; every number of a sentence comes through one of them.
 *
 * | function | of | says |
 * |---|---|---|
 * | `:share` | an estimate, a share | `33 pct.` |
 * | `:fraction` | an estimate | `hver tredje`; `of=base`: `hvert tredje medlem`; `style=part`: `en tredjedel`; `share=yes`: with the share in brackets; chooses by `one` where Danish has the singular |
 * | `:percent` | a share | `33,4`, with one decimal |
 * | `:value` | a mean or another statistic of numbers | `7,3`; `12,4 timer` |
 * | `:interval` `:count` `:base` | an estimate | `31–35 pct.`; `426`; `1.288 svar` |
 * | `:counted` | anything that is weighted or not | `vægtet` |
 * | `:points` | a difference, a contrast | `16 procentpoint`; `sign=yes`: `+16 procentpoint` |
 * | `:range` | a difference with its interval | `27 til 45`, in points, as sizes where the interval has one sign |
 * | `:slightly` | a contrast, an association | `lidt ` where it is slight, else nothing |
 * | `:trend` | shares in ordered groups | `stiger fra 31 pct. til 47 pct.` |
 * | `:besides` | what most answered instead | `, mens 86 pct. svarer »hverken enig eller uenig«`, or nothing |
 * | `:outcome` | a contrast, trend, association … | chooses by what it came out as |
 * | `:number` | a whole number | `1.288`; `words=yes`: up to ten in words; chooses by `one` |
 * | `:decimal` `:p` | a number | `digits=2`: `0,38`; `p = 0,03` |
 * | `:date` `:dates` | a day, two days with a slash | `22. marts 2023` |
 * | `:text` `:quoted` `:list` | a text, texts | as it is, never read as markup |
 *
 * @param hide Is told the estimates that may not be shown.
 * @param doubt Is called for a share that is flagged as uncertain and told as a number or a fraction.
 */
export function makeFunctions(
  language: Language,
  hide: (estimates: readonly Hidden[]) => void,
  doubt: () => void,
): Record<string, MessageFunction<string, string>> {
  /** Makes a function; of what may not be shown it says so and no number. */
  const define =
    (make: (value: never, options: Options) => Said): MessageFunction<string, string> =>
    (_context, options, operand) => {
      const value = unwrap(operand);
      const suppressed = estimatesOf(value).filter((estimate) => !isShown(estimate));
      const hidden: Hidden[] = isAssociation(value) && value.gamma === "too_few"
        ? value.of.map((question) => ({ question, variable: null, n: 1 }))
        : suppressed;
      if (hidden.length > 0) hide(hidden);
      const said = hidden.length > 0
        ? { text: word("too_few", language), key: "too_few" }
        : make(value as never, options);
      const { text, key } = typeof said === "string" ? { text: said, key: said } : said;
      return {
        type: "said",
        toString: () => text,
        toParts: () => [{ type: "said", value: text }] as never,
        selectKey: (keys) => selectKey(key, keys),
        valueOf: () => value,
      };
    };
  /** The same of what tells shares, which says too where one of them is uncertain. */
  const defineTold = (make: (value: never, options: Options) => Said) =>
    define((value: never, options) => {
      if (estimatesOf(value).some(isUncertain)) doubt();
      return make(value, options);
    });
  const shareOf = (value: number | { share: number }) =>
    typeof value === "number" ? value : value.share;
  const differenceOf = (value: unknown): number => {
    if (typeof value === "number") return value;
    if (isContrast(value)) return value.tested?.difference ?? NaN;
    if (isFromPopulation(value)) return value.deviation?.difference ?? NaN;
    return (value as Difference).difference;
  };
  const textOf = (value: Text | string | number) =>
    escapeProse(typeof value === "object" ? value[language] : String(value));
  const countWords = word("number.words", language).split(" ");

  return {
    share: defineTold((value: number | { share: number } | NumberEstimate) =>
      isNumberEstimate(value)
        ? formatNumber(value, language)
        : formatPercent(shareOf(value), language)
    ),
    threshold: define((value: number) => threshold(value, language)),
    percent: define((value: number) => decimalPercent(value, language)),
    fraction: defineTold((value: { share: number }, { of, style, share }) => {
      const named = isEstimate(value) ? value.who ?? codebook().bases[value.base] : undefined;
      const options = {
        ...style ? { style: String(style) as FractionStyle } : {},
        share: share !== undefined,
        of: of === undefined ? undefined : named,
      };
      const amount = shareOf(value);
      return {
        text: fractionPhrase(amount, language, options),
        key: isSingular(amount, language, options.style ?? "people") ? "one" : "other",
      };
    }),
    value: define((value: NumberEstimate) => formatNumber(value, language)),
    interval: define((value: NumberEstimate | { low: number; high: number }) =>
      isNumberEstimate(value)
        ? numberInterval(value, language)
        : formatInterval(value.low, value.high, language)
    ),
    count: define((value: number | { count: number }) => {
      const count = typeof value === "number" ? value : value.count;
      return { text: formatCount(count, language), key: count === 1 ? "one" : "other" };
    }),
    base: define((value: { n: number }) => answers(value.n, language)),
    counted: define((value: { weighted: boolean }) =>
      word(value.weighted ? "weighted" : "unweighted", language)
    ),
    points: define((value: unknown, { sign }) =>
      formatPoints(differenceOf(value), language, sign === undefined ? "size" : "signed")
    ),
    range: define((value: unknown) => {
      const { low, high } = (isContrast(value) ? value.tested : value) as Interval;
      return pointsRange(high < 0 ? { low: -high, high: -low } : { low, high }, language);
    }),
    slightly: define((value: unknown) => {
      const size = Math.abs(isAssociation(value) ? 1 : differenceOf(value));
      return outcomeOf(value).startsWith("slightly") || size < SLIGHT
        ? word("slightly", language)
        : "";
    }),
    trend: defineTold((value: unknown) => isTrend(value) ? trendPhrase(value, language) : ""),
    besides: define((value: Besides | null) =>
      value === null ? "" : besidesPhrase(value.given.share ?? 0, textOf(value.answer), language)
    ),
    outcome: define((value: unknown) => outcomeOf(value)),
    number: define((value: number, { words }) => ({
      text: words !== undefined && countWords[value] !== undefined
        ? countWords[value]
        : formatCount(value, language),
      key: value === 1 ? "one" : "other",
    })),
    decimal: define((value: number, { digits }) =>
      formatDecimal(value, Number(digits ?? 0), language)
    ),
    p: define((value: number) => formatPValue(value, language)),
    date: define((value: string) => formatDate(value, language)),
    dates: define((value: string) => {
      const [from = value, to = value] = value.split("/");
      return formatDates(from, to, language);
    }),
    text: define((value: Text | string) => textOf(value)),
    quoted: define((value: Text | string) => quoted(textOf(value), language)),
    list: define((value: readonly (Text | string)[]) => formatList(value.map(textOf), language)),
  };
}

/** What so many answered instead, to follow what it is said besides: `, mens 86 pct. svarer »ved ikke«`. */
export function besidesPhrase(share: number, answer: string, language: Language): string {
  return word("besides", language)
    .replace("{$share}", formatPercent(share, language))
    .replace("{$answer}", quoted(answer.toLowerCase(), language));
}

/** The variant of an outcome; "slightly more" is told as "more" where it has none of its own. */
function selectKey(key: string, keys: ReadonlySet<string>): string | null {
  if (keys.has(key)) return key;
  const plain = key.replace(/^slightly_/, "");
  return keys.has(plain) ? plain : null;
}

function unwrap(operand: unknown): unknown {
  return typeof operand === "object" && operand !== null && "type" in operand &&
      "valueOf" in operand
    ? (operand as { valueOf(): unknown }).valueOf()
    : operand;
}
