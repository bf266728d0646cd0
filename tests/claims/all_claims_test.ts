import assert from "node:assert/strict";
import { allClaims, placedClaims } from "../../lib/claims/all_claims.ts";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { findNotebooks } from "../../lib/commands/project.ts";
import { readNotebook } from "../../lib/report/read_notebook.ts";
import { loadSurvey } from "../../lib/responses/load_survey.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";

const survey = await loadSurvey(dataFile("responses.csv"), codebook());

Deno.test("no statement of the report is broken by the synthetic answers", () => {
  const broken = allClaims(survey).filter(({ verdict }) => verdict === "does_not_hold");
  assert.deepEqual(broken.map(({ id }) => id), []);
});

Deno.test("every page with statements has claims, each with text and evidence in both languages", () => {
  const ledger = allClaims(survey);
  const pages = new Set(ledger.map(({ page }) => page));
  for (const page of [4, 5, 6, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 19, 21, 22, 24]) {
    assert(pages.has(page), `page ${page}`);
  }
  for (const { id, text, condition, evidence } of ledger) {
    assert.match(id, /^[a-z][a-z0-9_]*$/);
    for (const language of LANGUAGES) {
      for (const words of [text, condition, evidence]) {
        assert(words[language].trim().length > 0, `${id} ${language}`);
        assert(!/undefined|NaN|\[object/.test(words[language]), `${id}: ${words[language]}`);
      }
    }
  }
});

Deno.test("every claim links to a heading that a notebook has", async () => {
  const notebooks = await Promise.all(findNotebooks().map(readNotebook));
  const source = notebooks.flatMap(({ cells }) => cells.map((cell) => cell.source)).join("\n");
  const headings = new Set(
    [...source.matchAll(/\bfinding\(\s*"([a-z0-9-]+)"/g)].map(([, id]) => id),
  );
  for (const { claim, section } of placedClaims(survey)) {
    assert(headings.has(section), `${claim.id}: no heading ${section}`);
  }
});

Deno.test("in a group too small to show, no claim holds or breaks on shares", () => {
  const within = {
    tenure: ["years_0_2"],
    municipality_size: ["under_30000"],
    gender: ["man"],
  };
  for (const claim of allClaims({ ...survey, within })) {
    if (claim.estimates.length === 0) continue;
    assert.equal(claim.verdict, "cannot_be_told", claim.id);
  }
});
