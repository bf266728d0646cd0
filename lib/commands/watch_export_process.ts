/**
 * The export of `deno task report --watch`, in a process of its own so that it can begin anew when
 * the library or the data are others.
 *
 * Its one argument is a {@link ReportOptions} as JSON. It reads the answers and says so, then takes
 * one line of executed notebooks after the other; see {@link ExportAnswer}. It ends with its input.
 */
import { resolve } from "node:path";
import { InputError } from "../language/input_error.ts";
import type { NamedNotebook } from "../report/html/report_options.ts";
import { describeRespondentContent, findRespondentContent } from "../report/respondent_content.ts";
import { writeFolder } from "../report/write_folder.ts";
import { linesOf } from "./lines_of.ts";
import { checkedSurvey, readCall, reportData, type ReportOptions, reportPages } from "./report.ts";
import { respondentContent } from "./respondent_content.ts";

/** What the export says, one line of JSON each. */
export type ExportAnswer =
  /** The answers are read. */
  | { readonly step: "ready" }
  /** The reports of the notebooks that were sent, by file name. */
  | { readonly step: "pages"; readonly pages: Readonly<Record<string, string>> }
  /** They are in the folder, with all that belongs to them. */
  | { readonly step: "written" }
  /** The answers or the notebooks are not fit for a report. */
  | { readonly step: "refused"; readonly message: string };

if (import.meta.main) {
  const options: ReportOptions = JSON.parse(Deno.args[0] ?? "");
  try {
    await follow(options);
  } catch (error) {
    say({ step: "refused", message: messageOf(error) });
  }
}

async function follow(options: ReportOptions): Promise<void> {
  const call = readCall(options);
  const survey = await checkedSurvey(call);
  const respondents = await respondentContent(call.data, survey, call.baseline);
  say({ step: "ready" });
  for await (const line of linesOf(Deno.stdin.readable)) {
    const notebooks: NamedNotebook[] = JSON.parse(line);
    const found = findRespondentContent(notebooks, respondents);
    if (found.length > 0) {
      say({ step: "refused", message: describeRespondentContent(found) });
      continue;
    }
    const pages = await reportPages(survey, notebooks, call.languages);
    say({ step: "pages", pages: Object.fromEntries(pages) });
    const data = await reportData(survey, notebooks, call.languages);
    await writeFolder(resolve(options.out), new Map([...pages, ...data]));
    say({ step: "written" });
  }
}

function say(answer: ExportAnswer): void {
  const bytes = new TextEncoder().encode(`${JSON.stringify(answer)}\n`);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

/** A mistake in the library has its place in the stack; a mistake in the data has none. */
function messageOf(error: unknown): string {
  if (error instanceof InputError) return error.message;
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
