import type { Language } from "../responses/language.ts";
import { type Verdict, VERDICTS } from "../statistics/verdict.ts";
import { texts, word } from "../words/catalogue.ts";
import { type Claim, claimsInWave } from "../words/claims.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { ownText, words } from "../words/message.ts";
import { plainProse } from "../words/prose.ts";
import { NOTHING, tell } from "../words/tell.ts";
import { publishedYear } from "./change_since.ts";
import { type Column, dataTableText, number, tabulated, text } from "./data_table.ts";
import { readSettings } from "./settings.ts";
import { type Showable, Shown } from "./showable.ts";

const WORDS = texts("claims");

/** The class that the report's style sheet has for each verdict. */
const CLASSES: Readonly<Record<Verdict, string>> = {
  holds: "verdict holds",
  does_not_hold: "verdict fails",
  cannot_be_told: "verdict unknown",
  interviews: "badge",
  stated: "badge",
};

/** What the published report said of something, as a small sign that opens; "" with `--claims none`. */
export function claimsTold(claims: readonly Claim[], language: Language): string {
  const { details, signs } = claimsSaid(claims, language);
  if (details === "") return "";
  return `\n<details class="said"><summary>${signs.join(" ")}</summary>\n${details}</details>`;
}

/** The same for the report: the statements as a table, and the signs that stand beside "Details". */
export function claimsSaid(
  claims: readonly Claim[],
  language: Language,
): { readonly details: string; readonly signs: readonly string[] } {
  if (claims.length === 0 || !showsClaims()) return { details: "", signs: [] };
  const verdicts = VERDICTS.filter((each) => claims.some(({ verdict }) => verdict === each));
  return {
    details: `<table class="claims"><tbody>\n${
      claims.map((claim) => claimHtml(claim, language)).join("\n")
    }\n</tbody></table>`,
    signs: [
      escapeHtml(words("claims.sign", language, { year: publishedYear() })),
      ...verdicts.map((verdict) => verdictBadge({ verdict }, language)),
    ],
  };
}

/** Whether this run shows what the published report said; not with `--claims none`. */
export function showsClaims(): boolean {
  return readSettings().claims !== "none";
}

/** The verdict on a claim in words. */
export function verdictBadge({ verdict }: Pick<Claim, "verdict">, language: Language): string {
  return `<span class="${CLASSES[verdict]}">${
    escapeHtml(word(`verdict.${verdict}`, language))
  }</span>`;
}

/** What was tested and what was found, in small type. */
export function evidenceTold(
  { verdict, condition, evidence, in_sample }: Claim,
  language: Language,
): string {
  if (verdict === "interviews" || verdict === "stated") return evidence[language];
  const tested = words("verdict.tested", language, { condition, evidence });
  if (verdict !== "cannot_be_told" || in_sample === null) return tested;
  return `${tested} ${word(in_sample ? "verdict.sample_yes" : "verdict.sample_no", language)}`;
}

function claimHtml(claim: Claim, language: Language): string {
  const { page, said } = claim;
  const before = words("claims.said", language, { year: publishedYear(), page });
  // A row of a table: editors set a list of terms with the terms floating beside others' descriptions.
  return `<tr><th scope="row">${escapeHtml(before)} ${escapeHtml(said[language])}</th>` +
    `<td>${verdictBadge(claim, language)} ` +
    `<span class="note">${escapeHtml(evidenceTold(claim, language))}</span></td></tr>`;
}

/**
 * The statements of the published report beside what these answers show, with verdict and evidence.
 *
 * @param all In page order; see `allClaims()`. Those on what was not part of this wave are counted below.
 */
export function claimsTable(all: readonly Claim[]): Showable {
  const claims = claimsInWave(all);
  const out = all.length - claims.length;
  const about = { year: publishedYear() };
  const columns: Column<Claim>[] = [
    number("count", WORDS.page, ({ page }) => page),
    text(WORDS.id, ({ id }) => id),
    text(ownText("claims.statement", about), ({ said }) => said),
    text(WORDS.answers, ({ text }, language) => plainProse(text[language])),
    text(WORDS.verdict, ({ verdict }) => ownText(`verdict.${verdict}`)),
    text(WORDS.condition, ({ condition }) => condition),
    text(WORDS.evidence, ({ evidence }) => evidence),
  ];
  const table = tabulated(claims, columns, {
    name: "claims",
    title: ownText("claims.title", about),
    base: tell(WORDS.base, out === 0 ? NOTHING : ownText("claims.out", { count: out })),
  });
  return new Shown((language) => {
    const data = table(language);
    const [page, , said, shown, verdict] = data.columns.map(({ label }) => label);
    const head = [said, shown, verdict].map((label) => `<th scope="col">${label}</th>`).join("");
    const html = `<table data-name="claims"><caption>${escapeHtml(data.title)}</caption>\n` +
      `<thead><tr><th scope="col" class="num">${page}</th>${head}</tr></thead>\n<tbody>\n` +
      `${claims.map((claim) => rowHtml(claim, language)).join("\n")}\n</tbody></table>\n` +
      `<p class="base">${escapeHtml(data.base)}</p>`;
    return {
      outputs: [{ "text/html": html, "text/plain": dataTableText(data, language) }],
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
