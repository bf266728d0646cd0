import assert from "node:assert/strict";
import {
  cronbachAlpha,
  openSurvey,
  readReplicates,
  replicated,
  share,
} from "../../lib/notebook.ts";
import { makeSurvey } from "../statistics/make_survey.ts";

const survey = await openSurvey();
const agree = { set: "agree" } as const;

Deno.test("replicated() gives any estimate a standard error, and shows it in both languages", () => {
  const found = replicated(
    survey,
    (s) => ({
      share: share(s, "wellbeing", agree).share,
      alpha: cronbachAlpha(s, ["pressure_change", "pressure_omit"])?.alpha ?? null,
      squeezed: s.responses.numRows() / 1e4,
    }),
    { by: "jackknife", groups: 50 },
  );
  const [first, alpha, rows] = found.estimates;
  // The root of p(1−p)/n·(1−n/N), of some 1,288 of 6,296.
  assert(Math.abs(first!.standardError! - 0.0105) < 0.002);
  assert(alpha!.low! < alpha!.estimate! && alpha!.estimate! < alpha!.high!);
  assert.equal(rows!.standardError, 0);
  for (const language of ["da", "en"] as const) {
    const [table] = found.render(language).part.tables!;
    assert.deepEqual(table!.rows.map(([name]) => name), ["share", "alpha", "squeezed"]);
    assert.match(found.render(language).part.html, /50 repli[ck]at/);
  }
});

Deno.test("readReplicates() reads a file's own columns, by row or by the respondents' ids", async () => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/own.csv`;
  const lines = Array.from(
    { length: survey.source.respondents },
    (_, i) => `${survey.ids!.at(i)};${i % 2 === 0 ? "2,5" : "0"};${i % 2 === 1 ? "2" : "0,5"}`,
  );
  const write = (rows: string[]) =>
    Deno.writeTextFile(file, ["respondent;RW 1;rw_2", ...rows].join("\n") + "\n");
  await write(lines.toReversed());
  const own = await readReplicates(survey, file, { columns: "rw", kind: "BRR" });
  assert.deepEqual([...own.weightsOf(0).slice(0, 3)], [2.5, 0, 2.5]);
  assert.deepEqual([...own.weightsOf(1).slice(0, 3)], [0.5, 2, 0.5]);
  const [found] =
    replicated(survey, (s) => share(s, "wellbeing", agree).share, { by: own }).estimates;
  assert(found!.standardError! > 0 && found!.replicates === 2);

  const read = (columns: string, kind = "BRR") =>
    readReplicates(survey, file, { columns, kind: kind as "BRR" });
  await assert.rejects(read("rep"), /no column that begins with "rep"\. It has: respondent, RW 1/);
  await assert.rejects(read("rw", "BBR"), /no kind "BBR"\. Is "BRR" meant/);
  await write([...lines.slice(1), `${survey.ids!.at(0)};minus;1`]);
  await assert.rejects(read("rw"), /own\.csv, RW 1, row \d+: "minus" is no weight/);
  await write(lines.slice(1));
  await assert.rejects(read("rw"), /1 respondents have no replicate weights/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("replicated() hides what is hidden, and refuses what is no option", () => {
  const few = makeSurvey({ wellbeing: [1, 2, 3, 4] });
  const found = replicated(few, (s) => share(s, "wellbeing", agree).share, { replicates: 20 });
  assert.equal(found.estimates[0]!.estimate, null);
  assert(!found.render("en").part.html.includes("NaN"));
  const of = (options: object) => () => replicated(few, () => 1, options);
  assert.throws(of({ by: "jacknife" }), /no way "jacknife"\. Is "jackknife" meant/);
  assert.throws(of({ replicate: 3 }), /Is "replicates" meant/);
  assert.throws(of({ replicates: 1.5 }), /whole number from 2/);
});
