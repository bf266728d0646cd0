import { inEveryLanguage, type Text } from "../responses/language.ts";
import { formatList } from "../words/format_list.ts";
import { words } from "../words/message.ts";
import type { Reproduced, Reproduction } from "./reproduce.ts";

const ORDER: readonly Reproduced[] = [
  "reproduced",
  "by_chance",
  "differs",
  "documented",
  "too_few",
  "not_asked",
];

/** `132 published figures: 125 are reproduced and 7 are stated facts that no answer can show.` */
export function summariseReproduction(reproductions: readonly Reproduction[]): Text {
  return inEveryLanguage((language) => {
    const parts = ORDER.flatMap((verdict) => {
      const n = countReproduced(reproductions, verdict);
      return n === 0 ? [] : [words(`reproduced.count.${verdict}`, language, { n })];
    });
    return words("reproduced.sentence", language, {
      n: reproductions.length,
      parts: formatList(parts, language, "clauses"),
    });
  });
}

/** How many figures have a verdict. */
export function countReproduced(
  reproductions: readonly Reproduction[],
  verdict: Reproduced,
): number {
  return reproductions.filter((each) => each.verdict === verdict).length;
}
