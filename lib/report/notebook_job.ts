import type { Publish } from "./jupyter_api.ts";

/** What a thread is started with. */
export interface ThreadOptions {
  /** The module that notebooks import and that no cell can change, or null: it is loaded at once. */
  readonly library: string | null;
  /** A {@link Prepare} module, or null. */
  readonly prepare: string | null;
}

/** A module that gives notebooks what they work on. */
export interface Prepare {
  /** Gets the `data` of each notebook before that begins. */
  prepareNotebook(data: unknown): void;
  /** What a notebook has done to that and must not; null: nothing. */
  wronglyChanged(): string | null;
}

/** A notebook to run. */
export interface NotebookJob {
  readonly path: string;
  /** Its folder, in full. */
  readonly folder: string;
  /** The cells with code, each with its number among all cells from 1. */
  readonly cells: readonly { readonly number: number; readonly source: string }[];
  /** All environment variables. */
  readonly env: Readonly<Record<string, string>>;
  /** For `prepareNotebook()`. */
  readonly data: unknown;
  /** Milliseconds that work may go on after the last cell. */
  readonly lateMs: number;
}

/** A function to call in the thread, by the module that exports it. */
export interface ThreadCall {
  readonly module: string;
  readonly name: string;
  readonly argument: unknown;
}

export const OUT_OF_MEMORY = "the cell took more memory than there is for it and was stopped";

/** Why a cell failed. */
export interface CellFailure {
  readonly cell: number;
  /** In the cell, from 1; null where nobody knows. */
  readonly line: number | null;
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
  /** What to say of it, where that is more than name and value. */
  readonly reason: string | null;
}

/** What a thread says while it runs a notebook. */
export type FromThread =
  /** It has begun: where the system says what it has started (Linux), or null. */
  | { readonly type: "thread"; readonly children: string | null }
  | { readonly type: "cell"; readonly cell: number }
  | {
    readonly type: "shown";
    readonly cell: number;
    readonly message: KernelMessage;
  }
  | { readonly type: "ran"; readonly cell: number; readonly ms: number }
  | { readonly type: "failed"; readonly failure: CellFailure }
  /** What a call returned, or the error that it threw, with the name that is lost on the way. */
  | { readonly type: "returned"; readonly value: unknown; readonly error: null }
  | { readonly type: "returned"; readonly error: Error; readonly name: string }
  | {
    readonly type: "done";
    /** What still went on when nobody waited any more. */
    readonly left: readonly string[];
    /** What the next notebook in this thread would find: nothing, or it needs another thread. */
    readonly changed: readonly string[];
  };

/** What a cell shows, as the kernel's protocol puts it. */
export interface KernelMessage {
  readonly type: Parameters<Publish>[0];
  readonly content: Parameters<Publish>[1];
}
