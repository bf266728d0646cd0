import { dirname, resolve } from "node:path";
import { describeFailure } from "./describe_failure.ts";
import type { Kernel } from "./kernel.ts";
import { KernelError } from "./kernel_error.ts";
import { NotebookError } from "./notebook_error.ts";
import { type CodeCell, isForAnalyst, type Notebook } from "./notebook_file.ts";
import { NotebookOutputs } from "./notebook_outputs.ts";
import type { NotebookRun, RunOptions } from "./run_options.ts";
import { type KernelOptions, startKernel } from "./start_kernel.ts";

const CELL_TIMEOUT_MS = 600_000;

/**
 * Runs every code cell of a notebook in a fresh Deno kernel, in the notebook's folder, until one
 * fails.
 *
 * The result depends on the cells alone: they are counted from 1, nothing in it tells the time, and
 * what a cell writes to one stream without a break is one output.
 *
 * @param path The notebook's file: it names the folder and appears in messages.
 * @param notebook Its content.
 * @returns The executed notebook. A cell or kernel that fails is a property of it, not an exception.
 * @throws The reason of `options.signal` when that was aborted.
 */
export function runNotebook(
  path: string,
  notebook: Notebook,
  options: RunOptions = {},
): Promise<NotebookRun> {
  return runInKernel(path, notebook, startKernel(kernelOptions(path, options)), options);
}

/** How the kernel of a notebook is started. */
export function kernelOptions(path: string, options: RunOptions): KernelOptions {
  return { ...options, cwd: resolve(dirname(path)) };
}

/**
 * Runs a notebook in a kernel that was started for it, and ends the kernel.
 *
 * @param starting The kernel, perhaps not ready yet.
 */
export async function runInKernel(
  path: string,
  notebook: Notebook,
  starting: Promise<Kernel>,
  options: RunOptions,
): Promise<NotebookRun> {
  const started = performance.now();
  const run = new Run(path, notebook, options);
  options.onProgress?.({ step: "start", path, cells: notebook.cells.length });
  let kernel: Kernel | null = null;
  try {
    kernel = await starting;
    await run.cells(kernel);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    run.failure = run.withoutCell(error);
  } finally {
    await kernel?.close();
  }
  const timings = {
    kernelStart: kernel?.startMs ?? 0,
    cells: run.timings,
    total: performance.now() - started,
  };
  options.onProgress?.({ step: "end", path, failure: run.failure, timings });
  return { path, notebook: run.executed(), failure: run.failure, timings };
}

/** The state of one run. */
class Run {
  failure: NotebookError | null = null;
  readonly timings: { cell: number; ms: number }[] = [];
  readonly #executed = new Map<string, CodeCell>();
  readonly #outputs = new NotebookOutputs();

  constructor(
    private readonly path: string,
    private readonly notebook: Notebook,
    private readonly options: RunOptions,
  ) {}

  async cells(kernel: Kernel): Promise<void> {
    for (const [index, cell] of this.notebook.cells.entries()) {
      if (cell.cell_type !== "code" || cell.source.trim() === "") continue;
      if (this.options.forReport && isForAnalyst(cell)) continue;
      const progress = { path: this.path, cell: index + 1, cells: this.notebook.cells.length };
      this.options.onProgress?.({ step: "cell", ...progress });
      const began = performance.now();
      this.failure = await this.#cell(kernel, cell, index + 1);
      this.timings.push({ cell: index + 1, ms: performance.now() - began });
      if (this.failure !== null) return;
    }
  }

  /** The notebook as far as it was run; cells that were not reached have no outputs. */
  executed(): Notebook {
    const cells = this.notebook.cells.map((cell) =>
      cell.cell_type === "code"
        ? this.#executed.get(cell.id) ?? { ...cell, execution_count: null, outputs: [] }
        : cell
    );
    return { ...this.notebook, cells };
  }

  withoutCell(error: KernelError): NotebookError {
    return new NotebookError({
      path: this.path,
      cell: null,
      cellId: null,
      line: null,
      lineText: null,
      reason: error.message,
      traceback: [],
      streams: "",
      kernelStderr: "",
    }, error);
  }

  async #cell(kernel: Kernel, cell: CodeCell, number: number): Promise<NotebookError | null> {
    const count = this.#executed.size + 1;
    const outputs = this.#outputs.startCell(count);
    this.#executed.set(cell.id, { ...cell, execution_count: count, outputs });
    const { signal, cellTimeoutMs = CELL_TIMEOUT_MS } = this.options;
    const stop = await kernel.execute(cell.source, {
      timeoutMs: cellTimeoutMs,
      onMessage: (message) => this.#outputs.add(message),
      ...(signal === undefined ? {} : { signal }),
    }).catch((error: unknown) => {
      if (error instanceof KernelError) return error;
      throw error;
    });
    const failed = stop instanceof KernelError || stop.status === "error" ||
      // A result that cannot be shown, or a promise that failed with nobody waiting.
      outputs.some(({ output_type }) => output_type === "error");
    if (!failed) return null;
    return await describeFailure({
      path: this.path,
      number,
      cell: { ...cell, outputs },
      stop,
      kernel,
      options: this.options,
      cellTimeoutMs,
    });
  }
}
