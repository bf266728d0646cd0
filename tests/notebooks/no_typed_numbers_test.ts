/**
 * No number is typed into prose: the notebooks say other numbers when the answers are others, and
 * what is typed in a Danish or English text holds none.
 */
import assert from "node:assert/strict";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { allClaims, claimEntries } from "../../lib/words/claims.ts";
import da from "../../lib/words/da.json" with { type: "json" };
import en from "../../lib/words/en.json" with { type: "json" };
import { findNotebooks } from "../../lib/commands/project.ts";
import { readNotebook } from "../../lib/report/notebook_json.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile, synthesisDesign } from "../../lib/responses/study.ts";
import { synthesize, type SynthesizeOptions } from "../../lib/responses/synthesis/synthesize.ts";
import { withFile } from "../responses/with_file.ts";
import { withoutDocumented } from "./documented_numbers.ts";
import { type Block, narrativeOf, sentencesOf } from "./narrative_of.ts";
import { typedTexts } from "./typed_texts.ts";

/** Numbers, and fractions in words, Danish and English. */
const NUMBER = new RegExp(
  "\\d|\\b(halvdel\\w*|fjerdedel\\w*|tredjedel\\w*|hver (anden|tredje|fjerde|femte|sjette|tiende)|" +
    "ud af ti|half|third|quarters?|in (two|three|four|five|six|ten)|of ten)\\b",
  "iu",
);
/**
 * What may be typed, being so by definition: a step of a score, what rounding
 * does, the ends of shares, scores and alpha, the people between the quartiles, and NCHS's limits.
 */
const TYPED_CONSTANTS = new RegExp(
  "SHA-256|half as large|0 (?:og|and|til|to) 100(?: pct\\.|%)?|0–100|\\+1 SD|" +
    "rounding alone can make half a point|(?:mere end|more than) 100(?: pct\\.|%)|" +
    "(?:hvor|where) 1 (?:er|is)|midterste halvdel|middle half|0 (?:eller|or) 100(?: pct\\.|%)|" +
    "100 pct\\. tilsammen|add up to 100%|(?:færre end|fewer than|på|of) 30 (?:effekt|effect|point)",
  "g",
);

/** What a message computes, and its variants. */
const PLACEHOLDERS = /\{\$[^}]*\}/g;

Deno.test("no note between the cells says how many answered something, but for what the report says", async () => {
  const notes = (await Promise.all(findNotebooks().map(readNotebook))).flatMap(({ cells }) =>
    cells.flatMap((cell) => cell.cell_type === "markdown" ? [cell.source] : [])
  );
  assert(notes.length > 50, "notes were read");
  const result = new RegExp(
    "\\b(most|(?<!how )many|few) (of|are|feel|do)\\b|\\bone in (two|three|four|five|ten)\\b|" +
      "\\ba (third|quarter|fifth) of\\b|have least\\b|noticeable part",
  );
  const typed = notes.flatMap((note) => note.split(/(?<=[.:?])\s/))
    .filter((sentence) => result.test(sentence) && !/\breport\b/.test(sentence));
  assert.deepEqual(typed, []);
});

Deno.test("no text that is typed in a notebook or a claim holds a number or a fraction", async () => {
  const own = LANGUAGES.flatMap((language) =>
    Object.entries(language === "da" ? da : en)
      .filter(([key]) => !/^(fraction|number)\./.test(key))
      .map(([key, text]) => ({ name: `${language}.json ${key}`, line: 0, text }))
  );
  const claims = Object.entries(claimEntries()).flatMap(([id, { text }]) =>
    LANGUAGES.map((language) => ({ name: id, line: 0, text: text[language] }))
  );
  const cells = (await Promise.all(findNotebooks().map(readNotebook))).flatMap(({ cells }) =>
    cells.flatMap((cell) => cell.cell_type === "code" ? [{ name: cell.id, code: cell.source }] : [])
  );
  const texts = [
    ...own,
    ...claims,
    ...cells.flatMap(({ name, code }) => typedTexts(code).map((typed) => ({ name, ...typed }))),
  ];
  assert(texts.length > 500, "texts were read");
  const typed = texts.filter(({ text }) =>
    NUMBER.test(text.replaceAll(PLACEHOLDERS, " ").replaceAll(TYPED_CONSTANTS, " "))
  );
  assert.deepEqual(typed, []);
});

Deno.test("typedTexts() reads what is typed and leaves out what is computed", () => {
  const code = 'tell({\n  da: (say) => `Hver ${say.share(e, { a: "7" })} af ` +\n    `os`,\n' +
    '  en: "In all 12",\n})';
  assert.deepEqual(typedTexts(code), [
    { line: 2, text: "Hver   af os" },
    { line: 4, text: "In all 12" },
  ]);
});

Deno.test("with other answers no sentence of any notebook says the same numbers", async () => {
  const ledger = allClaims(await loadAnswers(dataFile("responses.csv"), codebook()));
  const paths = findNotebooks();
  const numbered = (blocks: readonly Block[]) =>
    blocks.flatMap((block) =>
      sentencesOf({ ...block, text: withoutDocumented(block.text, block.language, ledger) })
    ).filter(({ text }) => /\d/.test(text));
  let same = numbered(await narrativeOf(paths, ""));
  assert(same.length > 300, `only ${same.length} sentences with numbers`);
  // Some numbers come out twice by chance: what stays with other answers again was typed in.
  const otherSets: readonly SynthesizeOptions[] = [
    { seed: 7, vary: 12, respondents: 1300 },
    { seed: 19, vary: 12, respondents: 1700, shift: SHIFT },
  ];
  for (const options of otherSets) {
    const others = paths.filter((path) => same.some(({ at }) => at.startsWith(nameOf(path))));
    const said = await withFile(
      "other.csv",
      otherAnswers(options),
      (file) => narrativeOf(others, file),
    );
    const again = new Set(numbered(said).map(keyOf));
    same = same.filter((sentence) => again.has(keyOf(sentence)));
  }
  assert.deepEqual(same.map(({ at, text }) => `${at}: ${text}`), []);
});

/** Synthetic answers with other figures; the synthesis keeps gender and tasks, so these are thinned. */
function otherAnswers(options: SynthesizeOptions): string {
  const csv = synthesize(codebook(), synthesisDesign(), options);
  const [header = "", ...rows] = csv.trimEnd().split("\n");
  const names = header.split(",");
  const has = (row: string, name: string, value: string) =>
    row.split(",")[names.indexOf(name)] === value;
  const kept = rows.filter((row, i) =>
    !(has(row, "gender", "Mand") && i % 3 > 0) &&
    !(has(row, "serves_politicians", "1") && has(row, "makes_decisions", "1") && i % 2 > 0)
  );
  return [header, ...kept].join("\n") + "\n";
}

/** Moves what varies little by itself: small shares. */
const SHIFT = { leader_neutral_support: -40, pressure_change: 15, pressure_omit: 12 };

const nameOf = (path: string) => path.split(/[\\/]/).at(-1)?.replace(/\.ipynb$/, "") ?? path;
const keyOf = ({ language, text }: Pick<Block, "language" | "text">) => `${language} ${text}`;
