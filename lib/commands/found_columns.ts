import { splitAnswers } from "../responses/kind_values.ts";
import type { AboutColumn, ResponseTable } from "../responses/readers/response_table.ts";
import { isEmptyValue, normaliseName, normaliseValue, numberOf } from "../responses/spelling.ts";
import usual from "./usual_questions.json" with { type: "json" };

/** What a person said of columns, by their names in the file, where a look at them does not tell. */
export interface SaidOfColumns {
  readonly background?: readonly string[];
  readonly question?: readonly string[];
}

/** A column as it was found. */
export interface Column {
  /** What it is called in the file. */
  readonly name: string;
  /** The question as it was put, where the file says so. */
  readonly title: string;
  /** The different values, most given first, with how many gave each. */
  readonly values: readonly (readonly [text: string, people: number])[];
  readonly about: AboutColumn | undefined;
}

/** What a column is. */
export type Kind =
  | "respondent"
  | "weight"
  | "aside"
  | "background"
  | "single"
  | "several"
  | "number"
  | "open";

/** So many answers have a scale or a background; columns with more hold numbers or own words. */
const MOST_ANSWERS = 30;
/** A background of so many groups or fewer can be broken down by. */
const MOST_GROUPS = 12;
/** Fewer different numbers than this are codes. */
const LEAST_NUMBERS = 6;

/** The columns of a file, with their different values. */
export function foundColumns(table: ResponseTable): Column[] {
  return table.header.map((name, i): Column => {
    const about = table.about?.get(i);
    const people = new Map<string, number>();
    for (const value of table.columns[i]!) {
      const text = value?.trim() ?? "";
      if (isEmptyValue(normaliseValue(text)) || about?.missing?.has(text)) continue;
      people.set(text, (people.get(text) ?? 0) + 1);
    }
    const values = joined(people);
    return { name, title: about?.title ?? name, values, about };
  });
}

/** Values that are read as the same ("Ja", "JA") are one, as most wrote it; most given first. */
function joined(people: ReadonlyMap<string, number>): [text: string, people: number][] {
  const byRead = Map.groupBy(people, ([text]) => normaliseValue(text));
  return [...byRead.values()].map((alike): [string, number] => {
    const [most] = alike.toSorted(([, a], [, b]) => b - a);
    return [most![0], alike.reduce((sum, [, n]) => sum + n, 0)];
  }).sort(([, a], [, b]) => b - a);
}

/**
 * What a column is.
 *
 * @param said What a person said of it.
 * @param tell Is given what was guessed and could be otherwise.
 */
export function kindOf(
  column: Column,
  said: SaidOfColumns,
  tell: (line: string) => void,
): Kind {
  const { name, values, about } = column;
  const key = normaliseName(name);
  const { background = [], question = [] } = said;
  if (background.includes(name)) return "background";
  const isSaid = question.includes(name);
  const given = values.reduce((sum, [, n]) => sum + n, 0);
  const isEach = values.length === given && given > 1;
  if (about?.isWeight || usual.columns.weight.includes(key)) return "weight";
  if (isEach && (usual.columns.respondent.includes(key) || /(^|_)id$/.test(key))) {
    return "respondent";
  }
  const isDay = values.length > 0 && values.every(([text]) => dayIn(text) !== null);
  const isAside = isDay || usual.columns.aside.includes(key);
  if (values.length === 0 || (!isSaid && isAside)) return "aside";
  if (severalIn(column)) return "several";
  if (isSaid) return "single";
  if (isOwnWords(column)) {
    tell(
      `${name}: taken as own words, which are never shown. If its answers are given: --question "${name}"`,
    );
    return "open";
  }
  const isNumber = values.every(([text]) =>
    Number.isFinite(numberOf(about?.labels?.get(text) ?? text))
  );
  const isBackground = usual.columns.background.some((word) => key === normaliseName(word));
  if (isNumber && !about?.labels && values.length >= LEAST_NUMBERS) return "number";
  if (values.length > MOST_ANSWERS || (values.length > 8 && values.length > given / 2)) {
    return "open";
  }
  if (isBackground) return "background";
  if (usualScale(values.map(([text]) => text)) || isAsked(column) || isNumber) {
    return "single";
  }
  if (values.length > MOST_GROUPS) return "single";
  tell(
    `${name}: taken as background (${
      values.map(([text]) => text).slice(0, 4).join(", ")
    } …). If it ` +
      `is a question: --question "${name}"`,
  );
  return "background";
}

/** "Hvad var nyttigt? - Oplæg", "Useful: Talks", "Useful [Talks]": the question, and what of it. */
export function stemOf({ title }: Column): { readonly text: string; readonly item: string } | null {
  const found = /^(.{3,}?)\s*(?:\s[-–]\s|:\s|\s?\[)(.+?)\]?$/s.exec(title.trim());
  return found ? { text: found[1]!.trim(), item: found[2]!.trim() } : null;
}

