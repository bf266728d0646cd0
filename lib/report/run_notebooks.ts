import { dirname, resolve } from "node:path";
import {
  type CodeCell,
  isForAnalyst,
  type MimeBundle,
  type Notebook,
  type Output,
} from "../notebook/notebook_file.ts";
import { NotebookError } from "./notebook_error.ts";
import { type CellFailure, type KernelMessage, OUT_OF_MEMORY } from "./notebook_job.ts";
import { readNotebook } from "./notebook_json.ts";
import { NotebookThreads, type ThreadEnd, type ThreadProgress } from "./notebook_threads.ts";

/** How notebooks are run. */
export interface RunOptions {
  /** Environment variables for the notebooks, beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds that one cell may take; by default ten minutes. */
  readonly cellTimeoutMs?: number;
  /** Milliseconds that what the cells have begun may go on after the last one; by default five seconds. */
  readonly lateMs?: number;
  /** Stops the run: all threads are ended, then the signal's reason is thrown. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Whether it is run for a report, which leaves cells out that are for the analyst alone. */
  readonly forReport?: boolean;
  /** The threads to run in, which stay; by default some of its own, which end with the run. */
  readonly threads?: NotebookThreads;
  /** What each notebook is given; see `ThreadOptions.prepare`. */
  readonly data?: unknown;
}

/** How several notebooks are run. */
export interface RunManyOptions extends RunOptions {
  /** How many run at the same time; by default one per core. */
  readonly parallel?: number;
  /**
   * Gets each notebook that was run, as soon as it was, and its place among the paths: what is done
   * with it then is done while others run. What it throws stops them.
   */
  readonly onRun?: (run: NotebookRun, index: number) => void;
}

/** What a run is doing. */
export type Progress =
  | { readonly step: "start"; readonly path: string; readonly cells: number }
  | {
    readonly step: "cell";
    readonly path: string;
    /** The number of the cell that begins, among all cells, from 1. */
    readonly cell: number;
    readonly cells: number;
  }
  | {
    readonly step: "end";
    readonly path: string;
    readonly failure: NotebookError | null;
    readonly left: readonly string[];
    readonly timings: RunTimings;
  };

/** Where the time went, in milliseconds. */
export interface RunTimings {
  /** Each executed cell, in order. */
  readonly cells: readonly { readonly cell: number; readonly ms: number }[];
  readonly total: number;
}

/** A notebook that was run. */
export interface NotebookRun {
  readonly path: string;
  /** With the outputs, up to and including those of the cell that failed. */
  readonly notebook: Notebook;
  /** Null where every cell ran. */
  readonly failure: NotebookError | null;
  /** What still went on after the last cell and was not waited for any longer: what it shows is missing. */
  readonly left: readonly string[];
  readonly timings: RunTimings;
}

const CELL_TIMEOUT_MS = 600_000;
const LATE_MS = 5_000;

/**
 * Runs notebooks side by side, each in a thread that holds nothing of another one, those with the most
 * code first: the longest one then does not run on by itself at the end. One that fails does not keep
 * the others from running.
 *
 * @param paths The notebooks' files. All are read before the first one runs.
 * @returns One result per path, in the same order.
 * @throws {InputError} One of the files is not a notebook.
 * @throws The reason of `options.signal` when that was aborted; no thread is left then.
 */
export async function runNotebooks(
  paths: readonly string[],
  options: RunManyOptions = {},
): Promise<NotebookRun[]> {
  const notebooks = await Promise.all(paths.map(readNotebook));
  const { parallel = options.threads?.count ?? navigator.hardwareConcurrency } = options;
  const threads = options.threads ?? new NotebookThreads(undefined, parallel);
  // One notebook that throws stops the others too.
  const stopped = new AbortController();
  const signal = AbortSignal.any([stopped.signal, ...options.signal ? [options.signal] : []]);
  const order = notebooks.map((_, index) => index)
    .sort((a, b) => codeOf(notebooks[b]!) - codeOf(notebooks[a]!) || a - b);
  const runs: NotebookRun[] = [];
  const work = async () => {
    for (let index; (index = order.shift()) !== undefined;) {
      const run = await runNotebook(paths[index]!, notebooks[index]!, {
        ...options,
        threads,
        signal,
      });
      runs[index] = run;
      options.onRun?.(run, index);
    }
  };
  const workers = Array.from({ length: Math.min(parallel, paths.length) }, work);
  try {
    await Promise.all(workers);
    return runs;
  } catch (error) {
    stopped.abort(error);
    throw error;
  } finally {
    await Promise.allSettled(workers);
    if (options.threads === undefined) await threads.close();
  }
}

