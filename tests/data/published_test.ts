import assert from "node:assert/strict";
import { categoriesOf } from "../../lib/responses/codebook.ts";
import { InputError } from "../../lib/responses/input_error.ts";
import { codebook, readPublished } from "../../lib/responses/study.ts";
import { parsePublished } from "../../lib/responses/published.ts";

const published = readPublished();

Deno.test("the published figures hold all 130 lines of the check list and the two other derived figures", () => {
  const ids = published.indicators.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(ids.length, 130 + 2);
  const labels = published.indicators.filter(({ kind }) => kind === "label");
  const expected = Object.entries(codebook().questions).flatMap(([id, q]) =>
    Object.keys(codebook().scales[q.scale]?.categories ?? {})
      .map((_, i) => `${id}__${i + 1}`)
  );
  assert.deepEqual(labels.map(({ id }) => id), expected);
  for (
    const id of [
      "n_all",
      "often_pressed_union",
      "dir_act_pressure",
      "profile_wellbeing_spread",
      "respondents_rounded",
      "leader_support_not_high",
    ]
  ) assert(ids.includes(id), id);
});

Deno.test("a label's category is the one its number says", () => {
  for (const { id, kind, questions, categories } of published.indicators) {
    if (kind !== "label") continue;
    const position = Number(id.slice(-1)) - 1;
    const names = Object.keys(categoriesOf(codebook(), questions[0] ?? "") ?? {});
    assert.deepEqual(categories, [names[position]]);
  }
});

Deno.test("the published figures refer only to what there is", () => {
  const book = codebook();
  const ids = new Set(published.indicators.map(({ id }) => id));
  const factIds = new Set(published.facts.map(({ id }) => id));
  const needWhere = (at: string, where: Record<string, string[]>) => {
    for (const [name, among] of Object.entries(where)) {
      for (const category of among) {
        assert(
          Object.hasOwn(categoriesOf(book, name) ?? {}, category),
          `${at}: ${name}.${category}`,
        );
      }
    }
  };
  for (const indicator of published.indicators) {
    const { id, base, where, questions, set, categories, rules } = indicator;
    assert(book.bases[base], id);
    needWhere(id, where);
    for (const question of questions) {
      needWhere(id, { [question]: categories });
      const scale = book.scales[book.questions[question]?.scale ?? ""];
      if (set) assert.deepEqual(scale?.sets[set]?.categories, categories, id);
      assert.equal(book.questions[question]?.base, base, id);
    }
    for (const rule of rules) {
      if ("by" in rule) needWhere(id, { [rule.by]: rule.order });
      if ("than" in rule) needWhere(id, rule.than);
      if ("fact" in rule) assert(factIds.has(rule.fact), id);
      if ("indicator" in rule) assert(ids.has(rule.indicator), id);
    }
  }
  const referred = [
    ...published.associations.flatMap(({ indicators }) => indicators),
    ...published.main_conclusions.flatMap((c) => [
      ...c.indicators,
      ...c.supporting,
      ...c.claims.flatMap(({ indicators }) => indicators),
    ]),
  ];
  for (const id of referred) assert(ids.has(id), id);
});

Deno.test("the published figures count as many of each thing as the report has", () => {
  assert.equal(published.associations.length, 9);
  assert.equal(published.main_conclusions.length, 4);
  assert.equal(published.ambiguities.length, 20);
  assert.equal(published.facts.length, 19);
  assert.equal(published.pages.length, 20);
});

Deno.test("the report's own wording is kept in fragments of at most four words", () => {
  for (const { id, wording } of published.indicators) {
    for (const fragment of wording) {
      assert(fragment.split(/\s+/).length <= 4, `${id}: ${fragment}`);
    }
  }
});

Deno.test("parsePublished() names every place that is wrong", () => {
  assert.throws(
    () => parsePublished({ indicators: [{ id: "A B" }] }, "mine.json"),
    (error) =>
      error instanceof InputError && /mine\.json/.test(error.message) &&
      /indicators\.0\.id/.test(error.message) &&
      /facts/.test(error.message),
  );
});
