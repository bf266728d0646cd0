import { join } from "node:path";
import { PROJECT } from "../../../lib/commands/project.ts";
import { makeParquetParts } from "../make_parquet_parts.ts";
import { consume } from "../process_tree.ts";
import type { Case } from "../row.ts";

const SIZES = [10_000_000, 100_000_000];
const A_PART = 1_000_000;
/** So many of the parts are also counted in memory, one by one, and added up. */
const SAMPLE = 2;
/** Memory is flat if ten times the respondents take no more than this times of it. */
const FLAT = 1.3;

/** A folder of Parquet files, larger than memory, counted with DuckDB by `deno task counts`. */
export const beyondMemoryCase: Case = async (
  { respondents: sizes = SIZES, folder, found, say },
) => {
  const peaks: number[] = [];
  for (const respondents of sizes) {
    const out = join(folder, `parts-${respondents}`);
    const parts = Math.max(SAMPLE, Math.ceil(respondents / A_PART));
    say(`writing ${respondents} respondents in ${parts} Parquet files …`);
    const paths = await makeParquetParts({ respondents, parts, seed: 7, out });
    say("  counting a sample of the parts with both engines …");
    const compared = await requireSameCounts(paths.slice(0, SAMPLE), folder);
    say(`  ${compared} counts are the same; counting all with DuckDB …`);
    const { ms, peakMb, cpu } = await count(out, join(folder, "counts.csv"));
    peaks.push(peakMb);
    await found({
      key: `beyond-memory/${respondents}`,
      case: "beyond-memory",
      what: `all counts of ${respondents.toLocaleString("en")} respondents in ${parts} files`,
      rival: "–",
      ratio: null,
      target: null,
      figure: { name: "memory", value: peakMb, unit: "MB", most: null },
      note: `${Math.round(ms / 1_000)} s, processor time ${Math.round(cpu)} s`,
    });
    await Deno.remove(out, { recursive: true });
  }
  const [first, last] = [peaks[0], peaks.at(-1)];
  if (first !== undefined && last !== undefined && peaks.length > 1) {
    await found({
      key: "beyond-memory/flat",
      case: "beyond-memory",
      what: `memory of ${sizes.at(-1)!.toLocaleString("en")} by that of ${
        sizes[0]!.toLocaleString("en")
      }`,
      rival: "itself",
      ratio: null,
      target: null,
      figure: { name: "growth", value: last / first, unit: "times", most: FLAT },
    });
  }
};

async function count(data: string, out: string) {
  return await consume(
    Deno.execPath(),
    ["run", "-A", "lib/cli.ts", "counts", data, "--weights", "column", "--out", out],
    { cwd: PROJECT },
  );
}

/**
 * Counts parts in memory one by one, and as one folder with DuckDB.
 *
 * @returns How many counts there are.
 * @throws {Error} Where the sum of the first is not the second.
 */
async function requireSameCounts(paths: readonly string[], folder: string): Promise<number> {
  const sample = await Deno.makeTempDir({ dir: folder });
  const added = new Map<string, number[]>();
  for (const path of paths) {
    await count(path, join(sample, "one.csv"));
    for (const [key, numbers] of await readCounts(join(sample, "one.csv"))) {
      const before = added.get(key) ?? numbers.map(() => 0);
      added.set(key, before.map((sum, i) => sum + numbers[i]!));
    }
    await Deno.link(path, join(sample, path.split("/").at(-1)!));
  }
  await Deno.remove(join(sample, "one.csv"));
  await count(sample, join(folder, "sample.csv"));
  const together = await readCounts(join(folder, "sample.csv"));
  const keys = new Set([...added.keys(), ...together.keys()]);
  for (const key of keys) {
    const [one, other] = [added.get(key), together.get(key)];
    const isSame = one?.every((sum, i) => Math.abs(sum - (other?.[i] ?? NaN)) <= 1e-9 * sum);
    if (!isSame) throw new Error(`The engines differ in ${key}: ${one} in memory, ${other}`);
  }
  return keys.size;
}

/** The people of each combination: the last three columns are n, w and w2. */
async function readCounts(path: string): Promise<Map<string, number[]>> {
  const lines = (await Deno.readTextFile(path)).trim().split("\n").slice(1);
  return new Map(lines.map((line) => {
    const cells = line.split(",");
    return [cells.slice(0, -3).join(), cells.slice(-3).map(Number)];
  }));
}
