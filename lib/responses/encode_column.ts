import { categoriesOf, type Codebook } from "./codebook.ts";
import { nearest } from "./nearest.ts";
import { isEmptyValue, normaliseValue } from "./normalise.ts";
import { type Problem, problem } from "./problem.ts";
import { GrowingBytes } from "./readers/growing.ts";
import { packTexts } from "./readers/open_dictionary.ts";
import type { AboutColumn } from "./readers/reader.ts";
import type { Dictionary, Sink, TextBytes, Texts } from "./readers/receiver.ts";
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

/** What is said of the values of a column beside the codebook. */
export interface SaidOfColumn {
  /** What the file says of it. */
  readonly about?: AboutColumn | undefined;
  /** What the analyst's mapping says of its values: a category, or null for no answer. */
  readonly mapped?: ReadonlyMap<string, string | null> | undefined;
}

/**
 * Turns the values of one column into codes as they are read: a category's position from 1, or
 * {@link NO_ANSWER}.
 *
 * A value is known by the mapping, or else by the category's id, its Danish or English label, or an
 * alias; case, spaces and a whole number's decimals ("1,0") do not matter. A value that the file
 * declares missing is "don't know" where the codebook says so, otherwise no answer. Where the file
 * labels some of its codes, the others are taken only if the labelled ones mean what the codebook
 * says.
 */
export class AnswerCodes implements Sink {
  readonly #codes = new GrowingBytes();
  readonly #meaning: (value: string) => Meaning;
  readonly #known: ReadonlyMap<string, number>;
  readonly #meanings = new Map<string, Meaning>();
  readonly #dictionaries = new WeakMap<Dictionary, Coded>();
  readonly #unknown = new Map<string, Group>();
  readonly #missing = new Map<string, Group>();
  readonly #contradicted = new Map<string, Group>();
  #others = 0;

  /**
   * @param id The codebook's id of the question or variable.
   * @param said What the file and the analyst say of the column.
   */
  constructor(
    private readonly id: string,
    private readonly codebook: Codebook,
    private readonly said: SaidOfColumn = {},
  ) {
    this.#known = codesOf(id, codebook);
    this.#meaning = meaningOf(said, id, codebook, this.#known);
  }

  expect(respondents: number): void {
    this.#codes.expect(respondents);
  }

  texts(row: number, { dictionary, places }: Texts): void {
    const { codes, noted } = this.#coded(dictionary);
    this.#codes.ensure(row + places.length);
    const into = this.#codes.bytes;
    encode(into, row, places, codes.length <= 4096 ? Uint8Array.from(codes) : codes);
    if (noted.size === 0) return;
    for (let i = 0; i < places.length; i++) {
      const meaning = noted.get(places[i]!);
      if (meaning) this.#note(meaning, dictionary.texts[places[i]!] ?? "", row + i);
    }
  }

  readonly bytes: TextBytes = {
    of: (text) => {
      if (text === null) return NO_ANSWER;
      const meaning = this.#meaningOf(text);
      return isNoted(meaning) ? null : meaning.code;
    },
    room: (row, respondents) => {
      this.#codes.ensure(row + respondents);
      return this.#codes.bytes.subarray(row, row + respondents);
    },
  };

  /** Is called when all values are there. */
  done?: () => void;

  /** One code per respondent. */
  get codes(): Uint8Array {
    return this.#codes.filled();
  }

  /** What is wrong with the values. */
  problemsIn({ name, lineOf }: FileColumn): Problem[] {
    const { id, codebook } = this;
    const labels = Object.values(categoriesOf(codebook, id) ?? {}).map(({ da }) => da);
    const listed = (
      rule: "unknown_category" | "declared_missing" | "code_disagrees",
      groups: Map<string, Group>,
      expected: (value: string) => string,
    ) =>
      [...groups].map(([value, { row, count }]) =>
        problem(rule, expected(value), {
          row: row + 1,
          line: lineOf(row),
          column: name,
          value,
          count,
        })
      );
    const contradiction = () => contradictionOf(this.said.about, this.#known, labels);
    const problems = [
      ...listed(
        "unknown_category",
        this.#unknown,
        (value) => expectedOf(value, id, codebook, labels),
      ),
      ...listed("declared_missing", this.#missing, () => "no answer, as the file declares"),
      ...listed(
        "code_disagrees",
        this.#contradicted,
        () => `labelled codes as in the codebook, but ${contradiction()}`,
      ),
    ];
    if (this.#others > 0) {
      problems.push(
        problem("unknown_category", `one of: ${labels.join(", ")}`, {
          column: name,
          value: "(further values)",
          count: this.#others,
        }),
      );
    }
    return problems;
  }

  /** The codes of a dictionary's texts, those included that it got since the last time. */
  #coded(dictionary: Dictionary): Coded {
    let coded = this.#dictionaries.get(dictionary);
    if (!coded) {
      coded = { codes: [], noted: new Map() };
      this.#dictionaries.set(dictionary, coded);
    }
    const { texts } = dictionary;
    for (let place = coded.codes.length; place < texts.length; place++) {
      const text = texts[place] ?? null;
      const meaning = text === null ? { code: NO_ANSWER } : this.#meaningOf(text);
      coded.codes.push(meaning.code);
      if (isNoted(meaning)) coded.noted.set(place, meaning);
    }
    return coded;
  }

  #meaningOf(text: string): Meaning {
    let meaning = this.#meanings.get(text);
    if (!meaning) {
      meaning = this.#meaning(text);
      if (this.#meanings.size < 10_000) this.#meanings.set(text, meaning);
    }
    return meaning;
  }

  #note(meaning: Meaning, value: string, row: number) {
    const groups = meaning.code === UNKNOWN
      ? this.#unknown
      : meaning.missing
      ? this.#missing
      : this.#contradicted;
    const group = groups.get(value);
    if (group) group.count++;
    else if (groups.size < MOST_VALUES) groups.set(value, { row, count: 1 });
    else this.#others++;
  }
}

