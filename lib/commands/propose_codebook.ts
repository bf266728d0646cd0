import { CHOSEN } from "../responses/kinds.ts";
import type { Text } from "../responses/language.ts";
import type { ResponseTable } from "../responses/readers/response_table.ts";
import { TO_FILL_IN } from "../responses/schema.ts";
import { normaliseName, normaliseValue } from "../responses/spelling.ts";
import {
  type Column,
  dayIn,
  foundColumns,
  type Kind,
  kindOf,
  numbersIn,
  type SaidOfColumns,
  severalIn,
  stemOf,
  type UsualScale,
  usualScale,
} from "./found_columns.ts";
import { capitalise } from "../words/prose.ts";
import usual from "./usual_questions.json" with { type: "json" };

/** A codebook to look through, and what chapters its questions make. */
export interface Proposal {
  /** As JSON; what begins with "?" is to be filled in. */
  readonly codebook: Readonly<Record<string, unknown>>;
  /** Questions that share a chapter, in the order of the file. */
  readonly chapters: readonly (readonly [string, ...string[]])[];
  /** What was guessed, a line each. */
  readonly told: readonly string[];
}

/**
 * Proposes a codebook for a response file: what each column is, its scale, who it is asked of (everybody),
 * and a text for everything. Labels that the file has (SPSS) and the usual answers are taken, in both
 * languages; what a file cannot tell is left to be filled in.
 */
export function proposeCodebook(table: ResponseTable, said: SaidOfColumns = {}): Proposal {
  return new Proposing(foundColumns(table), table.respondents, said).proposal();
}

type Categories = Record<string, Text & { readonly aliases: readonly string[] }>;

interface Scale {
  readonly categories: Categories;
  /** The usual one that it is. */
  readonly known: UsualScale | null;
  /** As it stands in the codebook. */
  readonly entry: Readonly<Record<string, unknown>>;
}

/** Columns in a row whose names begin alike, as those of a grid or of several answers do. */
interface Stem {
  readonly text: string;
  readonly columns: readonly Column[];
  readonly items: readonly string[];
}

const SHORT = 40;

/** What stands in either language, to be filled in. */
const asked = (da: string, en = da): Text => ({
  da: `${TO_FILL_IN} ${da}`.trim(),
  en: `${TO_FILL_IN} ${en}`.trim(),
});

/** The variables, questions and chapters that columns make, one after the other. */
class Proposing {
  readonly #ids = new Set(["respondent", "weight"]);
  /** What the columns are called, as names are compared; no other column's id or alias. */
  readonly #names: ReadonlySet<string>;
  readonly #isDanish: boolean;
  readonly #scales: Record<string, Scale> = {};
  readonly #questions: Record<string, Record<string, unknown>> = {};
  readonly #variables: Record<string, Record<string, unknown>> = {};
  readonly #chapters: [string, ...string[]][] = [];
  readonly #told: string[] = [];
  readonly #dates: string[] = [];

  constructor(
    readonly columns: readonly Column[],
    readonly respondents: number,
    readonly said: SaidOfColumns,
  ) {
    this.#names = new Set(columns.map(({ name }) => normaliseName(name)));
    const all = columns.flatMap(({ name, title, values }) => [
      ...[name, title],
      ...values.map(([text]) => text),
    ]);
    const spoken = (language: "da" | "en") => {
      const answers = usual.scales.flatMap(({ categories }) => categories);
      const words = new Set(answers.map((each) => normaliseValue(each[language])));
      return all.filter((text) => words.has(normaliseValue(text))).length;
    };
    this.#isDanish = spoken("da") >= spoken("en") || /[æøå]/i.test(all.join(" "));
  }

