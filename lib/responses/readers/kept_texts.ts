import type { Sink, Texts } from "./receiver.ts";

/** Keeps the values of a column as texts, null where empty: one reference for each respondent. */
export class KeptTexts implements Sink {
  readonly values: (string | null)[] = [];

  texts(_row: number, { dictionary, places }: Texts): void {
    for (const place of places) this.values.push(dictionary.texts[place] ?? null);
  }
}