/** Characters of code. */
function codeOf({ cells }: Notebook): number {
  return cells.reduce(
    (sum, { cell_type, source }) => cell_type === "code" ? sum + source.length : sum,
    0,
  );
}

/**
 * Runs every code cell of a notebook in its folder, until one fails.
 *
 * The result depends on the cells alone: they are counted from 1, nothing in it tells the time, and
 * what a cell writes to one stream without a break is one output.
 *
 * @param path The notebook's file: it names the folder and appears in messages.
 * @param notebook Its content.
 * @returns The executed notebook. A cell that fails is a property of it, not an exception.
 * @throws The reason of `options.signal` when that was aborted.
 */
export async function runNotebook(
  path: string,
  notebook: Notebook,
  options: RunOptions = {},
): Promise<NotebookRun> {
  const began = performance.now();
  options.onProgress?.({ step: "start", path, cells: notebook.cells.length });
  const run = new Run(path, notebook, options);
  const threads = options.threads ?? new NotebookThreads(undefined, 1);
  const end = await run.in(threads).finally(() =>
    options.threads === undefined ? threads.close() : undefined
  );
  options.signal?.throwIfAborted();
  const failure = run.failureOf(end);
  const left = end.type === "done" ? end.left : [];
  const timings = { cells: run.timings, total: performance.now() - began };
  options.onProgress?.({ step: "end", path, failure, left, timings });
  return { path, notebook: run.executed(), failure, left, timings };
}

/** The state of one run. */
class Run {
  readonly timings: { cell: number; ms: number }[] = [];
  readonly #executed = new Map<number, CodeCell>();
  readonly #outputs = new NotebookOutputs();
  readonly #timeIsUp = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #cell = 0;

  constructor(
    private readonly path: string,
    private readonly notebook: Notebook,
    private readonly options: RunOptions,
  ) {}

