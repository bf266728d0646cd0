import { capitalised } from "../words/figure_texts.ts";
import { CHOSEN } from "../responses/kinds.ts";
import { splitAnswers } from "../responses/kind_values.ts";
import { isEmptyValue, normaliseName, normaliseValue } from "../responses/normalise.ts";
import { numberOf } from "../responses/number_of.ts";
import type { AboutColumn, ResponseTable } from "../responses/readers/response_table.ts";
import { TO_FILL_IN } from "../responses/schema.ts";
import usual from "./usual_questions.json" with { type: "json" };

/** What a person said of columns, by their names in the file, where a look at them does not tell. */
export interface SaidOfColumns {
  readonly background?: readonly string[];
  readonly question?: readonly string[];
}

/** A codebook to look through, and what chapters its questions make. */
export interface Proposal {
  /** As JSON; what begins with "?" is to be filled in. */
  readonly codebook: Readonly<Record<string, unknown>>;
  /** Questions that share a chapter, in the order of the file. */
  readonly chapters: readonly (readonly [string, ...string[]])[];
  /** What was guessed, a line each. */
  readonly told: readonly string[];
}

/** A column as it was found. */
interface Column {
  /** What it is called in the file. */
  readonly name: string;
  /** The question as it was put, where the file says so. */
  readonly title: string;
  /** The different values, most given first, with how many gave each. */
  readonly values: readonly (readonly [text: string, people: number])[];
  readonly about: AboutColumn | undefined;
}

type Kind =
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
const [LEAST_NUMBERS, SHORT] = [6, 40];

/**
 * Proposes a codebook for a response file: what each column is, its scale, who it is asked of (everybody),
 * and a text for everything. Labels that the file has (SPSS) and the usual answers are taken, in both
 * languages; what a file cannot tell is left to be filled in.
 */
export function proposeCodebook(table: ResponseTable, said: SaidOfColumns = {}): Proposal {
  const columns = table.header.map((name, i): Column => {
    const about = table.about?.get(i);
    const people = new Map<string, number>();
    for (const value of table.columns[i]!) {
      const text = value?.trim() ?? "";
      if (isEmptyValue(normaliseValue(text)) || about?.missing?.has(text)) continue;
      people.set(text, (people.get(text) ?? 0) + 1);
    }
    const values = [...people].sort(([, a], [, b]) => b - a);
    return { name, title: about?.title ?? name, values, about };
  });
  return new Proposing(columns, table.respondents, said).proposal();
}

/** The scales, questions and chapters that columns make, one after the other. */
class Proposing {
  readonly #scales: Record<string, Record<string, unknown>> = {};
  readonly #questions: Record<string, Record<string, unknown>> = {};
  readonly #variables: Record<string, Record<string, unknown>> = {};
  readonly #chapters: [string, ...string[]][] = [];
  readonly #told: string[] = [];
  readonly #ids = new Set(["respondent", "weight"]);
  readonly #isDanish: boolean;
  #dates: string[] = [];

  constructor(
    readonly columns: readonly Column[],
    readonly respondents: number,
    readonly said: SaidOfColumns,
  ) {
    const all = columns.flatMap((
      { name, title, values },
    ) => [name, title, ...values.map(([v]) => v)]);
    const spoken = (language: "da" | "en") => {
      const words = new Set(
        usual.scales.flatMap(({ categories }) =>
          categories.map((each) => normaliseValue(each[language]))
        ),
      );
      return all.filter((text) => words.has(normaliseValue(text))).length;
    };
    this.#isDanish = spoken("da") >= spoken("en") || /[æøå]/i.test(all.join(" "));
  }

