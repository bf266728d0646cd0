import type { NotebookError } from "./notebook_error.ts";
import type { Notebook } from "./notebook_file.ts";

/** How notebooks are run. */
export interface RunOptions {
  /** Environment variables for the kernels, beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds that one cell may take; by default ten minutes. */
  readonly cellTimeoutMs?: number;
  /** Milliseconds that a kernel may take to become ready; by default a minute. */
  readonly startTimeoutMs?: number;
  /** Stops the run: all kernels are ended, then the signal's reason is thrown. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Whether it is run for a report, which leaves cells out that are for the analyst alone. */
  readonly forReport?: boolean;
  /** The Deno whose kernel is used; by default the one that runs this. */
  readonly executable?: string;
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
    readonly timings: RunTimings;
  };

/** Where the time went, in milliseconds. */
export interface RunTimings {
  /** From the start of the kernel's process until it was ready for a cell. */
  readonly kernelStart: number;
  /** Each executed cell, in order. */
  readonly cells: readonly { readonly cell: number; readonly ms: number }[];
  /** From the first cell until the kernel was gone; waiting for the kernel included. */
  readonly total: number;
}

/** A notebook that was run. */
export interface NotebookRun {
  readonly path: string;
  /** With the outputs, up to and including those of the cell that failed. */
  readonly notebook: Notebook;
  /** Null where every cell ran. */
  readonly failure: NotebookError | null;
  readonly timings: RunTimings;
}
