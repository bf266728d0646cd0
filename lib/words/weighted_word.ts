import type { Text } from "../responses/language.ts";

const WORDS = {
  weighted: { da: "vægtet", en: "weighted" },
  unweighted: { da: "uvægtet", en: "unweighted" },
} as const satisfies Readonly<Record<string, Text>>;

/** Whether a number is weighted, in a word. */
export function weightedWord(weighted: boolean): Text {
  return weighted ? WORDS.weighted : WORDS.unweighted;
}
