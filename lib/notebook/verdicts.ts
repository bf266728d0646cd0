import { escapeHtml } from "../words/escape_html.ts";
import type { Language } from "../responses/language.ts";
import type { Claim } from "../words/claim.ts";
import { plainProse, renderProse } from "../words/prose.ts";
import { VERDICT_SIGNS, VERDICT_WORDS } from "../words/verdict.ts";
import { type Showable, showable } from "./showable.ts";

/** The class that the report's stylesheet has for each verdict. */
const CLASSES = { holds: "holds", does_not_hold: "fails", cannot_be_told: "unknown" };

const WORDS = {
  da: {
    page: "rapportens side",
    tested: "Prøvet",
    in_sample: "I svarene selv: ",
    yes: "ja",
    no: "nej",
  },
  en: {
    page: "page",
    tested: "Tested",
    in_sample: "In the answers themselves: ",
    yes: "yes",
    no: "no",
  },
};

/**
 * Statements of the report with what the answers say of them: the sentence that these answers allow,
 * the verdict, and the interval or test behind it.
 */
export function verdicts(...claims: readonly Claim[]): Showable {
  return showable((language) => {
    const html = `<dl class="claims">\n${
      claims.map((claim) => claimHtml(claim, language)).join("\n")
    }\n</dl>`;
    return {
      outputs: [{
        "text/html": html,
        "text/plain": claims.map((claim) =>
          `${plainProse(claim.text[language])} ${VERDICT_SIGNS[claim.verdict]} ` +
          VERDICT_WORDS[claim.verdict][language]
        ).join("\n"),
      }],
      part: { html },
    };
  });
}

function claimHtml(claim: Claim, language: Language): string {
  const words = WORDS[language];
  const unsure = claim.verdict === "cannot_be_told" && claim.in_sample !== null
    ? ` ${words.in_sample}${claim.in_sample ? words.yes : words.no}.`
    : "";
  return `<dt>${renderProse(claim.text[language])}</dt>` +
    `<dd>${verdictBadge(claim, language)} ` +
    `<span class="note">${words.tested}: ${escapeHtml(claim.condition[language])} ` +
    `(${words.page} ${claim.page}). ${escapeHtml(claim.evidence[language])}.${unsure}</span></dd>`;
}

/** The verdict on a claim as a word with its sign. */
export function verdictBadge({ verdict }: Pick<Claim, "verdict">, language: Language): string {
  return `<span class="verdict ${CLASSES[verdict]}">${
    escapeHtml(VERDICT_WORDS[verdict][language])
  }</span>`;
}
