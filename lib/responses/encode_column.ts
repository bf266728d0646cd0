import { categoriesOf, type Codebook, noAnswersOf } from "./codebook.ts";
import { expectedKind } from "./kind_values.ts";
import { type Problem, problem } from "./problem.ts";
import { type AboutColumn, NOT_CALCULATED } from "./readers/response_table.ts";
import { type CodedTexts, codedTexts } from "./readers/text_column.ts";
import { isEmptyValue, MAYBE_EMPTY, nearest, nearlyTheSame, normaliseValue } from "./spelling.ts";
import { NO_ANSWER } from "./survey.ts";

/** Code of a value that is no category, while a file is being checked. No survey ever holds it. */
export const UNKNOWN = 254;
/** So many distinct unknown values of one column are told apart; the rest are only counted. */
const MOST_VALUES = 200;

/** One column of a file, and what is said about it. */
export interface FileColumn {
  /** Its name in the file, for messages. */
  readonly name: string;
  /** The line of a row (from 0). */
  readonly lineOf: (row: number) => number | null;
}

interface FilledColumn extends FileColumn {
  readonly values: ArrayLike<string | null | undefined> | CodedTexts;
  /** What the file says of its values. */
  readonly about?: AboutColumn | undefined;
  /** What the analyst's mapping says of its values: a category, or null for no answer. */
  readonly mapped?: ReadonlyMap<string, string | null> | undefined;
}

/**
 * Turns the values of one column into codes.
 *
 * A value is known by the mapping, or else by the category's id, its Danish or English label, or an
 * alias; case, spaces and a whole number's decimals ("1,0") do not matter. A value that the file
 * declares missing is "don't know" where the codebook says so, otherwise no answer. Where the file
 * labels some of its codes, the others are taken only if the labelled ones mean what the codebook
 * says.
 *
 * @param column The column with its values.
 * @param id The codebook's id of the question or variable.
 * @returns `codes`: one per respondent, a category's position from 1, {@link NO_ANSWER} or {@link UNKNOWN}.
 */
export function encodeColumn(
  column: FilledColumn,
  id: string,
  codebook: Codebook,
): { readonly codes: Uint8Array; readonly problems: Problem[] } {
  const { texts, places } = "texts" in column.values ? column.values : codedTexts(column.values);
  const meaningOf = meanings(column, texts, id, codebook);
  const all = texts.map((text) => text === null ? { code: NO_ANSWER } : meaningOf(text));
  const codes = new Uint8Array(places.length);
  const byPlace = Uint8Array.from(all, ({ code }) => code);
  for (let row = 0; row < places.length; row++) codes[row] = byPlace[places[row]!]!;
  const told = all.some(({ rule }) => rule) ? toldOf(all, places) : [];
  return { codes, problems: problemsOf(told, texts, column, id, codebook) };
}

/** What a value means, and what is to be said of it. */
interface Meaning {
  readonly code: number;
  /** In the order in which they are told. */
  readonly rule?: typeof RULES[number];
}
const RULES = [
  "unknown_category",
  /** It may be no answer or an answer, and nothing shows which. */
  "ambiguous_value",
  /** The file declares it missing, and it is no "don't know". */
  "declared_missing",
  /** The codebook says that it is none of the answers, such as "do not wish to answer". */
  "declined",
  /** It is a bare code in a column whose labelled codes are not the codebook's. */
  "code_disagrees",
] as const;

/** A value of which something is to be said: its place among the texts, its first row, and its rows. */
interface Told {
  readonly rule: typeof RULES[number];
  readonly place: number;
  readonly row: number;
  count: number;
}

/** The values of which something is to be said, in the order of the file. */
function toldOf(all: readonly Meaning[], places: CodedTexts["places"]): Told[] {
  const told = new Map<number, Told>();
  const rules = all.map(({ rule }) => rule);
  for (let row = 0; row < places.length; row++) {
    const place = places[row]!;
    const rule = rules[place];
    if (rule === undefined) continue;
    const known = told.get(place);
    if (known) known.count++;
    else told.set(place, { rule, place, row, count: 1 });
  }
  return [...told.values()];
}

