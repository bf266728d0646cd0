import { join } from "node:path";
import process from "node:process";

/**
 * Runs with a folder that is removed afterwards, and removes those that killed runs have left.
 *
 * @param dir Where it is to stand.
 * @param prefix What its name begins with.
 */
export async function inTemporaryFolder<T>(
  dir: string,
  prefix: string,
  run: (folder: string) => Promise<T>,
): Promise<T> {
  await removeLeftFolders(dir, prefix);
  const folder = await Deno.makeTempDir({ dir, prefix: `${prefix}${Deno.pid}-` });
  try {
    return await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Removes the folders whose process, by the number behind the prefix, runs no longer. */
export async function removeLeftFolders(dir: string, prefix: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(dir)) {
    const [, pid] = name.startsWith(prefix)
      ? /^(\d+)(?:-|$)/.exec(name.slice(prefix.length)) ?? []
      : [];
    if (!isDirectory || pid === undefined || isRunning(Number(pid))) continue;
    // Another run may be about to do the same.
    await Deno.remove(join(dir, name), { recursive: true }).catch(() => {});
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: string }).code !== "ESRCH";
  }
}
