import { InputError } from "../responses/input_error.ts";
import { codeAt, peopleBy } from "../responses/counted_answers.ts";
import type { Survey } from "../responses/survey.ts";
import { columnOf } from "./column.ts";

/** A part of the population that people were drawn from by itself. */
export interface Stratum {
  /** A category of the variable that the codebook names. */
  readonly id: string;
  readonly respondents: number;
  /** Number of people invited, or null: no finite population correction. */
  readonly invited: number | null;
}

/**
 * The strata of a survey's sample, by its codebook's `study.strata`; those without respondents are
 * left out.
 *
 * @returns null where the sample was drawn as a whole.
 * @throws {InputError} Where a respondent has no stratum, or a stratum has more respondents than people
 *   invited.
 */
export function strataOf(survey: Survey): Stratum[] | null {
  const { strata } = survey.codebook.study;
  if (strata === undefined) return null;
  const { variable, invited } = strata;
  const { categories } = columnOf(survey, variable);
  const people = peopleByCode(survey, variable);
  const found = categories.map((id, i) => ({ id, respondents: people[i + 1]! }))
    .filter(({ respondents }) => respondents > 0);
  const without = survey.source.respondents -
    found.reduce((sum, { respondents }) => sum + respondents, 0);
  if (without > 0) {
    throw new InputError(
      `${without} respondents have no "${variable}", so they are in no stratum. Give them one, or ` +
        `take another variable.`,
    );
  }
  return found.map(({ id, respondents }) => {
    const size = invited === undefined ? null : invited[id];
    if (size === undefined) {
      throw new InputError(
        `The population has no number for "${id}" in "${variable}". Say how many were invited.`,
      );
    }
    if (size !== null && !(size >= respondents && size < Infinity)) {
      throw new InputError(
        `${respondents} respondents are "${id}" in "${variable}", of ${size} invited. ` +
          `Correct the number of those invited.`,
      );
    }
    return { id, respondents, invited: size };
  });
}

function peopleByCode(survey: Survey, variable: string): Float64Array {
  const people = new Float64Array(256);
  const { codebook, codes, counted } = survey;
  if (counted === undefined) {
    for (const code of columnOf(survey, variable).codes) people[code]!++;
  } else if (codes.has(variable)) {
    peopleBy(counted, codebook, [variable]).n
      .forEach((n, place) => people[codeAt(codebook, variable, place)] = n);
  }
  return people;
}

/** The same survey with only the people of one stratum within its domain. */
export function withinStratum(survey: Survey, stratum: string): Survey {
  const { strata } = survey.codebook.study;
  if (strata === undefined) return survey;
  const { variable } = strata;
  const own = survey.within?.[variable];
  const among = own === undefined ? [stratum] : own.filter((id) => id === stratum);
  return { ...survey, within: { ...survey.within, [variable]: among } };
}
