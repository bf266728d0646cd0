import { population } from "../responses/study.ts";
import type { Population } from "../responses/population.ts";
import type { Survey } from "../responses/survey.ts";
import { unweighted } from "../responses/counted_answers.ts";
import { isShown, type ShownEstimate } from "./estimate.ts";
import { estimates } from "./estimates.ts";

/** One category of the sample beside the same one of the population. */
export interface Deviation {
  readonly estimate: ShownEstimate;
  /** Share of the population, 0 to 1. */
  readonly population: number;
  /** Whether that is an assumption. */
  readonly assumed: boolean;
  /** Share of the sample minus share of the population, −1 to 1; counted, so it has no interval. */
  readonly difference: number;
}

/**
 * How far the sample is from the population in each category of a variable, largest share first: a plain
 * difference of what was counted, with no chance in between.
 *
 * @returns Empty where there is no margin or no such variable, of the answers of a group, and where too few
 *   answered.
 */
export function deviationsFromPopulation(
  survey: Survey,
  variable: string,
): Deviation[] {
  const { margins, assumed } = populationOf(survey);
  const margin = margins[variable];
  if (margin === undefined || survey.within || !survey.codes.has(variable)) return [];
  // Weights may be there to close the very gap that is asked for.
  const found = estimates(unweighted(survey), variable).flatMap((estimate) => {
    const expected = margin[estimate.category ?? ""];
    if (expected === undefined || !isShown(estimate)) return [];
    const difference = estimate.share - expected;
    return [{ estimate, population: expected, assumed, difference }];
  });
  return found.sort((a, b) => b.population - a.population);
}

/** The population that a survey is weighted by, or else the shipped one. */
export function populationOf({ weighting }: Survey): Population {
  return weighting?.by === "population" ? weighting.population : population();
}
