import { decodeHTML } from "entities";
import { TextColumn, TextIndex } from "../responses/readers/text_column.ts";

/** So many words of a text are looked for, from its beginning. */
const MOST = 8;

/**
 * Many texts that are looked for at once, as whole words and in small letters: reading a page takes about as
 * long whether one is looked for or a million.
 */
export class KnownTexts {
  readonly #known = new Map<string, string>();
  readonly #begins = new Set<string>();
  readonly #lengths = new Set<number>();
  readonly #columns: readonly Begins[];

  /**
   * @param texts What to look for, with what it is. Short numbers are left out: they cannot be told from others.
   * @param columns Many more texts, such as ids.
   * @param what What those are.
   */
  constructor(
    texts: Iterable<readonly [text: string, what: string]>,
    columns: readonly TextColumn[] = [],
    private readonly what = "",
  ) {
    for (const [text, what] of texts) {
      const { begin, first, length } = beginOf(text);
      if (length === 0 || SHORT_NUMBER.test(begin)) continue;
      this.#known.set(begin, what);
      this.#begins.add(first);
      this.#lengths.add(length);
    }
    this.#columns = columns.map((column) => plainBegins(column) ?? beginsOf(column));
  }

  /** What of them stands in texts, however it is written there, each once. */
  in(texts: readonly string[]): string[] {
    const found = new Set<string>();
    for (const { page, words } of [...new Set(texts.flatMap(readingsOf))].map(wordsOf)) {
      for (let at = 0; at < words.length; at++) {
        for (const { index, firsts, lengths } of this.#columns) {
          if (!firsts.has(page.charCodeAt(words[at]!.from))) continue;
          for (const length of lengths) {
            const text = phrase(page, words, at, length);
            if (index.rowOf(text) >= 0 && !SHORT_NUMBER.test(text)) found.add(this.what);
          }
        }
        if (!this.#begins.has(phrase(page, words, at, 1))) continue;
        for (const length of this.#lengths) {
          const what = this.#known.get(phrase(page, words, at, length));
          if (what !== undefined) found.add(what);
        }
      }
    }
    return [...found];
  }
}

const SHORT_NUMBER = /^\d{1,5}$/;

/** The first words of a column's texts, their first letters, and how many words these are. */
interface Begins {
  readonly index: TextIndex;
  readonly firsts: ReadonlySet<number>;
  readonly lengths: ReadonlySet<number>;
}

function beginOf(text: string) {
  const { page, words } = wordsOf(text);
  const length = Math.min(words.length, MOST);
  return { begin: phrase(page, words, 0, length), first: phrase(page, words, 0, 1), length };
}

function beginsOf(column: TextColumn): Begins {
  const begins = Array.from(column, beginOf).filter(({ length }) => length > 0);
  return {
    index: new TextIndex(TextColumn.from(begins.map(({ begin }) => begin))),
    firsts: new Set(begins.map(({ begin }) => begin.charCodeAt(0))),
    lengths: new Set(begins.map(({ length }) => length)),
  };
}

/** The same of texts of a few words of plain letters and digits, as ids are: fifty times as fast. null: others. */
function plainBegins({ utf8, ends }: TextColumn): Begins | null {
  const small = utf8.slice(0, ends.at(-1));
  const [firsts, lengths] = [new Set<number>(), new Set<number>()];
  for (let row = 0, start = 0; row < ends.length; start = ends[row++]!) {
    const end = ends[row]!;
    let [words, isIn] = [0, false];
    for (let i = start; i < end; i++) {
      let byte = small[i]!;
      if (byte >= 65 && byte <= 90) byte = small[i] = byte + 32;
      const isWord = byte >= 97 && byte <= 122 || byte >= 48 && byte <= 57;
      if (!isWord && (byte <= 32 || byte >= 127 || i === start || i === end - 1)) return null;
      if (isWord && !isIn) words++;
      isIn = isWord;
    }
    if (words > MOST) return null;
    if (words === 0) continue;
    firsts.add(small[start]!);
    lengths.add(words);
  }
  return { index: new TextIndex(new TextColumn(small, ends)), firsts, lengths };
}

/** A text in small letters with single blanks, and where its words stand. */
function wordsOf(text: string) {
  const page = text.replace(/\s+/g, " ").toLowerCase();
  const words = [...page.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: word, index }) => ({
    from: index,
    to: index + word.length,
  }));
  return { page, words };
}

function phrase(
  page: string,
  words: readonly { from: number; to: number }[],
  at: number,
  n: number,
) {
  const last = words[at + n - 1];
  return last === undefined ? "" : page.slice(words[at]!.from, last.to);
}

/**
 * The readings of a text: with character references, escapes of JSON and of addresses resolved, without markup,
 * and what its base64 strings hold. What cannot be seen (a soft hyphen, a space of no width) is left out.
 */
function readingsOf(text: string): string[] {
  const visible = text.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "");
  const encoded = visible.match(/[A-Za-z0-9+/_-]{16,}/g) ?? [];
  return [
    // Not where markup is taken out: "4 %" and "52" in two cells are no address's letter.
    resolved(visible).replace(/(?:%[0-9a-f]{2})+/gi, (all) => {
      try {
        return decodeURIComponent(all);
      } catch {
        // No address: a share such as "50%25".
        return all;
      }
    }),
    resolved(withoutMarkup(visible, "")),
    ...encoded.map((letters) => {
      const plain = letters.replaceAll("-", "+").replaceAll("_", "/");
      const whole = plain.slice(0, plain.length - (plain.length % 4 === 1 ? 1 : 0));
      return new TextDecoder().decode(Uint8Array.fromBase64(whole));
    }),
  ];
}

/** The text of HTML or SVG, its attributes left out, each element on a line of its own. */
export function linesOfMarkup(text: string): string {
  return resolved(withoutMarkup(text, "\n"));
}

function withoutMarkup(text: string, between: string): string {
  return text.replace(/<[/!?a-z][^<>]*>/gi, between);
}

/** With references of HTML and escapes of JSON resolved. */
function resolved(text: string): string {
  return decodeHTML(text).replace(/[\u2010-\u2015]/g, "-").replace(/\\[nrt]/g, "\n")
    .replace(/\\u\{?([0-9a-f]{4,6})\}?/gi, (_, code) => {
      const point = Number.parseInt(code, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : "";
    });
}
