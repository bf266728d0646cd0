import type { Text } from "../responses/language.ts";
import { normaliseName, normaliseValue } from "../responses/normalise.ts";
import type { AboutColumn } from "../responses/readers/response_table.ts";
import { capitalised } from "../words/figure_texts.ts";
import { TO_FILL_IN } from "../responses/schema.ts";
import { type Column, type UsualScale, usualScale } from "./found_columns.ts";
import usual from "./usual_questions.json" with { type: "json" };

type Categories = Record<string, Text & { readonly aliases: readonly string[] }>;
interface Scale {
  readonly title: Text;
  readonly categories: Categories;
  readonly [key: string]: unknown;
}

/** The answers whose share stands first, and what they are called together. */
interface MainSet {
  readonly id: string;
  readonly label: Text;
  readonly categories: readonly string[];
}

const SHORT = 40;

/** A name as an id: small letters, digits and "_". */
function slug(text: string): string {
  return normaliseName(text).replaceAll("æ", "ae").replaceAll("ø", "oe").replaceAll("å", "aa")
    .normalize("NFD").replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "").slice(0, SHORT)
    .replace(/_+$/, "");
}

/** The id, with a number behind it where it is taken; it is taken from then on. */
function free(plain: string, taken: Set<string>): string {
  let id = plain;
  for (let number = 2; taken.has(id); number++) id = `${plain}_${number}`;
  taken.add(id);
  return id;
}

/** A name as a text: its first letter a capital, blanks for "_". */
function readable(name: string): string {
  return capitalised(name.replaceAll("_", " "));
}

/** The texts of a proposal: what the file says in its language, and what is to be filled in. */
export class ProposedTexts {
  readonly #ids = new Set(["respondent", "weight"]);
  readonly isDanish: boolean;

  constructor(columns: readonly Column[]) {
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
    this.isDanish = spoken("da") >= spoken("en") || /[æøå]/i.test(all.join(" "));
  }

  /** A text in the file's language; the other one is to be filled in. */
  ask(given: string): Text {
    const text = readable(given);
    const asked = text === "" ? TO_FILL_IN : `${TO_FILL_IN} ${text}`;
    if (text === "") return { da: asked, en: asked };
    return this.isDanish ? { da: text, en: asked } : { da: asked, en: text };
  }

  /** An id that nothing else has. */
  id(text: string): string {
    return free(slug(text) || "column", this.#ids);
  }

  /** A text that is only a beginning, in either language. */
  askAll(text: string): Text {
    return { da: `${TO_FILL_IN} ${text}`, en: `${TO_FILL_IN} ${text}` };
  }

  /** The name of a bar: a long text is to be shortened. */
  short(text: string): Text {
    return text.length > SHORT ? this.askAll(readable(text).slice(0, SHORT)) : this.ask(text);
  }
}

/** The scales of a proposal, each once. */
export class ProposedScales {
  readonly all: Record<string, Scale> = {};
  /** Those that are a usual one. */
  readonly #usual = new Map<string, UsualScale | null>();

  constructor(readonly texts: ProposedTexts) {}

