import { categoriesOf, type Codebook, noAnswersOf, type Question } from "./codebook.ts";
import { WROTE } from "./kinds.ts";
import type { AboutColumn } from "./readers/response_table.ts";
import type { CodedTexts } from "./readers/text_column.ts";
import { normaliseValue, numberOf } from "./spelling.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "./survey.ts";

/** What is known of a column beside its values. */
type About = Pick<AboutColumn, "missing" | "labels">;

/**
 * The values of a column as answers to its question's scale: a number as its band, several answers in
 * one cell as whether the question's own is among them, open text as written. A value that is none of
 * these stays as it is, to be told.
 *
 * @param about What the file says of it; `isShared`: whether it holds all answers of several, and not
 *   the question's own alone.
 */
export function kindValues(
  values: CodedTexts,
  id: string,
  codebook: Codebook,
  { missing, labels, isShared }: About & { readonly isShared: boolean },
): CodedTexts {
  const question = codebook.questions[id];
  const read = question && readerOf(question, codebook, isShared, labels);
  if (!read) return values;
  const none = new Set(noAnswersOf(codebook, id).map(normaliseValue));
  const isNone = (text: string) => missing?.has(text) || none.has(normaliseValue(text));
  const texts = values.texts.map((text) => !text?.trim() ? null : isNone(text) ? text : read(text));
  return { texts, places: values.places };
}

function readerOf(
  { kind, item, numbers }: Question,
  codebook: Codebook,
  isShared: boolean,
  labels: About["labels"],
): ((text: string) => string) | null {
  if (kind === "open") return () => WROTE;
  if (numbers) {
    return (text) => {
      const value = numberIn(text, labels);
      return numbers.bands.find((band) => isIn(band, value))?.id ?? text;
    };
  }
  if (!item || !isShared) return null;
  const { separator } = codebook.several?.[item.of] ?? {};
  const known = answersOf(item.of, codebook);
  const own = Object.keys(categoriesOf(codebook, item.of) ?? {});
  return (text) => {
    const found = splitAnswers(text, known, separator).map((part) =>
      known.get(normaliseValue(part))
    );
    // One of the questions tells what nobody knows.
    if (found.includes(undefined)) return item.category === own[0] ? text : "not_chosen";
    return found.includes(item.category) ? "chosen" : "not_chosen";
  };
}

/** Every spelling of an answer to a question, normalised, and the answer. */
function answersOf(name: string, codebook: Codebook): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(categoriesOf(codebook, name) ?? {}).flatMap(([id, { da, en, aliases }]) =>
      [...aliases, id, da, en].map((text) => [normaliseValue(text), id] as const)
    ),
  );
}

/**
 * The answers in one cell: parted by a semicolon, a bar or a new line, and by a comma where that alone
 * gives answers that are known (an answer may have a comma in it).
 *
 * @param known The normalised answers.
 */
export function splitAnswers(
  text: string,
  known: { has(text: string): boolean },
  separator?: string,
): string[] {
  const isKnown = (part: string) => known.has(normaliseValue(part));
  const parts = (by: string | RegExp) =>
    text.split(by).map((part) => part.trim()).filter((part) => part !== "");
  if (isKnown(text)) return [text];
  if (separator !== undefined) return parts(separator);
  const found = parts(/[;|\n]/);
  const finer = found.flatMap((part) => isKnown(part) ? [part] : partedByComma(part, isKnown));
  return finer.every(isKnown) ? finer : found;
}

/** What stands between commas, those within an answer that is known aside. */
function partedByComma(text: string, isKnown: (part: string) => boolean): string[] {
  const words = text.split(",");
  const parts: string[] = [];
  for (let from = 0, to = 0; from < words.length; from = to) {
    const upTo = (end: number) => words.slice(from, end).join(",").trim();
    to = words.length;
    while (to > from + 1 && !isKnown(upTo(to))) to--;
    if (upTo(to) !== "") parts.push(upTo(to));
  }
  return parts;
}

