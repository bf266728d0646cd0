import { basename, dirname, join } from "node:path";
import { homedir, tmpdir } from "node:os";
import { InputError } from "../responses/input_error.ts";
import { inTemporaryFolder } from "../responses/temporary_folder.ts";

/** Options of `deno task kernel`. */
export interface KernelOptions {
  /** Take the registration back. */
  readonly remove?: boolean;
}

/** What Jupyter reads; `metadata` is for whoever writes it. */
interface KernelSpec {
  readonly metadata?: Readonly<Record<string, unknown>>;
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
 * @throws {InputError} Deno refuses, or the kernel to remove was registered by something else.
 */
export async function registerKernel({ remove = false }: KernelOptions = {}): Promise<number> {
  const folder = join(jupyterFolder(), "kernels", NAME);
  const before = await readSpec(folder);
  if (remove) await takeBack(folder, before);
  else await register(folder, before);
  return 0;
}

async function register(folder: string, before: KernelSpec | null): Promise<void> {
  const own = before === null ? null : ownEntry(before);
  const replaced = own === null ? before : own.replaced;
  await Deno.mkdir(folder, { recursive: true });
  await inTemporaryFolder(tmpdir(), "survey_kernel_", async (made) => {
    await installInto(made);
    for await (const path of filesBelow(made)) {
      await Deno.copyFile(path, join(folder, basename(path)));
    }
  });
  const executable = await lastingExecutable(folder);
  const spec = await readSpec(folder);
  if (spec === null) throw new Error(`deno jupyter --install left no kernel.json for ${folder}`);
  await writeSpec(folder, {
    ...spec,
    // The one that runs this, also where it is on no PATH.
    argv: [executable, "jupyter", "--kernel", "--conn", "{connection_file}"],
    // Stop in the editor asks the kernel to end the cell; by default it sends a signal, which ends
    // the kernel and takes every variable with it.
    interrupt_mode: "message",
    metadata: { ...spec.metadata, [OURS]: { replaced } },
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
  const beside = `${copy}.new`;
  await removeIfThere(beside);
  try {
    // On one disk the two names share the bytes.
    await Deno.link(executable, beside);
  } catch {
    await Deno.copyFile(executable, beside);
  }
  await Deno.rename(beside, copy);
  return copy;
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function takeBack(folder: string, before: KernelSpec | null): Promise<void> {
  if (before === null) {
    console.log(`Nothing to remove: there is no kernel in ${folder}.`);
    return;
  }
  const own = ownEntry(before);
  if (own === null) {
    throw new InputError(
      `The kernel in ${folder} was not registered by this task and stays. ` +
        `To remove it all the same: jupyter kernelspec remove ${NAME}`,
    );
  }
  if (own.replaced === null) {
    await Deno.remove(folder, { recursive: true });
    console.log(`Removed: ${folder}`);
  } else {
    await writeSpec(folder, own.replaced);
    await removeIfThere(join(folder, basename(Deno.execPath())));
    console.log(`Removed; the kernel that was there before is back: ${folder}`);
  }
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

/** Lets Deno make the kernel's files, wherever on this system below the folder it puts them. */
async function installInto(folder: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["jupyter", "--install", "--force"],
    env: { XDG_DATA_HOME: folder, HOME: folder, APPDATA: folder, NO_COLOR: "1" },
    stdin: "null",
  }).output();
  if (success) return;
  throw new InputError(
    `Deno could not register its kernel:\n${new TextDecoder().decode(stderr).trim()}`,
  );
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* filesBelow(join(folder, name));
    else if (basename(folder) === NAME && basename(dirname(folder)) === "kernels") {
      yield join(folder, name);
    }
  }
}

function ownEntry({ metadata }: KernelSpec): { readonly replaced: KernelSpec | null } | null {
  const entry = metadata?.[OURS];
  return typeof entry === "object" && entry !== null && "replaced" in entry
    ? { replaced: entry.replaced as KernelSpec | null }
    : null;
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
