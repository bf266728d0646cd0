import type { Cell, MimeBundle, Notebook, Output } from "../notebook/notebook_file.ts";
import { InputError } from "../responses/input_error.ts";

type Json = Readonly<Record<string, unknown>>;

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
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse(`it is not JSON (${error.message})`);
  }
  if (!isObject(json) || !Array.isArray(json["cells"])) {
    return refuse("it has no list of cells; a notebook is saved by Jupyter or VS Code as .ipynb");
  }
  if (json["nbformat"] !== 4) {
    return refuse(
      `its nbformat is ${json["nbformat"]}, not 4; save it anew with a current Jupyter`,
    );
  }
  const ids = new Set<string>();
  const cells = json["cells"].map((cell: unknown, index) =>
    readCell(cell, idOf(cell, index, ids), (what) => refuse(`cell ${index + 1} ${what}`))
  );
  return { nbformat: 4, nbformat_minor: 5, metadata: objectOf(json["metadata"]), cells };
}

type Refuse = (what: string) => never;

function readCell(cell: unknown, id: string, refuse: Refuse): Cell {
  if (!isObject(cell)) return refuse("is not an object");
  const common = { id, metadata: objectOf(cell["metadata"]) };
  const source = joined(cell["source"]) ?? refuse("has no source");
  switch (cell["cell_type"]) {
    case "markdown": {
      const attachments = cell["attachments"];
      return isObject(attachments)
        ? { cell_type: "markdown", ...common, source, attachments }
        : { cell_type: "markdown", ...common, source };
    }
    case "code": {
      const outputs = Array.isArray(cell["outputs"]) ? cell["outputs"] : [];
      return {
        cell_type: "code",
        ...common,
        source,
        execution_count: countOf(cell["execution_count"]),
        outputs: outputs.map((output: unknown) => readOutput(output, refuse)),
      };
    }
    default:
      return refuse(`is of type ${cell["cell_type"]}; make it a Markdown or a code cell`);
  }
}

function readOutput(output: unknown, refuse: Refuse): Output {
  if (!isObject(output)) return refuse("has an output that is not an object");
  const shown = { data: bundleOf(output["data"]), metadata: objectOf(output["metadata"]) };
  switch (output["output_type"]) {
    case "display_data":
      return { output_type: "display_data", ...shown };
    case "execute_result":
      return {
        output_type: "execute_result",
        execution_count: countOf(output["execution_count"]) ?? 0,
        ...shown,
      };
    case "stream":
      return {
        output_type: "stream",
        name: output["name"] === "stderr" ? "stderr" : "stdout",
        text: joined(output["text"]) ?? "",
      };
    case "error":
      return {
        output_type: "error",
        ename: String(output["ename"] ?? ""),
        evalue: String(output["evalue"] ?? ""),
        traceback: Array.isArray(output["traceback"]) ? output["traceback"].map(String) : [],
      };
    default:
      return refuse(`has an output of the unknown type ${output["output_type"]}`);
  }
}

/** The cell's own id where it is valid and not taken, else one made from its place. */
function idOf(cell: unknown, index: number, taken: Set<string>): string {
  const own = isObject(cell) ? cell["id"] : undefined;
  const isValid = typeof own === "string" && /^[\w-]{1,64}$/.test(own) && !taken.has(own);
  let id = isValid ? own : `cell-${index + 1}`;
  for (let again = 2; taken.has(id); again++) id = `cell-${index + 1}-${again}`;
  taken.add(id);
  return id;
}

function bundleOf(data: unknown): MimeBundle {
  const entries = Object.entries(objectOf(data));
  return Object.fromEntries(
    entries.map(([mime, value]) => [mime, isJsonMime(mime) ? value : joined(value) ?? value]),
  );
}

/** Whether values of a MIME type are JSON values and not text. */
export function isJsonMime(mime: string): boolean {
  return /^application\/(.*\+)?json$/.test(mime);
}

function joined(text: unknown): string | null {
  if (typeof text === "string") return text;
  return Array.isArray(text) && text.every((line) => typeof line === "string")
    ? text.join("")
    : null;
}

function countOf(count: unknown): number | null {
  return typeof count === "number" ? count : null;
}

function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