/** What a value should have been, where its question takes no answers of a scale. */
export function expectedKind(id: string, { questions, several, scales }: Codebook): string | null {
  const { numbers, item } = questions[id] ?? {};
  if (item) {
    const { scale = "" } = several?.[item.of] ?? {};
    const labels = Object.values(scales[scale]?.categories ?? {}).map(({ da }) => da);
    return `one or more, with a semicolon between, of: ${labels.join(", ")}`;
  }
  if (!numbers) return null;
  const { min, max, arePoints } = numbers;
  return `a ${arePoints ? "whole " : ""}number from ${min} to ${max}`;
}

function isIn({ from, to, closed }: { from: number; to: number; closed: boolean }, value: number) {
  return value >= from && (value < to || (closed && value === to));
}

/** The number that a value is, or that the file has behind its label. */
function numberIn(text: string, labels: About["labels"]): number {
  return numberOf(labels?.get(text) ?? text);
}

/** The numbers of a column by respondent; NaN where there is none. */
export function columnNumbers({ texts, places }: CodedTexts, about: About = {}): Float64Array {
  const values = texts.map((text) => text === null ? NaN : numberIn(text, about.labels));
  return Float64Array.from(places, (place) => values[place]!);
}

/** The numbers of those whose answer lies in a band of the question: "don't know" is no number. */
export function numbersWhere(
  values: Float64Array,
  { numbers }: Question,
  codes: Uint8Array,
): Float64Array {
  const bands = numbers?.bands.length ?? 0;
  return values.map((value, row) => {
    const code = codes[row]!;
    return code !== NO_ANSWER && code !== NOT_ASKED && code <= bands ? value : NaN;
  });
}

/** The numbers of a question or score by respondent, NaN where there is none; null where it has none. */
export function numbersOf({ codebook, codes, numbers }: Survey, name: string): Float64Array | null {
  const column = codes.get(name);
  const { bands = [], arePoints } = codebook.questions[name]?.numbers ?? {};
  if (!arePoints || !column) return numbers?.get(name) ?? null;
  return Float64Array.from(column, (code) => bands[code - 1]?.from ?? NaN);
}

/**
 * A score by respondent, 0 to 100: the mean of the items that they answered, each scored by its place
 * on its scale, "don't know" left out; NaN where fewer are answered than the score needs.
 *
 * @returns The numbers, and their bands as codes; null where an item was not part of the wave.
 */
export function scoreOf(
  question: Question,
  codes: ReadonlyMap<string, Uint8Array>,
  { questions, scales }: Codebook,
): { readonly numbers: Float64Array; readonly codes: Uint8Array } | null {
  const items = Object.entries(question.score?.items ?? {}).flatMap(([name, end]) => {
    const { categories = {}, dont_know = null } = scales[questions[name]?.scale ?? ""] ?? {};
    const steps = Object.keys(categories).filter((id) => id !== dont_know);
    const column = codes.get(name);
    const points = new Float64Array(256).fill(NaN);
    Object.keys(categories).forEach((id, i) => {
      const place = steps.indexOf(id) / (steps.length - 1);
      if (id !== dont_know) points[i + 1] = 100 * (end === "last" ? place : 1 - place);
    });
    return column ? [{ column, points }] : [];
  });
  const { items: wanted = {}, least = 1 } = question.score ?? {};
  const [first] = items;
  if (!first || items.length < Object.keys(wanted).length) return null;
  const numbers = Float64Array.from(first.column, (_, row) => {
    let [sum, n] = [0, 0];
    for (const { column, points } of items) {
      const value = points[column[row]!]!;
      if (!Number.isNaN(value)) [sum, n] = [sum + value, n + 1];
    }
    return n < least ? NaN : sum / n;
  });
  const bands = question.numbers?.bands ?? [];
  const made = Uint8Array.from(
    numbers,
    (value, row) =>
      Number.isNaN(value)
        ? items.every(({ column }) => column[row] === NOT_ASKED) ? NOT_ASKED : NO_ANSWER
        : bands.findIndex((band) => isIn(band, value)) + 1,
  );
  return { numbers, codes: made };
}
