import { basename, join, relative, resolve } from "node:path";
import type { Notebook } from "../notebook/notebook_file.ts";
import { readNotebook, writeNotebook } from "../report/notebook_json.ts";
import { codebook } from "../responses/study.ts";
import { inTemporaryFolder } from "../responses/temporary_folder.ts";
import { claimEntries } from "../words/claims.ts";
import { claimProblems } from "../words/claims_schema.ts";
import { everyNotebook, PROJECT } from "./project.ts";

/**
 * Checks format, lint and types of the cells of every notebook, which `deno check` and `deno lint`
 * pass over, and the names and messages of data/claims.json.
 *
 * @param paths The notebooks; none: those of the project.
 * @param options `fix`: format the cells that need it.
 * @returns The exit code: 0 where all is well, 1 otherwise. What is wrong is printed with notebook,
 * cell and line.
 */
export async function checkNotebooks(
  paths: readonly string[] = [],
  { fix = false }: { readonly fix?: boolean } = {},
): Promise<number> {
  const modules = new Map<string, CellModule & { readonly path: string }>();
  let isWrong = false;
  // Beside notebooks/, so that the project's settings apply and the cells' relative imports mean the same.
  await inTemporaryFolder(PROJECT, ".cells-", async (folder) => {
    for (const path of paths.length > 0 ? paths : everyNotebook()) {
      for (const cell of await formatCells(path, fix)) {
        isWrong = true;
        console.error(`${placeOf(path)}, cell ${cell}: not formatted. Run: deno task format`);
      }
      const module = cellsAsModule(await readNotebook(path));
      const file = join(folder, `${basename(path, ".ipynb")}.ts`);
      modules.set(file, { ...module, path });
      await Deno.writeTextFile(file, module.source);
    }
    const checks = ["check", "lint"].map((what) => deno(what, "--quiet", ...modules.keys()));
    for (const { success, output } of await Promise.all(checks)) {
      if (success) continue;
      isWrong = true;
      console.error(withCells(output, modules));
    }
  });
  for (const problem of claimProblems(claimEntries(), codebook())) {
    isWrong = true;
    console.error(`data/claims.json: ${problem}`);
  }
  if (isWrong) return 1;
  console.error(`Checked the cells of ${modules.size} notebooks, and data/claims.json.`);
  return 0;
}

/**
 * Finds the code cells of a notebook that are not as `deno fmt` writes them. (`deno fmt` itself
 * refuses notebooks with Markdown cells as Jupyter saves them.)
 *
 * @param fix Write them as they should be instead of naming them.
 * @returns The numbers of those that are still not formatted, from 1.
 */
export async function formatCells(path: string, fix: boolean): Promise<number[]> {
  const notebook = await readNotebook(path);
  return await inTemporaryFolder(PROJECT, ".cells-", async (folder) => {
    const files = new Map(
      notebook.cells.flatMap((cell, index) =>
        cell.cell_type === "code" && cell.source.trim() !== ""
          ? [[index, join(folder, `${index}.ts`)]]
          : []
      ),
    );
    for (const [index, file] of files) {
      await Deno.writeTextFile(file, `${notebook.cells[index]!.source}\n`);
    }
    const { success, output } = await deno("fmt", "--quiet", folder);
    // A syntax error is told by the type check, with its place.
    if (!success && !fix) console.error(output);
    const sources = new Map<number, string>();
    for (const [index, file] of files) {
      const source = (await Deno.readTextFile(file)).trimEnd();
      if (source !== notebook.cells[index]!.source) sources.set(index, source);
    }
    if (!fix || sources.size === 0) return [...sources.keys()].map((index) => index + 1);
    const cells = notebook.cells.map((cell, index) => ({
      ...cell,
      source: sources.get(index) ?? cell.source,
    }));
    await writeNotebook(path, { ...notebook, cells });
    return [];
  });
}

async function deno(...args: string[]) {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: PROJECT,
    env: { NO_COLOR: "1" },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { success, output: decode(stdout) + decode(stderr) };
}

/** A notebook's code as one TypeScript module; `lines[i]` says where line `i + 1` of it came from. */
interface CellModule {
  readonly source: string;
  /** The cell's number among all cells, and the line in it, both from 1. */
  readonly lines: readonly { readonly cell: number; readonly line: number }[];
}

/**
 * Joins the code cells of a notebook to one module, so that types and lint rules see it as the
 * kernel does: one scope from the first cell to the last.
 *
 * It ends with an empty export: top-level `await` needs a module even where nothing is imported.
 */
export function cellsAsModule(notebook: Notebook): CellModule {
  const lines = notebook.cells.flatMap(({ cell_type, source }, index) =>
    cell_type === "code"
      ? source.split("\n").map((text, at) => ({ text, cell: index + 1, line: at + 1 }))
      : []
  );
  return {
    source: lines.map(({ text }) => text).join("\n") + "\nexport {};\n",
    lines: lines.map(({ cell, line }) => ({ cell, line })),
  };
}

/** Puts notebook, cell and line in the place of each position in a joined module. */
function withCells(
  output: string,
  modules: ReadonlyMap<string, CellModule & { readonly path: string }>,
): string {
  return output.replace(
    /(?:file:\/\/)?([^\s:]*\.cells-[\w-]+\/\w+\.ts):(\d+):(\d+)/g,
    (position, file: string, line: string, column: string) => {
      const module = modules.get(resolve(PROJECT, file));
      const origin = module?.lines[Number(line) - 1];
      if (!module || !origin) return position;
      const { cell, line: at } = origin;
      return `${placeOf(module.path)}, cell ${cell}, line ${at}, column ${column}`;
    },
  );
}

function placeOf(path: string): string {
  return relative(PROJECT, resolve(path));
}
