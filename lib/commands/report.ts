import { basename, relative, resolve } from "node:path";
import type { Baseline } from "../notebook/read_waves.ts";
import { dataTold, howRead } from "../notebook/data_told.ts";
import { handOver } from "../notebook/handed_over.ts";
import { type Notebook, REPORT_MIME } from "../notebook/notebook_file.ts";
import { type OpenedSurvey, openedSurvey } from "../notebook/open_survey.ts";
import { besideQuestionTables, questionTables } from "../notebook/question_tables.ts";
import { PUBLISHED, readEveryone, type ReadWaves, readWaves } from "../notebook/read_waves.ts";
import {
  parseClaimsSetting,
  parseEach,
  parseEngine,
  parseLanguages,
  parseWhere,
} from "../notebook/settings.ts";
import { reportNotice } from "../notebook/data_told.ts";
import { withMarginsFile } from "../notebook/read_waves.ts";
import { renderReports } from "../report/html/render_report.ts";
import {
  type NamedNotebook,
  reportFileName,
  type ReportOptions as PageOptions,
} from "../report/html/report_options.ts";
import {
  describeRespondentContent,
  findRespondentContent,
  type Found,
  type RespondentContent,
} from "../report/respondent_content.ts";
import type { OfficeOptions, PageAndDocuments } from "../report/office/office_files.ts";
import type { NotebookThreads } from "../report/notebook_threads.ts";
import { type NotebookRun, runNotebooks } from "../report/run_notebooks.ts";
import { tablesOf, tablesWorkbook, workbookName } from "../report/tables_workbook.ts";
import { checkReportFolder, type Files, writeFolder } from "../report/write_folder.ts";
import { notebookToJson } from "../report/notebook_json.ts";
import { allPassages } from "../responses/interviews.ts";
import { InputError } from "../responses/input_error.ts";
import { type Language, LANGUAGES, type Text } from "../responses/language.ts";
import { formatProblems } from "../responses/problem.ts";
import { readPublished } from "../responses/study.ts";
import { estimatesJson } from "../statistics/estimates_json.ts";
import type { Engine } from "../statistics/load_answers.ts";
import { allClaims, claimEntries } from "../words/claims.ts";
import { claimsJson } from "../words/claims.ts";
import { plainProse } from "../words/prose.ts";
import { brokenClaims } from "./broken_claims.ts";
import { printProgress } from "./print_progress.ts";
import { findNotebooks, NOTEBOOKS } from "./project.ts";
import { indexNotebook, type Unit, unitsOf, writeEach } from "./report_each.ts";
import { reportDetails } from "./report_texts.ts";
import { respondentContent } from "./respondent_content.ts";

const RENDERER = import.meta.resolve("../report/html/render_report.ts");
/** Loaded where Word or PowerPoint is asked for, and nowhere else. */
const OFFICE = import.meta.resolve("../report/office/office_files.ts");

/** The options that say what of which answers the notebooks are run on. */
export interface CallOptions {
  /** A response file; undefined: the synthetic one in data/. */
  readonly data?: string;
  /** What counts the answers: "memory" or "duckdb"; undefined: whatever fits them. */
  readonly engine?: string;
  /** The response file of an earlier wave, or "published"; undefined: nothing to compare with. */
  readonly baseline?: string;
  /** What columns and values stand for that the codebook does not know. */
  readonly mapping?: string;
  /** "none", "column", "population" or a file of margins; undefined: none. */
  readonly weights?: string;
  /** "variable=category", any number of them. */
  readonly where?: readonly string[];
  /** A variable by id or label: a report for each of its categories; undefined: one report. */
  readonly each?: string;
  /** "none": what the published report said stands nowhere; undefined: beside what is shown. */
  readonly claims?: string;
  /** "da", "en" or both with a comma. */
  readonly lang: string;
  /** Beginnings of notebooks' names, with commas. */
  readonly only?: string;
  /** Seconds that one cell may take; undefined: ten minutes. */
  readonly timeout?: string;
}

/** The options of `deno task report`. */
export interface ReportOptions extends CallOptions {
  /** Where to write. */
  readonly out: string;
  /** Whether the pages hold only the conclusions and the findings behind them. */
  readonly brief?: boolean;
  /** Whether a claim that does not hold makes the run fail. */
  readonly strict?: boolean;
  /** Also in Word: "brief", or as long as the pages (true). */
  readonly docx?: string | true;
  /** Also as slides. */
  readonly pptx?: boolean;
  /** A Word document whose styles, margins and running lines the report in Word takes. */
  readonly template?: string;
}

