import type { PlacedClaim } from "../claims/all_claims.ts";
import { escapeHtml } from "../words/escape_html.ts";
import type { Language } from "../responses/language.ts";
import { plainProse } from "../words/prose.ts";
import { VERDICT_SIGNS, VERDICT_WORDS } from "../words/verdict.ts";
import type { DataTable } from "../report/notebook_file.ts";
import { type Showable, showable } from "./showable.ts";
import { verdictBadge } from "./verdicts.ts";

const WORDS = {
  da: {
    title: "Alle rapportens udsagn, prøvet på svarene",
    page: "Side",
    id: "Id",
    statement: "Udsagn, som svarene tillader det",
    verdict: "Dom",
    tested: "Prøvet",
    evidence: "Belæg",
    base: "Basis står i belægget til hvert udsagn.",
  },
  en: {
    title: "All statements of the report, tested on the answers",
    page: "Page",
    id: "Id",
    statement: "Statement as the answers allow it",
    verdict: "Verdict",
    tested: "Tested",
    evidence: "Evidence",
    base: "The base stands in the evidence of each statement.",
  },
} as const satisfies Readonly<Record<Language, Readonly<Record<string, string>>>>;

/**
 * The ledger of claims as a table in page order: the statement, linked to where the report shows it,
 * the verdict, and the evidence in small type.
 */
export function ledgerTable(claims: readonly PlacedClaim[]): Showable {
  const ordered = claims.toSorted((a, b) => a.claim.page - b.claim.page);
  return showable((language) => {
    const words = WORDS[language];
    const html = `<table data-name="claims"><caption>${words.title}</caption>\n<thead><tr>` +
      `<th scope="col" class="num">${words.page}</th><th scope="col">${words.statement}</th>` +
      `<th scope="col">${words.verdict}</th></tr></thead>\n<tbody>\n` +
      `${ordered.map((placed) => rowHtml(placed, language)).join("\n")}\n</tbody></table>\n` +
      `<p class="base">${words.base}</p>`;
    return {
      outputs: [{ "text/html": html, "text/plain": plainText(ordered, language) }],
      part: { html, tables: [valuesOf(ordered, language)] },
    };
  });
}

function rowHtml({ claim, section }: PlacedClaim, language: Language): string {
  const { page, text, condition, evidence } = claim;
  const statement = escapeHtml(plainProse(text[language]));
  const note = escapeHtml(`${condition[language]} · ${evidence[language]}`);
  return `<tr><td class="num">${page}</td>` +
    `<td><a href="#${section}">${statement}</a><br><span class="note">${note}</span></td>` +
    `<td>${verdictBadge(claim, language)}</td></tr>`;
}

function plainText(claims: readonly PlacedClaim[], language: Language): string {
  return claims.map(({ claim }) =>
    `${claim.page}\t${VERDICT_SIGNS[claim.verdict]} ${VERDICT_WORDS[claim.verdict][language]}\t` +
    plainProse(claim.text[language])
  ).join("\n");
}

function valuesOf(claims: readonly PlacedClaim[], language: Language): DataTable {
  const words = WORDS[language];
  const text = (label: string) => ({ label, kind: "text" as const });
  return {
    name: "claims",
    title: words.title,
    base: words.base,
    columns: [
      { label: words.page, kind: "count" },
      text(words.id),
      text(words.statement),
      text(words.verdict),
      text(words.tested),
      text(words.evidence),
    ],
    rows: claims.map(({ claim }) => [
      claim.page,
      claim.id,
      plainProse(claim.text[language]),
      VERDICT_WORDS[claim.verdict][language],
      claim.condition[language],
      claim.evidence[language],
    ]),
  };
}
