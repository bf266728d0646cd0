import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { counts } from "../../lib/commands/counts.ts";
import { dataHeading, dataTold, sharedTold, waves } from "../../lib/notebook/data_told.ts";
import { openWith } from "../../lib/notebook/open_survey.ts";
import type { Settings } from "../../lib/notebook/settings.ts";
import { matchRespondents } from "../../lib/responses/match_respondents.ts";
import { codebook, dataFile, synthesisDesign } from "../../lib/responses/study.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { synthesize } from "../../lib/responses/synthesis/synthesize.ts";
import { isShown, wholePercent } from "../../lib/statistics/estimate.ts";
import { estimates } from "../../lib/statistics/estimates.ts";
import { movedMost } from "../../lib/statistics/moved_most.ts";
import { publishedShares } from "../../lib/statistics/published_wave.ts";
import { describeData } from "../../lib/words/describe_data.ts";
import { inFolder } from "../commands/run_task.ts";

const SHIPPED = fileURLToPath(dataFile("responses.csv"));
const settings = { data: null, where: {}, languages: ["da", "en"], report: true } as const;

const withBaseline = (options: Partial<Settings>) => openWith({ ...settings, ...options });

Deno.test("openSurvey() has nothing to compare with where nothing is set", async () => {
  assert.equal((await openWith(settings)).baseline, undefined);
});

Deno.test("the published figures are a baseline that the shipped answers have not moved from", async () => {
  const survey = await withBaseline({ baseline: "published" });
  const { baseline } = survey;
  assert.equal(baseline!.survey, null);
  const movements = baseline!.main();
  assert.equal(movements.length, Object.keys(codebook().questions).length);
  assert.deepEqual(movements.filter(({ moved }) => moved !== "none"), []);
  const told = (language: "da" | "en") =>
    String(waves(survey).render(language).outputs[0]!["text/plain"]);
  assert.equal(
    told("en"),
    "None of the 13 main figures has moved by more than chance can explain since the published " +
      "figures of 2023.",
  );
  assert.match(
    told("da"),
    /^Ingen af de 13 hovedtal har flyttet sig mere, end tilfældet kan forklare/,
  );
  const { details: html = "" } = waves(survey).render("en").part;
  assert.match(html, /any share that rounds to it/);
  assert.match(html, /who they are was not published/);
});

Deno.test("publishedShares() print as the shipped answers do, category by category", async () => {
  const survey = await openWith(settings);
  const published = Object.keys(codebook().questions)
    .flatMap((question) => publishedShares(codebook(), question, null));
  const categories = published.filter(({ estimate }) => estimate.category !== null);
  assert.ok(categories.length > 60);
  for (const { estimate: before } of categories) {
    const now = estimates(survey, before.question)
      .find(({ category }) => category === before.category)!;
    assert.ok(isShown(now));
    assert.equal(wholePercent(now.share), wholePercent(before.share), before.question);
    assert.equal(now.n, before.n);
    assert.equal(before.count, null);
    assert.ok(before.low <= before.share && before.share <= before.high);
    // The interval of a rounded share is wider than that of the share itself.
    assert.ok(before.high - before.low > now.high - now.low - 0.005);
  }
});

Deno.test("publishedShares() add up categories where a set is not printed, and have the groups whose size is", () => {
  const setOf = (question: string, by: string | null, set: string) =>
    publishedShares(codebook(), question, by).filter(({ estimate }) => estimate.set === set);
  const [omitted] = setOf("pressure_omit", null, "at_least_sometimes");
  assert.equal(wholePercent(omitted!.estimate.share), 27);
  const servers = setOf("time_pressure", "serves_politicians", "agree");
  assert.deepEqual(
    servers.map(({ estimate: { group, n, share } }) => [group, n, wholePercent(share)]),
    [["yes", 979, 53]],
  );
  assert.deepEqual(setOf("balance_difficult", "managers_between", "agree"), []);
});

