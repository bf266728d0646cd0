import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { breakdown } from "../../lib/notebook/breakdown.ts";
import {
  mostChosen,
  numberOf,
  numbers,
  numbersTold,
  openText,
  scoreTold,
  several,
} from "../../lib/notebook/kinds.ts";
import { openedSurvey } from "../../lib/notebook/open_survey.ts";
import type { Figure } from "../../lib/charts/figure.ts";
import { cronbachAlpha } from "../../lib/statistics/cronbach_alpha.ts";
import { share, shares } from "../../lib/statistics/look_up.ts";
import { message } from "../../lib/words/message.ts";
import { checkFigure } from "../charts/chart_checks.ts";
import { courseCodebook, courseCsv, courseSurvey } from "../responses/course_survey.ts";

const opened = async (people = 250, earlier: number | null = null) => {
  const [survey, before] = await Promise.all([
    courseSurvey(courseCsv(people)),
    earlier === null ? null : courseSurvey(courseCsv(earlier, 9)),
  ]);
  return await openedSurvey({
    survey,
    earlier: before && { survey: before, shared: { people: null, why: "no_ids" }, rows: null },
  });
};
const rowsOf = (figure: Figure) => figure.table("en").rows;

Deno.test("several() shows how many chose each answer, most first, and says that they add up to more", async () => {
  const survey = await opened();
  const figure = several(survey, "useful");
  checkFigure(figure);
  const shown = rowsOf(figure).map((row) => row[1] as number);
  deepEqual(shown, shown.toSorted((a, b) => b - a));
  equal(shown.length, 4);
  match(figure.caption("da").notes.join(" "), /tilsammen mere end 100 pct\./);
  match(figure.caption("en").notes.join(" "), /add up to more than 100%/);
  deepEqual(figure.caption("en").questions, ["The question, in short: What was useful?"]);
  match(figure.alt("en"), /^Dots with 95% intervals: Useful parts\. .*: \d+%/);
});

Deno.test("what was not part of this wave has no figure of numbers or of several answers either", async () => {
  const csv = courseCsv(50).replace("timer", "other").replace("nyttigt", "another");
  const survey = await openedSurvey({ survey: await courseSurvey(csv), earlier: null });
  deepEqual(numbers(survey, "hours").missing, ["hours"]);
  equal(several(survey, "useful").missing?.length, 4);
  equal(numbers(survey, "recommend").missing, undefined);
});

Deno.test("several() by groups has each answer with its groups", async () => {
  const survey = await opened();
  const figure = several(survey, "useful", { by: "course" as never, notes: ["Own note."] });
  checkFigure(figure);
  ok(figure.caption("en").notes.includes("Own note."));
  equal(rowsOf(figure).length, 12);
});

Deno.test("share() and shares() take a question of several answers by its answers", async () => {
  const survey = await opened();
  const talks = share(survey, "useful" as never, { category: "talks" } as never);
  equal(talks.question, "useful-talks");
  equal(shares(survey, "useful" as never).numRows(), 4 * 3);
  const most = mostChosen(survey, "useful");
  ok(most.share.share! >= talks.share!);
  match(most.answer.en, /^(Talks|Exercises|Group work, in pairs|Materials)$/);
});

Deno.test("numbers() shows the mean of everyone and of groups, and its table the quartiles", async () => {
  const survey = await opened();
  for (
    const [question, by] of [["recommend", "course"], ["hours", "course"], [
      "contentment",
      "course",
    ]]
  ) {
    const figure = numbers(survey, question!, { by: by as never });
    checkFigure(figure);
    const { columns, rows } = figure.table("en");
    deepEqual(columns.map(({ label }) => label), [
      ...["Course", "Mean", "95% interval, from", "95% interval, to"],
      ...["Lower quartile", "Median", "Upper quartile", "n"],
    ]);
    equal(rows.length, 4);
    const notesOf = (of: { readonly notes: readonly string[] }) => of.notes.join(" ");
    match(notesOf(figure.caption("en")), /Dashed line: all\./);
    ok(!notesOf(figure.native("en").caption).includes("Dashed"), "no program draws that line");
    match(
      figure.caption("da").details[0]!,
      /^Uvægtet; 95%-intervaller for gennemsnit efter Student/,
    );
  }
});