  proposal(): Proposal {
    const ids = { column: "respondent", aliases: [] as string[], synthetic_prefix: "synthetic-" };
    const weights: string[] = [];
    for (let at = 0; at < this.columns.length;) {
      const column = this.columns[at]!;
      const stem = this.#stemAt(at);
      if (stem) {
        this.#addStem(stem);
        at += stem.columns.length;
        continue;
      }
      at++;
      const kind = this.#kindOf(column);
      if (kind === "respondent" && ids.aliases.length === 0) ids.aliases.push(column.name);
      else if (kind === "weight" && weights.length === 0) weights.push(column.name);
      else if (kind === "aside" || kind === "respondent" || kind === "weight") this.#leave(column);
      else if (kind === "background") this.#addBackground(column);
      else this.#chapters.push([this.#addQuestion(column, kind)]);
    }
    const dates = this.#dates.toSorted();
    const ask = this.#ask("");
    const codebook = {
      $schema: "./codebook.schema.json",
      study: {
        ...{ title: ask, subtitle: ask, population: ask },
        invited: TO_FILL_IN,
        fieldwork: { from: dates[0] ?? TO_FILL_IN, to: dates.at(-1) ?? TO_FILL_IN },
        reminders: 0,
      },
      disclosure: { least_base: 10 },
      respondent: ids,
      ...weights.length > 0 && { weight: { column: "weight", aliases: weights } },
      bases: {
        all: {
          label: { da: "alle, der svarede", en: "everyone who answered" },
          who: { da: "de, der svarede", en: "those who answered" },
          where: {},
        },
      },
      variables: this.#variables,
      scales: this.#scales,
      questions: this.#questions,
    };
    return { codebook, chapters: this.#chapters, told: this.#told };
  }

  /** A text in the file's language; the other one is to be filled in. */
  #ask(text: string): Record<"da" | "en", string> {
    const asked = text === "" ? TO_FILL_IN : `${TO_FILL_IN} ${text}`;
    if (text === "") return { da: asked, en: asked };
    return this.#isDanish ? { da: text, en: asked } : { da: asked, en: text };
  }

