import { rm } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { InputError } from "../responses/input_error.ts";

/** What Jupyter reads; `metadata` is for whoever writes it. */
interface KernelSpec {
  readonly metadata?: Readonly<Record<string, { readonly replaced: KernelSpec | null }>>;
  readonly [key: string]: unknown;
}

/** The name by which notebooks ask for their kernel; it stands in them. */
const NAME = "deno";

/** The entry in `metadata` that says who registered the kernel, and holds what was there before. */
const OURS = "deno_task_kernel";

/**
 * Registers the Deno that runs this command as the kernel "deno" for Jupyter and VS Code, or takes
 * that back. A kernel of that name that was there before comes back then.
 *
 * @returns 0: done.
 * @throws {InputError} The kernel to remove was registered by something else.
 */
export async function registerKernel({ remove = false } = {}): Promise<number> {
  const folder = join(jupyterFolder(), "kernels", NAME);
  const before = await readSpec(folder);
  const own = before?.metadata?.[OURS] ?? null;
  if (!remove) await register(folder, own === null ? before : own.replaced);
  else if (before === null) console.log(`Nothing to remove: there is no kernel in ${folder}.`);
  else if (own === null) {
    throw new InputError(
      `The kernel in ${folder} was not registered by this task and stays. ` +
        `To remove it all the same: jupyter kernelspec remove ${NAME}`,
    );
  } else {
    if (own.replaced === null) await Deno.remove(folder, { recursive: true });
    else {
      // Its own pictures have stayed there.
      await writeSpec(folder, own.replaced);
      await rm(join(folder, basename(Deno.execPath())), { force: true });
    }
    console.log(
      own.replaced === null
        ? `Removed: ${folder}`
        : `Removed; the kernel that was there before is back: ${folder}`,
    );
  }
  return 0;
}

async function register(folder: string, replaced: KernelSpec | null): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const executable = await lastingExecutable(folder);
  await writeSpec(folder, {
    // The one that runs this, also where it is on no PATH.
    argv: [executable, "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    // Stop in the editor asks the kernel to end the cell; by default it sends a signal, which ends
    // the kernel and takes every variable with it.
    interrupt_mode: "message",
    metadata: { [OURS]: { replaced } },
  });
  console.log(
    `Registered: ${join(folder, "kernel.json")}\n` +
      `It runs ${executable} (Deno ${Deno.version.deno}), the one that this project uses.\n\n` +
      `The kernel asks for no permissions: what a notebook's cells do, they do as you, with your\n` +
      `files and your network. Open only notebooks that you trust. Nothing of this project's own\n` +
      `notebooks leaves this machine.\n\n` +
      `In Jupyter or VS Code open a notebook in notebooks/ and choose the kernel "Deno".\n` +
      `To undo this: deno task kernel --remove`,
  );
}

/**
 * The Deno that the kernel is to run. What `npx` has fetched stands in a cache that is cleared now
 * and then, and the kernel would be gone with it: a copy in the kernel's folder lasts, and goes when
 * the kernel is removed.
 */
async function lastingExecutable(folder: string): Promise<string> {
  const executable = Deno.execPath();
  if (!executable.split(/[\\/]/).includes("_npx")) return executable;
  const copy = join(folder, basename(executable));
  // A kernel may be running the one that is there.
  await Deno.copyFile(executable, `${copy}.new`);
  await Deno.rename(`${copy}.new`, copy);
  return copy;
}

/**
 * Jupyter's folder for this person's data.
 *
 * Source: jupyter_core, `paths.py` (`jupyter_data_dir`).
 */
function jupyterFolder(): string {
  const { env } = Deno;
  const named = env.get("JUPYTER_DATA_DIR");
  if (named) return named;
  switch (Deno.build.os) {
    case "darwin":
      return join(homedir(), "Library", "Jupyter");
    case "windows":
      return join(env.get("APPDATA") ?? join(homedir(), "AppData", "Roaming"), "jupyter");
    default:
      return join(env.get("XDG_DATA_HOME") || join(homedir(), ".local", "share"), "jupyter");
  }
}

async function readSpec(folder: string): Promise<KernelSpec | null> {
  const path = join(folder, "kernel.json");
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    if (!(error instanceof SyntaxError)) throw error;
    throw new InputError(`${path} is not JSON (${error.message}). Remove ${folder} and run again.`);
  }
}

async function writeSpec(folder: string, spec: KernelSpec): Promise<void> {
  await Deno.writeTextFile(join(folder, "kernel.json"), JSON.stringify(spec, null, 2) + "\n");
}
