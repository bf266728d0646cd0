import { deepEqual, equal } from "node:assert/strict";
import { TOO_FEW_SENTENCE } from "../../lib/words/too_few.ts";
import { tooFewAbout } from "../../lib/words/too_few_about.ts";
import { estimates } from "../../lib/statistics/estimates.ts";
import { loadSurvey } from "../../lib/responses/load_survey.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";

const survey = await loadSurvey(dataFile("responses.csv"), codebook());
const overall = estimates(survey, "wellbeing");
const grouped = estimates(survey, "wellbeing", { by: "gender" });

Deno.test("tooFewAbout() names the question, and the variable of the groups", () => {
  equal(
    tooFewAbout(TOO_FEW_SENTENCE, overall).da,
    "Her er der for få svar til at vise noget: »Har det alt i alt godt på arbejdet«.",
  );
  equal(
    tooFewAbout(TOO_FEW_SENTENCE, grouped).en,
    "Here there are too few answers to show anything: “Is doing well at work, all in all” by " +
      "“Gender”.",
  );
});

Deno.test("tooFewAbout() leaves every other sentence, and one about nothing in the codebook", () => {
  const text = { da: "Noget andet.", en: "Something else." };
  deepEqual(tooFewAbout(text, overall), text);
  deepEqual(tooFewAbout(TOO_FEW_SENTENCE, []), TOO_FEW_SENTENCE);
});
