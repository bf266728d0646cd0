import { deepEqual, doesNotMatch, equal, match, ok, throws } from "node:assert/strict";
import { join } from "node:path";
import { proposeCodebook } from "../../lib/commands/propose_codebook.ts";
import { responseTable } from "../../lib/responses/readers/response_table.ts";
import { readTable } from "../../lib/responses/readers/read_table.ts";
import { parseCodebook } from "../../lib/responses/codebook.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { fixture, withFile } from "../responses/with_file.ts";
import { courseCsv } from "../responses/course_survey.ts";
import { withProjectCopy } from "./project_copy.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

/** A proposal for columns given as a header and rows. */
function proposed(header: string[], rows: (string | null)[][], said = {}) {
  const columns = header.map((_, i) => rows.map((row) => row[i] ?? null));
  return proposeCodebook(responseTable(header, columns), said) as Json;
}

const repeated = <T>(values: readonly T[], times: number): T[] =>
  Array.from({ length: values.length * times }, (_, i) => values[i % values.length]!);

/** Fills in all that is left open, as a person does in the file. */
function filledIn(value: Json, key = ""): Json {
  if (Array.isArray(value)) return value.map((each) => filledIn(each));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, filledIn(each, key)]),
    );
  }
  if (typeof value !== "string" || !value.startsWith("?")) return value;
  const filled = { invited: 320, from: "2025-05-01", to: "2025-05-20" } as Json;
  return filled[key] ?? (value.slice(1).trim() || "Kursusevaluering");
}

Deno.test("a course evaluation goes from its answers to a report in both languages", () =>
  withProjectCopy([], async ({ run, path }) => {
    const answers = path("svar fra kurset.tab");
    await Deno.writeTextFile(
      answers,
      courseCsv(200).replaceAll(',"weight"', "").replace(/,"[\d.]+"$/gm, ""),
    );
    const out = path("studies/kursus");
    const made = await run("init", answers, "--out", out);
    equal(made.code, 0, made.stderr);
    match(made.stdout, /kursus: background "kursus"/);
    match(made.stdout, /nyttigt: question "nyttigt", several/);
    match(made.stdout, /kommentar: question "kommentar", open/);
    match(made.stdout, /line \d+: study\.invited {2}\?/);
    deepEqual([...Deno.readDirSync(join(out, "notebooks"))].map(({ name }) => name).sort(), [
      ...["01_overview.ipynb", "02_tilfreds.ipynb", "03_underviser.ipynb", "04_nps.ipynb"],
      ...["05_timer.ipynb", "06_nyttigt.ipynb", "07_kommentar.ipynb", "08_method.ipynb"],
    ]);

    const own = async (...args: string[]) => {
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", join(out, "lib/cli.ts"), ...args],
        env: { NO_COLOR: "1" },
      }).output();
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
      return { code, stdout: text(stdout), stderr: text(stderr) };
    };
    const early = await own("report", "--out", path("early"));
    equal(early.code, 2, "what is open is asked for");
    match(early.stderr, /codebook\.json/);
    match(early.stderr, /line \d+: study\.title\.da: to be filled in/);
    match(early.stderr, /study\.invited: expected number, not "\?"/);
    const [, more, places] = /and (\d+) more of (\d+) places to be filled in/.exec(early.stderr)!;
    equal(Number(places) - Number(more), 8, "the first few");
    equal(early.stderr.match(/^ +line \d+:/gm)?.length, 8);
    equal(Number(places), Number(/To be filled in, (\d+) places/.exec(made.stdout)![1]));

    const file = join(out, "data/codebook.json");
    await Deno.writeTextFile(
      file,
      JSON.stringify(filledIn(JSON.parse(await Deno.readTextFile(file))), null, 1),
    );
    const checked = await own("check-notebooks");
    equal(checked.code, 0, checked.stderr);
    const report = await own("report", "--out", path("out"));
    equal(report.code, 0, report.stderr);
    const [danish, english] = await Promise.all(
      ["da", "en"].map((language) => Deno.readTextFile(path(`out/report.${language}.html`))),
    ) as [string, string];
    for (const html of [danish, english]) {
      doesNotMatch(html, /Egne ord/, "nobody's own words");
      equal(html.match(/<h2 /g)?.length, 8, "a chapter for each");
    }
    match(danish, /Gennemsnittet er \d,\d på en skala fra 0 til 10; nettotallet er/);
    match(english, /Several answers could be chosen/);

    const plain = (html: string) => html.replace(/<[^>]*>/g, "").replace(/&nbsp;|\u00a0/g, " ");
    match(
      plain(danish),
      /Spurgt: 320 \S.*, 1\.–20\. maj 2025; 200 svarede \(63 pct\.\)\./,
      "who was asked",
    );
    match(plain(english), /Asked: 320 \S.*; 200 answered \(63%\)\./);
    match(
      plain(danish),
      /\d+ pct\. svarer »9 eller 10«, og \d+ pct\. svarer »0 til 6«/,
    );
    match(danish, /skrev noget med egne ord/);
    const { estimates, numbers } = JSON.parse(await Deno.readTextFile(path("out/estimates.json")));
    ok(estimates.length > 100 && numbers.length > 20);

    const again = await run("init", answers, "--out", out);
    equal(again.code, 2);
    match(again.stderr, /data\/codebook\.json.* already, and nothing is written over/);
    const here = await run("init", answers);
    equal(here.code, 2, "this project has a study");
  }));

