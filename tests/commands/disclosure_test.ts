import assert from "node:assert/strict";
import { estimatesJson } from "../../lib/statistics/estimates_json.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { readPackage } from "../report/office/read_package.ts";
import { filesIn, inFolder, runTask } from "./run_task.ts";

/**
 * `SURVEY_ATTACK=1` runs all notebooks. Not 10_wellbeing: its regression takes every group into account,
 * also those whose own numbers it hides.
 */
const NOTEBOOKS = Deno.env.get("SURVEY_ATTACK") ? "01,02,03,04,05,06,07,08,09,11,12" : "08";

const PEOPLE = 160;
const [FEW, NEXT, MORE, REST] = ["0-2 år", "3-5 år", "6-10 år", "11+ år"] as const;

/** The shipped people, the first of them in two small groups by tenure. */
async function people(): Promise<{ header: string[]; rows: string[][] }> {
  const lines = (await Deno.readTextFile(dataFile("responses.csv"))).trimEnd().split("\n");
  const [header = [], ...all] = lines.map((line) => line.split(","));
  const tenure = header.indexOf("tenure");
  const rows = all.slice(0, PEOPLE).map((row, i) =>
    row.with(tenure, i < 6 ? FEW : i < 20 ? NEXT : i < 80 ? MORE : REST)
  );
  return { header, rows };
}

/** Writes the people, two of whom have each other's tenure. */
async function write(file: string, exchanged: readonly [number, number] | null): Promise<string> {
  const { header, rows } = await people();
  const tenure = header.indexOf("tenure");
  if (exchanged) {
    const [i, j] = exchanged;
    const [mine, theirs] = [rows[i]![tenure]!, rows[j]![tenure]!];
    rows[i] = rows[i]!.with(tenure, theirs);
    rows[j] = rows[j]!.with(tenure, mine);
  }
  await Deno.writeTextFile(file, [header, ...rows].map((row) => row.join(",")).join("\n") + "\n");
  return file;
}

/** Two people of different groups who were asked the same questions, and answered many otherwise. */
async function pair(first: string, second: string): Promise<[number, number]> {
  const { header, rows } = await people();
  const at = (name: string) => header.indexOf(name);
  const asked = (row: string[]) => row.map((value) => value === "").join();
  const same = ["serves_politicians", "makes_decisions"].map(at);
  const from = header.indexOf("pressure_change");
  for (const [i, mine] of rows.entries()) {
    for (const [j, theirs] of rows.entries()) {
      if (mine[at("tenure")] !== first || theirs[at("tenure")] !== second) continue;
      if (asked(mine) !== asked(theirs) || same.some((k) => mine[k] !== theirs[k])) continue;
      const differ = mine.slice(from).filter((answer, k) => answer !== theirs[from + k]).length;
      if (differ >= 6) return [i, j];
    }
  }
  throw new Error("no such pair");
}

/** All that a run writes, as text, without what names the file. */
async function written(file: string, out: string): Promise<Map<string, string>> {
  const { code, stderr } = await runTask(
    "report",
    ...["--data", file, "--only", NOTEBOOKS, "--lang", "da,en", "--out", out],
  );
  assert.equal(code, 0, stderr);
  const all = new Map<string, string>();
  for (const path of filesIn(out)) {
    const bytes = await Deno.readFile(`${out}/${path}`);
    const texts = path.endsWith(".xlsx")
      ? [...readPackage(bytes).texts].filter(([name]) => name !== "docProps/core.xml").flat().join(
        "\n",
      )
      : new TextDecoder().decode(bytes);
    all.set(path, texts.replace(/\b[0-9a-f]{64}\b|(?<=>)[0-9a-f]{12}(?=<)/g, "sha256"));
  }
  return all;
}

Deno.test("nothing that a run writes depends on which of two hidden groups somebody is in", () =>
  inFolder(async (folder) => {
    for (const name of ["a", "b", "c"]) await Deno.mkdir(`${folder}/${name}`);
    const file = await write(`${folder}/a/answers.csv`, null);
    const other = await write(`${folder}/b/answers.csv`, await pair(FEW, NEXT));
    const [one, two] = [
      await written(file, `${folder}/a/out`),
      await written(other, `${folder}/b/out`),
    ];
    assert.deepEqual([...one.keys()], [...two.keys()]);
    for (const [path, text] of one) {
      const lines = two.get(path)!.split("\n");
      const differ = text.split("\n").flatMap((line, i) =>
        line === lines[i] ? [] : [[line, lines[i]]]
      );
      assert.deepEqual(differ.slice(0, 3), [], path);
    }
    assert.ok(one.get("report.da.html")!.length > 10_000 && one.has("tables.da.xlsx"));

    // It does depend on it where one of the two groups is shown.
    const shown = await write(`${folder}/c/answers.csv`, await pair(NEXT, MORE));
    const estimates = async (path: string) =>
      JSON.stringify(estimatesJson(await loadAnswers(path, codebook())).estimates);
    assert.equal(await estimates(file), await estimates(other));
    assert.notEqual(await estimates(file), await estimates(shown));
  }));