Deno.test("a printed number rests on fewer people, as rounding allows", () => {
  const size = (question: string) => {
    const found = publishedShares(codebook(), question, null);
    const { counted, estimate } = found.find((each) => each.estimate.set === "at_least_sometimes")!;
    const { n, share } = estimate;
    return { size: counted.base.n, rounding: (1 / counted.base.n - 1 / n) * share * (1 - share) };
  };
  assert.ok(Math.abs(size("pressure_change").rounding - 0.0001 / 12) < 1e-15);
  assert.ok(Math.abs(size("pressure_omit").rounding - 0.0003 / 12) < 1e-15);
});

Deno.test("a group is not compared with published figures of everyone", async () => {
  const where = { gender: ["man"] };
  await assert.rejects(
    () => withBaseline({ where, baseline: "published" }),
    /figures are of everyone.*Leave out --where/s,
  );
});

Deno.test("a report on a group that nobody is in is refused, of rows and of counts", () =>
  inFolder(async (folder) => {
    const [header = "", ...rows] = (await Deno.readTextFile(SHIPPED)).trimEnd().split("\n");
    const women = [header, ...rows.filter((row) => row.includes(",Kvinde,"))].join("\n") + "\n";
    const [data, counted] = [`${folder}/women.csv`, `${folder}/counts.csv`];
    await Deno.writeTextFile(data, women);
    await counts(data, { out: counted, where: ["gender"], table: "responses" });
    for (const file of [data, counted]) {
      await assert.rejects(
        () => openWith({ ...settings, data: file, where: { gender: ["man"] } }),
        /^InputError: Nobody in (women|counts)\.csv is in the group gender=man\. There is: gender woman\.$/,
      );
    }
  }));

Deno.test("waves() says what moved since an earlier wave, in words, a chart and a table", () =>
  inFolder(async (folder) => {
    const file = `${folder}/next.csv`;
    await Deno.writeTextFile(
      file,
      synthesize(codebook(), synthesisDesign(), { seed: 3, shift: { pressure_change: 17 } }),
    );
    const survey = await withBaseline({ data: file, baseline: SHIPPED });
    const [first, ...others] = movedMost(survey.baseline!.main());
    assert.equal(first!.now.question, "pressure_change");
    assert.equal(first!.moved, "up");
    assert.ok(Math.abs(first!.difference - 0.17) < 0.01);
    assert.ok(first!.low < first!.difference && first!.difference < first!.high);
    assert.ok(others.some(({ moved }) => moved === "none"));
    const shown = waves(survey);
    for (const language of ["da", "en"] as const) {
      const { part, outputs } = shown.render(language);
      assert.match(part.html, /17\s(procentpoint|percentage points)/);
      assert.match(part.html, language === "da" ? /kan være tilfældige/ : /may be due to chance/);
      // Synthetic people of another seed have other ids.
      assert.match(
        part.details!,
        language === "da" ? /har ingen svaret begge/ : /nobody answered both/,
      );
      assert.equal(part.tables?.[0]?.rows.length, 13);
      assert.ok(outputs.some((output) => "image/svg+xml" in output));
    }
  }));

const told = (now: Survey, before: Survey | null) =>
  describeData(now, before && { survey: before }).map(({ en }) => en).join("\n");

Deno.test("describeData() tells a question that went, and bases that changed, from no change", async () => {
  const survey = await openWith(settings);
  assert.match(told(survey, survey), /Both waves have the same questions/);
  assert.match(told(survey, survey), /everyone who answered \(1,288, before 1,288\)/);
  const codes = new Map([...survey.codes].filter(([name]) => name !== "wellbeing"));
  const without = { ...survey, codes, left_out: ["wellbeing"] };
  const label = codebook().questions["wellbeing"]!.label.en;
  assert.match(told(without, survey), new RegExp(`Not part of this wave: “${label}”`));
  assert.match(told(survey, without), new RegExp(`New in this wave: “${label}”`));
  assert.match(told(without, null), new RegExp(`Not there: “${label}”`));
  assert.match(told(survey, null), /All questions and background of the codebook/);
});