/**
 * Runs the notebooks on a response file and writes the report, or writes nothing.
 *
 * @param threads What the notebooks run in; they stay.
 * @returns 0: done. 1: a notebook failed or shows respondents, and nothing was written; or, with `strict`, a claim does not
 *   hold, and the report was written.
 * @throws {InputError} The data or the call was refused.
 */
export async function report(
  options: ReportOptions,
  signal: AbortSignal,
  threads: NotebookThreads,
): Promise<number> {
  const call = { ...readCall(options), office: await readOffice(options) };
  const paths = findNotebooks(call.only);
  await checkReportFolder(options.out);
  const out = resolve(options.out);
  const from = Deno.cwd();
  const making = async (waves: ReadWaves, survey: OpenedSurvey, ofAll: () => RespondentContent) => {
    const found: Found[][] = [];
    let respondents: RespondentContent | null = null;
    const running = runNotebooks(paths, {
      forReport: true,
      signal,
      threads,
      cellTimeoutMs: call.cellTimeoutMs,
      onProgress: printProgress,
      onRun(run, index) {
        respondents ??= respondentContent(waves, ofAll);
        found[index] = findRespondentContent([ofRun(run)], respondents);
      },
      env: call.env,
      data: handOver(waves),
    });
    await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 10))]);
    // While they run.
    estimatesOf(survey);
    const runs = await running;
    const failures = runs.flatMap(({ failure }) => failure ? [failure] : []);
    for (const failure of failures) console.error(`\n${failure.message}`);
    if (failures.length > 0) {
      console.error(
        `\n${failures.length} of ${runs.length} notebooks failed: nothing was written.`,
      );
      return null;
    }
    if (found.flat().length > 0) {
      console.error(`\n${describeRespondentContent(found.flat())}`);
      return null;
    }
    const notebooks = runs.map(ofRun);
    const documents = new Map<string, Uint8Array>();
    const render = async (pages: readonly PageOptions[]) => {
      const { office } = call;
      if (office === null) return await threads.call(RENDERER, "renderReports", pages) as string[];
      return await Promise.all(pages.map(async (page) => {
        const wanted: OfficeOptions = { page, ...office };
        const made = await threads.call(OFFICE, "pageAndDocuments", wanted) as PageAndDocuments;
        for (const [name, file] of made.documents) documents.set(name, file);
        return made.html;
      }));
    };
    const parts = await Promise.all([
      reportPages(survey, notebooks, call.languages, render, options.brief, call.each !== null),
      reportData(survey, notebooks, call.languages),
    ]);
    return new Map([...parts, documents].flatMap((files) => [...files]));
  };
  const told = (path: string) => console.log(relative(from, `${out}/${path}`));
  const { waves, survey } = await checkedSurvey(call);
  const broken: Text[] = [];
  const make = async (given: ReadWaves, ofAll: () => RespondentContent) => {
    const own = given === waves ? survey : await openedSurvey(given);
    const files = await making(given, own, ofAll);
    const wrong = files && options.strict ? brokenClaims(allClaims(own)) : null;
    if (wrong !== null) broken.push(wrong);
    return files;
  };
  // Where the notebooks' own relative paths begin.
  Deno.chdir(NOTEBOOKS);
  if (call.each === null) {
    const files = await make(waves, () => respondentContent(waves));
    if (files === null) return 1;
    await writeFolder(out, files);
    for (const file of files.keys()) if (!file.startsWith("notebooks/")) told(file);
    for (const language of LANGUAGES.filter((each) => !call.languages.includes(each))) {
      const other = `${out}/${reportFileName(language)}`;
      if (!await Deno.stat(other).catch(() => null)) continue;
      console.error(
        `${relative(from, other)} is still there from an earlier run. Delete it, or make it again.`,
      );
    }
  } else {
    const units = unitsOf(waves, call.each, call.where);
    let all: RespondentContent | null = null;
    const ofAll = () => all ??= respondentContent(waves);
    if (!await writeEach(out, units, (given) => make(given, ofAll))) return 1;
    const pages = await indexPages(survey, units, call.each, call.languages);
    await writeFolder(out, pages);
    for (const file of pages.keys()) told(file);
  }
  for (const { en } of broken) console.error(`\n${en}`);
  return broken.length > 0 ? 1 : 0;
}

