import { basename } from "node:path";
import { formatProblems } from "../survey/format_problems.ts";
import { loadSurvey } from "../survey/load_survey.ts";
import { codebook, dataFile } from "../survey/shipped_codebook.ts";
import type { Survey } from "../survey/survey.ts";
import { whereMask } from "../survey/where.ts";
import { readSettings, type Settings } from "./settings.ts";

/**
 * Reads the answers that this notebook is about: the file in `SURVEY_DATA`, or the synthetic answers
 * in data/, restricted to the group in `SURVEY_WHERE` where that is set.
 *
 * @throws {InputError} With every problem of the file, or where the group is not in the codebook.
 */
export async function openSurvey(settings: Settings = readSettings()): Promise<Survey> {
  const file = settings.data ?? dataFile("responses.csv");
  const survey = await loadSurvey(file, codebook(), {
    onWarnings: (warnings) =>
      // The export prints them once, before it starts twelve notebooks.
      settings.report || console.warn(`${basename(String(file))}\n${formatProblems(warnings)}`),
  });
  if (Object.keys(settings.where).length === 0) return survey;
  whereMask(survey.codes, survey.codebook, settings.where, survey.source.respondents);
  return { ...survey, within: settings.where };
}
