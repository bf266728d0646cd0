import { dirname } from "node:path";
import type { Cell, MimeBundle, Notebook, Output } from "../notebook/notebook_file.ts";

/**
 * Writes a notebook file, all of it or nothing.
 *
 * @param path Where to; an older file is replaced.
 * @param notebook What to write.
 */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  const draft = await Deno.makeTempFile({ dir: dirname(path), prefix: ".", suffix: ".ipynb" });
  try {
    await Deno.writeTextFile(draft, notebookToJson(notebook));
    // A temporary file is its owner's alone; a notebook is as readable as any file.
    if (Deno.build.os !== "windows") await Deno.chmod(draft, 0o644);
    await Deno.rename(draft, path);
  } catch (error) {
    await Deno.remove(draft);
    throw error;
  }
}

/**
 * Writes a notebook as text the way Jupyter does, so that saving it there changes nothing: keys
 * sorted, one space of indent, texts as lists of lines, a newline at the end.
 *
 * Source: nbformat 5, `v4/nbjson.py` (JSONWriter) and `v4/rwbase.py` (split_lines).
 */
export function notebookToJson(notebook: Notebook): string {
  const file = { ...notebook, cells: notebook.cells.map(cellToJson) };
  return `${JSON.stringify(sorted(file), null, 1)}\n`;
}

function cellToJson(cell: Cell): unknown {
  const source = lines(cell.source);
  return cell.cell_type === "code"
    ? { ...cell, source, outputs: cell.outputs.map(outputToJson) }
    : { ...cell, source };
}

function outputToJson(output: Output): unknown {
  switch (output.output_type) {
    case "stream":
      return { ...output, text: lines(output.text) };
    case "error":
      return output;
    default:
      return { ...output, data: bundleToJson(output.data) };
  }
}

function bundleToJson(data: MimeBundle): unknown {
  return Object.fromEntries(
    Object.entries(data).map(([mime, value]) => [
      mime,
      typeof value === "string" && isSplit(mime) ? lines(value) : value,
    ]),
  );
}

/** The types that Jupyter keeps as lists of lines; others stay one string. */
function isSplit(mime: string): boolean {
  return mime.startsWith("text/") || mime === "application/javascript" || mime === "image/svg+xml";
}

/** Each line with its newline. */
function lines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}
