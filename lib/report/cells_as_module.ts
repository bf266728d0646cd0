import type { Notebook } from "../notebook/notebook_file.ts";

/** One line of a notebook's code: the cell it stands in and its line there, both from 1. */
export interface CellLine {
  /** Number of the cell among all cells of the notebook. */
  readonly cell: number;
  readonly line: number;
}

/** A notebook's code as one TypeScript module, and where each of its lines came from. */
export interface CellModule {
  readonly source: string;
  /** `lines[i]` is the origin of line `i + 1` of the source. */
  readonly lines: readonly CellLine[];
}

/**
 * Joins the code cells of a notebook to one module, so that types and lint rules see it as the
 * kernel does: one scope from the first cell to the last.
 *
 * The module ends with an empty export: top-level `await` needs a module even in a notebook that
 * imports nothing.
 */
export function cellsAsModule(notebook: Notebook): CellModule {
  const source: string[] = [];
  const lines: CellLine[] = [];
  notebook.cells.forEach((cell, index) => {
    if (cell.cell_type !== "code") return;
    cell.source.split("\n").forEach((text, at) => {
      source.push(text);
      lines.push({ cell: index + 1, line: at + 1 });
    });
  });
  return { source: source.join("\n") + "\nexport {};\n", lines };
}
