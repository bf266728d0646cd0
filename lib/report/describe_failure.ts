import { dirname, resolve } from "node:path";
import { explainFailure } from "./explain_failure.ts";
import type { ExecuteReply, Kernel } from "./kernel.ts";
import { KernelEndedError, KernelError, KernelTimeoutError } from "./kernel_error.ts";
import { locateError } from "./locate_error.ts";
import { NotebookError } from "./notebook_error.ts";
import type { CodeCell } from "./notebook_file.ts";
import type { RunOptions } from "./run_options.ts";
import { stripAnsi } from "./strip_ansi.ts";

/** A cell that failed, and what is known of it. */
export interface FailedCell {
  readonly path: string;
  /** Its number among all cells, from 1. */
  readonly number: number;
  /** With what it had shown. */
  readonly cell: CodeCell;
  /** The kernel's reply, or why there was none. */
  readonly stop: ExecuteReply | KernelError;
  readonly kernel: Kernel;
  readonly options: RunOptions;
  readonly cellTimeoutMs: number;
}

/** Says where and why a cell failed, after looking for what the kernel keeps to itself. */
export async function describeFailure(failed: FailedCell): Promise<NotebookError> {
  const { path, number, cell, stop, kernel } = failed;
  const cause = stop instanceof KernelError
    ? { reason: await kernelReason(failed, stop), line: null, traceback: [] }
    : await cellReason(failed);
  const lineText = cause.line === null ? null : cell.source.split("\n")[cause.line - 1] ?? null;
  return new NotebookError({
    path,
    cell: number,
    cellId: cell.id,
    line: cause.line,
    lineText,
    reason: cause.reason,
    traceback: cause.traceback.map(stripAnsi),
    streams: cell.outputs.map((output) => output.output_type === "stream" ? output.text : "")
      .join(""),
    kernelStderr: kernel.stderr,
  }, stop);
}

/** Waits for a kernel that is ending, so that all it says at its end is known. */
async function kernelReason(failed: FailedCell, stop: KernelError): Promise<string> {
  await failed.kernel.close();
  if (stop instanceof KernelTimeoutError) {
    return `the cell did not finish within ${failed.cellTimeoutMs / 1000} s and was stopped`;
  }
  return stop instanceof KernelEndedError ? `${stop.message} while the cell ran` : stop.message;
}

/**
 * The engine drops a cell that waits for something that cannot come any more. It also drops one
 * whose last promises take so much memory that it has to clear up before it sees the cell end.
 */
function unexplained(kernel: Kernel): string {
  return kernel.stderr.includes("Promise was collected")
    ? "the cell waits for a promise that nothing can settle, or large outputs were shown " +
      "without await; await each promise of the cell"
    : "the kernel gives no reason";
}

interface Cause {
  readonly reason: string;
  readonly line: number | null;
  readonly traceback: readonly string[];
}

async function cellReason({ path, cell, kernel, options }: FailedCell): Promise<Cause> {
  const error = cell.outputs.find((output) => output.output_type === "error");
  if (error === undefined) {
    const explained = await explainFailure(
      cell.source,
      resolve(dirname(path)),
      options.env ?? {},
      options.executable ?? Deno.execPath(),
    );
    const { reason, line } = explained ?? { reason: unexplained(kernel), line: null };
    return { reason, line, traceback: [] };
  }
  const reason = stripAnsi(`${error.ename}: ${error.evalue}`);
  const line = await locateError(kernel, cell.source, error.traceback).catch((failure: unknown) => {
    // The kernel may be of no more use after such a cell; the reason stands without a line.
    if (failure instanceof KernelError) return null;
    throw failure;
  });
  return { reason, line, traceback: error.traceback };
}
