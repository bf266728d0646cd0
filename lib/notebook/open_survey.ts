import type { Survey } from "../responses/survey.ts";
import { type Baseline, compareWithEarlier } from "./baseline.ts";
import type { ReadWaves } from "./read_waves.ts";
import { readSettings, type Settings } from "./settings.ts";
import { readWavesFile } from "./waves_file.ts";

/** The answers that a report is about, and what they are compared with. */
export interface OpenedSurvey extends Survey {
  /** The earlier wave; null or absent where there is none. */
  readonly baseline?: Baseline | null;
}

/**
 * Reads the answers that this notebook is about: the file in `SURVEY_DATA`, or the synthetic answers
 * in data/, weighted as `SURVEY_WEIGHTS` says, restricted to the group in `SURVEY_WHERE` where that is
 * set. With them comes the earlier wave in `SURVEY_BASELINE`, where there is one. In a report they were
 * read and checked before, once for all notebooks.
 *
 * @throws {InputError} With every problem of the files, or where the group is not in the codebook or
 *   leaves out too few people, or where there are no weights to be had.
 */
export async function openSurvey(settings: Settings = readSettings()): Promise<OpenedSurvey> {
  if (settings.checked) return openedSurvey(await readWavesFile(settings.checked));
  // An export has said what should be known, once and not in every notebook.
  const { readWaves } = await import("./read_waves.ts");
  return openedSurvey(await readWaves(settings, settings.report ? () => {} : undefined));
}

/** A survey with all that can be asked of it, of what was read. */
export function openedSurvey({ survey, earlier }: ReadWaves): OpenedSurvey {
  return earlier === null ? survey : { ...survey, baseline: compareWithEarlier(survey, earlier) };
}
