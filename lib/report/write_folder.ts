import { dirname, join, relative, resolve } from "node:path";
import { statfs } from "node:fs/promises";
import { InputError } from "../responses/input_error.ts";
import { inTemporaryFolder } from "../responses/temporary_folder.ts";

/** What a report is not written among, in the project. */
const OWN_FOLDERS = ["notebooks", "data", "lib", "tests"];

/** What a report's folder holds; "notebooks/" is a folder. */
const OF_A_REPORT =
  /^(?:(?:report|index)\.\w+\.(?:html|docx|pptx)|tables(?:\.\w+)?\.xlsx|estimates\.json|notebooks\/|\.draft-[\w-]+\/|\.DS_Store|Thumbs\.db|desktop\.ini)$/;

/**
 * Refuses a folder for a report that is something else: a file, or a folder that holds what no report does,
 * such as the project, whose notebooks the executed ones would replace. Or one that cannot be written.
 *
 * @param folder As it was given; it need not be there yet.
 * @throws {InputError}
 */
export async function checkReportFolder(folder: string): Promise<void> {
  const refused = (why: string) =>
    new InputError(
      `Cannot write the report to "${folder}": ${why}. ` +
        `Give --out a new folder, or one that holds nothing but an earlier report.`,
    );
  if (folder.trim() === "") throw refused("that is no folder");
  const path = resolve(folder);
  for (let each = path;; each = dirname(each)) {
    const found = await Deno.stat(each).catch((error) => {
      if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
        return null;
      }
      throw refused(`it cannot be looked into (${(error as Error).message})`);
    });
    if (found && !found.isDirectory) {
      throw refused(each === path ? "it is a file" : `${each} is a file`);
    }
    if (each === path && found) await checkContent(path, refused);
    if (!found) continue;
    const real = resolve(Deno.realPathSync(each), relative(each, path));
    const project = Deno.realPathSync(new URL("../../", import.meta.url));
    const [within = ""] = relative(project, real).split(/[\\/]/);
    if (OWN_FOLDERS.includes(within)) throw refused(`"${within}" is a folder of the project`);
    return await checkWritable(each, refused);
  }
}

async function checkContent(path: string, refused: (why: string) => InputError): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    // A report on a group, beside the page that leads to it.
    if (isDirectory && await isFile(join(path, name, "estimates.json"))) {
      await checkContent(join(path, name), refused);
      continue;
    }
    if (!OF_A_REPORT.test(isDirectory ? `${name}/` : name)) {
      throw refused(`it holds "${name}", which is no part of a report`);
    }
    if (name !== "notebooks") continue;
    for await (const { name } of Deno.readDir(join(path, "notebooks"))) {
      if (!name.endsWith(".ipynb") && !name.startsWith(".")) {
        throw refused(`it holds "notebooks/${name}", which is no part of a report`);
      }
    }
  }
}

/** Megabytes that a report takes in both languages, with its notebooks and documents, beside an earlier one. */
const LEAST_ROOM = 20;

/** @throws What `refused` makes of why nothing can be written into a folder. */
export async function checkWritable(
  path: string,
  refused: (why: string) => InputError,
): Promise<void> {
  try {
    await inTemporaryFolder(path, ".draft-", () => Promise.resolve());
  } catch (error) {
    throw refused(`nothing can be written there (${(error as Error).message})`);
  }
  // Not every system tells.
  const disk = await statfs(path).catch(() => null);
  const room = disk && disk.blocks > 0 ? disk.bavail * disk.bsize / 2 ** 20 : Infinity;
  if (room < LEAST_ROOM) {
    throw refused(`the disk has room for ${Math.floor(room)} MB, and a report takes ${LEAST_ROOM}`);
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => null))?.isFile ?? false;
}

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
  try {
    await Deno.mkdir(folder, { recursive: true });
    await inTemporaryFolder(folder, ".draft-", (draft) => writeWhole(folder, draft, files));
  } catch (error) {
    // A name that is taken by a folder, a full disk, a folder that was taken away: not a fault in the code.
    if (!(error instanceof Error) || !("code" in error)) throw error;
    throw new InputError(
      `Cannot write the report to "${folder}": ${error.message}. What was there before is as it was. ` +
        `Make room there, or give --out another folder.`,
    );
  }
}

async function writeWhole(folder: string, draft: string, files: Files): Promise<void> {
  const moved: { target: string; before: string | null; isNew: boolean }[] = [];
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
      const before = await isFile(target) ? join(draft, `.before-${moved.length}`) : null;
      if (before) await Deno.rename(target, before);
      const move = { target, before, isNew: false };
      moved.push(move);
      await Deno.rename(join(draft, path), target);
      move.isNew = true;
    }
  } catch (error) {
    for (const { target, before, isNew } of moved.reverse()) {
      if (before) await Deno.rename(before, target);
      else if (isNew) await Deno.remove(target);
    }
    throw error;
  }
}
