import { basename, relative, resolve } from "node:path";
import { dataTold, howRead, reportNotice } from "../notebook/data_told.ts";
import { type Notebook, REPORT_MIME } from "../notebook/notebook_file.ts";
import { handOver, type OpenedSurvey, openedSurvey } from "../notebook/open_survey.ts";
import { besideQuestionTables, questionTables } from "../notebook/question_tables.ts";
import {
  type Baseline,
  PUBLISHED,
  readEveryone,
  type ReadWaves,
  readWaves,
  withMarginsFile,
} from "../notebook/read_waves.ts";
import {
  parseClaimsSetting,
  parseEach,
  parseEngine,
  parseLanguages,
  parseWhere,
} from "../notebook/settings.ts";
import {
  type NamedNotebook,
  reportFileName,
  type ReportOptions as PageOptions,
} from "../report/html/report_options.ts";
import { notebookToJson } from "../report/notebook_json.ts";
import type { NotebookThreads } from "../report/notebook_threads.ts";
import { reportFiles, type WantedDocuments, type WantedFiles } from "../report/report_files.ts";
import {
  describeRespondentContent,
  findRespondentContent,
  type Found,
  type RespondentContent,
} from "../report/respondent_content.ts";
import { type NotebookRun, runNotebooks } from "../report/run_notebooks.ts";
import { tablesOf, tablesWorkbook, workbookName } from "../report/tables_workbook.ts";
import { checkReportFolder, type Files, writeFolder } from "../report/write_folder.ts";
import { InputError } from "../responses/input_error.ts";
import { allPassages } from "../responses/interviews.ts";
import { type Language, LANGUAGES, type Text } from "../responses/language.ts";
import { formatProblems } from "../responses/problem.ts";
import { readPublished } from "../responses/study.ts";
import { estimatesJson } from "../statistics/estimates_json.ts";
import type { Engine } from "../statistics/load_answers.ts";
import { allClaims, claimEntries, claimsJson } from "../words/claims.ts";
import { plainProse } from "../words/prose.ts";
import { findNotebooks, NOTEBOOKS } from "./project.ts";
import { indexNotebook, unitsOf, writeEach } from "./report_each.ts";
import { brokenClaims, printProgress, reportDetails } from "./report_texts.ts";
import { respondentContent } from "./respondent_content.ts";

const FILES = import.meta.resolve("../report/report_files.ts");

/** The options that say what of which answers the notebooks are run on, as lib/cli.ts describes them. */
export interface CallOptions {
  readonly data?: string;
  readonly engine?: string;
  readonly baseline?: string;
  readonly mapping?: string;
  readonly weights?: string;
  readonly where?: readonly string[];
  /** A variable by id or label. */
  readonly each?: string;
  readonly claims?: string;
  readonly lang: string;
  readonly only?: string;
  /** Seconds; undefined: ten minutes. */
  readonly timeout?: string;
}

