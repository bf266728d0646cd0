/** So many characters of a text are looked up, at most, before it is compared. */
const MOST = 32;
/** Texts whose lengths differ by less are looked up together, by the characters that all have. */
const STEP = 4;

/** Letters and digits: what stands beside a whole word is none of them. */
const OF_A_WORD = /[\p{L}\p{N}]/u;

/**
 * Many texts that are looked for at once: reading a page takes about as long whether one is looked for
 * or a million, even if all begin alike, as the ids of a file do. Where a page has three characters with
 * which one of them begins, their beginnings are looked up.
 */
export class TextFinder {
  /** By the number of characters looked up, the texts of each beginning. */
  readonly #known = new Map<number, Map<string, string | string[]>>();
  readonly #begins = new Uint8Array(2 ** 16);
  readonly #areWords: boolean;

  /**
   * @param texts Empty ones are left out. Case matters.
   * @param options `areWords`: they are only meant where no letter and no digit stands beside them.
   */
  constructor(texts: Iterable<string>, { areWords = false } = {}) {
    this.#areWords = areWords;
    for (const text of texts) {
      const { length } = text;
      if (length === 0) continue;
      const looked = length < STEP ? length : Math.min(MOST, length - length % STEP);
      const group = this.#known.get(looked) ?? new Map<string, string | string[]>();
      this.#known.set(looked, group);
      const start = text.slice(0, looked);
      const same = group.get(start);
      if (Array.isArray(same)) same.push(text);
      else group.set(start, same === undefined ? text : [same, text]);
      // A shorter one may be followed by anything.
      if (length < 3) this.#begins.fill(1);
      else this.#begins[placeOf(text, 0)] = 1;
    }
  }

  /** Whether one of them stands in a text. */
  findsIn(text: string): boolean {
    return this.firstIn(text) !== null;
  }

  /** One of them that stands in a text; null where none does. */
  firstIn(text: string): string | null {
    for (let at = 0; at < text.length; at++) {
      if (this.#begins[placeOf(text, at)] === 0) continue;
      for (const [looked, group] of this.#known) {
        const same = group.get(text.slice(at, at + looked)) ?? [];
        const found = [same].flat().find((known) =>
          text.startsWith(known, at) && (!this.#areWords || isWord(text, known, at))
        );
        if (found !== undefined) return found;
      }
    }
    return null;
  }
}

function placeOf(text: string, at: number): number {
  const [a, b, c] = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2)];
  return (Math.imul(a, 961) + Math.imul(b, 31) + c) & 0xffff;
}

function isWord(text: string, known: string, start: number): boolean {
  return !OF_A_WORD.test(text[start - 1] ?? "") &&
    !OF_A_WORD.test(text[start + known.length] ?? "");
}
