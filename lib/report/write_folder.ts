import { dirname, join } from "node:path";

/** Files to write, by path below the folder. */
export type Files = ReadonlyMap<string, string | Uint8Array>;

/**
 * Writes files into a folder, all or none: everything is written beside it first and then moved, so
 * a full disk or a stop half way leaves what was there before.
 *
 * Files of the folder that are not named stay.
 *
 * @param folder Where to; made where it is missing.
 * @param files What to write.
 */
export async function writeFolder(folder: string, files: Files): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const draft = await Deno.makeTempDir({ dir: folder, prefix: ".draft-" });
  try {
    for (const [path, content] of files) {
      const target = join(draft, path);
      await Deno.mkdir(dirname(target), { recursive: true });
      if (typeof content === "string") {
        await Deno.writeTextFile(target, content);
      } else await Deno.writeFile(target, content);
    }
    for (const path of files.keys()) {
      const target = join(folder, path);
      await Deno.mkdir(dirname(target), { recursive: true });
      await Deno.rename(join(draft, path), target);
    }
  } finally {
    await Deno.remove(draft, { recursive: true });
  }
}
