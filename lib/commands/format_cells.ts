import { basename, join } from "node:path";
import { readNotebook } from "../report/read_notebook.ts";
import { writeNotebook } from "../report/write_notebook.ts";
import { PROJECT } from "./project.ts";

/**
 * Finds the code cells of a notebook that are not as `deno fmt` writes them. (`deno fmt` itself
 * refuses notebooks with Markdown cells as Jupyter saves them.)
 *
 * @param path The notebook.
 * @param folder A folder inside the project for the cells, so that its settings apply.
 * @param fix Write them as they should be instead of naming them.
 * @returns How many are still not formatted.
 */
export async function formatCells(path: string, folder: string, fix: boolean): Promise<number> {
  const notebook = await readNotebook(path);
  const cells = join(folder, `${basename(path, ".ipynb")}.cells`);
  await Deno.mkdir(cells, { recursive: true });
  const fileOf = (index: number) => join(cells, `${index}.ts`);
  const code = notebook.cells.flatMap((cell, index) =>
    cell.cell_type === "code" && cell.source.trim() !== "" ? [{ cell, index }] : []
  );
  for (const { cell, index } of code) {
    await Deno.writeTextFile(fileOf(index), `${cell.source}\n`);
  }
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", cells],
    cwd: PROJECT,
  }).output();
  // A syntax error is told by the type check, with its place.
  if (!success && !fix) console.error(new TextDecoder().decode(stderr));
  const formatted = new Map<number, string>();
  for (const { cell, index } of code) {
    const source = (await Deno.readTextFile(fileOf(index))).trimEnd();
    if (source !== cell.source) formatted.set(index, source);
  }
  await Deno.remove(cells, { recursive: true });
  if (fix && formatted.size > 0) {
    await writeNotebook(path, {
      ...notebook,
      cells: notebook.cells.map((cell, index) => {
        const source = formatted.get(index);
        return source === undefined ? cell : { ...cell, source };
      }),
    });
    return 0;
  }
  for (const index of formatted.keys()) {
    console.error(
      `notebooks/${basename(path)}, cell ${index + 1}: not formatted. Run: deno task format`,
    );
  }
  return formatted.size;
}
