import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** So long counts are kept that nobody asks for again: a day. */
const KEPT_FOR = 24 * 60 * 60 * 1000;

/** The folder of the computer's folder for temporary files that is this user's alone. */
export function keptFolder(): string {
  return join(tmpdir(), `survey_counts_${userInfo().username}`);
}

/**
 * What was kept under a key; null where nothing was, or where it is not this user's alone: anybody may
 * write into the folder for temporary files.
 */
export async function readKept(key: string): Promise<Uint8Array | null> {
  try {
    const [folder, file] = [keptFolder(), join(keptFolder(), key)];
    if (!isOwn(await lstat(folder), true) || !isOwn(await lstat(file), false)) return null;
    return await readFile(file);
  } catch {
    return null;
  }
}

/**
 * Keeps something for the next who asks, whole or not at all; nothing where the folder is somebody
 * else's, or the disk is full. What is older than a day goes.
 */
export async function keep(key: string, bytes: Uint8Array): Promise<void> {
  const folder = keptFolder();
  const draft = join(folder, `${key}.${Deno.pid}`);
  try {
    await mkdir(folder, { mode: 0o700, recursive: true });
    if (!isOwn(await lstat(folder), true)) return;
    for (const name of await readdir(folder)) {
      const old = join(folder, name);
      const info = await lstat(old).catch(() => null);
      if (info && Date.now() - info.mtimeMs > KEPT_FOR) await rm(old, { force: true });
    }
    await writeFile(draft, bytes, { mode: 0o600, flag: "wx" });
    await rename(draft, join(folder, key));
  } catch {
    // It is counted again the next time.
    await rm(draft, { force: true }).catch(() => {});
  }
}

/** Removes all that was kept. */
export async function forgetKept(): Promise<void> {
  await rm(keptFolder(), { recursive: true, force: true });
}

function isOwn(
  info: { uid: number; mode: number; isDirectory(): boolean; isFile(): boolean },
  isFolder: boolean,
): boolean {
  const isKind = isFolder ? info.isDirectory() : info.isFile();
  // Windows has neither: there the folder is the user's own.
  if (Deno.build.os === "windows") return isKind;
  return isKind && info.uid === Deno.uid() && (info.mode & 0o077) === 0;
}