Deno.test("numbers() shows scores side by side, and refuses numbers with other ends", async () => {
  const survey = await opened();
  const figure = numbers(survey, ["contentment"]);
  checkFigure(figure);
  throws(() => numbers(survey, ["contentment", "recommend"]), /share no axis/);
  throws(() => numbers(survey, "recomend"), /Is "recommend" meant\?/);
  throws(
    () => several(survey, "recommend"),
    /no question of several answers named "recommend".*There is: useful/,
  );
  throws(() => numbers(survey, "recommend", { sett: 1 } as never), /no option "sett"/);
});

Deno.test("a net share stands on an axis from −100 to 100", async () => {
  const survey = await opened();
  const figure = numbers(survey, "recommend", { by: "course" as never, statistic: "net" });
  checkFigure(figure);
  match(figure.svg("en", "wide"), /−100/);
  equal(rowsOf(figure)[0]!.length, 1 + 3 + 1);
});

Deno.test("a figure of numbers has the change since an earlier wave", async () => {
  const survey = await opened(250, 220);
  const { columns, rows } = numbers(survey, "recommend").table("da");
  deepEqual(columns.slice(-5).map(({ label }) => label), [
    "Før",
    "Ændring",
    "Ændring, fra",
    "Ændring, til",
    "p, justeret",
  ]);
  ok(typeof rows[0]!.at(-1) === "number");
  match(
    numbersTold(survey, "recommend").da,
    /^Den midterste halvdel svarer fra \d+ til \d+, og medianen er \d+\. I den tidligere runde var gennemsnittet \d,\d\. Ændringen kan være tilfældig \(p = 0,\d+\)\.$/,
  );
});

Deno.test("sentences take numbers with their unit and interval", async () => {
  const survey = await opened();
  const mean = numberOf(survey, "hours");
  const said = message({
    da: "gennemsnittet er {$mean :value} ({$mean :interval}) af {$mean :base}",
    en: "the mean is {$mean :value} ({$mean :interval}) of {$mean :base}",
  }, { mean });
  match(said.da, /^Gennemsnittet er 1\d,\d timer \(1\d,\d–1\d,\d timer\) af 250 svar$/);
  match(said.en, /^The mean is 1\d\.\d hours \(1\d\.\d–1\d\.\d hours\) of 250 answers$/);
  const few = numberOf(survey, "hours", "mean", { course: "excel" } as never);
  ok(few.value !== null);
});

Deno.test("of too few a number is nowhere, and the sentence says so", async () => {
  const survey = await opened(8);
  const mean = numberOf(survey, "recommend");
  equal(mean.value, null);
  match(
    message({ da: "{$mean :value}", en: "it is {$mean :value}" }, { mean }).en,
    /too few answers/,
  );
  equal(numbersTold(survey, "recommend").en, "");
  checkFigure(numbers(survey, "recommend"));
  checkFigure(several(survey, "useful"));
});

Deno.test("breakdown() takes several answers side by side, and means", async () => {
  const survey = await opened();
  const all = breakdown(survey, "useful" as never).render("en");
  equal(all.part.tables!.length, 4);
  match(all.part.html + all.part.details, /Exercises/);
  const means = breakdown(survey, "hours" as never).render("da").part;
  equal(means.tables![0]!.columns[3]!.label, "Gennemsnit");
  equal(means.tables![0]!.estimates, undefined);
  match(means.details!, /<td class="num" data-value="1\d(\.\d)?">1\d,\d<\/td>/);
});

Deno.test("openText() says how many wrote and not what, and nothing of few", async () => {
  const survey = await opened();
  match(
    openText(survey, "comment").da,
    /^\d\d skrev noget med egne ord, \d+\spct\. af dem, der blev spurgt\. Teksterne vises ikke\.$/,
  );
  match(openText(await opened(20), "comment").en, /^Too few wrote something/);
});

Deno.test("scoreTold() says what a score is made of, with alpha whichever way its items run", async () => {
  const survey = await opened();
  const said = scoreTold(survey, "contentment");
  match(
    said.en,
    /^The index goes from 0 to 100 and is the mean of “Satisfied with the course” and “Satisfied with the teacher”\./,
  );
  match(said.da, /Cronbachs alfa: −?\d,\d\d/);
  const items = ["satisfied", "teacher"];
  const plain = cronbachAlpha(survey, items)!;
  const both = cronbachAlpha(survey, items, { ends: { satisfied: "first", teacher: "first" } })!;
  ok(Math.abs(plain.alpha - both.alpha) < 1e-9, "one direction");
  const codebook = courseCodebook();
  const turned = cronbachAlpha({ ...survey, codebook }, items, {
    ends: { satisfied: "first", teacher: "last" },
  });
  ok(turned!.alpha !== plain.alpha);
});