  async in(threads: NotebookThreads): Promise<ThreadEnd> {
    const { signal, data = null, lateMs = LATE_MS, forReport = false } = this.options;
    const folder = resolve(dirname(this.path));
    const cells = this.notebook.cells.flatMap((cell, index) =>
      cell.cell_type !== "code" || cell.source.trim() === "" || forReport && isForAnalyst(cell)
        ? []
        : [{ number: index + 1, source: cell.source }]
    );
    const env = { ...Deno.env.toObject(), ...this.options.env };
    const job = { path: this.path, folder, cells, env, data, lateMs };
    const stop = AbortSignal.any([this.#timeIsUp.signal, ...signal ? [signal] : []]);
    try {
      return await threads.run(job, (progress) => this.#note(progress), stop);
    } finally {
      clearTimeout(this.#timer);
    }
  }

  /** The notebook as far as it was run; cells that were not reached have no outputs. */
  executed(): Notebook {
    const cells = this.notebook.cells.map((cell, index) =>
      cell.cell_type === "code"
        ? this.#executed.get(index + 1) ?? { ...cell, execution_count: null, outputs: [] }
        : cell
    );
    return { ...this.notebook, cells };
  }

  failureOf(end: ThreadEnd): NotebookError | null {
    const isLate = this.#timeIsUp.signal.aborted;
    if (end.type === "done" && !isLate) return null;
    if (end.type === "returned") throw new TypeError("A notebook returns nothing");
    const { cell, line, ename, evalue, traceback, reason } = end.type === "failed" && !isLate
      ? end.failure
      : this.#endOf(end.type === "ended" ? end.error : null);
    const code = this.#executed.get(cell);
    return new NotebookError({
      path: this.path,
      cell: code ? cell : null,
      cellId: code?.id ?? null,
      line: code ? line : null,
      lineText: line === null ? null : code?.source.split("\n")[line - 1] ?? null,
      reason: reason ?? `${ename}: ${evalue}`,
      traceback,
    });
  }

  /** Why a thread is gone without having said anything. */
  #endOf(error: Error | null): CellFailure {
    const { cellTimeoutMs = CELL_TIMEOUT_MS } = this.options;
    const isKnown = error !== null && !("code" in error);
    const reason = this.#timeIsUp.signal.aborted
      ? `the cell did not finish within ${cellTimeoutMs / 1000} s and was stopped`
      : isKnown
      ? error.message
      : OUT_OF_MEMORY;
    return { ...{ cell: this.#cell, line: null, ename: "", evalue: "" }, traceback: [], reason };
  }

  #note(progress: ThreadProgress): void {
    const { cellTimeoutMs = CELL_TIMEOUT_MS } = this.options;
    if (this.#timeIsUp.signal.aborted) return;
    switch (progress.type) {
      case "cell": {
        const { cell } = progress;
        const source = this.notebook.cells[cell - 1] as CodeCell;
        const count = this.#executed.size + 1;
        this.#cell = cell;
        const outputs = this.#outputs.startCell(cell, count);
        this.#executed.set(cell, { ...source, execution_count: count, outputs });
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#timeIsUp.abort(), cellTimeoutMs);
        const cells = this.notebook.cells.length;
        this.options.onProgress?.({ step: "cell", path: this.path, cell, cells });
        return;
      }
      case "shown":
        return this.#outputs.add(progress.cell, progress.message);
      // The timer goes on: what a cell has begun may block everything after its end.
      case "ran":
        this.timings.push({ cell: progress.cell, ms: progress.ms });
        // While this thread was busy no timer could say so.
        if (progress.ms > cellTimeoutMs) this.#timeIsUp.abort();
    }
  }
}

/** An output that later messages may still change. */
type Draft = Record<string, unknown>;

interface CellDrafts {
  readonly count: number;
  readonly drafts: Draft[];
  clearsNext: boolean;
}

/**
 * Turns messages as a kernel sends them into the outputs of cells, as a notebook file holds them.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html (stream, display_data,
 * update_display_data, execute_result, clear_output, error).
 */
export class NotebookOutputs {
  /** Outputs with a display id, in whichever cell: an update changes all of them. */
  readonly #displays = new Map<unknown, Draft[]>();
  readonly #cells = new Map<number, CellDrafts>();

  /**
   * Begins a new cell.
   *
   * @param cell Its number in the notebook.
   * @param count Its number among the executed ones.
   * @returns The cell's outputs, which grow with the messages.
   */
  startCell(cell: number, count: number): readonly Output[] {
    const drafts: Draft[] = [];
    this.#cells.set(cell, { count, drafts, clearsNext: false });
    return drafts as unknown as readonly Output[];
  }

  /** Adds what a message shows to a cell that has begun. */
  add(number: number, { type, content }: KernelMessage): void {
    const cell = this.#cells.get(number);
    if (cell === undefined) return;
    const { name, text, ename, evalue, traceback, transient } = content;
    const data = (content["data"] ?? {}) as MimeBundle;
    const metadata = (content["metadata"] ?? {}) as MimeBundle;
    const id = (transient as { display_id?: unknown } | null | undefined)?.display_id;
    switch (type) {
      case "stream":
        return this.#write(cell, name === "stderr" ? name : "stdout", String(text ?? ""));
      case "display_data":
        return this.#push(cell, { output_type: type, data, metadata }, id);
      case "execute_result": {
        const execution_count = cell.count;
        return this.#push(cell, { output_type: type, execution_count, data, metadata }, id);
      }
      case "update_display_data":
        for (const draft of this.#displays.get(id) ?? []) Object.assign(draft, { data, metadata });
        return;
      case "error":
        return this.#push(cell, {
          output_type: type,
          ename: String(ename ?? ""),
          evalue: String(evalue ?? ""),
          traceback: Array.isArray(traceback) ? traceback.map(String) : [],
        });
      case "clear_output":
        cell.clearsNext = content["wait"] === true;
        if (!cell.clearsNext) cell.drafts.length = 0;
    }
  }

  #write(cell: CellDrafts, name: "stdout" | "stderr", text: string): void {
    const last = cell.clearsNext ? undefined : cell.drafts.at(-1);
    if (last?.["output_type"] === "stream" && last["name"] === name) {
      last["text"] = String(last["text"]) + text;
    } else this.#push(cell, { output_type: "stream", name, text });
  }

  #push(cell: CellDrafts, draft: Draft, id?: unknown): void {
    if (cell.clearsNext) cell.drafts.length = 0;
    cell.clearsNext = false;
    cell.drafts.push(draft);
    if (typeof id === "string") this.#displays.set(id, [...this.#displays.get(id) ?? [], draft]);
  }
}