/** A usual scale. */
export type UsualScale = typeof usual.scales[number];

/** The usual scale that has all of these answers, if one does. */
export function usualScale(texts: readonly string[]): UsualScale | null {
  if (texts.length < 2) return null;
  return usual.scales.find(({ categories }) => {
    const known = new Set(
      categories.flatMap(({ da, en, aliases }) => [da, en, ...aliases]).map(normaliseValue),
    );
    return texts.every((text) => known.has(normaliseValue(text)));
  }) ?? null;
}

const GRADED =
  /^(meget|helt|lidt|delvis|overvejende|slet|alt for|i (meget )?(høj|nogen|lav|mindre|ringe)|aldrig|altid|ofte|sjælden|hverken|ved ikke|very|quite|somewhat|not at all|too|never|always|often|rarely|neither|don't know)\b/i;

/** Whether a column's name or answers sound like a question. */
function isAsked({ title, values }: Column): boolean {
  return /\?/.test(title) || title.trim().split(/\s+/).length > 4 ||
    values.filter(([text]) => GRADED.test(text)).length >= values.length / 2;
}

const OWN_WORDS =
  /kommentar|comment|bemærk|remark|uddyb|elaborat|fritekst|free_?text|other_please/i;

/** Whether somebody's own words stand there: sentences, be they few, which are no usual answers. */
function isOwnWords({ title, values, about }: Column): boolean {
  if (about?.labels || values.length === 0) return false;
  if (usualScale(values.map(([text]) => text))) return false;
  const words = values.reduce((sum, [text]) => sum + text.split(/\s+/).length, 0) / values.length;
  return OWN_WORDS.test(title) || words >= 4;
}

/** The different answers, where cells hold several of them; null where they do not. */
export function severalIn({ values, about }: Column): string[] | null {
  if (about?.labels) return null;
  const given = values.reduce((sum, [, n]) => sum + n, 0);
  for (const by of [/[;|\n]/, /,\s+/]) {
    const people = new Map<string, number>();
    let together = 0;
    for (const [text, n] of values) {
      const parts = by.source.startsWith(",")
        ? text.split(by)
        : splitAnswers(text, { has: () => false });
      if (parts.length > 1) together += n;
      for (const part of parts.map((each) => each.trim()).filter(Boolean)) {
        people.set(part, (people.get(part) ?? 0) + n);
      }
    }
    const parts = joined(people);
    // A comma stands within sentences too: between answers each of them stands alone somewhere.
    const alone = new Set(values.map(([text]) => normaliseValue(text)));
    const isOften = parts.every(([part, n]) =>
      n >= 2 && part.length <= 80 && (by.source.startsWith("[") || alone.has(normaliseValue(part)))
    );
    if (
      together >= 2 && together >= given / 20 && parts.length > 1 && parts.length <= MOST_ANSWERS &&
      isOften
    ) {
      return parts.map(([part]) => part);
    }
  }
  return null;
}

/** Numbers with their least and greatest; from 0 to 10 with the sets of eNPS. */
export function numbersIn({ values, about, title }: Column): Record<string, unknown> {
  const all = values.map(([text]) => numberOf(about?.labels?.get(text) ?? text));
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const decimals = Math.max(
    ...values.map(([text]) => /[.,](\d+)$/.exec(text)?.[1]?.replace(/0+$/, "").length ?? 0),
  );
  const isTen = decimals === 0 && least >= 0 && most <= 10 &&
    (most === 10 || /0\D{1,5}10/.test(title));
  if (!isTen) {
    const size = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, most))));
    const to = Math.ceil(most / size) * size;
    return {
      kind: "number",
      min: least >= 0 ? 0 : Math.floor(least),
      max: to,
      ...decimals > 0 && { decimals },
    };
  }
  const set = (from: number, to: number, da: string, en: string) => ({
    label: { da, en },
    from,
    to,
  });
  return {
    ...{ kind: "number", min: 0, max: 10 },
    sets: {
      promoters: set(9, 10, "9 eller 10", "9 or 10"),
      detractors: set(0, 6, "0 til 6", "0 to 6"),
    },
    net: { plus: "promoters", minus: "detractors" },
  };
}

/** The day that a text is: 2025-05-01, 01-05-2025, with or without a time; null where it is none. */
export function dayIn(text: string): string | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)(?:\D|$)/.exec(text) ?? [];
  if (year) return `${year}-${month}-${day}`;
  const [, d, m, y] = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?:\D|$)/.exec(text) ?? [];
  return y ? `${y}-${m!.padStart(2, "0")}-${d!.padStart(2, "0")}` : null;
}
