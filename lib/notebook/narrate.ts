import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { type Verdict, VERDICTS } from "../statistics/verdict.ts";
import { texts, word } from "../words/catalogue.ts";
import {
  apart,
  type Claim,
  claimsInWave,
  claimsOf,
  NOTHING,
  tell,
  textOf,
  type Told,
} from "../words/claims.ts";
import { ownText, words } from "../words/message.ts";
import { escapeHtml, escapeProse, keepUnits, plainProse, renderProse } from "../words/prose.ts";
import { publishedYear } from "./change_since.ts";
import { asText } from "./check_options.ts";
import { type Column, dataTableText, number, tabulated, text } from "./data_table.ts";
import { type Showable, Shown } from "./notebook_file.ts";
import { readSettings } from "./settings.ts";

/**
 * Paragraphs of the report, in every language. Below them stands, one click away (in the
 * report behind the finding's "Details"), what the published report said of the same.
 *
 * @param texts One paragraph each: a claim, several told as one by `tell()`, or a `message()`; a string
 *   is the same in every language, and its characters are text.
 * @throws {InputError} For what is no text, or one that lacks a language.
 */
export function narrate(...texts: readonly (Told | Claim | string)[]): Showable {
  const { there, missing } = apart<Told | Claim>(
    texts.map((each) => typeof each === "string" ? asText(escapeProse(each), "narrate()") : each),
  );
  const claims = claimsOf(...there);
  const paragraphs = there.map((each) => asText(textOf(each), "narrate()"));
  const text = inEveryLanguage((language) =>
    paragraphs.map((each) => each[language]).filter((each) => each !== "").join("\n\n")
  );
  return new Shown((language) => {
    const html = renderProse(text[language]);
    return {
      outputs: [{
        "text/html": html + claimsTold(claims, language),
        "text/plain": plainProse(text[language]),
      }],
      part: { html, ...claimsSaid(claims, language) },
    };
  }, Object.values(text).some((each) => each !== "") ? [] : missing);
}

/**
 * The heading of a notebook in the report: one at its top.
 *
 * @param id Unique in the report, fit for a link: "pressure".
 * @param text The heading in every language.
 */
export function chapter(id: string, text: Text): Showable {
  return heading(2, id, text);
}

/**
 * The heading of one finding. Given a claim it says what the answers show, and what the published report
 * said of it stands below, one click away. Of what was not part of this wave there is no heading.
 *
 * @param id Unique in the report, fit for a link: "pressure-drafts".
 * @param told The heading in every language, or a claim.
 * @param since What has changed since an earlier wave, below the heading; see `changeSince()`.
 */
export function finding(id: string, told: Told | Claim, since?: Text): Showable {
  return heading(3, id, told, since);
}

function heading(level: 2 | 3, id: string, told: Told | Claim, since?: Text): Showable {
  if (!/^[a-z][a-z0-9-]*$/.test(id)) {
    throw new RangeError(`A heading's id is a-z, 0-9 and "-", not "${id}"`);
  }
  const claims = claimsOf(told);
  const text = textOf(told);
  return new Shown((language) => {
    // A claim is a sentence; as a heading it has no full stop.
    const words = keepUnits(text[language].replace(/(?<!pct)\.$/, ""));
    const below = since === undefined ? "" : textOf(since)[language];
    const html = `<h${level} id="${id}">${escapeHtml(words)}</h${level}>` +
      (below === "" ? "" : `\n${renderProse(below)}`);
    return {
      outputs: [{
        "text/html": html + claimsTold(claims, language),
        "text/plain": words + (below === "" ? "" : `\n${plainProse(below)}`),
      }],
      part: { html, heading: { level, id, text: words }, ...claimsSaid(claims, language) },
    };
  }, told.missing);
}

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
function claimsTold(claims: readonly Claim[], language: Language): string {
  const { details, signs } = claimsSaid(claims, language);
  if (details === "") return "";
  return `\n<details class="said"><summary>${signs.join(" ")}</summary>\n${details}</details>`;
}

/** The same for the report: the statements as a table, and the signs that stand beside "Details". */
function claimsSaid(
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
function verdictBadge({ verdict }: Pick<Claim, "verdict">, language: Language): string {
  return `<span class="${CLASSES[verdict]}">${
    escapeHtml(word(`verdict.${verdict}`, language))
  }</span>`;
}

/** What was tested and what was found, in small type. */
function evidenceTold(
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
