import { earlierCodebook } from "../responses/codebook.ts";
import { publishedWave } from "../statistics/published_wave.ts";
import { earlierAnswers } from "../statistics/rows/earlier_answers.ts";
import { compareWaves, type WaveChanges } from "../statistics/wave_changes.ts";
import type { Unmatched } from "../responses/match_respondents.ts";
import type { Survey } from "../responses/survey.ts";

/** An earlier wave as it was read. */
export interface EarlierAnswers {
  /** Its answers; null where there are only the published figures. */
  readonly survey: Survey | null;
  readonly shared: SharedRespondents;
  /** For each respondent now, the row in the earlier wave or -1; null: nobody knows. */
  readonly rows: Int32Array | null;
}

/** An earlier wave, and what has changed since. */
export interface Baseline extends WaveChanges, Omit<EarlierAnswers, "rows"> {}

/**
 * Whether people answered both times: how many, in the whole files; or why that cannot be told.
 * `running_ids`: the ids number the rows; `other_ids`: they are equal without meaning the same people.
 */
export type SharedRespondents =
  | { readonly people: number; readonly why: null }
  | { readonly people: null; readonly why: "published" | Unmatched };

/** What has changed since an earlier wave. Nothing is compared before it is asked for. */
export function compareWithEarlier(
  now: Survey,
  { survey, shared, rows }: EarlierAnswers,
): Baseline {
  const before = survey === null
    ? publishedWave(earlierCodebook(now.codebook))
    : earlierAnswers(now, survey, rows);
  return { survey, shared, ...compareWaves(now, before) };
}
