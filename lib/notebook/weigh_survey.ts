import { InputError } from "../responses/input_error.ts";
import { rake } from "../statistics/rows/rake.ts";
import { population } from "../responses/study.ts";
import { readPopulation } from "../responses/population.ts";
import type { Survey } from "../responses/survey.ts";

/** What stands for the weights in the response file. */
export const COLUMN_WEIGHTS = "column";
/** What stands for the margins in data/population.json. */
export const POPULATION_WEIGHTS = "population";
/** What stands for everyone counting the same. */
export const NO_WEIGHTS = "none";

/** Whether a choice of weights is a file of margins. */
export function isMarginsFile(weights: string | null | undefined): weights is string {
  return typeof weights === "string" && weights !== COLUMN_WEIGHTS &&
    weights !== POPULATION_WEIGHTS;
}

/**
 * Weighs everyone in a survey.
 *
 * @param survey All respondents, those outside a domain too: margins are of the whole sample. With
 *   the weights of its file where these are asked for.
 * @param weights "column", "population", the path of a file like data/population.json, or null.
 * @returns The survey with weights, whose mean is 1 where they are raked.
 * @throws {InputError} Where the file of margins has a problem, or no weights meet the margins.
 */
export async function weighSurvey(survey: Survey, weights: string | null): Promise<Survey> {
  if (weights === null) return survey;
  if (weights === COLUMN_WEIGHTS) {
    const column = survey.codebook.weight?.column ?? "weight";
    return { ...survey, weighting: { by: "column", column } };
  }
  if (survey.counted) {
    throw new InputError(
      `Weights cannot be made of counts. Give ${survey.source.file} weights of its own (a column ` +
        `of the answers, or w and w2 of a table of counts) and run with --weights column.`,
    );
  }
  const margins = isMarginsFile(weights)
    ? await readPopulation(weights, survey.codebook)
    : population();
  const { trim } = margins;
  const raked = rake(survey, margins.margins, trim ? { trim } : {});
  return {
    ...survey,
    weights: raked.weights,
    weighting: {
      by: "population",
      population: margins,
      rounds: raked.rounds,
      trimmed: raked.trimmed,
    },
  };
}
