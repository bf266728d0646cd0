import type { NamedNotebook } from "../report/html/report_options.ts";
import type { Cell, Notebook } from "../report/notebook_file.ts";

/** Cells that have been looked through and hold nothing of single respondents. */
export class Looked {
  readonly #notebooks = new WeakSet<Notebook>();
  readonly #cells = new Set<string>();

  /** Notebooks with the other cells alone, in their places. */
  without(notebooks: readonly NamedNotebook[]): NamedNotebook[] {
    return notebooks.filter(({ notebook }) => !this.#notebooks.has(notebook))
      .map(({ name, notebook }) => {
        const cells = notebook.cells.map((cell) =>
          this.#cells.has(contentOf(cell)) ? NOTHING : cell
        );
        return { name, notebook: { ...notebook, cells } };
      });
  }

  add(notebooks: readonly NamedNotebook[]): void {
    for (const { notebook } of notebooks) {
      if (this.#notebooks.has(notebook)) continue;
      this.#notebooks.add(notebook);
      for (const cell of notebook.cells) this.#cells.add(contentOf(cell));
    }
  }
}

const NOTHING: Cell = { cell_type: "markdown", id: "nothing", metadata: {}, source: "" };

function contentOf(cell: Cell): string {
  const outputs = cell.cell_type === "code" ? cell.outputs : [];
  return JSON.stringify([cell.source, outputs]);
}
