import { basename, join, relative } from "node:path";
import { cellsAsModule } from "../report/cells_as_module.ts";
import { readNotebook } from "../report/read_notebook.ts";
import { codebook } from "../responses/study.ts";
import { inTemporaryFolder } from "../responses/temporary_folder.ts";
import { claimProblems } from "../words/claim_problems.ts";
import { formatCells } from "./format_cells.ts";
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
  const modules = new Map<string, ReturnType<typeof cellsAsModule>>();
  // Beside notebooks/, so that the cells' relative imports mean the same in it.
  return await inTemporaryFolder(PROJECT, ".cells-", async (folder) => {
    let unformatted = 0;
    for (const path of paths.length > 0 ? paths : everyNotebook()) {
      unformatted += await formatCells(path, folder, fix);
      const module = cellsAsModule(await readNotebook(path));
      const name = basename(path, ".ipynb");
      modules.set(name, module);
      await Deno.writeTextFile(join(folder, `${name}.ts`), module.source);
    }
    const files = [...modules.keys()].map((name) => join(folder, `${name}.ts`));
    const runs = await Promise.all([
      run(["check", "--quiet", ...files]),
      run(["lint", "--quiet", ...files]),
    ]);
    for (const { output } of runs.filter(({ code }) => code !== 0)) {
      console.error(withCells(output, modules));
    }
    const claims = claimProblems(codebook()).map((problem) => `data/claims.json: ${problem}`);
    if (claims.length > 0) console.error(claims.join("\n"));
    if (unformatted > 0 || claims.length > 0 || runs.some(({ code }) => code !== 0)) return 1;
    console.error(`Checked the cells of ${modules.size} notebooks, and data/claims.json.`);
    return 0;
  });
}

async function run(args: string[]): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: PROJECT,
    env: { NO_COLOR: "1" },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, output: decode(stdout) + decode(stderr) };
}

/** Puts notebook, cell and line in the place of each position in a joined module. */
function withCells(
  output: string,
  modules: ReadonlyMap<string, ReturnType<typeof cellsAsModule>>,
): string {
  return output.replace(
    /(?:file:\/\/)?[^\s:]*\.cells-[\w-]+\/(\w+)\.ts:(\d+):(\d+)/g,
    (position, name: string, line: string, column: string) => {
      const origin = modules.get(name)?.lines[Number(line) - 1];
      if (origin === undefined) return position;
      const path = relative(
        PROJECT,
        join(PROJECT, "notebooks", `${name}.ipynb`),
      );
      return `${path}, cell ${origin.cell}, line ${origin.line}, column ${column}`;
    },
  );
}
