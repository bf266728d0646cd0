import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "./python_environment.ts";

const CLI = fileURLToPath(new URL("../../lib/cli.ts", import.meta.url));

/** The environment in which Jupyter's programs keep everything in a folder of their own. */
export function jupyterFolders(folder: string): Record<string, string> {
  return {
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
    IPYTHONDIR: join(folder, "ipython"),
    PYDEVD_DISABLE_FILE_VALIDATION: "1",
  };
}

/** Registers Deno's kernel there, with this project's own task. */
export async function registerKernelIn(folder: string): Promise<void> {
  await runProgram(Deno.execPath(), ["run", "-A", CLI, "kernel"], { env: jupyterFolders(folder) });
}
