import { basename } from "node:path";
import { runNotebooks } from "../report/run_notebooks.ts";
import { writeNotebook } from "../report/write_notebook.ts";
import { findNotebooks } from "./project.ts";
import { printProgress } from "./print_progress.ts";

/** The settings that stored outputs are made with: the shipped answers, in Danish. */
export const STORED_SETTINGS = {
  SURVEY_DATA: "",
  SURVEY_BASELINE: "",
  SURVEY_WHERE: "",
  SURVEY_LANG: "da",
  SURVEY_REPORT: "",
};

/**
 * Runs the notebooks on the shipped answers and stores their Danish outputs in notebooks/.
 *
 * @param only Beginnings of names, with commas; undefined: all.
 * @returns 0: all stored. 1: a notebook failed; it keeps the outputs it had.
 */
export async function storeOutputs(
  only: string | undefined,
  signal: AbortSignal,
): Promise<number> {
  const runs = await runNotebooks(findNotebooks(only?.split(",")), {
    signal,
    env: STORED_SETTINGS,
    onProgress: printProgress,
  });
  for (const { path, notebook, failure } of runs) {
    if (failure) console.error(`\n${failure.message}`);
    else await writeNotebook(path, notebook);
  }
  const failed = runs.filter(({ failure }) => failure);
  if (failed.length > 0) {
    console.error(`\nNot stored: ${failed.map(({ path }) => basename(path)).join(", ")}`);
  }
  return failed.length > 0 ? 1 : 0;
}
