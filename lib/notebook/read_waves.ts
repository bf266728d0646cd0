import { existsSync } from "node:fs";
import { basename } from "node:path";
import {
  baseOfEveryone,
  categoriesOf,
  type Codebook,
  earlierCodebook,
} from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { mappingIn, NO_MAPPING, readMapping } from "../responses/mapping.ts";
import { matchRespondents, type Unmatched } from "../responses/match_respondents.ts";
import { readPopulation } from "../responses/population.ts";
import { formatProblems, type Problem } from "../responses/problem.ts";
import { nearest } from "../responses/spelling.ts";
import { codebook, population, responsesFile } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { whereMask } from "../responses/where.ts";
import { peopleWhere } from "../statistics/count_answers.ts";
import { arePeopleHidden } from "../statistics/disclosure/table_rule.ts";
import { loadAnswers } from "../statistics/load_answers.ts";
import { requireCounts } from "../statistics/needed_counts.ts";
import { publishedWave } from "../statistics/published_wave.ts";
import { rake } from "../statistics/rows/rake.ts";
import { earlierAnswers, requireApart } from "../statistics/rows/waves_apart.ts";
import { weighByStrata } from "../statistics/rows/weigh_by_strata.ts";
import { sampleOf } from "../statistics/sample.ts";
import { compareWaves, type WaveChanges } from "../statistics/wave_changes.ts";
import { domainWords } from "../words/change_columns.ts";
import type { Settings } from "./settings.ts";

/** An earlier wave as it was read. */
interface EarlierAnswers {
  /** Its answers; null where there are only the published figures. */
  readonly survey: Survey | null;
  readonly shared: SharedRespondents;
  /** For each respondent now, the row in the earlier wave or -1; null: nobody knows. */
  readonly rows: Int32Array | null;
}

/** An earlier wave, and what has changed since. */
export interface Baseline extends WaveChanges, Omit<EarlierAnswers, "rows"> {}

/** How many people of the whole files answered both times; or why that cannot be told. */
type SharedRespondents =
  | { readonly people: number; readonly why: null }
  | { readonly people: null; readonly why: "published" | Unmatched };

/** What has changed since an earlier wave. Nothing is compared before it is asked for. */
export function compareWithEarlier(
  now: Survey,
  { survey, shared, rows }: EarlierAnswers,
): Baseline {
  const before = survey === null
    ? publishedWave(earlierCodebook(now.codebook))
    : earlierAnswers(now, survey, rows);
  return { survey, shared, ...compareWaves(now, before) };
}

/** All that is read from files before anything is computed. */
export interface ReadWaves {
  readonly survey: Survey;
  /** The earlier wave; null where there is none. */
  readonly earlier: EarlierAnswers | null;
}

/** Reads the answers, and those of the earlier wave. @throws {InputError} As `openSurvey()`. */
export async function readWaves(
  settings: Settings,
  onWarnings?: OnWarnings,
): Promise<ReadWaves> {
  return wavesWithin(await readEveryone(settings, onWarnings), settings.where);
}

/** Reads the answers of everyone, of which reports on several groups are made with {@link wavesWithin}. */
export async function readEveryone(
  settings: Settings,
  onWarnings?: OnWarnings,
): Promise<ReadWaves> {
  const survey = await openWave(settings, onWarnings);
  const earlier = settings.baseline
    ? await readEarlier({ ...settings, data: settings.baseline }, survey, onWarnings)
    : null;
  return { survey, earlier };
}

/**
 * The same answers, to be reported of a group.
 *
 * @throws {InputError} Where the group is not in the codebook, leaves out too few people or would tell
 *   an answer, or should be compared with published figures.
 */