  /** The scale of a column: one that there is already, where it has the same answers in the same words. */
  add(column: Column, name: string, title?: Text): string {
    const { known, categories } = this.categoriesOf(column);
    const found = Object.entries(this.all).find(([id, { categories: others }]) =>
      (this.#usual.get(id) ?? null) === known && isAlike(categories, others) &&
      (known !== null || Object.keys(categories).every((each) => Object.hasOwn(others, each)))
    )?.[0];
    const all = { ...this.all[found ?? ""]?.categories, ...categories };
    if (known) {
      const order = known.categories.map(({ id }) => id);
      const sorted = Object.entries(all).sort(([x], [y]) => order.indexOf(x) - order.indexOf(y));
      const id = found ?? this.texts.id(`${known.id}_scale`);
      this.#usual.set(id, known);
      return this.#put(id, known.title, Object.fromEntries(sorted), known);
    }
    if (found) return found;
    if (title) return this.addAnswers(name, title, categories);
    // In what order its answers stand nobody but the questionnaire knows.
    const isOrdered = column.about?.labels || column.values.every(([text]) => /\d/.test(text));
    const asked = isOrdered ? this.texts.ask(name) : {
      da: `${TO_FILL_IN} ${readable(name)}: sæt svarene i rækkefølge`,
      en: `${TO_FILL_IN} ${readable(name)}: put the answers in order`,
    };
    return this.#put(this.texts.id(`${name}_scale`), asked, categories, null);
  }

  /** The scale of a question that takes several answers, none of which is the main one. */
  addAnswers(name: string, title: Text, categories: Categories): string {
    const [first = ""] = Object.keys(categories);
    const main = { id: `${first}_set`, label: categories[first]!, categories: [first] };
    return this.#put(this.texts.id(`${name}_scale`), title, categories, null, main);
  }

  #put(
    id: string,
    title: Text,
    categories: Categories,
    known: UsualScale | null,
    given?: MainSet,
  ): string {
    const ids = Object.keys(categories);
    const main = known?.main.categories.filter((category) => ids.includes(category)) ?? [];
    const set = known && main.length > 0
      ? { id: known.main.id, label: known.main, categories: main }
      : given ?? askedSet(categories);
    const label = { da: set.label.da, en: set.label.en };
    this.all[id] = {
      ...{ title, categories },
      dont_know: ids.find((category) => category === known?.dont_know) ?? null,
      colours: known?.colours ?? "sequential",
      sets: { [set.id]: { label, categories: set.categories } },
      main_set: set.id,
    };
    return id;
  }

  /** The answers of a column, in the order in which they are shown. */
  categoriesOf(column: Column): {
    readonly known: UsualScale | null;
    readonly categories: Categories;
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
        // The file's own word for it stands, where it is one.
        const word = own.find((text) => /\p{L}/u.test(text));
        const text = { da, en, ...word && { [this.texts.isDanish ? "da" : "en"]: word } };
        return [
          [id, {
            ...text,
            aliases: [...own.filter((each) => each !== word), ...codesIn(codes, own)],
          }] as const,
        ];
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
      const id = free(slug(/^\d/.test(text) ? `from_${text}` : text) || "answer", ids);
      // A bare code says nothing by itself; a range of numbers says the same in every language.
      const isName = /[\p{L}]/u.test(text);
      const isCode = /^\d+$/.test(text);
      const label = isName
        ? this.texts.ask(text)
        : isCode
        ? this.texts.askAll(text)
        : { da: text, en: text };
      return [id, {
        ...label,
        aliases: [...isName && !text.includes("_") ? [] : [text], ...codesIn(codes, [text])],
      }] as const;
    });
    return { known: null, categories: Object.fromEntries(categories) };
  }
}

/** The first answer as the main set, with the question which answers it should have. */
function askedSet(categories: Categories): MainSet {
  const [first = ""] = Object.keys(categories);
  const label = {
    da:
      `${TO_FILL_IN} hvilke svar gælder hovedtallet? Sæt dem i categories, og skriv her, hvad de kaldes`,
    en:
      `${TO_FILL_IN} which answers does the main share count? Put them into categories, and say here what they are called`,
  };
  return { id: "main", label, categories: [first] };
}

function codesIn(codes: AboutColumn["labels"], texts: readonly string[]): string[] {
  return texts.flatMap((text) => codes?.get(text) ?? []);
}

/** Whether two scales have none of the answers that both have in other words. */
function isAlike(categories: Categories, others: Categories): boolean {
  return Object.entries(categories).every(([id, { da, en }]) => {
    const other = others[id];
    return !other || (other.da === da && other.en === en);
  });
}

function firstNumber(text: string): number {
  return Number(/\d+/.exec(text)?.[0] ?? Infinity);
}