  proposal(): Proposal {
    const ids = { column: "respondent", aliases: [] as string[], synthetic_prefix: "synthetic-" };
    const weights: string[] = [];
    for (let at = 0; at < this.columns.length;) {
      const stem = this.#stemAt(at);
      if (stem) {
        this.#addStem(stem);
        at += stem.columns.length;
        continue;
      }
      const column = this.columns[at++]!;
      const kind = this.#kindOf(column);
      if (kind === "respondent" && ids.aliases.length === 0) ids.aliases.push(column.name);
      else if (kind === "weight" && weights.length === 0) weights.push(column.name);
      else if (kind === "aside" || kind === "respondent" || kind === "weight") {
        this.#dates.push(...column.values.flatMap(([text]) => dayIn(text) ?? []));
        this.#told.push(`${column.name}: left aside`);
      } else if (kind === "background") this.#addBackground(column);
      else this.#chapters.push([this.#addQuestion(column, kind)]);
    }
    const isOther = this.#names.has(ids.column) &&
      !ids.aliases.some((name) => normaliseName(name) === ids.column);
    if (isOther) ids.column = this.#id("respondent_id");
    const dates = this.#dates.toSorted();
    const ask = asked("");
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
      scales: Object.fromEntries(
        Object.entries(this.#scales).map(([id, { entry }]) => [id, entry]),
      ),
      questions: this.#questions,
    };
    return { codebook, chapters: this.#chapters, told: this.#told };
  }

  #kindOf(column: Column): Kind {
    return kindOf(column, this.said, (line) => this.#told.push(line));
  }

  /** An id that nothing else has. @param own The column that it is the id of. */
  #id(text: string, own = ""): string {
    const isOfOther = (id: string) => id !== normaliseName(own) && this.#names.has(id);
    return free(slug(text) || "column", this.#ids, isOfOther);
  }

  /** What else a column may be called: its name, and its title where nothing else has that. */
  #aliasesOf({ name, title }: Column, id: string): string[] {
    const alias = normaliseName(title);
    const isFree = !this.#ids.has(alias) && !this.#names.has(alias);
    if (isFree) this.#ids.add(alias);
    return [name, ...isFree ? [title] : []].filter((text) => normaliseName(text) !== id);
  }

  /** A text in the file's language; the other one is to be filled in. */
  #ask(given: string): Text {
    const text = readable(given);
    if (text === "") return asked("");
    return { ...asked(text), [this.#isDanish ? "da" : "en"]: text };
  }

  /** The name of a bar: a long text is to be shortened. */
  #short(text: string): Text {
    return text.length > SHORT ? asked(readable(text).slice(0, SHORT)) : this.#ask(text);
  }

