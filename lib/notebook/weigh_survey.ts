import { InputError } from "../responses/input_error.ts";
import { rake } from "../statistics/rows/rake.ts";
import { weighByStrata } from "../statistics/rows/weigh_by_strata.ts";
import { population } from "../responses/study.ts";
import { readPopulation } from "../responses/population.ts";
import type { Survey } from "../responses/survey.ts";

/** What stands for the weights in the response file. */
export const COLUMN_WEIGHTS = "column";
/** What stands for the margins in data/population.json. */
const POPULATION_WEIGHTS = "population";
/** What stands for everyone counting the same, people who were drawn by strata too. */
export const NO_WEIGHTS = "none";

/** Before margins: raking starts from the file's own weights, as in "column+population". */
const FROM_COLUMN = `${COLUMN_WEIGHTS}+`;

/** Whether a choice of weights needs those of the file. */
export function needsColumn(weights: string | null | undefined): boolean {
  return weights === COLUMN_WEIGHTS || (weights?.startsWith(FROM_COLUMN) ?? false);
}

/** The margins that a choice of weights rakes to: "population" or a path; null: none. */
function marginsOf(weights: string | null | undefined): string | null {
  const margins = weights?.startsWith(FROM_COLUMN) ? weights.slice(FROM_COLUMN.length) : weights;
  return !margins || margins === COLUMN_WEIGHTS || margins === NO_WEIGHTS ? null : margins;
}

/** A choice of weights with the path of its file of margins, if it has one, made whole. */
export function withMarginsFile(weights: string | null, resolve: (path: string) => string) {
  const margins = marginsOf(weights);
  if (margins === null || margins === POPULATION_WEIGHTS) return weights;
  return `${needsColumn(weights) ? FROM_COLUMN : ""}${resolve(margins)}`;
}

/**
 * Weighs everyone in a survey. Raking starts from the file's own weights where the choice says so, or
 * else from those of the strata, or else from 1 each.
 *
 * @param survey All respondents, those outside a domain too: margins are of the whole sample. With
 *   the weights of its file where these are asked for.
 * @param weights "column", "population", the path of a file like data/population.json, either of these
 *   after "column+", "none", or null: by the strata that people were drawn from, where the codebook says
 *   how many were invited, and otherwise not at all.
 * @returns The survey with weights, whose mean is 1 where they are made here.
 * @throws {InputError} Where the file of margins has a problem, or no weights meet the margins.
 */
export async function weighSurvey(survey: Survey, weights: string | null): Promise<Survey> {
  if (weights === COLUMN_WEIGHTS) {
    const column = survey.codebook.weight?.column ?? "weight";
    return { ...survey, weighting: { by: "column", column } };
  }
  const chosen = marginsOf(weights);
  if (chosen === null) return weights === null ? weighByStrata(survey) : survey;
  if (survey.counted) {
    throw new InputError(
      `Weights cannot be made of counts. Give ${survey.source.file} weights of its own (a column ` +
        `of the answers, or w and w2 of a table of counts) and run with --weights column.`,
    );
  }
  const margins = chosen === POPULATION_WEIGHTS
    ? population()
    : await readPopulation(chosen, survey.codebook);
  const { trim } = margins;
  const designed = needsColumn(weights) ? survey : weighByStrata(survey);
  const before = designed.weights;
  const raked = rake(survey, margins.margins, {
    ...trim && { trim },
    ...before && { start: before },
  });
  return {
    ...survey,
    weights: raked.weights,
    weighting: {
      by: "population",
      population: margins,
      rounds: raked.rounds,
      trimmed: raked.trimmed,
      before,
      start: before === null ? "equal" : needsColumn(weights) ? "column" : "strata",
    },
  };
}
