import assert from "node:assert/strict";
import { type Codebook, parseCodebook } from "../../lib/responses/codebook.ts";
import { columnsToAnswer, questionsOf } from "../../lib/responses/kinds.ts";
import { validateAnswers } from "../../lib/statistics/load_answers.ts";
import { parseMapping } from "../../lib/responses/mapping.ts";
import { formatProblems } from "../../lib/responses/problem.ts";
import { proposeMapping } from "../../lib/responses/propose_mapping.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { withFile } from "./with_file.ts";

/** People with gaps: a routing question left empty, who stopped half-way, who did not wish to answer. */
const GAPS = [
  "respondent,serves_politicians,makes_decisions,managers_between,pressure_change,balance_difficult,wellbeing",
  "a1,,0,0,Sjældent,Enig,Enig",
  "a2,,0,,Ofte,,Enig",
  "a3,1,,1,Sjældent,Enig,Ønsker ikke at svare",
  "a4,0,0,,Sjældent,,",
  "a5,0,0,,,,",
].join("\n") + "\n";

const checked = (change: (book: Codebook) => void, content = GAPS) => {
  const book = structuredClone(codebook());
  for (const scale of Object.values(book.scales)) {
    scale.no_answer = [{
      da: "Ønsker ikke at svare",
      en: "Do not wish to answer",
      aliases: ["99"],
    }];
  }
  change(book);
  return withFile("answers.csv", content, (path) => validateAnswers(path, book));
};

Deno.test("who answered a follow-up without its routing question is refused, and told of the choice", async () => {
  const { problems, survey } = await checked(() => {});
  assert.equal(survey, null);
  assert.deepEqual(problems.map(({ rule, column, row }) => [rule, column, row]), [
    ["answered_not_asked", "managers_between", 1],
    ["answered_not_asked", "balance_difficult", 1],
  ]);
});

Deno.test('with routing "infer" they count as asked, and how many is told', async () => {
  const { survey, warnings } = await checked(({ study }) => study.routing = "infer");
  const codes = (name: string) => [...survey!.codes.get(name)!];
  assert.deepEqual(codes("serves_politicians"), [1, 0, 1, 2, 2]);
  assert.deepEqual(codes("balance_difficult"), [2, 255, 2, 255, 255]);
  assert.deepEqual(survey!.source.inferred, { serves_politicians: 1 });
  const told = warnings.find(({ rule }) => rule === "inferred_routing");
  assert.deepEqual([told?.column, told?.count], ["serves_politicians", 1]);
});

Deno.test("somebody who does not wish to answer gave no answer, and how many is told", async () => {
  const { survey, warnings } = await checked(({ study }) => study.routing = "infer");
  assert.deepEqual([...survey!.codes.get("wellbeing")!], [2, 2, 0, 0, 0]);
  assert.deepEqual(survey!.source.declined, { wellbeing: 1 });
  const told = warnings.find(({ rule }) => rule === "declined");
  assert.deepEqual([told?.column, told?.value, told?.count], [
    ...["wellbeing", "Ønsker ikke at svare"],
    1,
  ]);
  const coded = await checked(
    ({ study }) => study.routing = "infer",
    GAPS.replace("Ønsker ikke at svare", "99"),
  );
  assert.deepEqual(coded.survey!.source.declined, { wellbeing: 1 });
});

Deno.test("who stopped too early counts for nothing, by share answered and by question", async () => {
  const kept = async (counts_if: NonNullable<Codebook["respondent"]["counts_if"]>) => {
    const { survey, warnings } = await checked((book) => {
      book.study.routing = "infer";
      book.respondent.counts_if = counts_if;
    });
    const { ids, source, codes } = survey!;
    assert.equal(source.respondents, ids!.length);
    assert.ok([...codes.values()].every(({ length }) => length === ids!.length));
    const told = warnings.find(({ rule }) => rule === "incomplete");
    assert.equal(told?.count, source.incomplete);
    return [Array.from({ length: ids!.length }, (_, i) => ids!.at(i)), source.incomplete];
  };
  assert.deepEqual(await kept({ answered: 0.5 }), [["a1", "a2", "a3", "a4"], 1]);
  assert.deepEqual(await kept({ answered: 0.6 }), [["a1", "a2", "a3"], 2]);
  // Who was not asked a question need not have answered it.
  assert.deepEqual(await kept({ questions: ["balance_difficult", "wellbeing"] }), [
    ["a1", "a2"],
    3,
  ]);
  assert.deepEqual(await kept({ answered: 0 }), [["a1", "a2", "a3", "a4", "a5"], undefined]);
});

