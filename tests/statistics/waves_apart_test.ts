import assert from "node:assert/strict";
import { countedSurvey } from "../../lib/responses/counted_answers.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { NO_ANSWER, type Survey } from "../../lib/responses/survey.ts";
import { countAll } from "../../lib/statistics/counts_csv.ts";
import { apartIn, requireApart } from "../../lib/statistics/rows/waves_apart.ts";

const shipped = await loadAnswers(dataFile("responses.csv"), codebook());

function part(from: number, to: number, change: (codes: Uint8Array, name: string) => void) {
  const codes = new Map([...shipped.codes].map(([name, all]) => {
    const own = all.slice(from, to);
    change(own, name);
    return [name, own];
  }));
  const source = { ...shipped.source, respondents: to - from };
  return { ...shipped, ids: null, codes, source };
}

function counted({ codes, weights: _, ...known }: Survey): Survey {
  const rows = { ...known, codes, weights: null };
  return countedSurvey(known, codes.keys(), countAll(rows, {}));
}

const nothing = () => {};
const before = part(0, 150, nothing);

Deno.test("an export with one late respondent is refused beside the one before, as rows and as counts", () => {
  const now = part(0, 151, nothing);
  for (
    const [one, other] of [
      [now, before],
      [counted(now), counted(before)],
      [now, counted(before)],
      [counted(now), before],
    ] as const
  ) {
    assert.throws(() => requireApart(one, other), /but for fewer than 10 people/);
    requireApart(one, one);
  }
});

Deno.test("answers that were corrected or left open are not told by what was there before", () => {
  const now = part(0, 150, (codes, name) => {
    if (name === "tenure") codes.fill(NO_ANSWER, 0, 12);
    if (name === "wellbeing") codes.fill(NO_ANSWER, 20, 23);
  });
  const rows = Int32Array.from({ length: 150 }, (_, i) => i);
  for (
    const isApart of [
      apartIn(now, before, rows),
      apartIn(now, before, null),
      apartIn(counted(now), counted(before), null),
    ]
  ) {
    assert.equal(isApart("wellbeing", null), false);
    assert.equal(isApart("time_pressure", "tenure"), false);
    assert.equal(isApart("wellbeing", "gender"), false);
  }
  assert.equal(apartIn(now, before, rows)("time_pressure", "gender"), true, "nobody changed");
  assert.equal(
    apartIn(part(700, 1288, nothing), part(0, 600, nothing), null)("wellbeing", null),
    true,
  );
});
