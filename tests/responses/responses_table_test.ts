import { from, fromArrow, op } from "arquero";
import assert from "node:assert/strict";
import {
  CountedByHand,
  Factor,
  Responses,
  responsesTable,
} from "../../lib/responses/responses_table.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";

const survey = await loadAnswers(dataFile("responses.csv"), codebook());
const responses = responsesTable(survey);
const plain = from(responses.objects() as object[]);

Deno.test("the table of responses has the codebook's variables and questions in order", () => {
  const { variables, questions } = survey.codebook;
  const names = [...Object.keys(variables), ...Object.keys(questions)];
  assert.deepEqual(
    responses.columnNames().filter((name) => name !== survey.codebook.respondent.column),
    names,
  );
  assert.equal(responses.numRows(), survey.source.respondents);
});

Deno.test("a Factor's values are category ids, null without an answer and undefined not asked", () => {
  const factor = new Factor(Uint8Array.of(2, 0, 255, 1), ["a", "b"]);
  assert.deepEqual([...factor], ["b", null, undefined, "a"]);
  assert.deepEqual(factor.toArray(), [...factor]);
  assert.deepEqual([0, 1, 2, 3].map((row) => factor.at(row)), [...factor]);
  assert.deepEqual(["a", "b", null, undefined, "c"].map((value) => factor.keyFor(value)), [
    ...[1, 2, 0, 255, -1],
  ]);
});

for (
  const [what, query] of Object.entries(
    {
      "filter, groupby and count": (t) =>
        t.filter((d: Row) => d.gender === "woman").groupby("wellbeing", "tenure").count(),
      "groupby of one column": (t) => t.groupby("age_group").count().orderby("age_group"),
      "rollup": (t) =>
        t.groupby("gender").rollup({
          n: op.count(),
          agree: (d: Row) => op.sum(d.wellbeing === "agree" ? 1 : 0),
        }).orderby("gender"),
      "pivot": (t) => t.groupby("gender", "wellbeing").count().pivot("gender", "count"),
      "fold": (t) => t.select("act_change", "act_omit").fold(["act_change", "act_omit"]).count(),
      "orderby, slice, derive": (t) =>
        t.derive({ row: () => op.row_number() }).orderby("tenure", "row").slice(0, 20)
          .select("tenure", "row"),
      "a filter after groupby": (t) =>
        t.groupby("gender").filter((d: Row) => d.tenure === "years_0_2").count().orderby("gender"),
    } satisfies Record<string, (table: typeof plain) => typeof plain>,
  )
) {
  Deno.test(`Arquero's ${what} give of Factors what they give of plain columns`, () => {
    const sorted = (table: typeof plain) =>
      (table.objects() as object[]).map((row) => JSON.stringify(row)).sort();
    assert.deepEqual(sorted(query(responses)), sorted(query(plain)));
  });
}

type Row = Record<string, string>;

Deno.test("groupby() of one Factor gives its levels in the codebook's order", () => {
  const counts = responses.groupby("wellbeing").count().objects() as { wellbeing: string }[];
  const order = Object.keys(survey.codebook.scales["agreement_meget_uenig"]!.categories);
  const known = counts.map(({ wellbeing }) => wellbeing).filter((level) => level !== null);
  assert.deepEqual(known, order.filter((level) => known.includes(level)));
});

Deno.test("the table of responses goes to CSV and Arrow", () => {
  const [header, first] = responses.toCSV().split("\n");
  assert.equal(header, responses.columnNames().join(","));
  assert.ok(first!.includes(responses.get("gender", 0) as string));
  const back = fromArrow(responses.select("gender", "wellbeing").toArrowIPC()!);
  assert.deepEqual(back.objects(), responses.select("gender", "wellbeing").objects());
});

Deno.test("labels in a language stand in place of category ids", () => {
  const labelled = responsesTable(survey, "en");
  const { categories } = survey.codebook.variables["gender"]!;
  const id = responses.get("gender", 0) as string;
  assert.equal(labelled.get("gender", 0), categories[id]!.en);
});

Deno.test("what filters, derives, sorts or cuts responses is still responses, what counts is not", () => {
  for (
    const rows of [
      responses.filter((d: Row) => d.gender === "woman"),
      responses.derive({ x: () => 1 }).select("x"),
      responses.orderby("gender").slice(0, 5),
      responses.sample(3),
      responses.groupby("gender"),
    ]
  ) assert.ok(rows instanceof Responses);
  for (
    const groups of [
      responses.count(),
      responses.groupby("gender").count(),
      responses.groupby("gender").rollup({ n: op.count() }),
      responses.groupby("gender").pivot("tenure", { n: op.count() }),
    ]
  ) assert.ok(!(groups instanceof Responses));
});

Deno.test("of a survey on a group the table has the group", () => {
  const women = responsesTable({ ...survey, within: { gender: ["woman"] } });
  assert.equal(women.numRows(), responses.filter((d: Row) => d.gender === "woman").numRows());
  assert.deepEqual([...new Set(women.array("gender"))], ["woman"]);
});

Deno.test("a table that was counted by hand knows whether its numbers are below the least base", () => {
  const { least_base } = survey.codebook.disclosure;
  const table = responses.groupby("wellbeing", "tenure", "gender").count();
  const isBelow = (counts: unknown) => (counts as CountedByHand).isBelowLeastBase();
  assert.ok(table instanceof CountedByHand);
  assert.ok((table.array("count") as number[]).some((n) => n < least_base));
  for (const same of [table, table.orderby("count"), table.filter(() => true)]) {
    assert.ok(isBelow(same));
  }
  assert.ok(!isBelow(table.filter((d: { count: number }) => d.count > 1000)));
  assert.ok(!isBelow(responses.groupby("gender").count()));
});