/** The options of `deno task report`. */
export interface ReportOptions extends CallOptions {
  readonly out: string;
  readonly brief?: boolean;
  readonly strict?: boolean;
  /** "brief", or as long as the pages (true). */
  readonly docx?: string | true;
  readonly pptx?: boolean;
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
  const call = readCall(options);
  const { languages, each } = call;
  const documents = await readDocuments(options);
  const paths = findNotebooks(call.only);
  await checkReportFolder(options.out);
  const out = resolve(options.out);
  const from = Deno.cwd();
  const { waves, survey } = await checkedSurvey(call);
  let everyone: RespondentContent | null = null;
  const ofEveryone = () => everyone ??= respondentContent(waves);
  const broken: Text[] = [];
  const make = async (given: ReadWaves, own: OpenedSurvey): Promise<Files | null> => {
    const found: Found[][] = [];
    const running = runNotebooks(paths, {
      ...{ forReport: true, signal, threads, onProgress: printProgress, env: call.env },
      cellTimeoutMs: call.cellTimeoutMs,
      onRun(run, index) {
        found[index] = findRespondentContent([ofRun(run)], respondentContent(given, ofEveryone));
      },
      data: handOver(given),
    });
    await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 10))]);
    // While they run.
    const estimates = makeEstimates(own);
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
    const pages = reportPages(own, notebooks, languages, {
      brief: options.brief ?? false,
      ...each !== null && { hasIndex: true },
    });
    const parts = await Promise.all([
      ...pages.map((page) => {
        const wanted: WantedFiles = { page, ...documents };
        return threads.call(FILES, "reportFiles", wanted) as ReturnType<typeof reportFiles>;
      }),
      reportData(own, notebooks, languages, estimates),
    ]);
    const wrong = options.strict ? brokenClaims(allClaims(own)) : null;
    if (wrong !== null) broken.push(wrong);
    return new Map(parts.flatMap((files) => [...files]));
  };
  // Where the notebooks' own relative paths begin.
  Deno.chdir(NOTEBOOKS);
  let files: Files | null;
  if (each === null) files = await make(waves, survey);
  else {
    const units = unitsOf(waves, each, call.where);
    const ofUnit = async (given: ReadWaves) => await make(given, await openedSurvey(given));
    if (!await writeEach(out, units, ofUnit)) return 1;
    const notebook = { name: "index", notebook: indexNotebook(units, each, survey) };
    const pages = reportPages(survey, [notebook], languages, { page: "index" });
    const made = await Promise.all(pages.map((page) => reportFiles({ page })));
    files = new Map(made.flatMap((each) => [...each]));
  }
  if (files === null) return 1;
  await writeFolder(out, files);
  for (const file of files.keys()) {
    if (!file.startsWith("notebooks/")) console.log(relative(from, `${out}/${file}`));
  }
  for (const language of each === null ? LANGUAGES : []) {
    const other = `${out}/${reportFileName(language)}`;
    if (languages.includes(language) || !await Deno.stat(other).catch(() => null)) continue;
    console.error(
      `${relative(from, other)} is still there from an earlier run. Delete it, or make it again.`,
    );
  }
  for (const { en } of broken) console.error(`\n${en}`);
  return broken.length > 0 ? 1 : 0;
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
 * Which documents are wanted beside the pages.
 *
 * @throws {InputError} Where a template is none, or has nothing to be the template of.
 */
async function readDocuments(
  { docx, pptx = false, template, brief = false }: ReportOptions,
): Promise<WantedDocuments> {
  if (typeof docx === "string" && docx !== "brief") {
    throw new InputError(`--docx is the whole report, --docx brief the short one, not "${docx}".`);
  }
  if (template !== undefined && docx === undefined) {
    throw new InputError("--template is the template of a Word document: give --docx, too.");
  }
  if (docx === undefined) return { pptx };
  const { readTemplate } = await import("../report/office/template.ts");
  return {
    docx: docx === "brief" || brief ? "brief" : "full",
    pptx,
    template: template === undefined ? undefined : await readTemplate(template),
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

/** What the page in each language is made of. */
export function reportPages(
  survey: OpenedSurvey,
  notebooks: readonly NamedNotebook[],
  languages: readonly Language[],
  more: Pick<PageOptions, "brief" | "page" | "hasIndex"> = {},
): PageOptions[] {
  const { title, subtitle } = survey.codebook.study;
  return languages.map((language) => {
    const notice = reportNotice(survey, language);
    return {
      ...{ language, languages, title: title[language], subtitle: subtitle[language], notebooks },
      ...notice !== null && { notice },
      source: { ...survey.source, date: new Date().toISOString().slice(0, 10) },
      details: reportDetails(survey, language),
      ...more.page !== "index" && { workbook: workbookName(language) },
      ...more,
    };
  });
}

/** All estimates and claims, and the file of them. */
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
  { estimates, text } = makeEstimates(survey),
): Promise<Files> {
  const files = new Map<string, string | Uint8Array>([["estimates.json", text]]);
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