  #id(text: string): string {
    const plain =
      normaliseName(text).replaceAll("æ", "ae").replaceAll("ø", "oe").replaceAll("å", "aa")
        .normalize("NFD").replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "").slice(0, SHORT)
        .replace(/_+$/, "") || "column";
    for (let number = 1;; number++) {
      const id = number === 1 ? plain : `${plain}_${number}`;
      if (this.#ids.has(id)) continue;
      this.#ids.add(id);
      return id;
    }
  }

  #leave({ name, values }: Column): void {
    const days = values.flatMap(([text]) => dayIn(text) ?? []);
    if (days.length > 0) this.#dates.push(...days);
    this.#told.push(`${name}: left aside`);
  }

  #kindOf(column: Column): Kind {
    const { name, values, about } = column;
    const key = normaliseName(name);
    const { background = [], question = [] } = this.said;
    if (background.includes(name)) return "background";
    const isSaid = question.includes(name);
    const given = values.reduce((sum, [, n]) => sum + n, 0);
    const isEach = values.length === given && given > 1;
    if (about?.isWeight || usual.columns.weight.includes(key)) return "weight";
    if (isEach && (usual.columns.respondent.includes(key) || /(^|_)id$/.test(key))) {
      return "respondent";
    }
    const isDay = values.length > 0 && values.every(([text]) => dayIn(text) !== null);
    if (!isSaid && (values.length === 0 || isDay || usual.columns.aside.includes(key))) {
      return "aside";
    }
    if (isSaid && !severalIn(column)) return "single";
    if (severalIn(column)) return "several";
    if (isOwnWords(column)) {
      this.#told.push(
        `${name}: taken as own words, which are never shown. If its answers are given: --question "${name}"`,
      );
      return "open";
    }
    const isNumber = values.every(([text]) =>
      Number.isFinite(numberOf(about?.labels?.get(text) ?? text))
    );
    const isBackground = !isSaid &&
      usual.columns.background.some((word) => key === normaliseName(word));
    if (isNumber && !about?.labels && values.length >= LEAST_NUMBERS) return "number";
    if (values.length > MOST_ANSWERS || (values.length > 8 && values.length > given / 2)) {
      return "open";
    }
    if (isBackground) return "background";
    if (isSaid || usualScale(values.map(([text]) => text)) || isAsked(column) || isNumber) {
      return "single";
    }
    if (values.length > MOST_GROUPS) return "single";
    this.#told.push(
      `${name}: taken as background (${
        values.map(([text]) => text).slice(0, 4).join(", ")
      } …). If it ` +
        `is a question: --question "${name}"`,
    );
    return "background";
  }

  #addBackground(column: Column): void {
    const id = this.#id(column.name);
    const known = Object.entries(usual.labels).find(([name]) => name === normaliseName(column.name))
      ?.[1];
    this.#variables[id] = {
      label: known ?? this.#ask(capitalised(column.title)),
      ...{ base: "all", background: true, derived: false },
      aliases: aliasesOf(column, id),
      categories: this.#categoriesOf(column).categories,
    };
    this.#told.push(`${column.name}: background "${id}"`);
  }

  #addQuestion(
    column: Column,
    kind: Kind,
    stem?: { readonly text: string; readonly item: string },
  ): string {
    const id = this.#id(stem ? stem.item : column.name);
    const title = capitalised(stem?.item ?? column.title);
    const short = title.length > SHORT ? this.#askAll(title.slice(0, SHORT)) : this.#ask(title);
    const question: Record<string, unknown> = {
      label: short,
      text: this.#ask(stem ? `${stem.text} ${stem.item}` : title),
    };
    if (kind === "number") Object.assign(question, numbersIn(column));
    else if (kind === "open") question["kind"] = "open";
    else if (kind === "several") {
      const parts = severalIn(column)!;
      const own = { ...column, values: parts.map((part) => [part, 1] as const) };
      const scale = this.#addScale(own, id, this.#ask(column.title));
      Object.assign(question, { kind: "several", scale });
    } else question["scale"] = this.#addScale(column, id);
    this.#questions[id] = { ...question, base: "all", aliases: aliasesOf(column, id) };
    this.#told.push(`${column.name}: question "${id}", ${kind === "single" ? "one answer" : kind}`);
    return id;
  }

  /** A text that is only a beginning, in either language. */
  #askAll(text: string): Record<"da" | "en", string> {
    return { da: `${TO_FILL_IN} ${text}`, en: `${TO_FILL_IN} ${text}` };
  }

  /** The scale of a column: one that another column has already, if it is the same. */
  #addScale(column: Column, name: string, named?: Record<"da" | "en", string>): string {
    const { known, categories } = this.#categoriesOf(column);
    const same = Object.entries(this.#scales).find(([id, scale]) =>
      known
        ? id.replace(/_\d+$/, "") === `${known.id}_scale` && isWithin(categories, scale)
        : isWithin(categories, scale)
    );
    if (same) return same[0];
    const wider = known && Object.entries(this.#scales)
      .find(([id, { categories: has }]) =>
        id === `${known.id}_scale` && isMix(categories, has as object)
      );
    const id = wider ? wider[0] : this.#id(`${known?.id ?? name}_scale`);
    const all = wider
      ? sortedAs(known, { ...wider[1]["categories"] as object, ...categories })
      : categories;
    const ids = Object.keys(all);
    const main = known?.main.categories.filter((category) => ids.includes(category)) ?? [];
    const first = ids[0]!;
    const set = main.length > 0
      ? {
        [known!.main.id]: { label: { da: known!.main.da, en: known!.main.en }, categories: main },
      }
      : { [`${first}_set`]: { label: textOf(all[first]!), categories: [first] } };
    const dontKnow = ids.find((category) => category === "dont_know") ?? null;
    // In what order its answers stand nobody but the questionnaire knows.
    const order = this.#isDanish ? "sæt svarene i rækkefølge" : "put the answers in order";
    const title = known?.title ?? named ??
      (isOrdered(column) ? this.#ask(name) : this.#askAll(`${name}: ${order}`));
    this.#scales[id] = {
      title,
      categories: all,
      dont_know: dontKnow,
      colours: known?.colours ?? "sequential",
      sets: set,
      main_set: Object.keys(set)[0]!,
    };
    return id;
  }

  #categoriesOf(column: Column): {
    readonly known: typeof usual.scales[number] | null;
    readonly categories: Record<string, Record<string, unknown>>;
  } {
    const { about } = column;
    const texts = column.values.map(([text]) => text);
    const known = usualScale(texts);
    const codes = about?.labels;
    if (known) {
      const found = known.categories.flatMap(({ id, da, en, aliases }) => {
        const own = texts.filter((text) =>
          [da, en, ...aliases].map(normaliseValue).includes(normaliseValue(text))
        );
        if (own.length === 0) return [];
        // The file's own word for it stands, where it is another.
        const text = { da, en, [this.#isDanish ? "da" : "en"]: own[0]! };
        return [[id, { ...text, aliases: [...own.slice(1), ...codesIn(codes, own)] }] as const];
      });
      return { known, categories: Object.fromEntries(found) };
    }
    const order = codes && texts.every((text) => codes.has(text))
      ? texts.toSorted((a, b) => Number(codes.get(a)) - Number(codes.get(b)))
      : texts.some((text) => /\d/.test(text))
      ? texts.toSorted((a, b) => firstNumber(a) - firstNumber(b))
      : texts;
    const ids = new Set<string>();
    const categories = order.map((text) => {
      const plain = /^\d/.test(text) ? `from_${text}` : text;
      const slug =
        normaliseName(plain).replaceAll("æ", "ae").replaceAll("ø", "oe").replaceAll("å", "aa")
          .normalize("NFD").replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "").slice(
            0,
            SHORT,
          ) || "answer";
      let id = slug;
      for (let number = 2; ids.has(id); number++) id = `${slug}_${number}`;
      ids.add(id);
      // A bare code says nothing by itself; a range of numbers says the same in every language.
      const isName = /[\p{L}]/u.test(text);
      const isCode = /^\d+$/.test(text);
      const label = isName ? this.#ask(text) : isCode ? this.#askAll(text) : { da: text, en: text };
      return [id, {
        ...label,
        aliases: isName ? codesIn(codes, [text]) : [text, ...codesIn(codes, [text])],
      }] as const;
    });
    return { known: null, categories: Object.fromEntries(categories) };
  }

  /** Columns in a row whose names begin alike, as those of a grid or of several answers do. */
  #stemAt(at: number): Stem | null {
    const first = stemOf(this.columns[at]!);
    if (!first) return null;
    const columns: Column[] = [];
    for (const column of this.columns.slice(at)) {
      const stem = stemOf(column);
      if (stem?.text !== first.text || column.values.length === 0) break;
      columns.push(column);
    }
    return columns.length > 1 ? { text: first.text, columns } : null;
  }

  #addStem({ text, columns }: Stem): void {
    const items = columns.map((column) => stemOf(column)!.item);
    const chosen = new Set(
      Object.values(CHOSEN).flatMap(({ da, en, aliases }) => [da, en, ...aliases]).map(
        normaliseValue,
      ),
    );
    const isSeveral = columns.every(({ values }, i) =>
      values.length <= 2 &&
      values.every(([value]) =>
        chosen.has(normaliseValue(value)) || normaliseValue(value) === normaliseValue(items[i]!)
      )
    ) && columns.some(({ values }) =>
      // Where everybody said yes or no to everything it is a grid.
      values.reduce((sum, [, n]) => sum + n, 0) < this.respondents ||
      values.some(([value]) => /^[01]$/.test(value))
    );
    if (!isSeveral) {
      const ids = columns.map((column, i) =>
        this.#addQuestion(column, this.#kindInGrid(column), { text, item: items[i]! })
      );
      const groups = Map.groupBy(ids, (id) => this.#questions[id]!["scale"] ?? id);
      for (const own of groups.values()) this.#chapters.push(own as [string, ...string[]]);
      return;
    }
    const id = this.#id(text);
    const scale = this.#id(`${id}_scale`);
    const categories = Object.fromEntries(items.map((item, i) => {
      const own = this.#id(item);
      return [own, { ...this.#ask(item), aliases: [columns[i]!.name] }];
    }));
    const [first] = Object.keys(categories);
    this.#scales[scale] = {
      title: this.#ask(text),
      categories,
      ...{ dont_know: null, colours: "sequential" },
      sets: { [`${first}_set`]: { label: textOf(categories[first!]!), categories: [first!] } },
      main_set: `${first}_set`,
    };
    this.#questions[id] = {
      label: text.length > SHORT ? this.#askAll(text.slice(0, SHORT)) : this.#ask(text),
      text: this.#ask(text),
      ...{ kind: "several", scale, base: "all", aliases: [] },
    };
    this.#told.push(
      `${columns.map(({ name }) => name).join(", ")}: question "${id}", several answers`,
    );
    this.#chapters.push([id]);
  }

  #kindInGrid(column: Column): Kind {
    const kind = this.#kindOf(column);
    return kind === "number" || kind === "open" ? kind : "single";
  }
}

