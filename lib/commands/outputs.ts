import { basename } from "node:path";
import { describeRespondentContent, findRespondentContent } from "../report/respondent_content.ts";
import { runNotebooks } from "../report/run_notebooks.ts";
import { writeNotebook } from "../report/notebook_json.ts";
import { checkWritable } from "../report/write_folder.ts";
import { InputError } from "../responses/input_error.ts";
import { findNotebooks, libraryThreads, NOTEBOOKS } from "./project.ts";
import { printProgress } from "./report_texts.ts";
import { type CallOptions, checkedSurvey, readCall } from "./report.ts";
import { respondentContent } from "./respondent_content.ts";

/**
 * Runs the notebooks, by default on the shipped answers in Danish, and stores their outputs in notebooks/.
 *
 * @returns 0: all stored. 1: a notebook failed, or shows respondents; it keeps the outputs it had.
 * @throws {InputError} The data or the call was refused.
 */
export async function storeOutputs(
  options: CallOptions,
  signal: AbortSignal,
): Promise<number> {
  const call = readCall(options);
  const paths = findNotebooks(call.only);
  await checkWritable(NOTEBOOKS, (why) =>
    new InputError(
      `Cannot store outputs in "${NOTEBOOKS}": ${why}. Make a report in another folder instead ` +
        `(deno task report --out), or let this one be written into.`,
    ));
  const { waves } = await checkedSurvey(call);
  const content = respondentContent(waves);
  const env = { ...call.env, SURVEY_REPORT: "" };
  const threads = libraryThreads();
  Deno.chdir(NOTEBOOKS);
  const runs = await threads.closedAfter(() =>
    runNotebooks(paths, { signal, threads, env, onProgress: printProgress })
  );
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
