import assert from "node:assert/strict";
import { InputError } from "../../lib/responses/input_error.ts";
import { breakdowns } from "../../lib/statistics/estimates.ts";
import { countPairs } from "../../lib/statistics/count_answers.ts";
import { sampleOf } from "../../lib/statistics/sample.ts";
import { countParts } from "../../lib/statistics/duckdb/count_parts.ts";
import { openDuckDB } from "../../lib/responses/readers/duckdb.ts";
import { hashParts } from "../../lib/statistics/duckdb/parquet_files.ts";
import { estimatesJson } from "../../lib/statistics/estimates_json.ts";
import { listParts, loadAnswers, validateAnswers } from "../../lib/statistics/load_answers.ts";
import { requireCounts } from "../../lib/statistics/needed_counts.ts";
import { formatProblems } from "../../lib/responses/problem.ts";
import { codebook } from "../../lib/responses/study.ts";
import { makeParquetParts } from "../bench/make_parquet_parts.ts";
import { addCounts } from "./add_counts.ts";

/** Runs with a folder of Parquet files, and removes it. */
async function withParts(
  change: (path: string, part: number) => string,
  run: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const paths = await makeParquetParts({ respondents: 900, parts: 3, seed: 5, out: folder });
    using database = (await openDuckDB())!;
    for (const [part, path] of paths.entries()) {
      const select = change(path, part);
      if (select === "") continue;
      await database.connection.run(`COPY (${select}) TO '${path}.changed' (FORMAT parquet)`);
      await Deno.rename(`${path}.changed`, path);
    }
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const asTheyAre = () => "";

/** What is said of the files of a folder; nothing is kept of them. */
async function said(folder: string): Promise<string> {
  const parts = (await listParts(folder))!;
  const { problems, warnings } = await countParts(parts, codebook(), { name: "parts" });
  return formatProblems([...problems, ...warnings]);
}

Deno.test("files counted by DuckDB give the counts of the same files read into memory, added up", async () => {
  await withParts(asTheyAre, async (folder) => {
    for (const weights of [false, true]) {
      const survey = await loadAnswers(folder, codebook(), { weights });
      const parts = await Promise.all(
        [1, 2, 3].map((part) =>
          loadAnswers(`${folder}/part_000${part}.parquet`, codebook(), { weights })
        ),
      );
      assert.equal(survey.source.respondents, 900);
      assert.ok(survey.source.synthetic);
      const pairs = breakdowns(survey);
      const read = parts.map((part) => countPairs(part, pairs));
      countPairs(survey, pairs).forEach((counts, i) => {
        const sum = addCounts(read.map((each) => each[i]!), sampleOf(survey));
        assert.deepEqual(counts.n, sum.n);
        for (const sums of ["w", "w2"] as const) {
          counts[sums].forEach((value, at) =>
            assert.ok(Math.abs(value - sum[sums][at]!) < 1e-9 * (1 + value))
          );
        }
      });
    }
  });
});

Deno.test("files counted by DuckDB give the estimates of one file with all of them, in a domain too", async () => {
  await withParts(asTheyAre, async (folder) => {
    using database = (await openDuckDB())!;
    await database.connection.run(
      `COPY (SELECT * FROM read_parquet('${folder}/part*.parquet')) TO '${folder}/all.parquet' ` +
        `(FORMAT parquet)`,
    );
    const one = await loadAnswers(`${folder}/all.parquet`, codebook());
    assert.equal(one.counted, undefined);
    for (
      const within of [{}, { gender: ["man"] }, { pressure: ["often"], tenure: ["years_0_2"] }]
    ) {
      const many = await loadAnswers(`${folder}/part_*.parquet`, codebook(), { within });
      requireCounts(many, within);
      assert.equal(many.counted?.files, 3);
      assert.deepEqual(
        estimatesJson({ ...many, within }).estimates,
        estimatesJson({ ...one, within }).estimates,
      );
    }
    const forced = await loadAnswers(`${folder}/all.parquet`, codebook(), { engine: "duckdb" });
    assert.equal(forced.counted?.files, 1);
    assert.equal(forced.source.sha256, one.source.sha256);
    assert.deepEqual(estimatesJson(forced).estimates, estimatesJson(one).estimates);
  });
});

Deno.test("answers may be ids, codes, labels of either language, or empty in several ways", async () => {
  const change = (path: string, part: number) =>
    `SELECT * REPLACE (${
      [
        `CASE gender WHEN 'Kvinde' THEN 'Woman' ELSE ' MAND ' END AS gender`,
        `CASE gender WHEN 'Kvinde' THEN 'woman' ELSE 'man' END AS gender`,
        `CAST(CASE gender WHEN 'Kvinde' THEN 1 ELSE 2 END AS INTEGER) AS gender`,
      ][part]
    }, CASE WHEN wellbeing = 'Enig' THEN 'NA' ELSE wellbeing END AS wellbeing) ` +
    `FROM read_parquet('${path}')`;
  await withParts(change, async (folder) => {
    const parts = await Promise.all(
      [1, 2, 3].map((part) => loadAnswers(`${folder}/part_000${part}.parquet`, codebook())),
    );
    // A column of numbers in one file and of texts in another is one of texts.
    const survey = await loadAnswers(folder, codebook());
    const pairs = [["wellbeing", "gender"]] as [string, string][];
    const [counts] = countPairs(survey, pairs);
    const read = parts.map((part) => countPairs(part, pairs)[0]!);
    assert.deepEqual(counts!.n, addCounts(read, sampleOf(survey)).n);
  });
});

Deno.test("the rows of a file are counted a few at a time, and a problem keeps its row", async () => {
  await withParts(asTheyAre, async (folder) => {
    const parts = (await listParts(folder))!;
    const whole = await countParts(parts, codebook(), { name: "parts" });
    const pieces = await countParts(parts, codebook(), { name: "parts", batch: 70 });
    assert.deepEqual(pieces.warnings, whole.warnings);
    assert.deepEqual(pieces.survey?.source, whole.survey?.source);
    assert.deepEqual(pieces.survey?.counted, whole.survey?.counted);
  });
  const change = (path: string, part: number) =>
    part === 1
      ? `SELECT * EXCLUDE (file_row_number) REPLACE (CASE WHEN file_row_number IN (91, 260) THEN 'Enigg' ` +
        `ELSE wellbeing END AS wellbeing, CASE WHEN file_row_number IN (8, 9) THEN NULL ELSE respondent ` +
        `END AS respondent) FROM read_parquet('${path}', file_row_number = true)`
      : "";
  await withParts(change, async (folder) => {
    const parts = (await listParts(folder))!;
    const { problems, warnings } = await countParts(parts, codebook(), {
      name: "parts",
      batch: 70,
    });
    const told = formatProblems([...problems, ...warnings]);
    assert.match(told, /row 92 +column "wellbeing in part_0002.parquet" +"Enigg" +2 rows/);
    assert.match(told, /row 9 +column "respondent in part_0002.parquet" +2 rows +an id/);
  });
});

Deno.test("a respondent who comes twice is found beside others without an id", async () => {
  const change = (path: string, part: number) =>
    part === 1
      ? `SELECT * EXCLUDE (file_row_number) REPLACE (CASE WHEN file_row_number IN (3, 7) THEN ` +
        `'synthetic-0000000400' WHEN file_row_number = 5 THEN '' ELSE respondent END AS respondent) ` +
        `FROM read_parquet('${path}', file_row_number = true) WHERE respondent <> 'synthetic-0000000400'`
      : "";
  await withParts(change, async (folder) =>
    assert.match(
      await said(folder),
      /\[duplicate_respondent\]\n {2}row \d+ +column "respondent in part_0002.parquet" +"synthetic-0000000400"/,
    ));
});

Deno.test("what is wrong with files is told with its file, row and number", async () => {
  const cases: [(path: string, part: number) => string, RegExp][] = [
    [
      (path, part) =>
        part === 1
          ? `SELECT * EXCLUDE (file_row_number) REPLACE (CASE WHEN file_row_number = 6 THEN 'Enigg' ELSE wellbeing END AS ` +
            `wellbeing) FROM read_parquet('${path}', file_row_number = true)`
          : "",
      /\[unknown_category\]\n {2}row 7 +column "wellbeing in part_0002.parquet" +"Enigg" +nearest: Enig/,
    ],
    [
      (path, part) => part === 2 ? `SELECT * EXCLUDE (gender) FROM read_parquet('${path}')` : "",
      /\[parts_differ\]\n {2}column "gender" +the column in every file; part_0003.parquet has none/,
    ],
    [
      (path, part) =>
        part === 2
          ? `SELECT * EXCLUDE (file_row_number) REPLACE (CASE WHEN file_row_number = 3 THEN 'synthetic-0000000000' ELSE ` +
            `respondent END AS respondent) FROM read_parquet('${path}', file_row_number = true)`
          : "",
      /\[duplicate_respondent\]\n {2}row 4 +column "respondent in part_0003.parquet" +"synthetic-0+" +each respondent once; row \d+ of part_0001.parquet is the first/,
    ],
    [
      (path, part) =>
        part === 0
          ? `SELECT * REPLACE ('Enig' AS leader_neutral_support, 'Nej' AS serves_politicians, ` +
            `'Nej' AS makes_decisions) FROM read_parquet('${path}')`
          : "",
      /\[unknown_category\][^]*"Enig"/,
    ],
    [
      (path, part) =>
        part === 0
          ? `SELECT * REPLACE ('Nej' AS serves_politicians) FROM read_parquet('${path}')`
          : "",
      /\[answered_not_asked\]\n {2}row \d+ +column "\w+ in part_0001.parquet"/,
    ],
    [
      (path, part) =>
        part === 0
          ? `SELECT * REPLACE ([wellbeing] AS wellbeing) FROM read_parquet('${path}')`
          : "",
      /wellbeing/,
    ],
  ];
  for (const [change, expected] of cases) {
    await withParts(change, async (folder) => assert.match(await said(folder), expected));
  }
});

Deno.test("what a small file is warned of, files larger than memory are too, each thing in one line", async () => {
  const book = codebook();
  const name = book.questions["wellbeing"]!.scale;
  const text = "Ønsker ikke at svare";
  const scale = { ...book.scales[name]!, no_answer: [{ da: text, en: text, aliases: [] }] };
  const declining = { ...book, scales: { ...book.scales, [name]: scale } };
  const change = (path: string) =>
    `SELECT * EXCLUDE (file_row_number) REPLACE (CASE WHEN file_row_number IN (2, 5) THEN ` +
    `'Ønsker ikke at svare' ELSE wellbeing END AS wellbeing, 'Mand' AS gender, ` +
    `replace(respondent, 'synthetic-', 'r') AS respondent), DATE '2031-04-28' AS answered_on ` +
    `FROM read_parquet('${path}', file_row_number = true)`;
  await withParts(change, async (folder) => {
    const parts = (await listParts(folder))!;
    using database = (await openDuckDB())!;
    await database.connection.run(
      `COPY (SELECT * FROM read_parquet('${folder}/part*.parquet')) TO '${folder}/all.parquet' ` +
        `(FORMAT parquet)`,
    );
    const small = await validateAnswers(`${folder}/all.parquet`, declining, { engine: "memory" });
    const large = await countParts(parts, declining, { name: "parts", batch: 70 });
    const linesOf = (warnings: typeof small.warnings) =>
      warnings.filter(({ rule }) => rule !== "more_than_invited").map((each) =>
        [each.rule, each.column?.replace(/ in part.*/, ""), each.value, each.count].join(" ")
      ).sort();
    assert.deepEqual(linesOf(large.warnings), linesOf(small.warnings));
    for (const rule of ["declined", "one_answer", "other_year"]) {
      assert.equal(large.warnings.filter((each) => each.rule === rule).length, 1, rule);
    }
  });
});

Deno.test("weights that nobody can have are refused with their file and row", async () => {
  const change = (path: string, part: number) =>
    part === 1
      ? `SELECT * EXCLUDE (file_row_number) REPLACE (CASE WHEN file_row_number IN (4, 9) THEN -1 ELSE weight END AS weight) ` +
        `FROM read_parquet('${path}', file_row_number = true)`
      : "";
  await withParts(change, async (folder) => {
    const { problems, survey } = await validateAnswers(folder, codebook(), { weights: true });
    assert.equal(survey, null);
    assert.match(
      formatProblems(problems),
      /\[bad_weight\]\n {2}row 5 +column "weight in part_0002.parquet" +2 rows/,
    );
  });
});

Deno.test("a folder without Parquet, a damaged file and an engine that does not fit are refused", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const empty = await validateAnswers(folder, codebook());
    assert.match(formatProblems(empty.problems), /\[unreadable\][^]*at least one Parquet file/);
    await Deno.writeTextFile(`${folder}/a.parquet`, "PAR1 and no more");
    const damaged = await validateAnswers(folder, codebook());
    assert.match(formatProblems(damaged.problems), /\[damaged\]/);
    await assert.rejects(
      () => validateAnswers(folder, codebook(), { engine: "memory" }),
      (error) => error instanceof InputError && /reads one/.test(error.message),
    );
    await Deno.writeTextFile(`${folder}/a.csv`, "respondent,gender\n1,Mand\n");
    await assert.rejects(
      () => validateAnswers(`${folder}/a.csv`, codebook(), { engine: "duckdb" }),
      /reads Parquet/,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("files are found by folder and pattern, in order, and hashed as sha256sum does", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const name of ["b.parquet", "a.parquet", "c.txt"]) {
      await Deno.writeTextFile(`${folder}/${name}`, name);
    }
    const names = async (path: string) =>
      (await listParts(path))?.map((path) => path.slice(folder.length + 1));
    assert.deepEqual(await names(folder), ["a.parquet", "b.parquet"]);
    assert.deepEqual(await names(`${folder}/b*`), ["b.parquet"]);
    assert.deepEqual(await names(`${folder}/?.txt`), ["c.txt"]);
    assert.equal(await listParts(`${folder}/a.parquet`), null);
    assert.equal(
      hashParts((await listParts(folder))!),
      // printf of the two lines of sha256sum, through sha256sum.
      await digest(
        `${await digest("a.parquet")}  a.parquet\n${await digest("b.parquet")}  b.parquet\n`,
      ),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(bytes).toHex();
}
