import { formatDecimal } from "../words/format_number.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { inPercent } from "../words/choose_fraction.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import { estimates } from "../statistics/estimates.ts";
import { population } from "../responses/study.ts";
import type { Population } from "../responses/population.ts";
import type { Survey } from "../responses/survey.ts";
import { unweighted } from "../responses/counted_answers.ts";

/** One category of the sample beside the same one of the population. */
export interface Deviation {
  readonly estimate: Estimate & { readonly share: number };
  /** Share of the population, 0 to 1. */
  readonly population: number;
  /** Share of the sample minus share of the population, −1 to 1. */
  readonly difference: number;
  /** The same as the difference, for sentences: it is counted, so it has no interval. */
  readonly low: number;
  readonly high: number;
  /** The two shares, and that one of them is assumed where it is. */
  readonly evidence: Text;
}

/**
 * How far the sample is from the population in each category of a variable, largest share first.
 *
 * A plain difference of what was counted: those who answered either are or are not distributed like
 * the population, and no chance stands between.
 *
 * @param margins The population's distribution; that which the survey is weighted by, or else the
 *   shipped one, if not given.
 * @returns Empty where the population has no margin for it, where the answers are only those of a
 *   group, where there is no such variable in the file, or too few answered.
 */
export function deviationsFromPopulation(
  survey: Survey,
  variable: string,
  margins: Population = populationOf(survey),
): Deviation[] {
  const margin = margins.margins[variable];
  if (margin === undefined || survey.within || !survey.codes.has(variable)) return [];
  // Weights may be there to close the very gap that is asked for.
  const found = estimates(unweighted(survey), variable).flatMap((estimate) => {
    const expected = margin[estimate.category ?? ""];
    if (expected === undefined || !isShown(estimate)) return [];
    const difference = estimate.share - expected;
    return [{
      estimate,
      population: expected,
      difference,
      low: difference,
      high: difference,
      evidence: evidenceOf(estimate.share, expected, margins.assumed),
    }];
  });
  return found.sort((a, b) => b.population - a.population);
}

/** The population that a survey is weighted by, or else the shipped one. */
export function populationOf({ weighting }: Survey): Population {
  return weighting?.by === "population" ? weighting.population : population();
}

function evidenceOf(share: number, expected: number, assumed: boolean): Text {
  return inEveryLanguage((language) => {
    const [of, among] = [share, expected].map((x) => {
      const number = formatDecimal(inPercent(x), 1, language);
      return language === "da" ? `${number} pct.` : `${number}%`;
    });
    const guess = assumed ? language === "da" ? " (antaget)" : " (assumed)" : "";
    return language === "da"
      ? `${of} i svarene mod ${among} blandt medlemmerne${guess}`
      : `${of} in the answers against ${among} of the members${guess}`;
  });
}
