import * as fc from "fast-check";
import assert from "node:assert/strict";
import { checkRespondents } from "../../lib/responses/check_responses.ts";
import { ruleText } from "../../lib/responses/problem.ts";
import { NOT_CALCULATED } from "../../lib/responses/readers/response_table.ts";
import { TextColumn } from "../../lib/responses/readers/text_column.ts";
import { codebook } from "../../lib/responses/study.ts";

const column = { name: "respondent", lineOf: (row: number) => row + 2 };

Deno.test("TextColumn gives back the texts that it was made of, without blanks where asked", () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: "grapheme" })), (texts) => {
    const made = TextColumn.from(texts);
    assert.deepEqual(texts.map((_, row) => made.at(row)), texts);
    const trimmed = made.trimmed();
    assert.equal(trimmed.length, texts.length);
    assert.deepEqual(texts.map((_, row) => trimmed.at(row)), texts.map((text) => text.trim()));
  }));
});

Deno.test("checkRespondents() finds everybody who stands there again, whatever the order", () => {
  const id = fc.string({ unit: fc.constantFrom(..."019aø"), maxLength: 3 });
  fc.assert(fc.property(fc.array(id), (ids) => {
    const { problems } = checkRespondents(TextColumn.from(ids), codebook(), column);
    const again = [...ids.keys()].filter((row) => ids[row] !== "" && ids.indexOf(ids[row]!) < row);
    assert.deepEqual(
      problems.filter(({ rule }) => rule === "duplicate_respondent").map(({ row }) => row! - 1),
      again,
    );
    const empty = problems.find(({ rule }) => rule === "empty_respondent");
    assert.equal(empty?.count ?? 0, ids.filter((each) => each === "").length);
  }));
});

Deno.test("checkRespondents() finds two who are the same among more than a million", () => {
  const ids = Array.from({ length: 1_100_000 }, (_, i) => `x-${2_000_000 - i}`);
  ids[1_000_000] = ids[7]!;
  const { problems } = checkRespondents(TextColumn.from(ids), codebook(), column);
  assert.deepEqual(
    problems.map(({ row, line, value }) => [row, line, value]),
    [[1_000_001, 1_000_002, "x-1999993"]],
  );
});

Deno.test("ids that are formulas without a result are no respondents who come twice", () => {
  const ids = ["a1", "a2", ...Array(3).fill(NOT_CALCULATED)];
  const { problems } = checkRespondents(TextColumn.from(ids), codebook(), column);
  assert.deepEqual(problems.map(({ rule, row, count }) => [rule, row, count]), [[
    "no_result",
    3,
    3,
  ]]);
  assert.match(ruleText("no_result").advice, /^Open the file in Excel, so that it is worked out/);
});

Deno.test("checkRespondents() says that Excel has shortened ids that come twice", () => {
  for (const id of ["1.23457E+16", "1,2E+20", "12345678901234500"]) {
    const { problems } = checkRespondents(TextColumn.from([id, id]), codebook(), column);
    assert.match(problems[0]?.expected ?? "", /Excel kept 15 digits of it: export ids as text/);
  }
});