  #addBackground(column: Column): void {
    const id = this.#id(column.name, column.name);
    const known = new Map(Object.entries(usual.labels)).get(normaliseName(column.name));
    this.#variables[id] = {
      label: known ?? this.#ask(column.title),
      ...{ base: "all", background: true, derived: false },
      aliases: this.#aliasesOf(column, id),
      categories: this.#categoriesOf(column).categories,
    };
    this.#told.push(`${column.name}: background "${id}"`);
  }

  #addQuestion(column: Column, kind: Kind, stem?: { text: string; item: string }): string {
    const id = this.#id(stem ? stem.item : column.name, column.name);
    const question: Record<string, unknown> = {
      label: this.#short(stem?.item ?? column.title),
      text: this.#ask(stem ? `${stem.text} ${stem.item}` : column.title),
    };
    if (kind === "number") Object.assign(question, numbersIn(column));
    else if (kind === "open") question["kind"] = "open";
    else if (kind === "several") {
      const own = { ...column, values: severalIn(column)!.map((part) => [part, 1] as const) };
      const scale = this.#addScale(own, id, this.#ask(column.title));
      Object.assign(question, { kind: "several", scale });
    } else question["scale"] = this.#addScale(column, id);
    this.#questions[id] = { ...question, base: "all", aliases: this.#aliasesOf(column, id) };
    this.#told.push(`${column.name}: question "${id}", ${kind === "single" ? "one answer" : kind}`);
    return id;
  }

  #stemAt(at: number): Stem | null {
    const first = stemOf(this.columns[at]!);
    if (!first) return null;
    const after = this.columns.slice(at);
    const isOther = (column: Column) =>
      stemOf(column)?.text !== first.text || column.values.length === 0;
    const end = after.findIndex(isOther);
    const columns = end < 0 ? after : after.slice(0, end);
    if (columns.length < 2) return null;
    return { text: first.text, columns, items: columns.map((column) => stemOf(column)!.item) };
  }

  #addStem(stem: Stem): void {
    const { text, columns, items } = stem;
    if (!this.#isTicked(stem)) {
      const ids = columns.map((column, i) => {
        const kind = this.#kindOf(column);
        const own = kind === "number" || kind === "open" ? kind : "single";
        return this.#addQuestion(column, own, { text, item: items[i]! });
      });
      const groups = Map.groupBy(ids, (id) => this.#questions[id]!["scale"] ?? id);
      for (const own of groups.values()) this.#chapters.push(own as [string, ...string[]]);
      return;
    }
    const id = this.#id(text);
    const categories = Object.fromEntries(items.map((item, i) => {
      const own = this.#id(item, columns[i]!.name);
      return [own, { ...this.#ask(item), aliases: [columns[i]!.name] }];
    }));
    const scale = this.#addAnswers(id, this.#ask(text), categories);
    this.#questions[id] = {
      label: this.#short(text),
      text: this.#ask(text),
      ...{ kind: "several", scale, base: "all", aliases: [] },
    };
    const names = columns.map(({ name }) => name).join(", ");
    this.#told.push(`${names}: question "${id}", several answers`);
    this.#chapters.push([id]);
  }

  /** Whether columns hold what was ticked: several answers to one question. */
  #isTicked({ columns, items }: Stem): boolean {
    const chosen = new Set(
      Object.values(CHOSEN).flatMap(({ da, en, aliases }) => [da, en, ...aliases])
        .map(normaliseValue),
    );
    const areChosen = columns.every(({ values }, i) =>
      values.length <= 2 && values.map(([value]) => normaliseValue(value))
        .every((value) => chosen.has(value) || value === normaliseValue(items[i]!))
    );
    // Where everybody said yes or no to everything it is a grid.
    return areChosen &&
      columns.some(({ values }) =>
        values.reduce((sum, [, n]) => sum + n, 0) < this.respondents ||
        values.some(([value]) => /^[01]$/.test(value))
      );
  }

  /** The scale of a column: one that there is already, where it has the same answers in the same words. */
  #addScale(column: Column, name: string, title?: Text): string {
    const { known, categories } = this.#categoriesOf(column);
    const ids = Object.keys(categories);
    const found = Object.entries(this.#scales).find(([, { known: other, categories: others }]) =>
      other === known && (known !== null || ids.every((id) => Object.hasOwn(others, id))) &&
      // None of the answers that both have is in other words.
      ids.every((id) => !others[id] || sameText(others[id], categories[id]!))
    )?.[0];
    if (known) {
      const order = known.categories.map(({ id }) => id);
      const all = Object.entries({ ...this.#scales[found ?? ""]?.categories, ...categories })
        .sort(([x], [y]) => order.indexOf(x) - order.indexOf(y));
      const id = found ?? this.#id(`${known.id}_scale`);
      return this.#put(id, known.title, Object.fromEntries(all), known);
    }
    if (found) return found;
    if (title) return this.#addAnswers(name, title, categories);
    // In what order its answers stand nobody but the questionnaire knows.
    const isOrdered = column.about?.labels || column.values.every(([text]) => /\d/.test(text));
    const own = isOrdered ? this.#ask(name) : asked(
      `${readable(name)}: sæt svarene i rækkefølge`,
      `${readable(name)}: put the answers in order`,
    );
    return this.#put(this.#id(`${name}_scale`), own, categories, null);
  }

  /** The scale of a question that takes several answers, none of which is the main one. */
  #addAnswers(name: string, title: Text, categories: Categories): string {
    const [[first, label] = ["", asked("")]] = Object.entries(categories);
    const main = { id: `${first}_set`, ...label, categories: [first] };
    return this.#put(this.#id(`${name}_scale`), title, categories, null, main);
  }

  /** @param given The answers whose share stands first, and what they are called together. */
  #put(
    id: string,
    title: Text,
    categories: Categories,
    known: UsualScale | null,
    given?: UsualScale["main"],
  ): string {
    const ids = Object.keys(categories);
    const usually = known?.main.categories.filter((category) => ids.includes(category)) ?? [];
    const main = known && usually.length > 0
      ? { ...known.main, categories: usually }
      : given ?? { id: "main", ...MAIN_ASKED, categories: ids.slice(0, 1) };
    const label = { da: main.da, en: main.en };
    const entry = {
      ...{ title, categories },
      dont_know: ids.find((category) => category === known?.dont_know) ?? null,
      colours: known?.colours ?? "sequential",
      sets: { [main.id]: { label, categories: main.categories } },
      main_set: main.id,
    };
    this.#scales[id] = { categories, known, entry };
    return id;
  }

  /** The answers of a column, in the order in which they are shown. */
  #categoriesOf({ about, values }: Column): Pick<Scale, "known" | "categories"> {
    const texts = values.map(([text]) => text);
    const codes = about?.labels;
    const known = usualScale(texts);
    const labels = new Set(
      [...texts, ...known?.categories.flatMap(({ da, en }) => [da, en]) ?? []].map(normaliseValue),
    );
    // A code that is another answer's label (1 for "0", 2 for "1") stands for that one.
    const codesOf = (all: readonly string[]) =>
      all.flatMap((text) => codes?.get(text) ?? [])
        .filter((code) => !labels.has(normaliseValue(code)));
    if (known) {
      const found = known.categories.flatMap(({ id, da, en, aliases }) => {
        const spellings = [da, en, ...aliases].map(normaliseValue);
        const own = texts.filter((text) => spellings.includes(normaliseValue(text)));
        if (own.length === 0) return [];
        // The file's own word for it stands, where it is one.
        const word = own.find((text) => /\p{L}/u.test(text));
        const text = { da, en, ...word && { [this.#isDanish ? "da" : "en"]: word } };
        const others = [...own.filter((each) => each !== word), ...codesOf(own)];
        return [[id, { ...text, aliases: others }] as const];
      });
      return { known, categories: Object.fromEntries(found) };
    }
    const by = codes && texts.every((text) => codes.has(text))
      ? (text: string) => Number(codes.get(text))
      : (text: string) => Number(/\d+/.exec(text)?.[0] ?? Infinity);
    const isNumbered = texts.some((text) => /\d/.test(text) || codes?.has(text));
    const ids = new Set<string>();
    const categories = (isNumbered ? texts.toSorted((a, b) => by(a) - by(b)) : texts).map(
      (text) => {
        const id = free(slug(/^\d/.test(text) ? `from_${text}` : text) || "answer", ids);
        const isName = /\p{L}/u.test(text);
        // A bare code says nothing by itself; a range of numbers says the same in every language.
        const label = isName
          ? this.#ask(text)
          : /^\d+$/.test(text)
          ? asked(text)
          : { da: text, en: text };
        const aliases = [...isName && !text.includes("_") ? [] : [text], ...codesOf([text])];
        return [id, { ...label, aliases }] as const;
      },
    );
    return { known: null, categories: Object.fromEntries(categories) };
  }
}

/** The first answer stands as the main one, with the question which answers it should be. */
const MAIN_ASKED = asked(
  "hvilke svar gælder hovedtallet? Sæt dem i categories, og skriv her, hvad de kaldes",
  "which answers does the main share count? Put them into categories, and say here what they are called",
);

function sameText(one: Text, other: Text): boolean {
  return one.da === other.da && one.en === other.en;
}

/** A name as an id: small letters, digits and "_". */
function slug(text: string): string {
  return normaliseName(text).replaceAll("æ", "ae").replaceAll("ø", "oe").replaceAll("å", "aa")
    .normalize("NFD").replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "").slice(0, SHORT)
    .replace(/_+$/, "");
}

/** The id, with a number behind it where it is taken; it is taken from then on. */
function free(plain: string, taken: Set<string>, isOther = (_id: string) => false): string {
  let id = plain;
  for (let number = 2; taken.has(id) || isOther(id); number++) id = `${plain}_${number}`;
  taken.add(id);
  return id;
}

/** A name as a text: its first letter a capital, blanks for "_". */
function readable(name: string): string {
  return capitalise(name.replaceAll("_", " "));
}
