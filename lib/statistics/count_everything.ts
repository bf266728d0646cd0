import type { Survey } from "../responses/survey.ts";
import { type Column, columnOf } from "./column.ts";
import { countAnswers, type Domain, domainCodes } from "./count_answers.ts";
import { countCrossing } from "./count_crossings.ts";
import { type Counts, sampleOf } from "./counts.ts";
import { namedCounts } from "./counts_of_bins.ts";
import { packColumns } from "./pack_columns.ts";
import { countPacked, type PackedQuestion } from "./packed_question.ts";
import { withContext } from "./with_context.ts";

/**
 * The counts of many questions by many variables: what {@link countAnswers} gives for each pair,
 * with one pass over a question for as many variables as pay (as a rule all).
 *
 * @param survey The survey.
 * @param pairs Questions, each with a variable or null.
 * @param within Only these respondents.
 * @returns One `Counts` per pair, in the order of the pairs.
 * @throws {InputError} As `countAnswers()`.
 */
export function countEverything(
  survey: Survey,
  pairs: readonly (readonly [question: string, by: string | null])[],
  within: Domain = {},
): Counts[] {
  // By strata as well, one pass is not enough.
  if (survey.counted || survey.codebook.study.strata) {
    return pairs.map(([question, by]) => countAnswers(survey, question, { by, within }));
  }
  const inside = domainCodes(survey, within);
  const { counts, questions } = countParts(survey, pairs, inside);
  return counts.map((each) =>
    withContext(each, {
      survey,
      question: each.question,
      within,
      byCondition: (whole, variable) => countAnswers(whole, each.question, { by: variable }),
      crossing: (variables, isCounted) => {
        const question = questions.get(each.question)!;
        return question.crossing(variables, isCounted) ??
          countCrossing(survey, question.column.codes, variables, inside, isCounted);
      },
    })
  );
}

/** The counts alone, without what tells whether they may be shown. */
function countParts(
  survey: Survey,
  pairs: readonly (readonly [question: string, by: string | null])[],
  inside: Uint8Array | null,
): { counts: Counts[]; questions: ReadonlyMap<string, PackedQuestion> } {
  const { weights, source } = survey;
  const sample = sampleOf(survey);
  const names = new Set(pairs.flat().filter((name) => name !== null));
  const columns = new Map<string, Column>(
    [...names].map((name) => [name, columnOf(survey, name)]),
  );
  const variables = new Set(pairs.flatMap(([, by]) => by ?? []));
  const packs = packColumns(
    [...variables].map((name) => columns.get(name)!),
    inside,
    source.respondents,
    weights,
  );
  const asked = [...new Set(pairs.map(([name]) => columns.get(name)!))];
  const questions = new Map(
    countPacked(asked, packs, weights).map((question) => [question.column.id, question]),
  );
  const counts = pairs.map(([name, by]) => {
    const question = questions.get(name)!;
    const groups = by === null ? null : columns.get(by)!;
    return namedCounts(question.by(groups), question.column, groups, sample);
  });
  return { counts, questions };
}
