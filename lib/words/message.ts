import { MessageFormat } from "messageformat";
import type { MessageFunction } from "messageformat/functions";
import { isInWave } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text, translated } from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import { isShown } from "../statistics/estimate.ts";
import { type Interval, isUncertain } from "../statistics/intervals.ts";
import type { NumberEstimate } from "../statistics/number_estimates.ts";
import { SLIGHT } from "../statistics/outcome.ts";
import { word, type WordKey } from "./catalogue.ts";
import { pointsRange } from "./change_columns.ts";
import {
  answers,
  decimalPercent,
  formatCount,
  formatDate,
  formatDates,
  formatDecimal,
  formatInterval,
  formatList,
  formatNumber,
  formatPercent,
  formatPoints,
  formatPValue,
  isNumberEstimate,
  numberInterval,
  quoted,
  threshold,
} from "./format.ts";
import { fractionPhrase, type FractionStyle, isSingular, trendPhrase } from "./phrases.ts";
import { capitalise, escapeProse } from "./prose.ts";
import {
  type Besides,
  type Difference,
  estimatesOf,
  type Hidden,
  isAssociation,
  isContrast,
  isEstimate,
  isFromPopulation,
  isTrend,
  outcomeOf,
  tooFewSentence,
  type Value,
} from "./value.ts";

/** What a message's variables stand for, by name. */
export type Values = Readonly<Record<string, Value>>;

/** The estimates that the message being said may not show; messages are said one at a time. */
let hidden: Hidden[] = [];
/** Whether the message being said tells a share that is flagged as uncertain. */
let isDoubtful = false;
const functionsOf = (language: Language) =>
  makeFunctions(language, (estimates) => hidden.push(...estimates), () => isDoubtful = true);

const compiled = new Map<string, MessageFormat<string>>();

/** A message as MessageFormat 2 reads it, kept for the next time. */
export function compile(source: string, language: Language): MessageFormat<string> {
  const key = `${language} ${source}`;
  let message = compiled.get(key);
  if (message === undefined) {
    message = new MessageFormat<string>(language, source, {
      bidiIsolation: "none",
      functions: functionsOf(language) as never,
    });
    compiled.set(key, message);
  }
  return message;
}

/**
 * Says one sentence or part of one: a Unicode MessageFormat 2 message, its numbers by the functions of
 * lib/words (`{$pressed :share}`, `{$pressed :fraction of=base share=yes}`).
 *
 * A message that asks a suppressed estimate for a number becomes, as a whole, the sentence that there
 * are too few answers, and to what. Of one that tells a share flagged as uncertain (`reliability()`) the
 * end says so.
 *
 * @throws {Error} Where the message has a fault, or a variable that is not given.
 */
export function say(source: string, language: Language, values: Values = {}): string {
  hidden = [];
  isDoubtful = false;
  const said = compile(source, language).format(values as Record<string, unknown>, (error) => {
    throw new Error(`Cannot say "${source}": ${error}`, { cause: error });
  });
  if (hidden.length > 0) {
    const all = Object.values(values).flatMap(estimatesOf);
    return tooFewSentence(hidden, all.length > 0 ? all : hidden, language);
  }
  const told = isDoubtful ? withDoubt(said, language) : said;
  // An abbreviation at the end ("33 pct.") brings the full stop with it.
  return told.replace(/pct\.\.(?!\.)/g, "pct.");
}

/** Says of a sentence that its figure is uncertain, before its full stop. */
function withDoubt(said: string, language: Language): string {
  const end = /(?<!pct)\.$/.test(said) ? said.length - 1 : said.length;
  return `${said.slice(0, end)} ${word("reliability.told", language)}${said.slice(end)}`;
}

/** A sentence in every language. */
export interface Message extends Text {
  /** What it speaks of, by codebook id, where that was not part of this wave: it says nothing else. */
  readonly missing?: readonly string[];
}

/** A sentence in every language, its first letter a capital. See {@link say}. */
export function message(texts: Text, values: Values = {}): Message {
  const all = translated(texts);
  let missing: string[] = [];
  const told = inEveryLanguage((language) => {
    const said = capitalise(say(all[language], language, values));
    missing = hidden.filter(isMissing).map(({ question }) => question);
    return said;
  });
  return missing.length > 0 ? { ...told, missing } : told;
}

/** Whether nobody answered since nobody was asked: in a group, where the codebook says so. */
function isMissing({ n, variable, question }: Hidden): boolean {
  const isThere = [question, variable].every((id) => id === null || isInWave(codebook(), id));
  return n === 0 && (variable === null || !isThere);
}

/** One of the program's own texts in one language. */
export function words(key: WordKey, language: Language, values: Values = {}): string {
  const text = word(key, language);
  return /[{.]/.test(text) ? say(text, language, values) : text;
}

/** One of the program's own texts in every language. */
export function ownText(key: WordKey, values: Values = {}): Text {
  return inEveryLanguage((language) => words(key, language, values));
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
 * | `:threshold` | a share that a test names | `40 pct.`; `33,3 pct.` |
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
        ? value.of.map((question) => ({ question, variable: null, group: null, n: 1 }))
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