Deno.test("usual answers come in both languages and in their order, other ones are asked for", () => {
  const rows = repeated(["Uenig", "Helt enig", "Ved ikke", "Enig"], 5)
    .map((answer, i) => [answer, i % 2 ? "Rød" : "Blå", `${25 + i % 3 * 10}-${34 + i % 3 * 10}`]);
  const { codebook } = proposed(
    ["Kurset er godt?", "Hvilken farve kan du bedst lide?", "Alder"],
    rows,
  );
  const [agreement, colours] = Object.values(codebook.scales) as Json[];
  deepEqual(Object.keys(agreement.categories), [
    "strongly_agree",
    "agree",
    "disagree",
    "dont_know",
  ]);
  equal(agreement.categories.agree.en, "Agree");
  equal(agreement.dont_know, "dont_know");
  match(colours.title.da, /^\? .*rækkefølge/);
  match(colours.title.en, /^\? .*put the answers in order$/);
  const { label } = colours.sets[colours.main_set];
  match(label.da, /^\? .*hovedtallet/);
  match(label.en, /^\? .*main share/);
  const study = filledIn(codebook.study);
  throws(
    () => parseCodebook({ ...codebook, study }, "codebook.json"),
    /sets\.main\.label\.da: to be filled in/,
  );
  match((Object.values(colours.categories) as Json)[0].en, /^\? (Rød|Blå)/);
  deepEqual(Object.values(codebook.variables.alder.categories).map(({ da }: Json) => da), [
    ...["25-34", "35-44", "45-54"],
  ]);
});

Deno.test("usual answers are known by their usual spellings, and never in an order by chance", () => {
  const scaleOf = (answers: string[]) => {
    const { codebook } = proposed(["Er du tilfreds?"], repeated(answers.map((each) => [each]), 5));
    return Object.values(codebook.scales)[0] as Json;
  };
  const known = scaleOf(["Meget utilfreds", "Hverken eller", "Meget tilfreds"]);
  deepEqual(Object.keys(known.categories), ["very_satisfied", "neither", "very_dissatisfied"]);
  deepEqual(known.sets[known.main_set].categories, ["very_satisfied"]);
  // No answer of its main set was given, and codes do not say which are the good ones.
  for (const answers of [["Uenig", "Helt uenig"], ["1", "2", "3"]]) {
    const { sets, main_set } = scaleOf(answers);
    match(sets[main_set].label.en, /^\? /);
  }
});

