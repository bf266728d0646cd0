import { basename, dirname, isAbsolute, join } from "node:path";
import { InputError } from "../responses/input_error.ts";
import type { Text } from "../responses/language.ts";
import type { NotebookError } from "../report/notebook_error.ts";
import type { Notebook } from "../report/notebook_file.ts";
import { readNotebook } from "../report/read_notebook.ts";
import { runInKernel } from "../report/run_notebook.ts";
import { runNotebooks } from "../report/run_notebooks.ts";
import type { NotebookRun, Progress, RunOptions } from "../report/run_options.ts";
import { ReportServer } from "../report/watch/report_server.ts";
import { printProgress } from "./print_progress.ts";
import { findNotebooks, NOTEBOOKS, PROJECT } from "./project.ts";
import { readCall, type ReportCall, type ReportOptions } from "./report.ts";
import { Changes } from "./watch_changes.ts";
import { affectedBy, concernsReport } from "./watch_dependants.ts";
import { EXPORTER, Exporter } from "./watch_exporter.ts";
import { SpareKernel } from "./watch_spare_kernel.ts";
import { withAnswersFile } from "./with_answers_file.ts";

/**
 * Makes the report, shows it in a browser, and makes it anew whenever a file it depends on is saved.
 * What does not depend on that file does not run again. Files saved meanwhile have their turn next.
 *
 * @returns Never: it goes on until it is stopped.
 * @throws The signal's reason when that is aborted; no process is left then.
 * @throws {InputError} The call was refused.
 */
export async function watchReport(options: ReportOptions, signal: AbortSignal): Promise<never> {
  const call = readCall(options);
  findNotebooks(call.only);
  const named = [call.data, call.mapping, call.baseline, call.weights].filter((path) =>
    path !== null && isAbsolute(path)
  ) as string[];
  const server = new ReportServer(call.languages);
  const changes = new Changes([
    { path: PROJECT, recursive: false },
    ...[NOTEBOOKS, join(PROJECT, "lib"), join(PROJECT, "data")]
      .map((path) => ({ path, recursive: true })),
    ...named.map((path) => ({ path: dirname(path), recursive: false })),
  ], (path) => concernsReport(path, named));
  return await withAnswersFile(async (answers) => {
    const report = new WatchedReport(options, call, answers, server, signal);
    try {
      console.error(`The report is at ${server.url}. Ctrl-C ends it.`);
      while (true) {
        await report.update();
        await report.note(await changes.next(signal));
      }
    } finally {
      await Promise.all([report.close(), changes.close(), server.close()]);
    }
  });
}

/** The notebooks as they were last run, and what has to run again. */
class WatchedReport {
  readonly #runs = new Map<string, NotebookRun>();
  readonly #due = new Set<string>();
  /** Those of them that have not ended yet. */
  #unfinished: readonly string[] = [];
  readonly #spare: SpareKernel;
  readonly #running: RunOptions;
  #exporter: Exporter | null = null;
  #isReady = false;
  #began = 0;
  #failure: string | null = null;
  /** With `strict`, the claims that do not hold on the answers. */
  #broken: Text | null = null;
  /** The notebooks of the report that is shown, while that is the newest there can be. */
  #shown: string | null = null;