function problemsOf(
  told: readonly Told[],
  texts: CodedTexts["texts"],
  { about, name, lineOf }: FilledColumn,
  id: string,
  codebook: Codebook,
): Problem[] {
  const labels = Object.values(categoriesOf(codebook, id) ?? {}).map(({ da }) => da);
  const known = codesOf(id, codebook);
  const expected = {
    unknown_category: (value: string) => expectedOf(value, id, codebook, labels),
    ambiguous_value: (value: string) => {
      const code = known.get(normaliseValue(value));
      return `no answer, or ${
        code === undefined ? "an answer such as “not relevant”" : `"${labels[code - 1]}"`
      }`;
    },
    declared_missing: () => "no answer, as the file declares",
    declined: () => "no answer, as the codebook says",
    code_disagrees: () =>
      `labelled codes as in the codebook, but ${contradictionOf(about, known, labels)}`,
  };
  const further = { column: name, value: "(further values)", count: 0 };
  const problems = RULES.flatMap((rule) => {
    const these = told.filter((each) => each.rule === rule);
    further.count += these.slice(MOST_VALUES).reduce((sum, { count }) => sum + count, 0);
    return these.slice(0, MOST_VALUES).map(({ place, row, count }) => {
      const value = texts[place]!;
      const at = { row: row + 1, line: lineOf(row), column: name, value, count };
      return problem(rule, expected[rule](value), at);
    });
  });
  return further.count === 0
    ? problems
    : [...problems, problem("unknown_category", `one of: ${labels.join(", ")}`, further)];
}

function meanings(
  { about, mapped }: FilledColumn,
  texts: CodedTexts["texts"],
  id: string,
  codebook: Codebook,
): (value: string) => Meaning {
  const categories = categoriesOf(codebook, id) ?? {};
  const ids = Object.keys(categories);
  const known = codesOf(id, codebook);
  const labels = new Set(
    Object.values(categories).flatMap(({ da, en }) => [da, en]).map(normaliseValue),
  );
  const plain = (value: string) => value.length > LONG ? "" : normaliseValue(value);
  // "None" is an answer in a file of the codebook's ids, and otherwise may be what a program wrote.
  const isLabelled = texts.some((text) => text !== null && labels.has(plain(text)));
  const isTwofold = (value: string) =>
    MAYBE_EMPTY.has(value) &&
    (known.has(value) ? isLabelled && !labels.has(value) : value !== "none");
  const scale = codebook.scales[codebook.questions[id]?.scale ?? ""];
  const dontKnow = scale?.dont_know ? ids.indexOf(scale.dont_know) + 1 : null;
  const contradicts = contradictionOf(about, known, ids) !== null;
  const declined = new Set(noAnswersOf(codebook, id).map(normaliseValue));
  return (value) => {
    const normalised = plain(value);
    const said = mapped?.get(normalised);
    if (said !== undefined) return { code: said === null ? NO_ANSWER : ids.indexOf(said) + 1 };
    if (isTwofold(normalised)) return { code: UNKNOWN, rule: "ambiguous_value" };
    if (declined.has(normalised)) return { code: NO_ANSWER, rule: "declined" };
    const code = codeOf(value, known);
    if (code === NO_ANSWER) return { code };
    if (about?.missing?.has(value) && code !== dontKnow) {
      return { code: NO_ANSWER, rule: "declared_missing" };
    }
    if (code === UNKNOWN) return { code, rule: "unknown_category" };
    const isBare = contradicts && !about?.labels?.has(value);
    return isBare ? { code, rule: "code_disagrees" } : { code };
  };
}

/** The first code whose label means something else than the code does in the codebook, or null. */
function contradictionOf(
  about: AboutColumn | undefined,
  known: ReadonlyMap<string, number>,
  labels: readonly string[],
): string | null {
  for (const [label, code] of about?.labels ?? []) {
    const [byLabel, byCode] = [codeOf(label, known), codeOf(code, known)];
    const both = [byLabel, byCode].every((found) => found !== UNKNOWN && found !== NO_ANSWER);
    if (both && byLabel !== byCode) {
      return `the file labels ${code} "${label}", which in the codebook is "${labels[byCode - 1]}"`;
    }
  }
  return null;
}

/** Normalising a value of a million letters would only make a slow "unknown". */
const LONG = 10_000;

function codeOf(value: string, known: ReadonlyMap<string, number>): number {
  if (value.length > LONG) return value.trim() === "" ? NO_ANSWER : UNKNOWN;
  const normalised = normaliseValue(value);
  const whole = normalised.replace(/^(-?\d+)[.,]0+$/, "$1");
  return known.get(normalised) ?? known.get(whole) ??
    (isEmptyValue(normalised) ? NO_ANSWER : UNKNOWN);
}

function codesOf(id: string, codebook: Codebook): Map<string, number> {
  const categories = Object.entries(categoriesOf(codebook, id) ?? {});
  const codes = new Map<string, number>();
  // Labels before aliases: where one category's alias is another's label, the label stands.
  for (const [i, [id, { da, en }]] of categories.entries()) {
    for (const text of [da, en, id]) codes.set(normaliseValue(text), i + 1);
  }
  for (const [i, [, { aliases }]] of categories.entries()) {
    for (const alias of aliases) {
      const key = normaliseValue(alias);
      if (!codes.has(key)) codes.set(key, i + 1);
    }
  }
  return codes;
}

