import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import type { Survey } from "../responses/survey.ts";
import { columnOf } from "./column.ts";
import { calibrationOf } from "./rows/calibration.ts";
import type { Sample, Stratum } from "./counts.ts";
import { sumOf } from "./cross_table.ts";
import { tally } from "./tally.ts";

/** @throws {InputError} Where a respondent has no stratum, or one has more respondents than invited. */
export function sampleOf(survey: Survey): Sample {
  const strata = strataOf(survey);
  const calibration = calibrationOf(survey, strata);
  return {
    ...describeSample(
      survey.codebook,
      survey.source.respondents,
      survey.counted?.weighted ?? survey.weights !== null,
    ),
    ...strata && { strata },
    ...calibration && { calibration },
  };
}

/** The sample of so many respondents to a codebook's study, drawn as a whole. */
export function describeSample(
  codebook: Codebook,
  respondents: number,
  weighted: boolean,
): Sample {
  const { study: { invited, confidence, protection }, disclosure } = codebook;
  const { least_answer: leastAnswer, least_others: leastOthers } = disclosure;
  return {
    respondents,
    invited: respondents > invited ? null : invited,
    ...{ weighted, leastBase: disclosure.least_base, confidence },
    ...protection === "strict" && { isStrict: true },
    ...leastAnswer !== undefined && { leastAnswer },
    ...leastOthers !== undefined && { leastOthers },
  };
}

/** The strata that have respondents, by the codebook's `study.strata`; null of a sample drawn as a whole. */
function strataOf(survey: Survey): Stratum[] | null {
  const { strata } = survey.codebook.study;
  if (strata === undefined) return null;
  const { variable, invited } = strata;
  const { within: _, ...everyone } = survey;
  const column = columnOf(survey, variable);
  const { n: people } = tally(everyone, column, []);
  const found = column.categories.map((id, i) => ({ id, respondents: people[i] ?? 0 }))
    .filter(({ respondents }) => respondents > 0);
  const without = survey.source.respondents - sumOf(found.map(({ respondents }) => respondents));
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
