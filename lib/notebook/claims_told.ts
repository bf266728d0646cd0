import { readPublished } from "../responses/study.ts";
import type { Language } from "../responses/language.ts";
import type { Claim } from "../words/claims.ts";
import { word } from "../words/catalogue.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { words } from "../words/message.ts";
import { type Verdict, VERDICTS } from "../statistics/verdict.ts";
import { readSettings } from "./settings.ts";

/** The class that the report's style sheet has for each verdict. */
const CLASSES: Readonly<Record<Verdict, string>> = {
  holds: "verdict holds",
  does_not_hold: "verdict fails",
  cannot_be_told: "verdict unknown",
  interviews: "badge",
  stated: "badge",
};

/**
 * What the published report said of something, as a small sign that opens: each statement with its
 * page, the verdict on it, and the interval or test behind the verdict.
 *
 * @returns Nothing without claims, or where a run leaves them out (`--claims none`).
 */
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

/** The year of the published report; empty where data/published.json has none. */
export function publishedYear(): string {
  return String(readPublished().facts.find(({ id }) => id === "year_of_study")?.value ?? "");
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