interface Stem {
  readonly text: string;
  readonly columns: readonly Column[];
}

/** "Hvad var nyttigt? - Oplæg", "Useful: Talks", "Useful [Talks]": the question, and what of it. */
function stemOf({ title }: Column): { readonly text: string; readonly item: string } | null {
  const found = /^(.{3,}?)\s*(?:\s[-–]\s|:\s|\s?\[)(.+?)\]?$/s.exec(title.trim());
  return found ? { text: found[1]!.trim(), item: found[2]!.trim() } : null;
}

/** The usual scale that has all of these answers, if one does. */
function usualScale(texts: readonly string[]): typeof usual.scales[number] | null {
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
  const isGraded = values.filter(([text]) => GRADED.test(text)).length >= values.length / 2;
  return /\?/.test(title) || title.trim().split(/\s+/).length > 4 || isGraded;
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
function severalIn({ values, about }: Column): string[] | null {
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
    const parts = [...people].sort(([, a], [, b]) => b - a);
    // A comma stands within sentences too: between answers each of them stands alone somewhere.
    const alone = new Set(values.map(([text]) => text));
    const isOften = parts.every(([part, n]) =>
      n >= 2 && part.length <= 80 && (by.source.startsWith("[") || alone.has(part))
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
function numbersIn({ values, about, title }: Column): Record<string, unknown> {
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

function aliasesOf({ name, title }: Column, id: string): string[] {
  return [...new Set([name, title])].filter((text) => normaliseName(text) !== id);
}

function codesIn(codes: AboutColumn["labels"], texts: readonly string[]): string[] {
  return texts.flatMap((text) => codes?.get(text) ?? []);
}

function textOf({ da, en }: Record<string, unknown>): { da: unknown; en: unknown } {
  return { da, en };
}

function isWithin(categories: object, scale: Record<string, unknown>): boolean {
  return Object.keys(categories).every((id) => Object.hasOwn(scale["categories"] as object, id));
}

/** Whether two scales name none of the answers that both have otherwise. */
function isMix(categories: Record<string, Record<string, unknown>>, others: object): boolean {
  return Object.entries(categories).every(([id, { da, en }]) => {
    const other = (others as typeof categories)[id];
    return !other || (other["da"] === da && other["en"] === en);
  });
}

function sortedAs(
  known: typeof usual.scales[number] | null,
  categories: Record<string, Record<string, unknown>>,
): Record<string, Record<string, unknown>> {
  const order = known?.categories.map(({ id }) => id) ?? [];
  return Object.fromEntries(
    Object.entries(categories).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)),
  );
}

function isOrdered({ values, about }: Column): boolean {
  return about?.labels !== undefined || values.every(([text]) => /\d/.test(text));
}

function firstNumber(text: string): number {
  return Number(/\d+/.exec(text)?.[0] ?? Infinity);
}

/** The day that a text is: 2025-05-01, 01-05-2025, with or without a time; null where it is none. */
function dayIn(text: string): string | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)(?:\D|$)/.exec(text) ?? [];
  if (year) return `${year}-${month}-${day}`;
  const [, d, m, y] = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?:\D|$)/.exec(text) ?? [];
  return y ? `${y}-${m!.padStart(2, "0")}-${d!.padStart(2, "0")}` : null;
}