Deno.test("columns with a stem are several answers where they are ticked, and a grid where they are answered", () => {
  const ticked = repeated([["1", null], ["1", "1"], [null, "1"], [null, null]], 4);
  const grid = repeated([["Enig", "Uenig"], ["Helt enig", "Enig"]], 8);
  const header = [
    "Hvad brugte du? - Bogen",
    "Hvad brugte du? - Filmen",
    "Kurset: Var relevant",
    "Kurset: Var sjovt",
  ];
  const { codebook, chapters } = proposed(header, ticked.map((row, i) => [...row, ...grid[i]!]));
  const [used] = Object.values(codebook.questions) as Json[];
  equal(used.kind, "several");
  deepEqual(
    Object.values(codebook.scales[used.scale].categories).map((
      { da, aliases }: Json,
    ) => [da, aliases]),
    [
      ["Bogen", ["Hvad brugte du? - Bogen"]],
      ["Filmen", ["Hvad brugte du? - Filmen"]],
    ],
  );
  deepEqual(chapters.map((each: string[]) => each.length), [1, 2]);
});

for (const question of ["Which benefits do you use?", "Hvilke goder bruger du?"]) {
  Deno.test(`a study reads its own file where several answers stand under "${question}"`, () => {
    const header = ["Er du glad for dit job?", question];
    const answers = repeated(["Bus;Train", "Train", "Bus;Bicycle", "Bicycle"], 5);
    const lines = answers.map((answer, i) => [i % 2 ? "Ja" : "Nej", answer]);
    const csv = [header, ...lines].map((line) => line.join(",")).join("\n");
    const { codebook } = proposed(header, lines);
    const book = parseCodebook(filledIn(codebook), "codebook.json");
    const [id] = Object.keys(book.several!) as [string];
    return withFile("answers.csv", `${csv}\n`, async (path) => {
      for (const renamed of [false, true]) {
        const { [id]: asked, ...others } = filledIn(codebook).questions;
        const questions = renamed ? { ...others, benefits: asked } : { ...others, [id]: asked };
        const survey = await loadAnswers(
          path,
          parseCodebook({ ...filledIn(codebook), questions }, "codebook.json"),
        );
        deepEqual(
          [...survey.codes.get(`${renamed ? "benefits" : id}-bus`)!].slice(0, 4),
          [1, 2, 1, 2],
        );
      }
    });
  });
}

Deno.test("numbers, ids, weights, days and own words are told apart", () => {
  const rows = Array.from({ length: 40 }, (_, i) => [
    ...[
      `r${i}`,
      String(i % 11),
      String(18 + i),
      (0.5 + i / 40).toFixed(2),
      `2025-03-${String(1 + i % 28).padStart(2, "0")}`,
    ],
    ...[`Jeg synes, at nummer ${i} var godt`, "Ja"],
  ]);
  const { codebook, told } = proposed([
    "id",
    "anbefaling 0-10",
    "alder i år",
    "vægt",
    "dato",
    "Bemærkninger",
    "samtykke",
  ], rows);
  deepEqual(codebook.respondent.aliases, ["id"]);
  deepEqual(codebook.weight, { column: "weight", aliases: ["vægt"] });
  deepEqual(codebook.study.fieldwork, { from: "2025-03-01", to: "2025-03-28" });
  const { anbefaling_0_10: ten, alder_i_aar: age, bemaerkninger: own } = codebook.questions;
  deepEqual([ten.min, ten.max, ten.net], [0, 10, { plus: "promoters", minus: "detractors" }]);
  deepEqual([age.kind, age.min, age.max], ["number", 0, 60]);
  equal(own.kind, "open");
  ok(told.some((line: string) => line.startsWith("Bemærkninger: taken as own words")));
});

Deno.test("graded answers are those of a question, whatever they grade", () => {
  const rows = repeated([["Meget højt", "Nord"], ["Alt for lavt", "Syd"]], 20);
  const { codebook } = proposed(["tempo", "afdeling"], rows);
  deepEqual(Object.keys(codebook.questions), ["tempo"]);
  deepEqual(Object.keys(codebook.variables), ["afdeling"]);
});

