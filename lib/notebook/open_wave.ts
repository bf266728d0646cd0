import { basename } from "node:path";
import { peopleWhere } from "../statistics/people_among.ts";
import { InputError } from "../responses/input_error.ts";
import { sampleOf } from "../statistics/sample.ts";
import { loadAnswers } from "../statistics/load_answers.ts";
import { requireCounts } from "../statistics/needed_counts.ts";
import { arePeopleHidden } from "../statistics/disclosure/people_hidden.ts";
import { NO_MAPPING, readMapping } from "../responses/mapping.ts";
import { formatProblems, type Problem } from "../responses/problem.ts";
import { codebook, dataFile } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { whereMask } from "../responses/where.ts";
import { nameDomain } from "./name_domain.ts";
import type { Settings } from "./settings.ts";
import { COLUMN_WEIGHTS, weighSurvey } from "./weigh_survey.ts";

/** Who is told what while a wave is read. */
export interface OpenOptions {
  /** Is given the file's name and what should be known of it; by default that is printed. */
  readonly onWarnings?: ((file: string, warnings: readonly Problem[]) => void) | undefined;
}

/**
 * Reads one wave: the file in the settings' `data`, or the synthetic answers in data/, weighted and
 * restricted as the settings say.
 *
 * @throws {InputError} With every problem of the file, or where the group is not in the codebook or
 *   leaves out too few people, or where there are no weights to be had.
 */
export async function openWave(
  settings: Settings,
  { onWarnings = printWarnings }: OpenOptions = {},
): Promise<Survey> {
  const file = settings.data ?? dataFile("responses.csv");
  const mapping = settings.mapping ? await readMapping(settings.mapping, codebook()) : NO_MAPPING;
  const { weights = null } = settings;
  const loaded = await loadAnswers(file, codebook(), {
    mapping,
    engine: settings.engine ?? null,
    within: settings.where,
    weights: weights === COLUMN_WEIGHTS,
    onWarnings: (warnings) => onWarnings(basename(String(file)), warnings),
  });
  requireCounts(loaded, settings.where);
  const survey = await weighSurvey(loaded, weights);
  if (Object.keys(settings.where).length === 0) return survey;
  requireRest(survey, settings.where);
  requireShown(survey, settings.where);
  return {
    ...survey,
    codebook: nameDomain(survey.codebook, settings.where),
    within: settings.where,
  };
}

function printWarnings(file: string, warnings: readonly Problem[]): void {
  console.warn(`${file}\n${formatProblems(warnings)}`);
}

/**
 * Refuses a group that is made with an answer where as few gave it that not even their number may be
 * shown.
 */
function requireShown(survey: Survey, where: Settings["where"]): void {
  const groups = { base: "all", conditions: Object.entries(where), by: null };
  if (!arePeopleHidden(survey, groups, sampleOf(survey))) return;
  throw new InputError(
    `How many people the group ${
      asGiven(where)
    } has would tell what few people of a background answered. ` +
      `Choose a group that is made without an answer, or with nothing else.`,
  );
}

/**
 * Refuses a group that leaves almost nobody out: whoever has the report on everyone could tell the
 * answers of those few by subtraction.
 */
function requireRest(survey: Survey, where: Settings["where"]): void {
  const { codes, codebook, source: { respondents } } = survey;
  const inside = survey.counted
    ? peopleWhere(survey, where)
    : whereMask(codes, codebook, where, respondents).reduce((sum, one) => sum + one, 0);
  const { least_base } = codebook.disclosure;
  if (inside === respondents || respondents - inside >= least_base) return;
  throw new InputError(
    `The group ${asGiven(where)} has all of the ${respondents} respondents but ${
      respondents - inside
    }. ` +
      `Their answers could be told from this report and the one on everyone, so there must be ` +
      `${least_base} or more. Choose a smaller group, or make the report on everyone.`,
  );
}

/** A group as `--where` names it: "gender=woman, tenure=years_0_2". */
function asGiven(where: Settings["where"]): string {
  return Object.entries(where)
    .flatMap(([variable, among]) => among.map((category) => `${variable}=${category}`)).join(", ");
}
