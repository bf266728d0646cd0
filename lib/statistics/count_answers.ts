import type { Survey } from "../responses/survey.ts";
import { categoriesOf } from "../responses/codebook.ts";
import { whereMask } from "../responses/where.ts";
import { type Column, columnOf } from "./column.ts";
import { countTables } from "./count_tables.ts";
import { type Counts, sampleOf } from "./counts.ts";
import { namedCounts } from "./counts_of_bins.ts";
import { packColumns } from "./pack_columns.ts";
import { countPacked } from "./packed_question.ts";
import { withinStratum } from "./strata.ts";
import { withContext } from "./with_context.ts";

/**
 * A part of the respondents: those whose answers are among these, for every question and variable
 * named. It restricts who is counted, and leaves the sample as it is: a domain, not a new survey.
 */
export type Domain = Readonly<Record<string, readonly string[]>>;

export interface CountOptions {
  /** Count within the groups of this variable (a question will do as well). */
  readonly by?: string | Column | null;
  /** Count only these respondents. */
  readonly within?: Domain;
}

/**
 * Counts the answers to a question: the one function that looks at respondents.
 *
 * One pass over the codes, whatever the number of groups and answers. Where the survey was read as
 * counts, they are looked up.
 *
 * @param survey The survey.
 * @param question A question or variable by codebook id, or a column made of several.
 * @returns For each group and answer ("no answer" and "not asked" included): n, w, w2.
 * @throws {InputError} Where a name is not in the codebook.
 */
export function countAnswers(
  survey: Survey,
  question: string | Column,
  { by = null, within = {} }: CountOptions = {},
): Counts {
  const counts = countPart(survey, question, by, within);
  const strata = counts.sample.strata?.map(({ id }) =>
    countPart(withinStratum(survey, id), question, by, within)
  );
  return withContext(strata ? { ...counts, strata } : counts, {
    survey,
    question,
    within,
    byCondition: (whole, variable) => countAnswers(whole, question, { by: variable }),
  });
}

/** The counts alone, without what tells whether they may be shown. */
function countPart(
  survey: Survey,
  question: string | Column,
  by: string | Column | null,
  within: Domain,
): Counts {
  const answers = typeof question === "string" ? columnOf(survey, question) : question;
  const groups = typeof by === "string" ? columnOf(survey, by) : by;
  if (survey.counted) return countTables(survey, answers, groups, within);
  const inside = domainCodes(survey, within);
  // For a single question, finding out who weighs the same would take longer than adding weights.
  const packs = packColumns(groups ? [groups] : [], inside, answers.codes.length);
  const [counted] = countPacked([answers], packs, survey.weights);
  return namedCounts(counted!.by(groups), answers, groups, sampleOf(survey));
}

/**
 * 1 for each respondent inside the domain, and the survey's own, and 0 outside; null where everyone
 * is inside.
 */
export function domainCodes(survey: Survey, within: Domain): Uint8Array | null {
  const { codes, codebook, source } = survey;
  const masks = [survey.within ?? {}, within]
    .filter((domain) => Object.keys(domain).length > 0)
    .map((domain) =>
      // Nobody gave an answer to what was not part of the wave.
      Object.keys(domain).every((name) =>
          codes.has(name) || categoriesOf(codebook, name) === undefined
        )
        ? whereMask(codes, codebook, domain, source.respondents)
        : new Uint8Array(source.respondents)
    );
  const [first, second] = masks;
  if (first === undefined) return null;
  return second === undefined ? first : first.map((inside, i) => inside & (second[i] ?? 0));
}
