import { InputError } from "../language/input_error.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { estimates } from "../statistics/estimates.ts";
import { publishedEstimates } from "../claims/published_estimates.ts";
import { codebook } from "../survey/shipped_codebook.ts";
import type { Survey } from "../survey/survey.ts";
import { openSurvey } from "./open_survey.ts";
import { readSettings, type Settings } from "./settings.ts";

/** What stands for a file where the published figures are the earlier wave. */
export const PUBLISHED = "published";

/** An earlier wave to compare with. */
export interface Baseline {
  /** Its answers; null where there are only the published figures. */
  readonly survey: Survey | null;
  /** Everyone's answers to its questions, over each question's base. */
  readonly estimates: readonly Estimate[];
}

/**
 * Reads the earlier wave in `SURVEY_BASELINE`: the file of its answers, restricted to the same group
 * as this wave's, or with `published` the figures in data/published.json.
 *
 * @returns null where nothing is set: then there is nothing to compare with.
 * @throws {InputError} As `openSurvey()`, or where a group should be compared with published figures.
 */
export async function openBaseline(settings: Settings = readSettings()): Promise<Baseline | null> {
  const { baseline = null, where } = settings;
  if (baseline === null) return null;
  if (baseline === PUBLISHED) {
    if (Object.keys(where).length > 0) {
      throw new InputError(
        "The published figures are of everyone, so a group cannot be compared with them. " +
          "Leave out --where, or give the file of an earlier wave as --baseline.",
      );
    }
    return { survey: null, estimates: publishedEstimates(codebook()) };
  }
  const survey = await openSurvey({ ...settings, data: baseline });
  const asked = Object.keys(survey.codebook.questions).filter((name) => survey.codes.has(name));
  return { survey, estimates: asked.flatMap((question) => estimates(survey, question)) };
}
