import { basename, join } from "node:path";
import { findNotebooks } from "../../../lib/commands/project.ts";
import { readNotebook } from "../../../lib/report/notebook_json.ts";
import { type ProjectCopy, withProjectCopy } from "../../commands/project_copy.ts";
import { jupyterFolders, registerKernelIn } from "../../jupyter/jupyter_folders.ts";
import { makeAnswerFiles } from "../answer_files.ts";
import type { Competitors } from "../competitors.ts";
import { median, runPairs } from "../pairs.ts";
import { consume } from "../process_tree.ts";
import { whereTimeGoes } from "../where_time_goes.ts";
import { requireSameOutputs } from "../same_outputs.ts";
import { numberText } from "../table.ts";
import type { Case, CaseOptions, Row } from "../row.ts";

/** How many notebooks: the time is to grow with their number and no faster. */
const NUMBERS = [3, 6, 12];
/** Numbers of respondents beside the shipped answers. */
const LARGE = [1_000_000];
const LEAST_RATIO = 10;
const MOST_MB = 500;
const MOST_MB_LARGE = 1_000;
/** How much longer the same notebooks may take each when there are four times as many. */
const LINEAR = 1.25;

/** The whole report in both languages, against nbconvert with the same notebooks in one. */
export function reportCase({ python, missing }: Competitors): Case {
  return async (options) => {
    const names = findNotebooks().map((path) => basename(path, ".ipynb"));
    const rows: Row[] = [];
    await withProjectCopy(names, async (project) => {
      const nbconvert = python?.program("jupyter-nbconvert") ?? null;
      for (const number of NUMBERS) {
        const some = names.slice(0, number);
        rows.push(await compare(project, { names: some }, nbconvert, { ...options, missing }));
      }
      rows.push(linearity(rows));
      const interpreter = python?.program("python") ?? null;
      if (nbconvert === null || interpreter === null) return;
      for (const respondents of options.respondents ?? LARGE) {
        options.say(`writing ${respondents} respondents …`);
        const files = await makeAnswerFiles(interpreter, options.folder, respondents);
        const large = { names, answers: { file: files[0], respondents } };
        rows.push(await compare(project, large, nbconvert, { ...options, missing }));
        for (const file of files) await Deno.remove(file);
      }
    });
    for (const row of rows) await options.found(row);
    options.say("where the time goes …");
    for (const row of await whereTimeGoes()) await options.found(row);
  };
}

/** Which notebooks, and of whose answers; absent: the shipped ones. */
interface Work {
  readonly names: readonly string[];
  readonly answers?: { readonly file: string; readonly respondents: number };
}

async function compare(
  project: ProjectCopy,
  { names, answers }: Work,
  nbconvert: string | null,
  options: CaseOptions & { readonly missing: readonly string[] },
): Promise<Row> {
  const { say, folder, pairs = 3, missing } = options;
  const many = answers ? `, ${answers.respondents.toLocaleString("en")} respondents` : "";
  say(`the report of ${names.length} notebooks${many} …`);
  let peakMb = 0;
  const cpu = { ours: [] as number[], theirs: [] as number[] };
  const out = join(folder, `report-${names.length}`);
  const ours = {
    name: "report",
    async run() {
      const data = answers ? ["--data", answers.file] : [];
      const args = ["run", "-A", project.cli, "report", "--out", out, ...data];
      const only = names.map((name) => name.slice(0, 2)).join(",");
      const run = await consume(Deno.execPath(), [...args, "--only", only], {
        cwd: project.folder,
      });
      peakMb = Math.max(peakMb, run.peakMb);
      cpu.ours.push(run.cpu);
      return run.ms;
    },
  };
  const row = {
    key: `report/${names.length}${answers ? `/${answers.respondents}` : ""}`,
    case: "report",
    what: `${names.length} notebooks, both languages${many}`,
    rival: "nbconvert, one language",
  };
  const most = answers ? MOST_MB_LARGE : MOST_MB;
  const memory = () => ({ name: "memory", value: peakMb, unit: "MB", most });
  if (nbconvert === null) {
    await ours.run();
    return { ...row, ratio: null, target: null, figure: memory(), note: missing.join("; ") };
  }
  const jupyter = await Deno.makeTempDir({ dir: folder });
  await registerKernelIn(jupyter);
  const html = join(jupyter, "html");
  const theirs = {
    name: "nbconvert",
    async run() {
      const files = names.map((name) => project.path(`notebooks/${name}.ipynb`));
      const args = ["--execute", "--to=html", `--output-dir=${html}`];
      const kernel = "--ExecutePreprocessor.kernel_name=deno";
      const data = answers?.file ?? "";
      const env = { ...jupyterFolders(jupyter), SURVEY_LANG: "da", SURVEY_DATA: data };
      const run = await consume(nbconvert, [...args, kernel, ...files], { env });
      cpu.theirs.push(run.cpu);
      return run.ms;
    },
  };
  const ratio = await runPairs(ours, theirs, { pairs, seconds: 240, warmUp: 0 });
  let outputs = 0;
  for (const name of names) {
    const notebook = await readNotebook(join(out, "notebooks", `${name}.ipynb`));
    outputs += requireSameOutputs(name, notebook, await Deno.readTextFile(`${html}/${name}.html`));
  }
  say(`  ${outputs} outputs are the same`);
  const isAimed = names.length === NUMBERS.at(-1) && !answers;
  const [a, b] = [median(cpu.ours), median(cpu.theirs)];
  const note = `processor time ${numberText(a)} s against ${numberText(b)} s`;
  return { ...row, ratio, target: isAimed ? LEAST_RATIO : null, figure: memory(), note };
}

function linearity(rows: readonly Row[]): Row {
  const each = (place: number) => (rows[place]?.ratio?.ours ?? NaN) / NUMBERS[place]!;
  return {
    key: "report/linear",
    case: "report",
    what: `time of one of ${NUMBERS[2]} notebooks by one of ${NUMBERS[0]}`,
    rival: "itself",
    ratio: null,
    target: null,
    figure: { name: "growth", value: each(2) / each(0), unit: "times", most: LINEAR },
  };
}