/** The shipped survey with other answers to one question, from the first respondent on. */
async function withAnswers(question: string, change: (codes: Uint8Array) => void): Promise<Survey> {
  const survey = await openWith(settings);
  const codes = survey.codes.get(question)!.slice();
  change(codes);
  return { ...survey, codes: new Map([...survey.codes, [question, codes]]) };
}

Deno.test("describeData() tells answers that nobody gives any longer, and those left out", async () => {
  const survey = await openWith(settings);
  const never = await withAnswers(
    "pressure_change",
    (codes) => codes.forEach((code, i) => codes[i] = code === 5 ? 4 : code),
  );
  assert.match(
    told(never, survey),
    /Nobody answers any longer “never” to “Feels pressure to change/i,
  );
  assert.match(told(survey, never), /Nobody answered before “never” to “Feels pressure to change/i);
  assert.match(told(never, null), /Nobody answers “never” to “Feels pressure to change/i);
  const skipped = await withAnswers("wellbeing", (codes) => codes.fill(0, 0, 64));
  assert.match(told(skipped, null), /Skipped by those asked: “Is doing well[^”]*” 5%/);
  assert.match(told(skipped, survey), /5% \(nobody before\)/);
  assert.match(told(survey, skipped), /nobody \(5% before\)/);
});

Deno.test("describeData() names no number of people below the least base", async () => {
  const survey = await openWith(settings);
  const { least_base } = survey.codebook.disclosure;
  // Five respondents answer everything as the first one does.
  const codes = new Map([...survey.codes].map(([name, own]) => {
    const copied = own.slice();
    copied.fill(own[0]!, 1, 6);
    return [name, copied];
  }));
  const text = told({ ...survey, codes }, null);
  assert.match(text, new RegExp(`as somebody else did: fewer than ${least_base}\\.`));
  const numbers = [
    ...text.replace(new RegExp(`fewer than ${least_base}`, "g"), "")
      .matchAll(/(?<!the )\b\d[\d,]*(?!%)\b/g),
  ].map(([number]) => Number(number.replace(",", "")));
  assert.deepEqual(numbers.filter((number) => number > 0 && number < least_base), []);
});

Deno.test("describeData() counts all who answered as somebody else did", async () => {
  const survey = await openWith(settings);
  const codes = new Map([...survey.codes].map(([name, own]) => [name, own.slice().fill(own[0]!)]));
  assert.match(told({ ...survey, codes }, null), /as somebody else did: 1,288\./);
});

Deno.test("dataTold() is about the whole file where a report is about a group", async () => {
  const survey = await withBaseline({ baseline: SHIPPED, where: { gender: ["woman"] } });
  const { da, en } = dataTold(survey);
  assert.match(en, /the whole file, not only the group/);
  assert.match(da, /- Baser: alle, der svarede \(1\.288, før 1\.288\);/);
  assert.equal(dataHeading(survey).en, "What is different in the data");
  const published = await withBaseline({ baseline: "published" });
  assert.match(dataTold(published).en, /rulings \(399, before 399\)/);
});