/** The page in each language that leads to the reports on groups. */
async function indexPages(
  survey: OpenedSurvey,
  units: readonly Unit[],
  each: string,
  languages: readonly Language[],
): Promise<Map<string, string>> {
  const notebook = { name: "index", notebook: indexNotebook(units, each, survey) };
  const asIndex: typeof renderReports = (pages) =>
    renderReports(pages.map(({ workbook: _, ...page }) => ({ ...page, page: "index" })));
  const pages = await reportPages(survey, [notebook], languages, asIndex);
  return new Map(
    languages.map((language) => [
      reportFileName(language, "index"),
      pages.get(reportFileName(language))!,
    ]),
  );
}

function ofRun({ path, notebook }: NotebookRun): NamedNotebook {
  return { name: basename(path, ".ipynb"), notebook };
}

/** The options, understood: what the notebooks and the export need of them. */
export interface ReportCall {
  readonly languages: readonly Language[];
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** The variable of which each category has a report; null: one report. */
  readonly each: string | null;
  /** The full path of the response file; null: the one in data/. */
  readonly data: string | null;
  readonly engine: Engine | null;
  /** The full path of the mapping file, or null. */
  readonly mapping: string | null;
  /** The full path of the earlier wave's file, "published", or null. */
  readonly baseline: string | null;
  /** "column", "population" or the full path of a file of margins; null: everyone counts the same. */
  readonly weights: string | null;
  readonly only: readonly string[] | undefined;
  readonly cellTimeoutMs: number;
  /** The environment variables by which the notebooks learn of it. */
  readonly env: Readonly<Record<string, string>>;
}

/** What a value came by, for a message: the option, or the variable of the environment that stands in for it. */
function named(option: string, value: string | undefined): string {
  const variable = `SURVEY_${option.slice(2).toUpperCase()}`;
  return value !== undefined && Deno.env.get(variable) === value ? variable : option;
}

/**
 * Understands the options of `deno task report`.
 *
 * @throws {InputError} Where one has not the form it should have.
 */
export function readCall(options: CallOptions): ReportCall {
  const languages = parseLanguages(options.lang, named("--lang", options.lang));
  const data = options.data === undefined ? null : resolve(options.data);
  const baseline = options.baseline === undefined
    ? null
    : options.baseline === PUBLISHED
    ? PUBLISHED
    : resolve(options.baseline);
  const mapping = options.mapping === undefined ? null : resolve(options.mapping);
  const engine = parseEngine(options.engine, named("--engine", options.engine));
  const weights = withMarginsFile(options.weights || null, resolve);
  const where = parseWhere(options.where ?? [], named("--where", options.where?.join()));
  return {
    languages,
    engine,
    mapping,
    baseline,
    weights,
    where,
    each: parseEach(options.each),
    data,
    only: options.only?.split(",").map((part) => part.trim()),
    cellTimeoutMs: Number(options.timeout ?? 600) * 1000,
    env: {
      SURVEY_DATA: data ?? "",
      SURVEY_ENGINE: engine ?? "",
      SURVEY_MAPPING: mapping ?? "",
      SURVEY_BASELINE: baseline ?? "",
      SURVEY_WEIGHTS: weights ?? "",
      SURVEY_WHERE: Object.entries(where)
        .flatMap(([variable, among]) => among.map((category) => `${variable}=${category}`))
        .join(","),
      SURVEY_CLAIMS: parseClaimsSetting(options.claims, named("--claims", options.claims)) ?? "",
      SURVEY_LANG: languages.join(","),
      SURVEY_REPORT: "1",
    },
  };
}

/**
 * Which documents are wanted beside the pages; null: none.
 *
 * @throws {InputError} Where a template is none, or has nothing to be the template of.
 */
async function readOffice(
  { docx, pptx = false, template, brief = false }: ReportOptions,
): Promise<Omit<OfficeOptions, "page"> | null> {
  if (typeof docx === "string" && docx !== "brief") {
    throw new InputError(`--docx is the whole report, --docx brief the short one, not "${docx}".`);
  }
  if (template !== undefined && docx === undefined) {
    throw new InputError("--template is the template of a Word document: give --docx, too.");
  }
  if (docx === undefined && !pptx) return null;
  return {
    ...docx === undefined ? {} : { docx: docx === "brief" || brief ? "brief" : "full" },
    pptx,
    ...template === undefined
      ? {}
      : { template: await (await import("../report/office/template.ts")).readTemplate(template) },
  };
}

/**
 * Reads the answers before anything runs, and prints what should be known about them.
 *
 * @throws {InputError} With every problem of the file.
 */