function expectedOf(
  value: string,
  id: string,
  codebook: Codebook,
  labels: readonly string[],
): string {
  const kind = expectedKind(id, codebook);
  if (kind !== null) return kind;
  const near = nearestCategories(value, id, codebook)
    .map((category) => categoriesOf(codebook, id)?.[category]?.da ?? category);
  const cause = causeOf(value, id, codebook);
  const all = `${cause === null ? "" : `${cause}; `}one of: ${labels.join(", ")}`;
  return near.length > 0 ? `nearest: ${near.join(", ")} (${all})` : all;
}

/** What made another text of an answer, where the text shows it; null where it does not. */
function causeOf(value: string, id: string, codebook: Codebook): string | null {
  if (value === NOT_CALCULATED) {
    return "the formula's result: open the file in Excel, so that it is worked out, and save it";
  }
  if (/^(sand|falsk|wahr|falsch|vrai|faux)$/i.test(value.trim())) {
    return "1 or 0, for which a spreadsheet wrote its own word for TRUE or FALSE";
  }
  const known = spellingsOf(id, codebook);
  const plain = value.replace(/[\u2018\u2019\u201b\u00b4`]/g, "'").replace(/[\u201c-\u201f]/g, '"');
  if (plain !== value && isKnownAnswer(plain, id, codebook)) {
    return `${plain}, with a plain quote in place of the typographic one that a program put there`;
  }
  const ranges = [...known.keys()].flatMap((text) => /^\d+\s*[-\u2013/]\s*\d+/.exec(text) ?? []);
  const [, , month = "", day = ""] = /^(\d{4})-(\d\d)-(\d\d)/.exec(value) ?? [];
  const meant = ranges.find((range) => {
    const [a, b] = range.match(/\d+/g)!.map(Number);
    const parts = [Number(month), Number(day)];
    return month !== "" && parts.includes(a!) && parts.includes(b!);
  });
  if (meant) return `"${meant}", which Excel took for a date; format the column as text there`;
  if (ranges.length > 0 && isDateText(value)) {
    return `an answer such as "${
      ranges[0]
    }", which Excel took for a date; format the column as text`;
  }
  return null;
}

/** Whether a text is a date as spreadsheets show one: 6. okt, 06-Oct, okt-10, 2026-10-06. */
function isDateText(text: string): boolean {
  const month = "(?:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec)[a-z]*";
  return new RegExp(
    `^(?:\\d{1,4}[-./ ]+${month}|${month}[-./ ]+\\d{1,4}|\\d{4}-\\d\\d-\\d\\d)\\.?$`,
    "i",
  )
    .test(text.trim());
}

/**
 * The categories that a misspelt answer most likely means, best first: those whose label it says in full
 * ("Ved ikke / ikke relevant"), the longest first, and those that are spelt nearly so; none where none is.
 */
export function nearestCategories(value: string, id: string, codebook: Codebook): string[] {
  const spellings = spellingsOf(id, codebook);
  const texts = [...spellings.keys()].filter((text) => text.length > 2);
  const [longest = ""] = texts.filter((text) => wordsOf(value).includes(wordsOf(text)))
    .sort((a, b) => b.length - a.length);
  const near = [...longest ? [longest] : [], ...nearest(value, texts, 2)];
  return [...new Set(near.map((text) => spellings.get(text) ?? text))];
}

/** A text as its words alone, with a blank before and after each. */
export function wordsOf(text: string): string {
  return ` ${text.normalize("NFC").match(/[\p{L}\p{N}]+/gu)?.join(" ").toLowerCase() ?? ""} `;
}

/**
 * What an answer that the codebook does not have may mean: the category that it nearly is word for word, or
 * else all of them, the nearest first.
 */
export function proposedCategories(
  value: string,
  id: string,
  codebook: Codebook,
): string | readonly string[] {
  const near = nearestCategories(value, id, codebook);
  const all = Object.keys(categoriesOf(codebook, id) ?? {});
  const single = MAYBE_EMPTY.has(normaliseValue(value))
    ? null
    : nearlyTheSame(value, spellingsOf(id, codebook));
  return single ?? [...new Set([...near, ...all])];
}

/** Every label and alias, and the category it stands for. */
function spellingsOf(id: string, codebook: Codebook): Map<string, string> {
  return new Map(
    Object.entries(categoriesOf(codebook, id) ?? {}).flatMap(([category, { da, en, aliases }]) =>
      [da, en, ...aliases].map((text) => [text, category] as const)
    ),
  );
}

/** Whether a value is an answer that the codebook has. */
export function isKnownAnswer(value: string, id: string, codebook: Codebook): boolean {
  const code = codeOf(value, codesOf(id, codebook));
  return code !== UNKNOWN && code !== NO_ANSWER;
}