/** Whether something has to be said of a value. */
function isNoted({ code, missing, contradicted }: Meaning): boolean {
  return code === UNKNOWN || Boolean(missing) || Boolean(contradicted);
}

/** The loop over all values. */
function encode(
  into: Uint8Array,
  row: number,
  places: Texts["places"],
  codes: ArrayLike<number>,
): void {
  for (let i = 0; i < places.length; i++) into[row + i] = codes[places[i]!]!;
}

/** What is known of the texts of one dictionary, by place. */
interface Coded {
  readonly codes: number[];
  /** Those that something has to be said of. */
  readonly noted: Map<number, Meaning>;
}

/**
 * Turns the values of a whole column into codes; see {@link AnswerCodes}.
 *
 * @param column The column with its values as strings, null where empty.
 * @param id The codebook's id of the question or variable.
 */
export function encodeColumn(
  column: FileColumn & SaidOfColumn & { readonly values: ArrayLike<string | null | undefined> },
  id: string,
  codebook: Codebook,
): { codes: Uint8Array; problems: Problem[] } {
  const coder = new AnswerCodes(id, codebook, column);
  coder.texts(0, packTexts(column.values));
  return { codes: coder.codes, problems: coder.problemsIn(column) };
}

interface Group {
  readonly row: number;
  count: number;
}

interface Meaning {
  readonly code: number;
  /** The file declares the value missing, and it is no "don't know". */
  readonly missing?: boolean;
  /** The value is a bare code in a column whose labelled codes are not the codebook's. */
  readonly contradicted?: boolean;
}

function meaningOf(
  { about, mapped }: SaidOfColumn,
  id: string,
  codebook: Codebook,
  known: ReadonlyMap<string, number>,
): (value: string) => Meaning {
  const ids = Object.keys(categoriesOf(codebook, id) ?? {});
  const scale = codebook.scales[codebook.questions[id]?.scale ?? ""];
  const dontKnow = scale?.dont_know ? ids.indexOf(scale.dont_know) + 1 : null;
  const contradicts = contradictionOf(about, known, ids) !== null;
  return (value) => {
    const said = value.length > LONG ? undefined : mapped?.get(normaliseValue(value));
    if (said !== undefined) return { code: said === null ? NO_ANSWER : ids.indexOf(said) + 1 };
    const code = codeOf(value, known);
    if (about?.missing?.has(value) && code !== dontKnow) {
      return { code: NO_ANSWER, missing: code !== NO_ANSWER };
    }
    const bare = contradicts && !about?.labels?.has(value);
    return { code, contradicted: bare && code !== NO_ANSWER && code !== UNKNOWN };
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
  const near = nearestCategories(value, id, codebook)
    .map((category) => categoriesOf(codebook, id)?.[category]?.da ?? category);
  const all = `one of: ${labels.join(", ")}`;
  return near.length > 0 ? `nearest: ${near.join(", ")} (${all})` : all;
}

/** The categories that a misspelt answer most likely means, best first; none where none is near. */
export function nearestCategories(value: string, id: string, codebook: Codebook): string[] {
  const spellings = new Map<string, string>();
  for (const [category, { da, en, aliases }] of Object.entries(categoriesOf(codebook, id) ?? {})) {
    for (const text of [da, en, ...aliases]) spellings.set(text, category);
  }
  const near = nearest(value, [...spellings.keys()].filter((text) => text.length > 2), 2);
  return [...new Set(near.map((text) => spellings.get(text) ?? text))];
}

/** Whether a value is an answer that the codebook has. */
export function isKnownAnswer(value: string, id: string, codebook: Codebook): boolean {
  const code = codeOf(value, codesOf(id, codebook));
  return code !== UNKNOWN && code !== NO_ANSWER;
}
