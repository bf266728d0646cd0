/** Where and why a notebook has stopped. */
export interface NotebookFailure {
  /** The notebook's file. */
  readonly path: string;
  /** The cell's number among all cells of the notebook, from 1; null before the first. */
  readonly cell: number | null;
  readonly cellId: string | null;
  /** The line in the cell, from 1; null where nobody knows. */
  readonly line: number | null;
  /** The text of that line. */
  readonly lineText: string | null;
  /** What went wrong, without colours. */
  readonly reason: string;
  readonly traceback: readonly string[];
}

/** A notebook that stopped; the message says where and why, the properties hold the rest. */
export class NotebookError extends Error {
  override readonly name = "NotebookError";
  readonly failure: NotebookFailure;

  constructor(failure: NotebookFailure) {
    super(describe(failure));
    this.failure = failure;
  }
}

function describe(failure: NotebookFailure): string {
  const { path, cell, cellId, line, lineText, reason } = failure;
  const place = [
    path,
    ...(cell === null ? [] : [`cell ${cell} (id ${cellId})`]),
    ...(line === null ? [] : [`line ${line}`]),
  ].join(", ");
  const text = lineText === null ? "" : `\n    ${lineText.trim()}`;
  return `${place}: ${reason}${text}`;
}

// deno-lint-ignore no-control-regex
const ANSI = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;

/** Takes the colour codes of a terminal out of a text. */
export function stripAnsi(text: string): string {
  return text.replace(ANSI, "");
}
