import type { Language, Text } from "../responses/language.ts";
import type { Ledger } from "../words/ledger.ts";
import { plainProse } from "../words/prose.ts";

/**
 * Names the claims that do not hold, for `deno task report --strict`.
 *
 * @returns One line per claim below a first one that counts them; null where none is broken. Claims
 *   that cannot be told are not broken.
 */
export function brokenClaims(ledger: Ledger): Text | null {
  const broken = ledger.filter(({ verdict }) => verdict === "does_not_hold");
  if (broken.length === 0) return null;
  const lines = (language: Language) =>
    broken.map(({ id, page, condition, evidence, text }) =>
      `  ${id} (${WORDS.page[language]} ${page}): ${plainProse(text[language])} ${
        WORDS.tested[language]
      }: ${condition[language]}; ${evidence[language]}.`
    ).join("\n");
  const { length } = broken;
  return {
    da:
      (length === 1
        ? "1 udsagn holder ikke på disse svar. "
        : `${length} udsagn holder ikke på disse svar. `) +
      `Rapporten er skrevet og siger det.\n${lines("da")}`,
    en:
      (length === 1
        ? "1 claim does not hold on these answers. "
        : `${length} claims do not hold on these answers. `) +
      `The report was written and says so.\n${lines("en")}`,
  };
}

const WORDS = {
  page: { da: "side", en: "page" },
  tested: { da: "Prøvet", en: "Tested" },
} as const satisfies Readonly<Record<string, Text>>;
