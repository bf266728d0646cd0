import { dirname } from "node:path";
import type { Cell, MimeBundle, Notebook, Output } from "../notebook/notebook_file.ts";
import { InputError } from "../responses/input_error.ts";

type Json = Readonly<Record<string, unknown>>;
type Refuse = (what: string) => never;

/**
 * Reads a notebook file, whatever program of nbformat 4 wrote it.
 *
 * @param path The `.ipynb` file.
 * @returns The notebook as nbformat 4.5: texts joined to one string, every cell with an id.
 * @throws {InputError} There is no such file, or it does not hold a notebook.
 */
export async function readNotebook(path: string): Promise<Notebook> {
  const text = await Deno.readTextFile(path).catch((error: unknown) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(`There is no notebook ${path}. Give the path of an .ipynb file.`);
  });
  return parseNotebook(text, path);
}

/**
 * Makes the loose JSON of a notebook file strict.
 *
 * Cells without an id get one from their place (`cell-3`), the same at every reading.
 *
 * @param text The content of the file.
 * @param path Where it came from, for messages.
 * @throws {InputError} The text is not a notebook of nbformat 4, or holds raw cells.
 */
export function parseNotebook(text: string, path: string): Notebook {
  const refuse: Refuse = (what) => {
    throw new InputError(`${path} cannot be read as a notebook: ${what}.`);
  };
  let json: Json | null;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return refuse(`it is not JSON (${(error as Error).message})`);
  }
  if (!Array.isArray(json?.["cells"])) {
    return refuse("it has no list of cells; a notebook is saved by Jupyter or VS Code as .ipynb");
  }
  const { nbformat, metadata, cells } = json as Json & { cells: readonly (Json | null)[] };
  if (nbformat !== 4) {
    return refuse(`its nbformat is ${nbformat}, not 4; save it anew with a current Jupyter`);
  }
  const ids = new Set<string>();
  return {
    ...{ nbformat: 4, nbformat_minor: 5, metadata: (metadata ?? {}) as Json },
    cells: cells.map((cell, index) =>
      readCell(cell, idOf(cell, index, ids), (what) => refuse(`cell ${index + 1} ${what}`))
    ),
  };
}

function readCell(cell: Json | null, id: string, refuse: Refuse): Cell {
  const { cell_type, source: lines, metadata, attachments, outputs, execution_count } = cell ?? {};
  const source = joined(lines);
  if (typeof source !== "string") return refuse("has no source");
  const common = { id, metadata: (metadata ?? {}) as Json, source };
  if (cell_type === "markdown") {
    return { cell_type, ...common, ...attachments ? { attachments: attachments as Json } : {} };
  }
  if (cell_type !== "code") {
    return refuse(`is of type ${cell_type}; make it a Markdown or a code cell`);
  }
  return {
    ...{ cell_type, ...common, execution_count: (execution_count ?? null) as number | null },
    outputs: ((outputs ?? []) as readonly Json[]).map((output) => readOutput(output, refuse)),
  };
}

function readOutput(output: Json, refuse: Refuse): Output {
  const { output_type, name, text, execution_count, data = {}, metadata = {} } = output;
  const shown = { data: bundleOf(data as Json), metadata: metadata as Json };
  switch (output_type) {
    case "display_data":
      return { output_type, ...shown };
    case "execute_result":
      return { output_type, execution_count: Number(execution_count ?? 0), ...shown };
    case "stream":
      return { output_type, name: name === "stderr" ? name : "stdout", text: `${joined(text)}` };
    case "error":
      return output as unknown as Output;
    default:
      return refuse(`has an output of the unknown type ${output_type}`);
  }
}

/** Values of JSON types are left as they are. */
function bundleOf(data: Json): MimeBundle {
  const isJson = (mime: string) => /^application\/(.*\+)?json$/.test(mime);
  const entries = Object.entries(data);
  return Object.fromEntries(
    entries.map(([mime, value]) => [mime, isJson(mime) ? value : joined(value)]),
  );
}

/** The cell's own id where it is valid and not taken, else one made from its place. */
function idOf(cell: Json | null, index: number, taken: Set<string>): string {
  const own = String(cell?.["id"]);
  const isValid = cell?.["id"] !== undefined && /^[\w-]{1,64}$/.test(own) && !taken.has(own);
  let id = isValid ? own : `cell-${index + 1}`;
  for (let again = 2; taken.has(id); again++) id = `cell-${index + 1}-${again}`;
  taken.add(id);
  return id;
}

/** The lines of a text as one; anything else as it is. */
function joined(text: unknown): unknown {
  return Array.isArray(text) ? text.join("") : text;
}

/** Writes a notebook file, all of it or nothing; an older one is replaced. */
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
  const cells = notebook.cells.map((cell) => ({
    ...{ ...cell, source: lines(cell.source) },
    ...cell.cell_type === "code" ? { outputs: cell.outputs.map(outputToJson) } : {},
  }));
  return `${JSON.stringify(sorted({ ...notebook, cells }), null, 1)}\n`;
}

function outputToJson(output: Output): unknown {
  if (output.output_type === "stream") return { ...output, text: lines(output.text) };
  if (output.output_type === "error") return output;
  // Other types Jupyter leaves as one string.
  const isSplit = (mime: string) =>
    /^(text\/.*|application\/javascript|image\/svg\+xml)$/.test(mime);
  const data = Object.entries(output.data).map(([mime, value]) => [
    mime,
    typeof value === "string" && isSplit(mime) ? lines(value) : value,
  ]);
  return { ...output, data: Object.fromEntries(data) };
}

/** Each line with its newline. */
function lines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}