  constructor(
    private readonly options: ReportOptions,
    private readonly call: ReportCall,
    /** Where the export puts the answers for the notebooks. */
    private readonly answers: string,
    private readonly server: ReportServer,
    private readonly signal: AbortSignal,
  ) {
    const { cellTimeoutMs } = call;
    const env = { ...call.env, SURVEY_CHECKED: answers };
    this.#running = {
      forReport: true,
      env,
      cellTimeoutMs,
      signal,
      onProgress: (progress) => this.#progress(progress),
    };
    this.#spare = new SpareKernel(env, signal);
  }

  /** Takes note of files that have changed. */
  async note(changed: ReadonlySet<string>): Promise<void> {
    this.#began = performance.now();
    const known = new Map([...this.#runs].map(([path, { notebook }]) => [path, notebook]));
    const { saved, dependants, exported } = await affectedBy(changed, known, EXPORTER);
    for (const path of saved) if (await this.#isNew(path)) this.#due.add(path);
    for (const path of dependants) this.#due.add(path);
    if (dependants.size > 0) await this.#spare.discard();
    if (exported) await this.#endExporter();
  }

  /** Runs what is due and makes the report, or says in the page and here why it cannot. */
  async update(): Promise<void> {
    this.#began ||= performance.now();
    try {
      const paths = findNotebooks(this.call.only);
      for (const path of this.#runs.keys()) if (!paths.includes(path)) this.#runs.delete(path);
      const due = paths.filter((path) => this.#due.has(path) || !this.#runs.has(path));
      if (due.length === 0 && this.#shown === paths.join()) return;
      this.#unfinished = due;
      this.#say(due);
      this.#shown = null;
      await this.#startExporter();
      for (const run of await this.#run(due)) {
        this.#runs.set(run.path, run);
        this.#due.delete(run.path);
      }
      const failures = paths.flatMap((path) => this.#runs.get(path)?.failure ?? []);
      this.#failure = failures.length > 0 ? messageOf(failures) : null;
      if (this.#failure === null) await this.#export(paths);
    } catch (error) {
      this.signal.throwIfAborted();
      if (!(error instanceof InputError)) throw error;
      this.#failure = error.message;
      await this.#endExporter();
    }
    this.signal.throwIfAborted();
    if (this.#failure !== null) {
      console.error(`\n${this.#failure}\n\nThe report stays as it was.`);
    }
    this.#say(null);
    this.#spare.prepare();
  }

  /** Tells the open pages how it stands. */
  #say(running: readonly string[] | null): void {
    const names = running?.map((path) => basename(path, ".ipynb")) ?? null;
    this.server.say({ failure: this.#failure, broken: this.#broken, running: names });
  }

  #progress(progress: Progress): void {
    printProgress(progress);
    if (progress.step !== "end") return;
    this.#unfinished = this.#unfinished.filter((path) => path !== progress.path);
    this.#say(this.#unfinished);
  }

  /** Ends all processes. */
  async close(): Promise<void> {
    await Promise.all([this.#spare.discard(), this.#endExporter()]);
  }

  /** Whether a notebook's cells are others than those that ran; its stored outputs do not count. */
  async #isNew(path: string): Promise<boolean> {
    const run = this.#runs.get(path);
    if (run === undefined || run.failure !== null) return true;
    try {
      return cellsOf(await readNotebook(path)) !== cellsOf(run.notebook);
    } catch (error) {
      // It is gone or damaged, which the next run says.
      if (error instanceof InputError) return true;
      throw error;
    }
  }

  async #run(due: readonly string[]): Promise<NotebookRun[]> {
    const [path] = due;
    if (path === undefined || due.length > 1) return await runNotebooks(due, this.#running);
    const notebook = await readNotebook(path);
    return [await runInKernel(path, notebook, this.#spare.take(), this.#running)];
  }

  async #startExporter(): Promise<void> {
    this.#exporter ??= new Exporter(this.options, this.answers);
    if (this.#isReady) return;
    this.#broken = await this.#exporter.ready();
    this.#isReady = true;
    if (this.#broken !== null) console.error(`\n${this.#broken.en}\n`);
  }

  async #endExporter(): Promise<void> {
    await this.#exporter?.close();
    this.#exporter = null;
    this.#isReady = false;
    this.#shown = null;
  }

  async #export(paths: readonly string[]): Promise<void> {
    const notebooks = paths.map((path) => ({
      name: basename(path, ".ipynb"),
      notebook: this.#runs.get(path)!.notebook,
    }));
    await this.#exporter!.export(notebooks, (pages) => {
      this.server.publish(pages);
      // While the files are written.
      this.#spare.prepare();
      const seconds = ((performance.now() - this.#began) / 1000).toFixed(1);
      console.error(`${this.server.url} is up to date after ${seconds} s.`);
    });
    this.#shown = paths.join();
  }
}

function messageOf(failures: readonly NotebookError[]): string {
  return failures.map(({ message }) => message).join("\n\n");
}

/** What of a notebook decides on its outputs and its place in the report. */
function cellsOf({ cells }: Notebook): string {
  return JSON.stringify(cells.map(({ cell_type, source }) => [cell_type, source]));
}
