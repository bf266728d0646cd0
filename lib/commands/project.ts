import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NotebookThreads } from "../report/notebook_threads.ts";
import { InputError } from "../responses/input_error.ts";

/** The project's folder, wherever a command is called from. */
export const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

/** Where the notebooks are. */
export const NOTEBOOKS = join(PROJECT, "notebooks");

/** Threads for notebooks, with the library loaded. @param count How many; by default one per core. */
export function libraryThreads(count?: number): NotebookThreads {
  const library = import.meta.resolve("../notebook.ts");
  const prepare = import.meta.resolve("../notebook/open_survey.ts");
  return new NotebookThreads({ library, prepare }, count);
}

/** Every notebook in notebooks/, those that are no chapters too. */
export function everyNotebook(): string[] {
  return [...Deno.readDirSync(NOTEBOOKS)].map((entry) => entry.name)
    .filter((name) => name.endsWith(".ipynb") && !name.startsWith("."))
    .sort().map((name) => join(NOTEBOOKS, name));
}

/**
 * The notebooks that are chapters, in reading order: those whose names begin with two digits.
 *
 * @param only Beginnings of names ("02", "10_wellbeing"); undefined: all.
 * @returns Full paths.
 * @throws {InputError} Where a beginning fits no notebook.
 */
export function findNotebooks(only?: readonly string[]): string[] {
  const names = everyNotebook().map((path) => basename(path))
    .filter((name) => /^[0-9]{2}_/.test(name));
  for (const start of only ?? []) {
    if (!names.some((name) => name.startsWith(start))) {
      throw new InputError(
        `--only ${start}: no notebook begins with "${start}". ` +
          `There is: ${names.map((name) => name.replace(/\.ipynb$/, "")).join(", ")}.`,
      );
    }
  }
  return names
    .filter((name) => only === undefined || only.some((start) => name.startsWith(start)))
    .map((name) => join(NOTEBOOKS, name));
}
