/**
 * What must not change by accident: estimates, the verdicts on the claims and the workbook's numbers, of whole
 * reports, as they were before. Sentences may change; of a sheet that has another name the run says so.
 *
 *     deno run -A tests/frozen/frozen.ts            compare all, exit code 1 where one differs
 *     deno run -A tests/frozen/frozen.ts answers    only those whose name contains this
 *     deno run -A tests/frozen/frozen.ts --store    keep what this tree gives
 *
 * Without weights every number must be the same to the byte; with weights to 1e-12 of itself.
 */
import { gunzipSync, gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import readWorkbook from "read-excel-file/universal";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const STORED = fileURLToPath(new URL("./stored/", import.meta.url));
const answers = "answers", weighted = "weighted", earlier = "earlier";
const counts = "counts", weightedCounts = "weighted_counts";

interface Run {
  readonly name: string;
  readonly args: readonly string[];
  readonly weighted: boolean;
}

const folder = await Deno.makeTempDir({ prefix: "frozen-" });
let failed = 0;
let passed = 0;
try {
  await makeInputs();
  const wanted = Deno.args.filter((arg) => !arg.startsWith("--"));
  for (const run of runs()) {
    if (wanted.some((part) => !run.name.includes(part))) continue;
    const found = await report(run);
    const file = `${STORED}${run.name}.json.gz`;
    if (Deno.args.includes("--store")) {
      await Deno.mkdir(STORED, { recursive: true });
      await Deno.writeFile(file, gzipSync(JSON.stringify(found), { level: 9 }));
      continue;
    }
    const stored = JSON.parse(new TextDecoder().decode(gunzipSync(await Deno.readFile(file))));
    const differences: string[] = [];
    compare(comparable(stored), comparable(found), "", run.weighted ? 1e-12 : 0, differences);
    if (differences.length === 0) passed++;
    else failed++;
    console.log(`${differences.length === 0 ? "same" : "DIFFERS"} ${run.name}`);
    for (const line of differences.slice(0, 12)) console.log(`  ${line}`);
    if (differences.length > 12) console.log(`  and ${differences.length - 12} more`);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
if (!Deno.args.includes("--store")) console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) Deno.exit(1);

/** A claim as it is stored. */
interface Claim {
  readonly id: string;
  readonly page: number;
  readonly verdict: string;
  readonly in_sample: boolean | null;
}
interface Sheet {
  readonly sheet: string;
  readonly data: readonly (readonly unknown[])[];
}

/** A banner table, which holds what estimates.json holds: everyone and the groups of each background. */
function isOfQuestion(data: Sheet["data"]): boolean {
  return data[4]?.[2] === "I alt";
}

/** Estimates as they are, of claims id, page and verdict, of workbooks the numbers by the names of their sheets. */
function comparable(report: unknown): unknown {
  if (!isObject(report) || !("claims" in report)) return report;
  const { claims, workbook, baseline, ...rest } = report as {
    claims: readonly Claim[];
    workbook: readonly Sheet[];
    baseline?: object;
  };
  return {
    ...rest,
    ...baseline && { baseline: { ...baseline, sha256: null } },
    claims: Object.fromEntries(
      claims.map(({ id, page, verdict, in_sample }) => [id, { page, verdict, in_sample }]),
    ),
    workbook: Object.fromEntries(
      workbook.filter(({ data }) => !isOfClaims(data) && !isOfQuestion(data)).map((
        { sheet, data },
      ) => [
        sheet,
        data.map((row) => row.filter((cell) => typeof cell === "number"))
          .filter((row) => row.length > 0),
      ]),
    ),
  };
}

/** The sheet of the statements, which are sentences; and what lists the sheets by their names. */
function isOfClaims(data: Sheet["data"]): boolean {
  return data.some((row) => row.some((cell) => cell === "pressed_to_change"));
}

function* runs(): Generator<Run> {
  for (const [data, weights] of cases()) {
    for (const where of [[], ["--where", "gender=woman"]]) {
      for (const baseline of [[], ["--baseline", `${folder}/${earlier}.csv`]]) {
        const name = [
          data,
          ...weights.length > 0 ? [weights[1]] : [],
          ...where.length > 0 ? ["women"] : [],
          ...baseline.length > 0 ? ["baseline"] : [],
        ].join("-");
        yield {
          name,
          weighted: weights.length > 0,
          args: ["--data", `${folder}/${data}.csv`, ...weights, ...where, ...baseline],
        };
      }
    }
  }
}

function cases(): [string, string[]][] {
  return [
    [answers, []],
    [weighted, ["--weights", "column"]],
    [answers, ["--weights", "population"]],
    [counts, []],
    [weightedCounts, ["--weights", "column"]],
  ];
}

/** The shipped answers; the same with weights; an earlier wave made of them; tables of counts. */
async function makeInputs(): Promise<void> {
  // One in five of those invited answered: numbers with gaps stand for people in both waves.
  const text = (await Deno.readTextFile(`${ROOT}data/responses.csv`))
    .replace(/^(synthetic-)(\d+)/gm, (_, prefix, id) => `${prefix}${5 * id}`);
  const [header = "", ...rows] = text.trimEnd().split("\n");
  await Deno.writeTextFile(`${folder}/${answers}.csv`, text);
  const weightOf = (i: number) => (0.4 + ((i * 37) % 101) / 50).toFixed(2);
  await Deno.writeTextFile(
    `${folder}/${weighted}.csv`,
    [`${header},weight`, ...rows.map((row, i) => `${row},${weightOf(i)}`)].join("\n") + "\n",
  );
  // Each third person answered in the earlier wave as the person 41 rows on does now.
  const before = rows.slice(0, 1100).map((row, i) => {
    const other = i % 3 === 0 ? rows[(i + 41) % rows.length]! : row;
    return [row.split(",")[0], ...other.split(",").slice(1)].join(",");
  });
  await Deno.writeTextFile(`${folder}/${earlier}.csv`, [header, ...before].join("\n") + "\n");
  await task(
    "counts",
    `${folder}/${answers}.csv`,
    "--where",
    "gender",
    "--out",
    `${folder}/${counts}.csv`,
  );
  await task(
    ...["counts", `${folder}/${weighted}.csv`, "--where", "gender", "--weights", "column"],
    ...["--out", `${folder}/${weightedCounts}.csv`],
  );
}

async function task(...args: string[]): Promise<string | null> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", `${ROOT}lib/cli.ts`, ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(stderr);
  return code === 0 ? null : `exit code ${code}\n${said}`;
}

/** A report's numbers, or why there is none. */
async function report({ name, args }: Run): Promise<unknown> {
  const out = `${folder}/out-${name}`;
  const refused = await task("report", ...args, "--out", out);
  if (refused !== null) return { refused: refused.replaceAll(folder, "FOLDER").split("\n")[0] };
  const { source, ...numbers } = JSON.parse(await Deno.readTextFile(`${out}/estimates.json`));
  const { respondents, synthetic } = source;
  const { buffer } = await Deno.readFile(`${out}/tables.da.xlsx`);
  const workbook = (await readWorkbook(buffer)).map(({ sheet, data }) => ({ sheet, data }));
  await Deno.remove(out, { recursive: true });
  return {
    source: { respondents, synthetic },
    ...numbers,
    workbook,
  };
}

function compare(a: unknown, b: unknown, at: string, within: number, found: string[]): void {
  if (Object.is(a, b)) return;
  if (typeof a === "number" && typeof b === "number") {
    if (Math.abs(a - b) <= within * Math.max(1, Math.abs(a), Math.abs(b))) return;
  } else if (isObject(a) && isObject(b)) {
    // What was not there before may have come.
    for (const key of Object.keys(a)) {
      compare(a[key], b[key], `${at}/${key}`, within, found);
    }
    return;
  }
  found.push(`${at}: ${JSON.stringify(a)} became ${JSON.stringify(b)}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