Deno.test("what somebody says of a column stands", () => {
  const rows = repeated([["A", "Ja"], ["B", "Nej"]], 10);
  const guessed = proposed(["hold nummer", "x"], rows);
  deepEqual(Object.keys(guessed.codebook.variables), ["hold_nummer"]);
  ok(guessed.told.some((line: string) => line.includes('--question "hold nummer"')));
  const said = proposed(["hold nummer", "x"], rows, {
    question: ["hold nummer"],
    background: ["x"],
  });
  deepEqual(Object.keys(said.codebook.questions), ["hold_nummer"]);
  deepEqual(Object.keys(said.codebook.variables), ["x"]);
});

Deno.test("labels of SPSS are taken with their codes and in their order, and sheets of Excel are read", async () => {
  const from = async (name: string) => {
    const bytes = await Deno.readFile(fixture(name));
    return proposeCodebook(await readTable(bytes, name, () => false)) as Json;
  };
  const { codebook } = await from("labels.sav");
  const { scale } = codebook.questions.wellbeing;
  const { categories } = codebook.scales[scale];
  deepEqual(
    Object.keys(categories),
    [
      ...["strongly_agree", "agree", "neither", "disagree", "strongly_disagree", "dont_know"],
    ].filter((id) => id in categories),
  );
  ok(
    Object.values(categories).every(({ aliases }: Json) =>
      aliases.some((code: string) => /^\d+$/.test(code))
    ),
  );
  const sheet = await from("codes.xlsx");
  ok(Object.keys(sheet.codebook.questions).length > 3);
});

Deno.test("other words for the usual answers make another scale, and 1 and 0 are yes and no", () => {
  const rows = repeated(
    [["Enig", "Overvejende enig", "1"], ["Uenig", "Overvejende uenig", "0"]],
    10,
  );
  const { codebook } = proposed(["Er kurset godt?", "Er bogen god?", "Har du læst den?"], rows);
  const [first, second, third] = Object.values(codebook.questions).map(({ scale }: Json) =>
    codebook.scales[scale]
  );
  equal(first.categories.agree.da, "Enig");
  equal(second.categories.agree.da, "Overvejende enig");
  deepEqual(third.categories, {
    yes: { da: "Ja", en: "Yes", aliases: ["1"] },
    no: { da: "Nej", en: "No", aliases: ["0"] },
  });
});

Deno.test("what is proposed can be read, where codes, spellings, names and titles meet", () => {
  const header = ["respondent", "mellem", "anciennitet", "å", "aa", "q1", "q2"];
  const columns = [
    ["r1", "r1", "r2", "r3", "r4", "r5"],
    ["0", "1", "2", "3+", "3+", "2"],
    ["0-2 år", "0-2 ÅR", "0-2  år", "3-5 år", "0-2 år", "3-5 år"],
    ...Array.from({ length: 4 }, () => ["Ja", "Nej", "JA", "Ja", "Nej", "Ja"]),
  ];
  const labels = new Map([["0", "1"], ["1", "2"], ["2", "3"], ["3+", "4"]]);
  const title = "Er du enig i det, der er sagt?";
  const about = new Map([[1, { labels }], [5, { title }], [6, { title }]]);
  const { codebook } = proposeCodebook({ ...responseTable(header, columns), about }) as Json;
  const book = parseCodebook(filledIn(codebook), "codebook.json");

  const { scale } = Object.entries(codebook.questions as Json)
    .find(([id]) => id === "mellem")![1] as Json;
  deepEqual(
    Object.values(codebook.scales[scale].categories).map(({ aliases }: Json) => aliases),
    [["0"], ["1"], ["2", "3"], ["3+", "4"]],
  );
  const tenure = codebook.variables.anciennitet ??
    codebook.scales[codebook.questions.anciennitet.scale];
  deepEqual(Object.values(tenure.categories).map(({ da }: Json) => da), ["0-2 år", "3-5 år"]);
  equal(book.respondent.column, "respondent_id");
  const all: Json = { ...codebook.questions, ...codebook.variables };
  deepEqual([all.q1.aliases, all.q2.aliases], [[title], []]);
});
