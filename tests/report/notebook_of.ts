import type { CodeCell, Notebook, Output } from "../../lib/notebook/notebook_file.ts";

/** A notebook with one code cell per source. */
export function notebookOf(...sources: readonly string[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "deno", display_name: "Deno", language: "typescript" } },
    cells: sources.map((source, index) => ({
      cell_type: "code",
      id: `c${index + 1}`,
      metadata: {},
      source,
      execution_count: null,
      outputs: [],
    })),
  };
}

/** The outputs of each code cell. */
export function outputsOf(notebook: Notebook): Output[][] {
  return notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code")
    .map(({ outputs }) => [...outputs]);
}

/** What outputs say in plain text, each with its type. */
export function textsOf(outputs: readonly Output[]): string[] {
  return outputs.map((output) => {
    switch (output.output_type) {
      case "stream":
        return `${output.name}: ${output.text}`;
      case "error":
        return `error: ${output.ename}: ${output.evalue}`;
      default:
        return `${output.output_type}: ${output.data["text/plain"]}`;
    }
  });
}
