import assert from "node:assert/strict";
import {
  type Codebook,
  comparisonOf,
  earlierCodebook,
  isInWave,
  parseCodebook,
} from "../../lib/responses/codebook.ts";
import { parseJson } from "../../lib/responses/schema.ts";
import { dataFile } from "../../lib/responses/study.ts";

/** The codebook of a wave "2025" after one of "2023", with some things said of that. */
function codebookOf(change: (book: Codebook) => void): Codebook {
  const book = JSON.parse(Deno.readTextFileSync(dataFile("codebook.json"))) as Codebook;
  Object.assign(book.study, { wave: "2025", earlier: { wave: "2023", invited: 6296 } });
  change(book);
  const text = JSON.stringify(book, null, 1);
  return parseCodebook(parseJson(text, "mine.json"), "mine.json");
}

Deno.test("a codebook of several waves is read as it was in each", () => {
  const text = { da: "Før", en: "Before" };
  const now = codebookOf(({ questions, variables }) => {
    questions.workload_quality!.waves = { 2023: { text } };
    questions.wellbeing!.waves = { 2025: null };
    variables.gender!.waves = { 2023: null };
    const { woman, man } = variables.gender!.categories;
    variables.gender!.categories = { man: man!, woman: woman! };
    variables.age_group!.waves = { 2023: { categories: { all: { ...woman!, da: "Alle" } } } };
  });
  const then = earlierCodebook(now);
  assert.deepEqual([then.study.wave, then.study.invited], ["2023", 6296]);
  assert.deepEqual(then.questions.workload_quality!.text, text);
  assert.notDeepEqual(now.questions.workload_quality!.text, text);
  assert.deepEqual(Object.keys(then.variables.age_group!.categories), ["all"]);
  assert.deepEqual(
    [[now, "wellbeing"], [then, "wellbeing"], [now, "gender"], [then, "gender"]]
      .map(([book, name]) => isInWave(book as Codebook, name as string)),
    [false, true, true, false],
  );
});

Deno.test("what was asked in other words is compared with a notice, where nothing else is said", () => {
  const text = { da: "Før", en: "Before" };
  const now = codebookOf(({ questions, scales }) => {
    questions.workload_quality!.waves = { 2023: { text } };
    questions.time_pressure!.waves = { 2023: { text, compare: "yes" } };
    questions.balance_difficult!.waves = { 2023: { aliases: ["q9"] } };
    questions.act_change!.waves = { 2023: { text } };
    scales.frequency!.waves = { 2023: { compare: "no" } };
  });
  const found = (name: string) => comparisonOf(now, name, "2023");
  assert.equal(found("workload_quality"), "notice");
  assert.equal(found("time_pressure"), "yes");
  assert.equal(found("balance_difficult"), "yes");
  // Where neither the question nor its scale allows it, the stricter of them counts.
  assert.equal(found("act_change"), "no");
  assert.equal(found("wellbeing"), "yes");
  assert.equal(comparisonOf(now, "act_change", undefined), "yes");
});

const WRONG: [string, (book: Codebook) => void, RegExp][] = [
  [
    "a wave that the study does not have",
    ({ questions }) => questions.wellbeing!.waves = { 2032: null },
    /line \d+: questions\.wellbeing\.waves\.2032: no wave "2032" \(there is: 2025, 2023;/,
  ],
  [
    "what this wave is, said twice",
    ({ questions }) => questions.wellbeing!.waves = { 2025: { compare: "no" } },
    /line \d+: questions\.wellbeing\.waves\.2025: "2025" is this wave/,
  ],
  [
    "a scale of an earlier wave without the categories of its sets",
    ({ scales }) => {
      const { very_often } = scales.frequency!.categories;
      scales.frequency!.waves = { 2023: { categories: { very_often: very_often! } } };
    },
    /scales\.frequency\.sets\.often_or_very_often: no category "often".*\(in the wave 2023\)/,
  ],
  [
    "a scale that is not there, at its place in the wave",
    ({ questions }) => questions.wellbeing!.waves = { 2023: { scale: "mood" } },
    /line \d+: questions\.wellbeing\.waves\.2023\.scale: no scale "mood"/,
  ],
];
for (const [what, spoil, says] of WRONG) {
  Deno.test(`parseCodebook() refuses ${what}`, () => {
    assert.throws(() => codebookOf(spoil), says);
  });
}
