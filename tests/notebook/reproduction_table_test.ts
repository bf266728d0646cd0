import assert from "node:assert/strict";
import { reproduce } from "../../lib/notebook/reproduce.ts";
import { summariseReproduction } from "../../lib/notebook/reproduction_table.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile, readPublished } from "../../lib/responses/study.ts";
import { shippedStudyTest } from "../shipped_study.ts";

shippedStudyTest(
  "summariseReproduction() counts what became of the figures, and leaves out what did not occur",
  async () => {
    const survey = await loadAnswers(dataFile("responses.csv"), codebook());
    const figures = reproduce(survey, readPublished());
    assert.deepEqual(summariseReproduction(figures), {
      da:
        "132 offentliggjorte tal: 125 er genfundet, og 7 er oplyst om undersøgelsen og kan ikke " +
        "ses af svarene.",
      en:
        "132 published figures: 125 are reproduced and 7 are stated about the study and cannot be " +
        "seen in the answers.",
    });
    assert.deepEqual(summariseReproduction(figures.slice(0, 1)), {
      da: "1 offentliggjort tal: 1 er genfundet.",
      en: "1 published figure: 1 is reproduced.",
    });
  },
);
