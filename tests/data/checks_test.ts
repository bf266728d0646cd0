/**
 * Every published figure against the synthetic answers, evaluated here with plain loops over the
 * file's text: nothing of lib/ that the figures could share a mistake with.
 */
import assert from "node:assert/strict";
import codebook from "../../data/codebook.json" with { type: "json" };
import published from "../../data/published.json" with { type: "json" };
import { shippedStudyTest } from "../shipped_study.ts";

type Row = Record<string, string>;
type Where = Record<string, string[]>;
type Category = { da: string; aliases?: string[]; where?: Where };
type Rule = {
  kind: string;
  value?: number;
  indicator?: string;
  by?: string;
  order?: string[];
  than?: Where;
  categories?: string[];
  fact?: string;
  hard: boolean;
};
type Indicator = {
  id: string;
  questions: string[];
  categories: string[];
  base: string;
  where: Where;
  rules: Rule[];
};

const [header = [], ...lines] = Deno.readTextFileSync(
  new URL("../../data/responses.csv", import.meta.url),
).trimEnd().split("\n").map((line) => line.split(","));
const rows: Row[] = lines.map((line) =>
  Object.fromEntries(header.map((name, i) => [name, line[i] ?? ""]))
);
const indicators = published.indicators as unknown as Indicator[];
const facts = new Map(published.facts.map((fact) => [fact.id, fact.value]));

/** Whether a row's answer is one of the categories; a flag may be written as its code. */
function isAmong(row: Row, name: string, categories: string[]): boolean {
  const questions = codebook.questions as Record<string, { scale: string }>;
  const scales = codebook.scales as unknown as Record<
    string,
    { categories: Record<string, Category> }
  >;
  const variables = codebook.variables as unknown as Record<
    string,
    { derived: boolean; categories: Record<string, Category> }
  >;
  const scale = questions[name]?.scale;
  const all = scale ? scales[scale]?.categories : variables[name]?.categories;
  assert(all, `no question or variable ${name}`);
  return categories.some((id) => {
    const category = all[id];
    assert(category, `${name} has no category ${id}`);
    if (category.where) return fits(row, category.where);
    return row[name] === category.da ||
      (category.aliases ?? []).includes(row[name] ?? "");
  });
}

function fits(row: Row, where: Where): boolean {
  return Object.entries(where).every(([name, among]) => isAmong(row, name, among));
}

function peopleOf(indicator: Indicator, where: Where): Row[] {
  const bases = codebook.bases as Record<string, { where: Where }>;
  const base = bases[indicator.base];
  assert(base, `no base ${indicator.base}`);
  return rows.filter((row) => fits(row, base.where) && fits(row, where));
}

/** Count and base; an answer to any of the indicator's questions counts. */
function shareOf(indicator: Indicator, where = indicator.where) {
  const people = peopleOf(indicator, where);
  const among = people.filter((row) =>
    indicator.questions.some((q) => isAmong(row, q, indicator.categories))
  );
  assert(people.length > 0, `${indicator.id}: nobody in the base`);
  return { k: among.length, n: people.length };
}

const percent = ({ k, n }: { k: number; n: number }) => (100 * k) / n;
/** Half up, in whole numbers. */
const rounded = (k: number, n: number) => Math.floor((200 * k + n) / (2 * n));

function holds(indicator: Indicator, rule: Rule): boolean {
  const value = rule.value ?? NaN;
  const grouped = () =>
    (rule.order ?? []).map((group) =>
      percent(
        shareOf(indicator, { ...indicator.where, [rule.by ?? ""]: [group] }),
      )
    );
  switch (rule.kind) {
    case "equals_rounded": {
      const { k, n } = shareOf(indicator);
      return rounded(k, n) === value;
    }
    case "below":
      return percent(shareOf(indicator)) < value;
    case "above":
      return percent(shareOf(indicator)) > value;
    case "at_least":
      return percent(shareOf(indicator)) >= value;
    case "below_indicator": {
      const other = indicators.find(({ id }) => id === rule.indicator);
      assert(other);
      return percent(shareOf(indicator)) < percent(shareOf(other));
    }
    case "rises":
      return grouped().every((share, i, all) => i === 0 || share > (all[i - 1] ?? NaN));
    case "falls":
      return grouped().every((share, i, all) => i === 0 || share < (all[i - 1] ?? NaN));
    case "greater_than":
      return percent(shareOf(indicator)) >
        percent(shareOf(indicator, rule.than));
    case "count_equals":
      return peopleOf(indicator, indicator.where).length === value;
    case "count_at_least":
      return peopleOf(indicator, indicator.where).length >= value;
    case "both_present":
      return shareOf(indicator).k > 0 &&
        shareOf({ ...indicator, categories: rule.categories ?? [] }).k > 0;
    case "response_rate":
      return rounded(rows.length, codebook.study.invited) ===
        facts.get(rule.fact ?? "");
    case "respondents_at_least":
      return rows.length >= Number(facts.get(rule.fact ?? ""));
    case "documented":
      return facts.get(rule.fact ?? "") !== undefined;
    default:
      return assert.fail(`${indicator.id}: no such rule ${rule.kind}`);
  }
}

for (const indicator of indicators) {
  for (const [i, rule] of indicator.rules.entries()) {
    shippedStudyTest(
      `the synthetic answers give ${indicator.id}: ${rule.kind} (rule ${i + 1})`,
      () => {
        assert(
          holds(indicator, rule),
          JSON.stringify({
            rule,
            got: indicator.questions.length > 0 ? shareOf(indicator) : null,
          }),
        );
      },
    );
  }
}

Deno.test("the rules can fail: one point more or less breaks every one", () => {
  const all = indicators.flatMap((indicator) =>
    indicator.rules.map((rule) => ({ indicator, rule }))
  ).filter(({ rule }) => "value" in rule && rule.kind === "equals_rounded");
  const broken = all.filter(({ indicator, rule }) =>
    [-1, 1].every((more) => !holds(indicator, { ...rule, value: (rule.value ?? 0) + more }))
  );
  assert.equal(broken.length, all.length);
});

shippedStudyTest("the codebook and the published facts agree on the method", () => {
  const { study } = codebook;
  assert.equal(facts.get("respondents"), rows.length);
  assert.equal(facts.get("invited"), study.invited);
  assert.equal(facts.get("fieldwork_start"), study.fieldwork.from);
  assert.equal(facts.get("fieldwork_end"), study.fieldwork.to);
  assert.equal(facts.get("reminders_max"), study.reminders);
  assert.equal(facts.get("qualitative_interviews"), study.interviews.count);
  assert.equal(facts.get("interview_minutes"), study.interviews.minutes);
});
