import assert from "node:assert/strict";
import { findNotebooks } from "../../lib/commands/project.ts";
import { dataFile } from "../../lib/responses/study.ts";
import { filesIn, inFolder, runTask, runTaskWith } from "./run_task.ts";

const shipped = () => Deno.readTextFile(dataFile("responses.csv"));

Deno.test("deno task report writes both reports, the notebooks, the estimates and the tables", () =>
  inFolder(async (folder) => {
    const { code, stderr } = await runTask("report", "--out", folder, "--only", "02");
    assert.equal(code, 0, stderr);
    assert.deepEqual(filesIn(folder), [
      "estimates.json",
      "notebooks/02_pressure.ipynb",
      "report.da.html",
      "report.en.html",
      "tables.da.xlsx",
      "tables.en.xlsx",
    ]);
    const { source, estimates } = JSON.parse(
      await Deno.readTextFile(`${folder}/estimates.json`),
    );
    assert.deepEqual([source.file, source.respondents, source.synthetic], [
      "responses.csv",
      1288,
      true,
    ]);
    const third = estimates.find((each: Record<string, unknown>) =>
      each["question"] === "pressure_change" && each["set"] === "at_least_sometimes" &&
      each["group"] === null
    );
    assert.equal(Math.floor(third.share * 100 + 0.5), 33);
    const danish = await Deno.readTextFile(`${folder}/report.da.html`);
    const english = await Deno.readTextFile(`${folder}/report.en.html`);
    assert.match(danish, /<html lang="da"/);
    assert.match(english, /<html lang="en"/);
    assert.match(danish, /Hver tredje \(33 pct\.\)/);
    assert.match(english, /One in three members \(33%\)/);
    assert.match(danish, /Syntetiske data/);
    assert.match(english, /Synthetic data/);
    const notebook = await Deno.readTextFile(`${folder}/notebooks/02_pressure.ipynb`);
    assert.doesNotMatch(notebook, /vnd\.notebook-report/);
  }));

Deno.test("deno task report follows the data: with other answers the sentences are others", () =>
  inFolder(async (folder) => {
    const data = `${folder}/answers.csv`;
    const made = await runTask(
      "synthesize",
      ...["--seed", "3", "--shift", "pressure_change=+17", "--out", data],
    );
    assert.equal(made.code, 0, made.stderr);
    const { code, stderr } = await runTask(
      "report",
      ...["--data", data, "--out", `${folder}/out`, "--only", "02", "--lang", "en"],
    );
    assert.equal(code, 0, stderr);
    const html = await Deno.readTextFile(`${folder}/out/report.en.html`);
    assert.match(html, /Half of the members \(50%\) feel pressure/);
    assert.doesNotMatch(html, /One in three members \(33%\)/);
    assert.match(html, /class="verdict fails"/);
    const without = await runTask(
      "report",
      ...["--data", data, "--out", `${folder}/none`, "--only", "02,12", "--claims", "none"],
      ...["--lang", "en"],
    );
    assert.equal(without.code, 0, without.stderr);
    const bare = await Deno.readTextFile(`${folder}/none/report.en.html`);
    assert.match(bare, /Half of the members \(50%\) feel pressure/);
    assert.doesNotMatch(bare, /class="said"|data-name="claims"|The 2023 report/);
    assert.match(html, /Synthetic data/, "a copy of synthetic data still says so");
    assert.deepEqual(filesIn(`${folder}/out`).filter((name) => name.startsWith("report")), [
      "report.en.html",
    ]);
  }));

Deno.test("deno task report refuses a file with a mistake, says where, and writes nothing", () =>
  inFolder(async (folder) => {
    const data = `${folder}/answers.csv`;
    const lines = (await shipped()).split("\n");
    lines[41] = lines[41]!.replace(/(Aldrig|Sjældent|En gang i mellem|Ofte|Meget ofte)/, "Ofta");
    await Deno.writeTextFile(data, lines.join("\n"));
    const { code, stderr } = await runTask("report", "--data", data, "--out", `${folder}/out`);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /answers\.csv/);
    assert.match(stderr, /row 41/);
    assert.match(stderr, /pressure_change/);
    assert.match(stderr, /Ofta/);
    assert.match(stderr, /Ofte/, "names the nearest legal answer");
    assert.doesNotMatch(stderr, /\.ts:\d+/, "no stack trace");
    assert.deepEqual(filesIn(`${folder}/out`), []);
  }));

for (
  const [what, args, message] of [
    ["a missing file", ["--data", "nowhere.csv"], /nowhere\.csv/],
    ["an unknown language", ["--lang", "sv"], /--lang: no language "sv"/],
    ["an unknown notebook", ["--only", "99"], /no notebook begins with "99"/],
    ["a group of no form", ["--where", "woman"], /variable=category/],
    [
      "a group that is not in the codebook",
      ["--where", "gender=other"],
      /"gender" has no category/,
    ],
    ["a variable that is not in the codebook", ["--where", "size=big"], /no column "size"/],
  ] as const
) {
  Deno.test(`deno task report refuses ${what} with exit code 2`, () =>
    inFolder(async (folder) => {
      const { code, stderr } = await runTask("report", "--out", `${folder}/out`, ...args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\.ts:\d+/, "no stack trace");
      assert.deepEqual(filesIn(`${folder}/out`), []);
    }));
}

