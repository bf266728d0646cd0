import { InputError } from "../responses/input_error.ts";
import { matchRespondents } from "../responses/match_respondents.ts";
import { requireApart } from "../responses/require_apart.ts";
import type { Survey } from "../responses/survey.ts";
import type { EarlierAnswers, SharedRespondents } from "./baseline.ts";
import { type OpenOptions, openWave } from "./open_wave.ts";
import type { Settings } from "./settings.ts";

/** What stands for a file where the published figures are the earlier wave. */
export const PUBLISHED = "published";

/**
 * Reads the earlier wave: the file of its answers, weighted like this wave where it can be and
 * restricted to the same group, or with `published` the figures in data/published.json.
 *
 * Those who answered both times are found by their ids.
 *
 * @param settings With a baseline.
 * @param now This wave.
 * @throws {InputError} As `openSurvey()`, or where a group should be compared with published figures,
 *   or where the two files are the same but for a few people.
 */
export async function readEarlier(
  settings: Settings,
  now: Survey,
  onWarnings?: OpenOptions["onWarnings"],
): Promise<EarlierAnswers> {
  const { baseline, where } = settings;
  if (!baseline) throw new RangeError("There is no earlier wave to read");
  if (baseline === PUBLISHED) {
    if (Object.keys(where).length > 0) {
      throw new InputError(
        "The published figures are of everyone, so a group cannot be compared with them. " +
          "Leave out --where, or give the file of an earlier wave as --baseline.",
      );
    }
    return { survey: null, shared: { people: null, why: "published" }, rows: null };
  }
  const survey = await openEarlier({ ...settings, data: baseline }, onWarnings);
  requireApart(now, survey);
  const isKnown = now.ids !== null && survey.ids !== null;
  const rows = matchRespondents(now, survey);
  const shared: SharedRespondents = rows === null
    ? { people: null, why: isKnown ? "other_ids" : "no_ids" }
    : { people: rows.filter((row) => row >= 0).length, why: null };
  return { survey, shared, rows };
}

/** Weighted like this wave; unweighted where there are no such weights to be had. */
async function openEarlier(
  settings: Settings,
  onWarnings: OpenOptions["onWarnings"],
): Promise<Survey> {
  try {
    return await openWave(settings, { onWarnings });
  } catch (error) {
    if (!settings.weights || !(error instanceof InputError)) throw error;
    return await openWave({ ...settings, weights: null }, { onWarnings });
  }
}
