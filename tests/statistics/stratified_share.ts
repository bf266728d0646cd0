import type { Survey } from "../../lib/responses/survey.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import { baseOf, countOf } from "../../lib/statistics/counts.ts";
import type { Domain } from "../../lib/statistics/domain.ts";
import { shareOf } from "../../lib/statistics/intervals.ts";
import { shareVariance } from "../../lib/statistics/linearised_variance.ts";
import { type Margins, rake, type RakeOptions } from "../../lib/statistics/rows/rake.ts";

/** A survey whose codebook says that people were drawn by a variable. */
export function drawnBy(
  survey: Survey,
  variable: string,
  invited?: Record<string, number>,
): Survey {
  const { study } = survey.codebook;
  const strata = { variable, ...invited && { invited } };
  return { ...survey, codebook: { ...survey.codebook, study: { ...study, strata } } };
}

/** A share with its variance as R has it; null where nobody answered. */
export function shareIn(
  survey: Survey,
  question: string,
  answers: readonly string[],
  within: Domain = {},
) {
  const counts = countAnswers(survey, question, { within });
  const [part, base] = [countOf(counts, null, answers), baseOf(counts)];
  if (base.n === 0) return null;
  const varies = part.n > 0 && part.n < base.n;
  return {
    n: base.n,
    ...shareOf(part, base, counts.sample),
    variance: varies ? shareVariance(part, base, counts.sample)! : 0,
    /** Strata of one respondent. */
    lonely: counts.sample.strata?.filter(({ respondents }) => respondents === 1).length ?? 0,
  };
}

/** A survey weighted to margins, as one that is opened with a file of them. */
export function rakedTo(
  survey: Survey,
  margins: Margins,
  before: Float64Array | null = null,
  options: RakeOptions = {},
): Survey {
  const { weights, rounds, trimmed } = rake(survey, margins, {
    ...options,
    ...before && { start: before },
  });
  const population = { assumed: false, source: { da: "Register", en: "Register" }, margins };
  const start = before === null ? "equal" : "column";
  return {
    ...survey,
    weights,
    weighting: { by: "population", population, rounds, trimmed, before, start },
  };
}
