import type { Dictionary, Texts } from "./receiver.ts";

/** A dictionary that texts are added to; the empty text is no value. */
export class OpenDictionary implements Dictionary {
  readonly texts: (string | null)[] = [null];
  readonly #places = new Map<string, number>([["", 0]]);

  /** The place of a text, which is added where it is new. */
  place(text: string): number {
    let place = this.#places.get(text);
    if (place === undefined) {
      place = this.texts.push(text) - 1;
      this.#places.set(text, place);
    }
    return place;
  }
}

/** Packs the values of a whole column. */
export function packTexts(values: ArrayLike<string | null | undefined>): Texts {
  const dictionary = new OpenDictionary();
  const places = Int32Array.from(values, (value) => dictionary.place(value ?? ""));
  return { dictionary, places };
}
