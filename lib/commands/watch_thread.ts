/** The thread in which a watched report is made; it is replaced when what it has loaded has changed. */
import { basename, resolve } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import type { Notebook } from "../notebook/notebook_file.ts";
import { handOver } from "../notebook/open_survey.ts";
import { readNotebook } from "../report/notebook_json.ts";
import { reportFiles } from "../report/report_files.ts";
import { describeRespondentContent, findRespondentContent } from "../report/respondent_content.ts";
import { runNotebooks } from "../report/run_notebooks.ts";
import { writeFolder } from "../report/write_folder.ts";
import { InputError } from "../responses/input_error.ts";
import type { Text } from "../responses/language.ts";
import { allClaims } from "../words/claims.ts";
import { findNotebooks, libraryThreads } from "./project.ts";
import { checkedSurvey, readCall, reportData, type ReportOptions, reportPages } from "./report.ts";
import { brokenClaims, printProgress } from "./report_texts.ts";
import { respondentContent } from "./respondent_content.ts";

/** A notebook as it was last run, and what keeps it from being shown. */
export interface WatchedRun {
  readonly notebook: Notebook;
  readonly failure: string | null;
}

/** What the thread is started with. */
export interface WatchedWork {
  readonly options: ReportOptions;
  /** Notebooks that were run before and need not run again, by path. */
  readonly runs: ReadonlyMap<string, WatchedRun>;
}

/** What it says: how it stands, and at the end of each piece of work what came of it. */
export type FromWatched =
  | { readonly running: readonly string[]; readonly broken: Text | null }
  | { readonly pages: ReadonlyMap<string, string> }
  | { readonly done: string | null; readonly runs: ReadonlyMap<string, WatchedRun> };

const { options, runs } = workerData as { options: ReportOptions; runs: Map<string, WatchedRun> };
const say = (message: FromWatched) => parentPort!.postMessage(message);
const call = readCall(options);
const threads = libraryThreads();
let answers: Promise<Awaited<ReturnType<typeof readAnswers>>> | null = null;
let shown = "";

async function readAnswers() {
  threads.prepare();
  const { waves, survey } = await checkedSurvey(call);
  const respondents = respondentContent(waves);
  const broken = options.strict ? brokenClaims(allClaims(survey)) : null;
  if (broken !== null) console.error(`\n${broken.en}\n`);
  return { survey, respondents, broken, data: handOver(waves) };
}

parentPort!.on("message", async () => {
  try {
    say({ done: await update(), runs });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    say({ done: error.message, runs });
  }
});

/** Runs what is new and makes the report. @returns Why it cannot be made; null: it was. */
async function update(): Promise<string | null> {
  const paths = findNotebooks(call.only);
  for (const path of runs.keys()) if (!paths.includes(path)) runs.delete(path);
  const due: string[] = [];
  for (const path of paths) if (await isDue(path)) due.push(path);
  if (due.length === 0 && shown === paths.join()) return null;
  shown = "";
  const names = new Set(due.map(nameOf));
  const { survey, respondents, broken, data } = await (answers ??= readAnswers());
  const tell = () => say({ running: [...names], broken });
  tell();
  await runNotebooks(due, {
    forReport: true,
    threads,
    data,
    env: call.env,
    cellTimeoutMs: call.cellTimeoutMs,
    onProgress(progress) {
      printProgress(progress);
      if (progress.step === "end" && names.delete(nameOf(progress.path))) tell();
    },
    onRun({ path, notebook, failure }) {
      const found = findRespondentContent([{ name: nameOf(path), notebook }], respondents);
      const held = found.length > 0 ? describeRespondentContent(found) : null;
      runs.set(path, { notebook, failure: failure?.message ?? held });
    },
  });
  const failures = paths.flatMap((path) => runs.get(path)!.failure ?? []);
  if (failures.length > 0) return failures.join("\n\n");
  const notebooks = paths.map((path) => ({
    name: nameOf(path),
    notebook: runs.get(path)!.notebook,
  }));
  const made = reportPages(survey, notebooks, call.languages).map((page) => reportFiles({ page }));
  const pages = new Map((await Promise.all(made)).flatMap((files) => [...files])) as Map<
    string,
    string
  >;
  say({ pages });
  const files = await reportData(survey, notebooks, call.languages);
  await writeFolder(resolve(options.out), new Map([...pages, ...files]));
  shown = paths.join();
  return null;
}

/** Whether a notebook's cells are others than those that ran; its stored outputs do not count. */
async function isDue(path: string): Promise<boolean> {
  const run = runs.get(path);
  return run === undefined || run.failure !== null ||
    cellsOf(await readNotebook(path)) !== cellsOf(run.notebook);
}

function nameOf(path: string): string {
  return basename(path, ".ipynb");
}

function cellsOf({ cells }: Notebook): string {
  return JSON.stringify(
    cells.map(({ cell_type, source, metadata }) => [cell_type, source, metadata]),
  );
}
