import { intervalName } from "./interval_name.ts";
import { formatPercentShort } from "./format_number.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { type Estimate, isMovedByWeights, unweightedShare } from "../statistics/estimate.ts";

/** Whether estimates are weighted, and which interval they have: for every line that names a base. */
export function howCounted(
  estimates: readonly Pick<Estimate, "weighted">[],
  confidence: number,
): Text {
  const interval = intervalName(confidence);
  const after = { da: `${interval.da}ler efter Wilson`, en: `${interval.en}s after Wilson` };
  const weighted = estimates.filter((estimate) => estimate.weighted).length;
  if (weighted === 0) return { da: `Uvægtet; ${after.da}`, en: `Unweighted; ${after.en}` };
  return weighted === estimates.length
    ? {
      da: `Vægtet, n og antal uvægtet; ${after.da} for den effektive stikprøve`,
      en: `Weighted, n and counts unweighted; ${after.en} for the effective sample`,
    }
    : {
      da: `Delvist vægtet, n og antal uvægtet; ${after.da}`,
      en: `Partly weighted, n and counts unweighted; ${after.en}`,
    };
}

/** The same in a word, for a single share; with the unweighted share where weights move it. */
export function howCountedWord(estimate: Estimate, language: Language): string {
  if (!estimate.weighted) return language === "da" ? "uvægtet" : "unweighted";
  const word = language === "da" ? "vægtet" : "weighted";
  const plain = unweightedShare(estimate);
  if (plain === null || !isMovedByWeights(estimate)) return word;
  const number = formatPercentShort(plain, language);
  return language === "da" ? `${word}, uvægtet ${number}` : `${word}, unweighted ${number}`;
}

/** How many shares weights move by more than a point; null where there are none. */
export function movedNote(estimates: readonly Estimate[]): Text | null {
  const moved = estimates.filter(isMovedByWeights).length;
  if (moved === 0) return null;
  const of = estimates.length;
  return inEveryLanguage((language) =>
    language === "da"
      ? `Vægtene flytter ${moved} af ${of} andele med mere end et procentpoint: tabellen viser dem ` +
        `også uvægtet.`
      : `The weights move ${moved} of ${of} shares by more than a percentage point: the table ` +
        `shows them unweighted too.`
  );
}