export async function checkedSurvey(
  { data, engine, mapping, where, each, baseline, weights }: ReportCall,
): Promise<{ readonly waves: ReadWaves; readonly survey: OpenedSurvey }> {
  // What is wrong with the study's own files is told before anything runs.
  allPassages();
  claimEntries();
  readPublished();
  const settings = {
    ...{ data, baseline, engine, mapping, weights, languages: ["da"], report: true } as const,
    where: each === null ? where : { [each]: [], ...where },
  };
  const read = each === null ? readWaves : readEveryone;
  const waves = await read(
    settings,
    (file, warnings) => console.error(`${file}\n${formatProblems(warnings)}\n`),
  );
  const survey = await openedSurvey(waves);
  if (data !== null || baseline !== null) {
    console.error(`${plainProse(dataTold(survey).en)}\n`);
    console.error(`The answers were ${howRead(survey)?.en ?? "counted in memory"}.\n`);
  }
  return { waves, survey };
}

/**
 * The report itself, one file per language.
 *
 * @param render Makes them; it may do so in another thread.
 * @param brief Only the conclusions and the findings behind them.
 * @param hasIndex Whether a page above its folder leads to it.
 */
export async function reportPages(
  survey: OpenedSurvey,
  notebooks: readonly NamedNotebook[],
  languages: readonly Language[],
  render: typeof renderReports = renderReports,
  brief = false,
  hasIndex = false,
): Promise<Map<string, string>> {
  const { title, subtitle } = survey.codebook.study;
  const pages = await render(languages.map((language): PageOptions => {
    const notice = reportNotice(survey, language);
    return {
      language,
      languages,
      title: title[language],
      subtitle: subtitle[language],
      ...notice === null ? {} : { notice },
      source: { ...survey.source, date: new Date().toISOString().slice(0, 10) },
      details: reportDetails(survey, language),
      notebooks,
      brief,
      ...hasIndex && { index: `../${reportFileName(language, "index")}` },
      workbook: workbookName(language),
    };
  }));
  return new Map(pages.map((page, index) => [reportFileName(languages[index]!), page]));
}

/** All estimates and claims, and the file of them. They depend on the answers alone, and so are made once. */
const kept = new WeakMap<OpenedSurvey, ReturnType<typeof makeEstimates>>();

function estimatesOf(survey: OpenedSurvey) {
  const made = kept.get(survey) ?? makeEstimates(survey);
  kept.set(survey, made);
  return made;
}

function makeEstimates(survey: OpenedSurvey) {
  const { baseline = null } = survey;
  const { source, estimates, numbers } = estimatesJson(survey, baseline);
  const earlier = baseline && { baseline: baselineSource(baseline) };
  const content = {
    source,
    ...earlier,
    estimates,
    ...numbers && { numbers },
    claims: claimsJson(survey),
  };
  return { estimates, text: JSON.stringify(content, null, 1) + "\n" };
}

/** The earlier wave as estimates.json names it; of published figures there is no file of answers. */
function baselineSource({ survey, shared }: Baseline) {
  if (survey === null) return { published: true };
  const { file, sha256, respondents, synthetic } = survey.source;
  const { least_base } = survey.codebook.disclosure;
  const isSaid = shared.people !== null && (shared.people === 0 || shared.people >= least_base);
  return {
    ...{ published: false, file, sha256, respondents, synthetic },
    shared_respondents: isSaid ? shared.people : null,
  };
}

/** What is written beside the report: the estimates, the tables and the executed notebooks. */
export async function reportData(
  survey: OpenedSurvey,
  notebooks: readonly NamedNotebook[],
  languages: readonly Language[],
): Promise<Files> {
  const files = new Map<string, string | Uint8Array>();
  const { estimates, text } = estimatesOf(survey);
  files.set("estimates.json", text);
  for (const language of languages) {
    const tables = tablesOf(notebooks, language);
    const questions = questionTables(estimates, survey.codebook, language);
    const others = besideQuestionTables(tables, estimates);
    const notice = reportNotice(survey, language);
    files.set(workbookName(language), await tablesWorkbook(questions, others, language, notice));
  }
  for (const { name, notebook } of notebooks) {
    files.set(`notebooks/${name}.ipynb`, notebookToJson(withoutParts(notebook)));
  }
  return files;
}

/** A notebook without what is there for the report alone. */
function withoutParts(notebook: Notebook): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map((cell) =>
      cell.cell_type !== "code" ? cell : {
        ...cell,
        outputs: cell.outputs.map((output) => {
          if (!("data" in output)) return output;
          const { [REPORT_MIME]: _, ...data } = output.data;
          return { ...output, data };
        }),
      }
    ),
  };
}