Deno.test("deno task report --where restricts every estimate to one group, as a domain", () =>
  inFolder(async (folder) => {
    const { code, stderr } = await runTask(
      "report",
      ...["--where", "gender=man", "--only", "03", "--out", folder, "--lang", "en"],
    );
    assert.equal(code, 0, stderr);
    const { source, estimates } = JSON.parse(
      await Deno.readTextFile(`${folder}/estimates.json`),
    );
    assert.equal(source.respondents, 1288);
    const all = estimates.find((each: Record<string, unknown>) =>
      each["question"] === "wellbeing" && each["set"] === "agree" && each["group"] === null
    );
    assert.equal(all.n, 386);
    assert.match(
      await Deno.readTextFile(`${folder}/report.en.html`),
      /Only the group “men”/,
    );
  }));

Deno.test("deno task validate lists every problem and ends with 2, or with 0 where there is none", () =>
  inFolder(async (folder) => {
    const data = `${folder}/answers.csv`;
    await Deno.writeTextFile(data, (await shipped()).replaceAll("Kvinde", "Kvinnde"));
    const bad = await runTask("validate", data);
    assert.equal(bad.code, 2);
    assert.match(bad.stdout, /Kvinnde/);
    assert.match(bad.stdout, /Kvinde/);
    const good = await runTask("validate", "data/responses.csv");
    assert.equal(good.code, 0, good.stdout);
    assert.match(good.stdout, /1288 respondents, synthetic/);
  }));

Deno.test("the notebooks are those of the walk through the findings, in reading order", () => {
  const names = findNotebooks().map((path) => path.replace(/.*\/(\d\d)_.*/, "$1"));
  assert.deepEqual(names, [...names].sort());
  assert.equal(new Set(names).size, names.length);
});

Deno.test("a file with unknown names gets a proposed mapping; edited, it gives the same estimates", () =>
  inFolder(async (folder) => {
    const data = `${folder}/answers.csv`;
    const text = (await shipped()).replace("respondent,gender,", "respondent,Deres køn,")
      .replaceAll("Kvinde", "Kvindelig");
    await Deno.writeTextFile(data, text);
    const mapping = `${folder}/answers.mapping.json`;
    const told = await runTask("validate", data);
    assert.match(told.stdout, /--propose mapping\.json/);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["answers.csv"]);
    const proposed = await runTask("validate", data, "--propose", mapping);
    assert.match(proposed.stdout, /answers\.mapping\.json/);
    const again = await runTask("validate", data, "--propose", mapping);
    assert.equal(again.code, 2);
    assert.match(again.stderr, /it is there already/);
    assert.match(await Deno.readTextFile(mapping), /"Deres køn"/);
    await Deno.writeTextFile(
      mapping,
      JSON.stringify({
        columns: { "Deres køn": "gender" },
        values: { gender: { Kvindelig: "woman" } },
      }),
    );
    const { code, stderr } = await runTask(
      "report",
      ...["--data", data, "--mapping", mapping, "--only", "11", "--out", `${folder}/out`],
    );
    assert.equal(code, 0, stderr);
    const { estimates } = JSON.parse(await Deno.readTextFile(`${folder}/out/estimates.json`));
    const women = estimates.find((each: Record<string, unknown>) =>
      each["question"] === "wellbeing" && each["set"] === "agree" &&
      (each["group"] as { category?: string } | null)?.category === "woman"
    );
    assert.equal(women.n, 902);
  }));

Deno.test("deno task report refuses a folder of the project before anything runs", async () => {
  for (const out of [".", "", "data", "notebooks"]) {
    const { code, stderr, stdout } = await runTask("report", "--only", "11", "--out", out);
    assert.deepEqual([code, stdout], [2, ""], out);
    assert.match(stderr, /Cannot write the report to/);
    assert.doesNotMatch(stderr, /done in/);
  }
});

Deno.test("variables of the environment do what the options do, and an option that is given wins", () =>
  inFolder(async (out) => {
    const args = ["report", "--out", out, "--only", "08"];
    const env = { SURVEY_WHERE: "gender=woman", SURVEY_LANG: "da", SURVEY_DATA: "" };
    const { code, stderr } = await runTaskWith(env, ...args, "--lang", "en");
    assert.equal(code, 0, stderr);
    assert.ok(!filesIn(out).includes("report.da.html"));
    const page = await Deno.readTextFile(`${out}/report.en.html`);
    assert.match(page, /<dt>Only this group<\/dt><dd>“women” /);
    for (
      const [name, value, message] of [
        ["SURVEY_LANG", "fr", /^SURVEY_LANG: no language "fr"/m],
        ["SURVEY_WHERE", "gender=women", /"gender" has no category "women"/],
        ["SURVEY_ENGINE", "abacus", /^SURVEY_ENGINE: no engine "abacus"/m],
      ] as const
    ) {
      for (const task of [args, ["outputs", "--only", "08"]]) {
        const refused = await runTaskWith({ [name]: value }, ...task);
        assert.equal(refused.code, 2, refused.stderr);
        assert.match(refused.stderr, message);
      }
    }
  }));
