// Measures this project against what one would use instead, and writes a table.
//
//     deno task bench [report estimates loading beyond-memory rerun]
//         [--respondents 1000000] [--against polars,DuckDB] [--pairs 5] [--store] [--readme]
//
// Needs Linux, Python 3 and a package registry; R is installed by apt. --store keeps all ratios in
// baseline.json, --readme puts what was stored of each case last into tests/bench/README.md. Each case is stored
// as JSON in tests/out/bench/. Ends with 1 where two sides have different numbers.
import { Command } from "commander";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readBaseline, slowerThan, storeBaseline } from "./baseline.ts";
import { beyondMemoryCase } from "./cases/beyond_memory_case.ts";
import { estimatesCase } from "./cases/estimates_case.ts";
import { loadingCase } from "./cases/loading_case.ts";
import { reportCase } from "./cases/report_case.ts";
import { rerunCase } from "./cases/rerun_case.ts";
import { type Competitors, installCompetitors } from "./competitors.ts";
import { describeMachine, loadNow, machineLine } from "./machine.ts";
import { writeReadme } from "./readme.ts";
import { readResults, storeRow } from "./results.ts";
import type { Case, Row } from "./row.ts";
import { tableOf } from "./table.ts";

const OUT = fileURLToPath(new URL("../out/bench", import.meta.url));

const CASES: Record<string, (competitors: Competitors) => Case> = {
  report: reportCase,
  estimates: estimatesCase,
  loading: loadingCase,
  "beyond-memory": () => beyondMemoryCase,
  rerun: () => rerunCase,
};

const numbers = (value: string) =>
  value.split(",").map((text) => {
    if (!(Number(text) >= 1)) throw new Error(`"${text}" is not a number above 0`);
    return Number(text);
  });

const program = new Command("deno task bench")
  .argument("[cases...]", `any of ${Object.keys(CASES).join(", ")}; by default all`)
  .option("--respondents <numbers>", "only surveys of so many respondents, with commas", numbers)
  .option("--pairs <number>", "how many pairs of runs", Number)
  .option(
    "--against <names>",
    "only against these (R, Arquero, pandas, polars, DuckDB), with commas",
    (value: string) => value.split(","),
  )
  .option("--stored", "measure nothing: --store and --readme take what was measured before")
  .option("--store", "keep the ratios as the baseline")
  .option("--readme", "put the table into tests/bench/README.md")
  .parse(Deno.args, { from: "user" });
const options = program.opts<
  {
    respondents?: number[];
    pairs?: number;
    against?: string[];
    stored?: boolean;
    store?: boolean;
    readme?: boolean;
  }
>();
const names = options.stored ? [] : program.args.length > 0 ? program.args : Object.keys(CASES);
const unknown = names.filter((name) => !(name in CASES));
if (unknown.length > 0) program.error(`there is no case ${unknown.join(", ")}`);

const say = (text: string) => console.error(text);
await Deno.mkdir(OUT, { recursive: true });
const machine = await describeMachine();
say(`${machineLine(machine)}, load ${loadNow()}`);
const competitors = options.stored
  ? { python: null, rscript: null, missing: [] }
  : await installCompetitors(join(OUT, "python"), say);
competitors.missing.forEach((text) => say(`missing: ${text}`));

const rows: Row[] = [];
const folder = await Deno.makeTempDir({ prefix: "bench-" });
try {
  for (const name of names) {
    const { respondents, pairs, against } = options;
    const found = async (row: Row) => {
      rows.push(row);
      await storeRow(OUT, {
        case: name,
        day: new Date().toISOString().slice(0, 10),
        machine,
        load: [loadNow(), loadNow()],
        missing: competitors.missing,
        rows: [row],
      });
    };
    await CASES[name]!(competitors)({ respondents, pairs, against, folder, found, say });
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

const results = await readResults(OUT, Object.keys(CASES));
const all = results.flatMap(({ rows }) => rows);
console.log(tableOf(options.stored ? all : rows));
for (const line of slowerThan(await readBaseline(), options.stored ? all : rows)) console.log(line);
if (options.store) await storeBaseline(all);
if (options.readme) await writeReadme(results);
