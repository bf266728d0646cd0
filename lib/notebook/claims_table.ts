import type { Language } from "../responses/language.ts";
import type { DataTable } from "../report/notebook_file.ts";
import { word } from "../words/catalogue.ts";
import type { Claim } from "../words/claims.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { words } from "../words/message.ts";
import { plainProse } from "../words/prose.ts";
import { VERDICT_SIGNS } from "../statistics/verdict.ts";
import { evidenceTold, publishedYear, verdictBadge } from "./claims_told.ts";
import { type Showable, showable } from "./showable.ts";

/**
 * The statements of the published report as a table in page order: what the report said, linked to the
 * chapter that tells of it, and beside it what these answers show, with the verdict and what it rests
 * on.
 *
 * @param claims In page order; see `allClaims()`.
 */
export function claimsTable(claims: readonly Claim[]): Showable {
  return showable((language) => {
    const data = valuesOf(claims, language);
    const [page, , said, shown, verdict] = data.columns.map(({ label }) => label);
    const head = [said, shown, verdict].map((label) => `<th scope="col">${label}</th>`).join("");
    const html = `<table data-name="claims"><caption>${escapeHtml(data.title)}</caption>\n` +
      `<thead><tr><th scope="col" class="num">${page}</th>${head}</tr></thead>\n<tbody>\n` +
      `${claims.map((claim) => rowHtml(claim, language)).join("\n")}\n</tbody></table>\n` +
      `<p class="base">${escapeHtml(data.base)}</p>`;
    return {
      outputs: [{ "text/html": html, "text/plain": plainText(claims, language) }],
      part: { html, tables: [data] },
    };
  });
}

function rowHtml(claim: Claim, language: Language): string {
  const { page, chapter, said, text } = claim;
  return `<tr><td class="num">${page}</td>` +
    `<td><a href="#${chapter}">${escapeHtml(said[language])}</a></td>` +
    `<td>${escapeHtml(plainProse(text[language]))}<br>` +
    `<span class="note">${escapeHtml(evidenceTold(claim, language))}</span></td>` +
    `<td>${verdictBadge(claim, language)}</td></tr>`;
}

function plainText(claims: readonly Claim[], language: Language): string {
  return claims.map(({ page, said, text, verdict }) =>
    `${page}\t${said[language]}\t${VERDICT_SIGNS[verdict]} ` +
    `${word(`verdict.${verdict}`, language)}\t${plainProse(text[language])}`
  ).join("\n");
}

function valuesOf(claims: readonly Claim[], language: Language): DataTable {
  const year = publishedYear();
  const text = (label: string) => ({ label, kind: "text" as const });
  return {
    name: "claims",
    title: words("claims.title", language, { year }),
    base: word("claims.base", language),
    columns: [
      { label: word("claims.page", language), kind: "count" },
      text(word("claims.id", language)),
      text(words("claims.statement", language, { year })),
      text(word("claims.answers", language)),
      text(word("claims.verdict", language)),
      text(word("claims.condition", language)),
      text(word("claims.evidence", language)),
    ],
    rows: claims.map(({ page, id, said, text, verdict, condition, evidence }) => [
      page,
      id,
      said[language],
      plainProse(text[language]),
      word(`verdict.${verdict}`, language),
      condition[language],
      evidence[language],
    ]),
  };
}