export function wavesWithin({ survey, earlier }: ReadWaves, where: Settings["where"]): ReadWaves {
  if (Object.keys(where).length === 0) return { survey, earlier };
  if (earlier?.survey === null) {
    throw new InputError(
      "The published figures are of everyone, so a group cannot be compared with them. " +
        "Leave out --where, or give the file of an earlier wave as --baseline.",
    );
  }
  requireAnybody(survey, where);
  return {
    survey: within(survey, where),
    earlier: earlier && { ...earlier, survey: within(earlier.survey, where) },
  };
}

function within(survey: Survey, where: Settings["where"]): Survey {
  requireGroup(survey, where);
  return { ...survey, codebook: nameDomain(survey.codebook, where), within: where };
}

/** What stands for a file where the published figures are the earlier wave. */
export const PUBLISHED = "published";

/** The earlier wave, weighted like this one where there are such weights; who answered twice by their ids. */
async function readEarlier(
  settings: Settings & { readonly data: string },
  now: Survey,
  onWarnings: OnWarnings = printWarnings,
): Promise<EarlierAnswers> {
  const { data } = settings;
  if (data === PUBLISHED) {
    return { survey: null, shared: { people: null, why: "published" }, rows: null };
  }
  if (nearest(basename(data), [PUBLISHED]).length > 0 && !existsSync(data)) {
    throw new InputError(`There is no file ${data} to compare with. Is "${PUBLISHED}" meant?`);
  }
  // That it is of another year is why it is the earlier one, and the mapping may be for this wave alone.
  const isNews = ({ rule }: Problem) =>
    rule !== "other_year" && rule !== "more_than_invited" && rule !== "unused_mapping";
  const tell: OnWarnings = (file, warnings) => {
    const news = warnings.filter(isNews);
    if (news.length > 0) onWarnings(file, news);
  };
  const study = earlierCodebook(codebook());
  const survey = await openWave(settings, tell, study).catch((error) => {
    if (!settings.weights || !(error instanceof InputError)) throw error;
    return openWave({ ...settings, weights: "none" }, tell, study);
  });
  requireApart(now, survey);
  const rows = matchRespondents(now, survey);
  return typeof rows === "string"
    ? { survey, shared: { people: null, why: rows }, rows: null }
    : { survey, shared: { people: rows.filter((row) => row >= 0).length, why: null }, rows };
}

/** Is given a file's name and what should be known of it. */
type OnWarnings = (file: string, warnings: readonly Problem[]) => void;

/** One wave: the file in the settings' `data`, or the synthetic answers, weighted as the settings say. */
async function openWave(
  settings: Settings,
  onWarnings: OnWarnings = printWarnings,
  study = codebook(),
): Promise<Survey> {
  const file = settings.data ?? responsesFile();
  const mapping = settings.mapping
    ? mappingIn(await readMapping(settings.mapping, codebook()), study)
    : NO_MAPPING;
  const { weights = null } = settings;
  const loaded = await loadAnswers(file, study, {
    mapping,
    engine: settings.engine ?? null,
    within: settings.where,
    weights: askedWeights(weights).column !== "",
    onWarnings: (warnings) => onWarnings(basename(String(file)), warnings),
  });
  requireCounts(loaded, settings.where);
  return { ...await weighSurvey(loaded, weights), isPublished: true };
}

function printWarnings(file: string, warnings: readonly Problem[]): void {
  console.warn(`${file}\n${formatProblems(warnings)}`);
}

/** Refuses a group that nobody is in, of which every sentence would be false. */
function requireAnybody(survey: Survey, where: Settings["where"]): void {
  if (peopleWhere(survey, where) > 0) return;
  const { codebook, source: { file } } = survey;
  const there = Object.keys(where).map((name) => {
    const found = Object.keys(categoriesOf(codebook, name) ?? {})
      .filter((category) => peopleWhere(survey, { [name]: [category] }) > 0);
    return `${name} ${found.length > 0 ? found.join(", ") : "(no answers)"}`;
  });
  throw new InputError(
    `Nobody in ${file} is in the group ${asGiven(where)}. There is: ${there.join("; ")}.`,
  );
}

