/** So many characters of a text are looked at before it is compared. */
const PREFIX = 8;
const FILTER_BITS = 16;
const BASE = 31;

/** Letters and digits: what stands beside a whole word is none of them. */
const OF_A_WORD = /[\p{L}\p{N}]/u;

/** A text that is looked for. */
export interface KnownText {
  readonly text: string;
  /** Whether it is only meant where no letter and no digit stands beside it. */
  readonly isWord: boolean;
}

/**
 * Many texts that are looked for at once: reading a page takes the same time whether one is looked for
 * or a hundred thousand. The first characters of all are known by a rolling hash (Rabin and Karp,
 * https://doi.org/10.1147/rd.312.0249); only where those agree is anything compared.
 */
export class KnownTexts {
  readonly #indexes: readonly PrefixIndex[];

  /** @param known None of them empty. Case matters. */
  constructor(known: readonly KnownText[]) {
    // A short one would make all prefixes short.
    const groups = [
      known.filter(({ text }) => text.length < PREFIX),
      known.filter(({ text }) => text.length >= PREFIX),
    ];
    this.#indexes = groups.filter((group) => group.length > 0).map((group) =>
      new PrefixIndex(group)
    );
  }

  /** Whether one of them stands in a text. */
  isIn(text: string): boolean {
    return this.#indexes.some((index) => index.isIn(text));
  }
}

/** Texts by the hash of their first characters, as many as the shortest of them has. */
class PrefixIndex {
  readonly #length: number;
  /** What a character that leaves the window has counted: the base to the power of the length. */
  readonly #leaving: number;
  readonly #filter = new Uint8Array(1 << FILTER_BITS);
  readonly #byHash = new Map<number, KnownText[]>();

  constructor(known: readonly KnownText[]) {
    this.#length = known.reduce((least, { text }) => Math.min(least, text.length), PREFIX);
    let leaving = 1;
    for (let i = 0; i < this.#length; i++) leaving = Math.imul(leaving, BASE);
    this.#leaving = leaving;
    for (const one of known) {
      let hash = 0;
      for (let i = 0; i < this.#length; i++) hash = rolled(hash, one.text.charCodeAt(i));
      this.#filter[placeOf(hash)] = 1;
      const same = this.#byHash.get(hash);
      if (same === undefined) this.#byHash.set(hash, [one]);
      else same.push(one);
    }
  }

  isIn(text: string): boolean {
    const [length, leaving, filter] = [this.#length, this.#leaving, this.#filter];
    let hash = 0;
    for (let end = 0; end < text.length; end++) {
      hash = rolled(hash, text.charCodeAt(end));
      const start = end - length + 1;
      if (start < 0) continue;
      if (start > 0) hash = (hash - Math.imul(leaving, text.charCodeAt(start - 1))) | 0;
      if (filter[placeOf(hash)] !== 0 && this.#isAt(text, start, hash)) return true;
    }
    return false;
  }

  #isAt(text: string, start: number, hash: number): boolean {
    return this.#byHash.get(hash)?.some(({ text: known, isWord }) =>
      text.startsWith(known, start) &&
      (!isWord || !OF_A_WORD.test(text[start - 1] ?? "") &&
          !OF_A_WORD.test(text[start + known.length] ?? ""))
    ) ?? false;
  }
}

function rolled(hash: number, character: number): number {
  return (Math.imul(hash, BASE) + character) | 0;
}

/** The hash's upper bits: the lower ones of a product depend on few characters. */
function placeOf(hash: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> (32 - FILTER_BITS);
}
