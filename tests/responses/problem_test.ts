import assert from "node:assert/strict";
import {
  formatProblems,
  isError,
  problem,
  RULES,
  ruleText,
  showValue,
} from "../../lib/responses/problem.ts";

Deno.test("formatProblems() aligns, and lists only the first of each rule", () => {
  const problems = [9, 10, 11].map((row) =>
    problem("unknown_category", "nearest: Ofte", {
      row,
      line: row + 1,
      column: row === 10 ? "act_change" : "wellbeing",
      value: "Oft",
      count: row === 11 ? 412 : 1,
    })
  );
  assert.equal(
    formatProblems([...problems, problem("no_rows", "rows")], { limit: 2 }),
    `The file has a header but no respondents [no_rows]
  rows
  What to do: Export the answers again, and check that the export finished.

An answer that the codebook does not have [unknown_category]
  row 9 (line 10)   column "wellbeing"   "Oft"  nearest: Ofte
  row 10 (line 11)  column "act_change"  "Oft"  nearest: Ofte
  and 1 more
  What to do: Correct it in the file, name it in a mapping, or add it to data/codebook.json: as an alias, under no_answer where it is none, or as a new answer (waves then says what an earlier wave had).`,
  );
  assert.match(formatProblems(problems), /"Oft"\s+412 rows\s+nearest/);
  assert.equal(formatProblems([]), "");
});

Deno.test("every rule says what to do and is an error or a warning", () => {
  for (const rule of RULES) {
    const { advice, title } = ruleText(rule);
    assert(advice.length > 10 && title.length > 5, rule);
  }
  assert(isError(problem("no_rows", "")));
  assert(!isError(problem("left_out", "")));
});

Deno.test("showValue() cuts after 60 characters and makes control characters visible", () => {
  assert.equal(showValue("Helt enig"), "Helt enig");
  assert.equal(showValue("a\nb\r\tc\x07"), "a\\nb\\r\\tc\\u{7}");
  assert.equal(showValue("y".repeat(61)), "y".repeat(60) + "… (61 characters)");
  assert.equal(showValue("😀".repeat(60)), "😀".repeat(60));
});

Deno.test("a value that several columns have is told once, with what made it so", () => {
  const told = (expected: string) =>
    formatProblems(
      ["act_change", "act_omit"].map((column) =>
        problem("unknown_category", expected, { column, value: "x", row: 1, count: 2 })
      ),
    );
  assert.match(
    told("a cause, and more; one of: a, b"),
    /"act_omit" {2}"x" {2}4 times {2}a cause, and more$/m,
  );
  assert.match(told("nearest: A (a cause; one of: a, b)"), /4 times {2}nearest: A \(a cause\)$/m);
  assert.match(told("nearest: A (one of: a, b)"), /4 times {2}nearest: A$/m);
  assert.match(told("one of: a, b"), /4 times {2}an answer of each of these questions$/m);
});