/**
 * Refuses a group that leaves almost nobody out, whose answers could be told by subtraction from the report on
 * everyone; and one of so few who gave an answer that not even their number may be shown.
 */
function requireGroup(survey: Survey, where: Settings["where"]): void {
  const { codes, codebook, source: { respondents } } = survey;
  const inside = survey.counted
    ? peopleWhere(survey, where)
    : whereMask(codes, codebook, where, respondents).reduce((sum, one) => sum + one, 0);
  const { least_base } = codebook.disclosure;
  if (inside < respondents && respondents - inside < least_base) {
    throw new InputError(
      `The group ${asGiven(where)} has all of the ${respondents} respondents but ${
        respondents - inside
      }. Their answers could be told from this report and the one on everyone, so there must be ` +
        `${least_base} or more. Choose a smaller group, or make the report on everyone.`,
    );
  }
  const groups = { base: baseOfEveryone(codebook), conditions: Object.entries(where), by: null };
  if (!arePeopleHidden(survey, groups, sampleOf(survey))) return;
  throw new InputError(
    `How many people the group ${
      asGiven(where)
    } has would tell what few people of a background answered. ` +
      `Choose a group that is made without an answer, or with nothing else.`,
  );
}

/** A group as `--where` names it: "gender=woman, tenure=years_0_2". */
function asGiven(where: Settings["where"]): string {
  return Object.entries(where)
    .flatMap(([variable, among]) => among.map((category) => `${variable}=${category}`)).join(", ");
}

/** The codebook with the group in the name of every base, so that nothing speaks of everyone. */
export function nameDomain(
  codebook: Codebook,
  where: Readonly<Record<string, readonly string[]>>,
): Codebook {
  const group = domainWords(codebook, where);
  const named = (text: Text) =>
    inEveryLanguage((language) => `${text[language]} (${group[language]})`);
  return {
    ...codebook,
    bases: Object.fromEntries(
      Object.entries(codebook.bases).map(([id, base]) => [
        id,
        { ...base, label: named(base.label), who: named(base.who), group },
      ]),
    ),
  };
}

/** What a choice of weights asks for: the file's own, and margins to rake to ("population" or a path). */
function askedWeights(weights: string | null | undefined) {
  const [, column = "", margins = ""] = /^(column(?:\+|$))?(.*)$/.exec(weights ?? "")!;
  return { column, margins: margins === "none" ? "" : margins };
}

/** A choice of weights with the path of its file of margins, if it has one, made whole. */
export function withMarginsFile(weights: string | null, resolve: (path: string) => string) {
  const { column, margins } = askedWeights(weights);
  return margins === "" || margins === "population" ? weights : column + resolve(margins);
}

/**
 * Weighs everyone in a survey; raking starts from the file's own weights where asked, else those of strata.
 *
 * @param survey All respondents, since margins are of the whole sample.
 * @param weights As in `Settings`.
 * @returns The survey with weights, whose mean is 1 where they are made here.
 * @throws {InputError} Where the file of margins has a problem, or no weights meet the margins.
 */
export async function weighSurvey(survey: Survey, weights: string | null): Promise<Survey> {
  const { column, margins: chosen } = askedWeights(weights);
  if (chosen === "") {
    if (column === "") return weights === null ? weighByStrata(survey) : survey;
    const name = survey.codebook.weight?.column ?? "weight";
    return { ...survey, weighting: { by: "column", column: name } };
  }
  if (survey.counted) {
    throw new InputError(
      `Weights cannot be made of counts. Give ${survey.source.file} weights of its own (a column ` +
        `of the answers, or w and w2 of a table of counts) and run with --weights column.`,
    );
  }
  const margins = chosen === "population"
    ? population()
    : await readPopulation(chosen, survey.codebook);
  const { trim } = margins;
  const before = (column === "" ? weighByStrata(survey) : survey).weights;
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
      start: before === null ? "equal" : column === "" ? "strata" : "column",
    },
  };
}
