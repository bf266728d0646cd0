import type { Survey } from "../survey/survey.ts";
import { type Baseline, openBaseline } from "./open_baseline.ts";
import { openWave } from "./open_wave.ts";
import { readSettings, type Settings } from "./settings.ts";

/** The answers that a report is about, and what they are compared with. */
export interface OpenedSurvey extends Survey {
  /** The earlier wave; null or absent where there is none. */
  readonly baseline?: Baseline | null;
}

/**
 * Reads the answers that this notebook is about: the file in `SURVEY_DATA`, or the synthetic answers
 * in data/, weighted as `SURVEY_WEIGHTS` says, restricted to the group in `SURVEY_WHERE` where that is
 * set. With them comes the earlier wave in `SURVEY_BASELINE`, where there is one.
 *
 * @throws {InputError} With every problem of the files, or where the group is not in the codebook or
 *   leaves out too few people, or where there are no weights to be had.
 */
export async function openSurvey(settings: Settings = readSettings()): Promise<OpenedSurvey> {
  if (!settings.baseline) return await openWave(settings);
  let ids: readonly string[] | null = null;
  const survey = await openWave(settings, (found) => ids = found);
  return { ...survey, baseline: await openBaseline(settings, { survey, ids }) };
}
