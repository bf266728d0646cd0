import type { Kernel } from "./kernel.ts";
import type { Notebook } from "./notebook_file.ts";
import { readNotebook } from "./read_notebook.ts";
import { kernelOptions, runInKernel } from "./run_notebook.ts";
import type { NotebookRun, RunOptions } from "./run_options.ts";
import { startKernel } from "./start_kernel.ts";

/** How several notebooks are run. */
export interface RunManyOptions extends RunOptions {
  /** How many run at the same time; by default one per core. */
  readonly parallel?: number;
  /**
   * How many kernels are started before their turn has come; by default none: while all cores are busy
   * one that waits takes a hundred megabytes and makes nothing faster.
   */
  readonly ahead?: number;
  /**
   * Gets each notebook that was run, as soon as it was, and its place among the paths: what is done
   * with it then is done while others run. What it throws stops them.
   */
  readonly onRun?: (run: NotebookRun, index: number) => void;
  /** Starts a kernel; for whoever wants to know how many. */
  readonly start?: typeof startKernel;
}

/**
 * Runs notebooks side by side, each in a fresh kernel of its own, those with the most code first: the
 * longest one then does not run on by itself at the end. One that fails does not keep the others from
 * running.
 *
 * @param paths The notebooks' files. All are read before the first one runs.
 * @returns One result per path, in the same order.
 * @throws {InputError} One of the files is not a notebook.
 * @throws The reason of `options.signal` when that was aborted; no kernel is left then.
 */
export async function runNotebooks(
  paths: readonly string[],
  options: RunManyOptions = {},
): Promise<NotebookRun[]> {
  const { parallel = navigator.hardwareConcurrency, ahead = 0, start = startKernel } = options;
  const notebooks = await Promise.all(paths.map(readNotebook));
  // One notebook that throws stops the others too.
  const stopped = new AbortController();
  const signal = AbortSignal.any([stopped.signal, ...options.signal ? [options.signal] : []]);
  const own = { ...options, signal };
  const order = notebooks.map((_, index) => index)
    .sort((a, b) => codeOf(notebooks[b]!) - codeOf(notebooks[a]!) || a - b);
  /** In the order in which they run. */
  const kernels: Promise<Kernel>[] = [];
  const runs: NotebookRun[] = [];
  let next = 0;

  const startUntil = (count: number) => {
    while (kernels.length < Math.min(count, paths.length)) {
      const kernel = start(kernelOptions(paths[order[kernels.length]!]!, own));
      // Its failure is told to whoever runs the notebook.
      kernel.catch(() => {});
      kernels.push(kernel);
    }
  };
  const work = async () => {
    while (next < paths.length) {
      const turn = next++;
      const index = order[turn]!;
      startUntil(turn + 1 + ahead);
      const run = await runInKernel(paths[index]!, notebooks[index]!, kernels[turn]!, own);
      runs[index] = run;
      // Starting takes the next kernel a while, and nothing from here.
      startUntil(next + 1 + ahead);
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
    // Kernels that were started ahead and never had their turn.
    const started = await Promise.allSettled(kernels);
    await Promise.all(started.map((k) => k.status === "fulfilled" ? k.value.close() : undefined));
  }
}

/** Characters of code. */
function codeOf({ cells }: Notebook): number {
  return cells.reduce(
    (sum, { cell_type, source }) => cell_type === "code" ? sum + source.length : sum,
    0,
  );
}