Deno.test("a second wave with some of the same people tells how many, and is surer of the changes", () =>
  inFolder(async (folder) => {
    const lines = (await Deno.readTextFile(SHIPPED)).trimEnd().split("\n");
    // One in five of those invited answered: their numbers stand for people.
    const [header = "", ...rows] = lines.map((line) =>
      line.replace(/^synthetic-(\d+)/, (_, id) => `synthetic-${5 * id}`)
    );
    const all = `${folder}/all.csv`;
    await Deno.writeTextFile(all, [header, ...rows].join("\n") + "\n");
    const file = `${folder}/again.csv`;
    // Everybody but the first hundred answers again, and says the same.
    await Deno.writeTextFile(file, [header, ...rows.slice(100)].join("\n") + "\n");
    const survey = await withBaseline({ data: file, baseline: all });
    const { shared, main } = survey.baseline!;
    assert.deepEqual(shared, { people: rows.length - 100, why: null });
    const without = `${folder}/without.csv`;
    const anonymous = [header, ...rows.slice(100)].map((line) => line.slice(line.indexOf(",") + 1));
    await Deno.writeTextFile(without, anonymous.join("\n") + "\n");
    const numbered = await withBaseline({
      data: await renumbered(folder, rows.slice(100), header),
      baseline: SHIPPED,
    });
    assert.deepEqual(numbered.baseline!.shared, { people: null, why: "running_ids" });
    assert.match(sharedTold(numbered, numbered.baseline!).en, /number their rows.*independent/);
    const unknown = await withBaseline({ data: without, baseline: all });
    assert.deepEqual(unknown.baseline!.shared, { people: null, why: "no_ids" });
    const counted = { ...survey, ids: null, counted: { weighted: false, tables: new Map() } };
    assert.equal(matchRespondents(counted, survey), "counted");
    const why = { people: null, why: "counted" } as const;
    assert.match(
      sharedTold(survey, { ...survey.baseline!, shared: why }).en,
      /ids are not compared/,
    );
    main().forEach((change, i) => {
      const apart = unknown.baseline!.main()[i]!;
      assert.ok(Math.abs(change.difference - apart.difference) < 1e-12);
      assert.ok(change.high - change.low < (apart.high - apart.low) / 2, change.now.question);
    });
    assert.match(sharedTold(survey, survey.baseline!).en, /1,188 answered both times, 100%/);
    assert.match(sharedTold(unknown, unknown.baseline!).da, /har ikke id'er/);
    assert.doesNotMatch(Deno.inspect(survey, { depth: 9, iterableLimit: 5000 }), /synthetic-0/);
  }));

/** The same answers with ids that number the rows. */
async function renumbered(folder: string, rows: readonly string[], header: string) {
  const file = `${folder}/numbered.csv`;
  const numbered = rows.map((row, i) =>
    `synthetic-${String(i + 1).padStart(4, "0")}${row.slice(row.indexOf(","))}`
  );
  await Deno.writeTextFile(file, [header, ...numbered].join("\n") + "\n");
  return file;
}

Deno.test("two files that are the same but for a few people are refused", () =>
  inFolder(async (folder) => {
    const lines = (await Deno.readTextFile(SHIPPED)).trimEnd().split("\n");
    const file = `${folder}/export.csv`;
    await Deno.writeTextFile(file, lines.slice(0, -5).join("\n") + "\n");
    await assert.rejects(
      () => withBaseline({ data: file, baseline: SHIPPED }),
      /same answers but for fewer than 10 people in responses.csv/,
    );
    await assert.rejects(
      () => withBaseline({ data: SHIPPED, baseline: file }),
      /fewer than 10 people in responses.csv/,
    );
    const same = await withBaseline({ data: SHIPPED, baseline: SHIPPED });
    assert.ok(
      same.baseline!.main().every(({ difference, moved }) => difference === 0 && moved === "none"),
    );
  }));

Deno.test("an earlier wave without weights is compared with as it is, and that is said", () =>
  inFolder(async (folder) => {
    const lines = synthesize(codebook(), synthesisDesign(), { seed: 3 }).trimEnd().split("\n");
    const file = `${folder}/weighted.csv`;
    const weighted = lines.map((line, i) => `${line},${i === 0 ? "weight" : 1 + i % 3}`);
    await Deno.writeTextFile(file, weighted.join("\n") + "\n");
    const survey = await withBaseline({ data: file, baseline: SHIPPED, weights: "column" });
    const [change] = survey.baseline!.main();
    assert.equal(change!.now.weighted, true);
    assert.equal(change!.before.weighted, false);
    assert.match(waves(survey).render("da").part.details!, /Denne rundes andele er vægtede/);
    const both = await withBaseline({ data: file, baseline: file, weights: "column" });
    assert.equal(both.baseline!.main()[0]!.before.weighted, true);
    assert.doesNotMatch(waves(both).render("da").part.details!, /Denne rundes andele er vægtede/);
    await assert.rejects(
      () => withBaseline({ data: file, baseline: `${folder}/none.csv` }),
      /none/,
    );
  }));
