import { InputError } from "../responses/input_error.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { formatList } from "./format_list.ts";
import { formatCount } from "./format_number.ts";
import type { Claim } from "./claim.ts";
import type { ByVerdict, Verdict } from "./verdict.ts";

/** Every claim of a report, by page and then in the order they were made. */
export type Ledger = readonly Claim[];

/**
 * Puts claims into a ledger.
 *
 * @throws {InputError} If two claims have the same id.
 */
export function ledgerOf(claims: readonly Claim[]): Ledger {
  const seen = new Map<string, Claim>();
  for (const claim of claims) {
    const other = seen.get(claim.id);
    if (other) {
      throw new InputError(
        `Two claims are called "${claim.id}" (pages ${other.page} and ${claim.page}). ` +
          "Give one of them another id.",
      );
    }
    seen.set(claim.id, claim);
  }
  return [...claims].sort((a, b) => a.page - b.page);
}

/** How many claims of a ledger have a verdict. */
export function countVerdict(ledger: Ledger, verdict: Verdict): number {
  return ledger.filter((claim) => claim.verdict === verdict).length;
}

/** `42 claims were tested: 30 hold, 3 do not hold and 9 cannot be told from these answers.` */
export function summariseLedger(ledger: Ledger): Text {
  return inEveryLanguage((language) => {
    if (ledger.length === 0) {
      return language === "da" ? "Ingen udsagn er prøvet." : "No claims were tested.";
    }
    const total = formatCount(ledger.length, language);
    const verdicts = (["holds", "does_not_hold", "cannot_be_told"] as const)
      .map((verdict) => ({ verdict, count: countVerdict(ledger, verdict) }))
      .filter(({ count }) => count > 0)
      .map(({ verdict, count }) =>
        `${formatCount(count, language)} ${PREDICATES[language][verdict](count)}`
      );
    // Danish has a comma between main clauses, before "og" too.
    return language === "da"
      ? `${total} udsagn er prøvet: ${verdicts.join(", ").replace(/, (?=[^,]*$)/, ", og ")}.`
      : `${total} ${ledger.length === 1 ? "claim was" : "claims were"} tested: ${
        formatList(verdicts, language)
      }.`;
  });
}

const PREDICATES: Readonly<Record<Language, ByVerdict<(count: number) => string>>> = {
  da: {
    holds: () => "holder",
    does_not_hold: () => "holder ikke",
    cannot_be_told: () => "kan ikke afgøres ud fra svarene",
  },
  en: {
    holds: (count) => count === 1 ? "holds" : "hold",
    does_not_hold: (count) => count === 1 ? "does not hold" : "do not hold",
    cannot_be_told: () => "cannot be told from these answers",
  },
};
