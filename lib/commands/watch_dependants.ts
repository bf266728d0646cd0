import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { importsOf } from "../report/explain_failure.ts";
import type { Notebook } from "../report/notebook_file.ts";
import { NOTEBOOKS, PROJECT } from "./project.ts";

/** What has to be done again. */
export interface Affected {
  /** Notebooks whose own cells may be others. */
  readonly saved: ReadonlySet<string>;
  /** Notebooks that use what has changed. */
  readonly dependants: ReadonlySet<string>;
  /** Whether the export uses it: it then has to begin anew. */
  readonly exported: boolean;
}

/**
 * Whether a file may have to do with the report.
 *
 * @param named The full paths of files that the options name.
 */
export function concernsReport(path: string, named: readonly string[]): boolean {
  if (named.includes(path)) return true;
  const [folder = "", ...rest] = relative(PROJECT, path).split(/[\\/]/);
  const name = rest.at(-1) ?? folder;
  if (name.startsWith(".") || name.endsWith("~")) return false;
  switch (folder) {
    case "notebooks":
      return rest.length === 1 && name.endsWith(".ipynb");
    case "data":
      return /\.(json|csv)$/.test(name);
    case "lib":
      return /\.(ts|js|css|json)$/.test(name);
    default:
      return path === join(PROJECT, "deno.json");
  }
}

/**
 * Finds what depends on files that have changed: on a notebook itself alone, on the data and the
 * settings of Deno everything, on a module whatever imports it, in however many steps.
 *
 * @param changed Full paths.
 * @param notebooks The notebooks as they were last run, by path.
 * @param exporter The module that the export begins with.
 */
export async function affectedBy(
  changed: ReadonlySet<string>,
  notebooks: ReadonlyMap<string, Notebook>,
  exporter: string,
): Promise<Affected> {
  const modules = [...changed].filter((path) => isBelow("lib", path));
  const saved = new Set([...changed].filter((path) => dirname(path) === join(NOTEBOOKS, ".")));
  const everything = [...changed].some((path) => !modules.includes(path) && !saved.has(path));
  if (everything) return { saved, dependants: new Set(notebooks.keys()), exported: true };
  if (modules.length === 0) return { saved, dependants: new Set(), exported: false };

  const graphs = new Map<string, Promise<ReadonlySet<string>>>();
  const uses = async (entry: string) => {
    if (!graphs.has(entry)) graphs.set(entry, graphOf(entry));
    const graph = await graphs.get(entry)!;
    return modules.some((path) => graph.has(pathToFileURL(path).href));
  };
  const dependants = new Set<string>();
  for (const [path, notebook] of notebooks) {
    for (const entry of entriesOf(path, notebook)) if (await uses(entry)) dependants.add(path);
  }
  return { saved, dependants, exported: await uses(pathToFileURL(exporter).href) };
}

function isBelow(folder: string, path: string): boolean {
  return relative(PROJECT, path).split(/[\\/]/)[0] === folder;
}

/** The modules that a notebook's cells import by a relative path. */
function entriesOf(path: string, { cells }: Notebook): Set<string> {
  return new Set(
    cells.flatMap((cell) => cell.cell_type === "code" ? importsOf(cell.source) : [])
      .filter(({ specifier }) => specifier.startsWith("."))
      .map(({ specifier }) => new URL(specifier, pathToFileURL(path)).href),
  );
}

/** A module and all it imports, missing ones included. */
async function graphOf(entry: string): Promise<ReadonlySet<string>> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", entry],
    cwd: PROJECT,
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdin: "null",
    stderr: "null",
  }).output();
  const { modules }: { modules: { specifier: string }[] } = JSON.parse(
    new TextDecoder().decode(stdout),
  );
  return new Set(modules.map(({ specifier }) => specifier));
}
