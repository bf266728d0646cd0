import type { Problem } from "../responses/problem.ts";
import type { Survey } from "../responses/survey.ts";
import type { EarlierAnswers } from "./baseline.ts";
import { readEarlier } from "./read_earlier.ts";
import { openWave } from "./open_wave.ts";
import type { Settings } from "./settings.ts";

/** All that is read from files before anything is computed. */
export interface ReadWaves {
  readonly survey: Survey;
  /** The earlier wave; null where there is none. */
  readonly earlier: EarlierAnswers | null;
}

/**
 * Reads the answers, and those of the earlier wave where there is one.
 *
 * @param onWarnings Is given what should be known of a file.
 * @throws {InputError} As `openSurvey()`.
 */
export async function readWaves(
  settings: Settings,
  onWarnings?: (file: string, warnings: readonly Problem[]) => void,
): Promise<ReadWaves> {
  const survey = await openWave(settings, { onWarnings });
  const earlier = settings.baseline ? await readEarlier(settings, survey, onWarnings) : null;
  return { survey, earlier };
}
