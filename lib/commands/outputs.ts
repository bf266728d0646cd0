import { basename } from "node:path";
import { readWaves } from "../notebook/read_waves.ts";
import { describeRespondentContent, findRespondentContent } from "../report/respondent_content.ts";
import { runNotebooks } from "../report/run_notebooks.ts";
import { writeNotebook } from "../report/write_notebook.ts";
import { findNotebooks, libraryThreads, NOTEBOOKS } from "./project.ts";
import { printProgress } from "./print_progress.ts";
import { respondentContent } from "./respondent_content.ts";

/** The same answers, as `openSurvey()` takes them. */
const SHIPPED = { data: null, where: {}, languages: ["da"], report: true } as const;

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
 * @returns 0: all stored. 1: a notebook failed, or shows respondents; it keeps the outputs it had.
 */
export async function storeOutputs(
  only: string | undefined,
  signal: AbortSignal,
): Promise<number> {
  const paths = findNotebooks(only?.split(","));
  const threads = libraryThreads();
  Deno.chdir(NOTEBOOKS);
  const runs = await threads.closedAfter(() =>
    runNotebooks(paths, { signal, threads, env: STORED_SETTINGS, onProgress: printProgress })
  );
  const content = respondentContent(await readWaves(SHIPPED, () => {}));
  const failed: typeof runs = [];
  for (const run of runs) {
    const { path, notebook, failure } = run;
    const found = findRespondentContent([{ name: basename(path, ".ipynb"), notebook }], content);
    if (failure || found.length > 0) {
      failed.push(run);
      console.error(`\n${failure ? failure.message : describeRespondentContent(found)}`);
    } else await writeNotebook(path, notebook);
  }
  if (failed.length > 0) {
    console.error(`\nNot stored: ${failed.map(({ path }) => basename(path)).join(", ")}`);
  }
  return failed.length > 0 ? 1 : 0;
}
