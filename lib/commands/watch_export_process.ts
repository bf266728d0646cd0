/**
 * The export of `deno task report --watch`, in a process of its own so that it can begin anew when
 * the library or the data are others.
 *
 * Its arguments are a {@link ReportOptions} as JSON, and where the notebooks look for the answers. It
 * reads the answers, puts them there and says so, then takes one line of executed notebooks after the
 * other ({@link SentNotebook}), and answers as {@link ExportAnswer} says. It ends with its input.
 */
import { resolve } from "node:path";
import { allClaims } from "../words/claims.ts";
import { InputError } from "../responses/input_error.ts";
import type { Text } from "../responses/language.ts";
import { writeWaves } from "../notebook/waves_file.ts";
import type { NamedNotebook } from "../report/html/report_options.ts";
import type { Notebook } from "../report/notebook_file.ts";
import { describeRespondentContent, findRespondentContent } from "../report/respondent_content.ts";
import { writeFolder } from "../report/write_folder.ts";
import { brokenClaims } from "./broken_claims.ts";
import { linesOf } from "./lines_of.ts";
import { checkedSurvey, readCall, reportData, type ReportOptions, reportPages } from "./report.ts";
import { respondentContent } from "./respondent_content.ts";
import { Looked } from "./watch_looked.ts";

/** A notebook of the report; without its content it is the one that was sent last by that name. */
export interface SentNotebook {
  readonly name: string;
  readonly notebook?: Notebook;
}

/** What the export says, one line of JSON each. */
export type ExportAnswer =
  /** The answers are read; with `strict`, the claims that do not hold on them. */
  | { readonly step: "ready"; readonly broken: Text | null }
  /** The reports of the notebooks that were sent, by file name. */
  | { readonly step: "pages"; readonly pages: Readonly<Record<string, string>> }
  /** They are in the folder, with all that belongs to them. */
  | { readonly step: "written" }
  /** The answers or the notebooks are not fit for a report. */
  | { readonly step: "refused"; readonly message: string };

if (import.meta.main) {
  const [options = "", answers = ""] = Deno.args;
  try {
    await follow(JSON.parse(options), answers);
  } catch (error) {
    say({ step: "refused", message: messageOf(error) });
  }
}

async function follow(options: ReportOptions, answers: string): Promise<void> {
  const call = readCall(options);
  const { waves, survey } = await checkedSurvey(call);
  await writeWaves(answers, waves);
  const respondents = await respondentContent(call.data, survey, call.baseline, call.mapping);
  say({ step: "ready", broken: options.strict ? brokenClaims(allClaims(survey)) : null });
  const known = new Map<string, Notebook>();
  const looked = new Looked();
  for await (const line of linesOf(Deno.stdin.readable)) {
    const notebooks = received(JSON.parse(line), known);
    const found = findRespondentContent(looked.without(notebooks), respondents);
    if (found.length > 0) {
      say({ step: "refused", message: describeRespondentContent(found) });
      continue;
    }
    looked.add(notebooks);
    const pages = await reportPages(survey, notebooks, call.languages);
    say({ step: "pages", pages: Object.fromEntries(pages) });
    const data = await reportData(survey, notebooks, call.languages);
    await writeFolder(resolve(options.out), new Map([...pages, ...data]));
    say({ step: "written" });
  }
}

/** The notebooks in full. One that was sent before is the same object, which need not be rendered. */
function received(sent: readonly SentNotebook[], known: Map<string, Notebook>): NamedNotebook[] {
  return sent.map(({ name, notebook }) => {
    if (notebook !== undefined) known.set(name, notebook);
    const whole = known.get(name);
    if (whole === undefined) throw new Error(`The notebook ${name} was never sent`);
    return { name, notebook: whole };
  });
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
