import type { Language, Text } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import { shareInWords } from "./estimate_in_words.ts";
import { TEXT } from "./figure_texts.ts";

/** Of so few rows a listener has both shares in mind. */
const FEWEST = 3;

/**
 * What the eye takes from several shares at once, in words: which is the highest, which the lowest.
 *
 * @param rows Shares of the same thing in different groups.
 * @returns "; højest 3+, lavest 0" to follow the shares; without what several rows share as they are
 *   shown, and empty where there are few of them.
 */
export function spreadInWords(
  rows: readonly { readonly label: Text; readonly estimate: Estimate }[],
  language: Language,
): string {
  const known = rows.flatMap(({ label, estimate }) =>
    isShown(estimate)
      ? [{ label: label[language], share: estimate.share, said: shareInWords(estimate, language) }]
      : []
  ).sort((a, b) => b.share - a.share);
  if (known.length < FEWEST) return "";
  const alone = (row: typeof known[number]) =>
    known.filter(({ said }) => said === row.said).length === 1;
  const ends = [[TEXT.highest, known.at(0)!], [TEXT.lowest, known.at(-1)!]] as const;
  const said = ends.filter(([, row]) => alone(row))
    .map(([word, row]) => `${word[language]} ${row.label}`);
  return said.length === 0 ? "" : `; ${said.join(", ")}`;
}
