/** So many characters of a text are looked at, at most, before it is compared. */
const MOST = 32;
/** Texts whose lengths differ by less are looked for together, by the characters that all have. */
const STEP = 4;
const BASE = 31;

/** Letters and digits: what stands beside a whole word is none of them. */
const OF_A_WORD = /[\p{L}\p{N}]/u;

/**
 * Many texts that are looked for at once: reading a page takes the same time whether one is looked for
 * or a million, even if all begin alike, as the ids of a file do. The beginnings of all are known by a
 * rolling hash (Rabin and Karp, https://doi.org/10.1147/rd.312.0249); only where those agree is
 * anything compared.
 */
export class TextFinder {
  readonly #groups: readonly Beginnings[];
  readonly #areWords: boolean;

  /**
   * @param texts Empty ones are left out. Case matters.
   * @param options `areWords`: they are only meant where no letter and no digit stands beside them.
   */
  constructor(texts: Iterable<string>, { areWords = false } = {}) {
    this.#areWords = areWords;
    const groups = new Map<number, string[]>();
    for (const text of texts) {
      const length = looked(text.length);
      const group = groups.get(length);
      if (group === undefined) groups.set(length, [text]);
      else group.push(text);
    }
    groups.delete(0);
    this.#groups = [...groups].map(([length, texts]) => new Beginnings(length, texts));
  }

  /** Whether one of them stands in a text. */
  findsIn(text: string): boolean {
    return this.firstIn(text) !== null;
  }

  /** One of them that stands in a text; null where none does. */
  firstIn(text: string): string | null {
    for (const group of this.#groups) {
      const isMeant = (known: string, start: number) =>
        !this.#areWords || isWord(text, known, start);
      const found = group.firstIn(text, isMeant);
      if (found !== null) return found;
    }
    return null;
  }
}

function isWord(text: string, known: string, start: number): boolean {
  return !OF_A_WORD.test(text[start - 1] ?? "") &&
    !OF_A_WORD.test(text[start + known.length] ?? "");
}

/** How much is looked at of a text that is so long. */
function looked(length: number): number {
  return length < STEP ? length : Math.min(MOST, length - length % STEP);
}

/** Texts by the hash of as many characters as the shortest of them has. */
class Beginnings {
  readonly #length: number;
  /** What a character has become when it leaves the window: the base to the power of the length. */
  readonly #leaving: number;
  readonly #filter: Uint8Array;
  /** The upper bits of a hash are its place in the filter. */
  readonly #shift: number;
  readonly #byHash = new Map<number, string | string[]>();

  constructor(length: number, texts: readonly string[]) {
    this.#length = length;
    let leaving = 1;
    for (let i = 0; i < length; i++) leaving = Math.imul(leaving, BASE);
    this.#leaving = leaving;
    // Sixteen places for each text: few others are compared by chance.
    const bits = Math.min(24, Math.max(8, 4 + Math.ceil(Math.log2(texts.length))));
    this.#shift = 32 - bits;
    this.#filter = new Uint8Array(2 ** bits);
    for (const text of texts) {
      let hash = 0;
      for (let i = 0; i < length; i++) hash = rolled(hash, text.charCodeAt(i));
      this.#filter[placeOf(hash, this.#shift)] = 1;
      const same = this.#byHash.get(hash);
      if (same === undefined) this.#byHash.set(hash, text);
      else if (typeof same === "string") this.#byHash.set(hash, [same, text]);
      else same.push(text);
    }
  }

  /** One of them that stands somewhere where `isMeant` says so, or null. */
  firstIn(text: string, isMeant: (known: string, start: number) => boolean): string | null {
    const [length, leaving, filter, shift] = [
      this.#length,
      this.#leaving,
      this.#filter,
      this.#shift,
    ];
    let hash = 0;
    for (let end = 0; end < text.length; end++) {
      hash = rolled(hash, text.charCodeAt(end));
      const start = end - length + 1;
      if (start < 0) continue;
      if (start > 0) hash = (hash - Math.imul(leaving, text.charCodeAt(start - 1))) | 0;
      if (filter[placeOf(hash, shift)] === 0) continue;
      const found = this.#at(hash).find((known) =>
        text.startsWith(known, start) && isMeant(known, start)
      );
      if (found !== undefined) return found;
    }
    return null;
  }

  #at(hash: number): readonly string[] {
    const same = this.#byHash.get(hash) ?? [];
    return typeof same === "string" ? [same] : same;
  }
}

function rolled(hash: number, character: number): number {
  return (Math.imul(hash, BASE) + character) | 0;
}

/** Upper bits of a product: the lower ones depend on few characters. */
function placeOf(hash: number, shift: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> shift;
}