Deno.test("a question that was not part of the wave is not missed, and its column left aside", async () => {
  const { warnings, survey } = await checked((book) => {
    Object.assign(book.study, { wave: "2025", routing: "infer" });
    book.questions.cooperation_satisfaction!.waves = { 2025: null };
    book.questions.wellbeing!.waves = { 2025: null };
  });
  const left = warnings.filter(({ rule }) => rule === "left_out").map(({ column }) => column);
  assert.ok(left.includes("time_pressure") && !left.includes("cooperation_satisfaction"));
  assert.ok(survey!.left_out.includes("wellbeing") && !survey!.codes.has("wellbeing"));
  const [aside] = warnings.filter(({ rule }) => rule === "unknown_column");
  assert.deepEqual([aside?.column, aside?.expected], [
    "wellbeing",
    "no such column: wellbeing was not part of 2025",
  ]);
});

Deno.test("an answer that several columns have is asked about once, and answered once for all", async () => {
  const both = "Ved ikke / ikke relevant";
  const content = [
    "respondent,time_pressure,wellbeing,pressure_change",
    `a1,${both},${both},Ofte`,
    `a2,Helt enig,${both},Sjældent`,
  ].join("\n");
  await withFile("answers.csv", content, async (path) => {
    const { problems } = await validateAnswers(path, codebook());
    const told = formatProblems(problems);
    assert.match(told, /"time_pressure", "wellbeing" {2}"Ved ikke \/ ikke relevant" {2}3 times/);
    assert.match(told, /nearest: Ved ikke$/m);
    const proposed = await proposeMapping(path, codebook());
    assert.deepEqual(proposed!.values, { "*": { [both]: ["dont_know"] } });

    const given = { values: { "*": { [both]: "dont_know" }, wellbeing: { [both]: null } } };
    const mapping = parseMapping(given, "mapping.json", codebook());
    const { survey } = await validateAnswers(path, codebook(), { mapping });
    const codes = (name: string) => [...survey!.codes.get(name)!];
    // What is said of a column by itself comes first.
    assert.deepEqual([codes("time_pressure"), codes("wellbeing")], [[6, 1], [0, 0]]);
    assert.throws(
      () => parseMapping({ values: { "*": { [both]: "nowhere" } } }, "mapping.json", codebook()),
      /values\.\*\."Ved ikke \/ ikke relevant": no name "nowhere"/,
    );
  });
});

Deno.test("a question of several answers counts once towards who counts, open text and scores never", () => {
  const raw = JSON.parse(Deno.readTextFileSync(dataFile("codebook.json")));
  const text = { da: "Hvad gjorde du?", en: "What did you do?" };
  const { page: _, ...asked } = raw.questions.wellbeing;
  Object.assign(raw.questions, {
    ways: { ...asked, label: text, text, kind: "several", aliases: [] },
    remarks: { label: { da: "Ros", en: "Praise" }, text, base: "all", kind: "open", aliases: [] },
  });
  const book = parseCodebook(raw, "mine.json");
  const columns = columnsToAnswer(book);
  assert.ok(columns.includes("wellbeing"));
  const items = questionsOf(book, "ways");
  assert.ok(items.length > 2);
  assert.deepEqual(columns.filter((name) => items.includes(name)), [items[0]]);
  assert.ok(!columns.includes("remarks"));
});
