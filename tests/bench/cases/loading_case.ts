import { deepEqual } from "node:assert/strict";
import { PROJECT } from "../../../lib/commands/project.ts";
import { codebook } from "../../../lib/responses/study.ts";
import { makeAnswerFiles, script } from "../answer_files.ts";
import type { Competitors } from "../competitors.ts";
import { median, runPairs } from "../pairs.ts";
import { type Case, isWanted } from "../row.ts";

const SIZES = [1_000_000, 10_000_000] as const;
/** No more than one and a half times what the database takes to read the file into a table. */
const LEAST_RATIO = 1 / 1.5;
/** Bytes above the codes themselves: for each respondent, their id among them, and for the database. */
const MOST_BYTES = 60, DATABASE_BYTES = 400e6;

interface Loaded {
  readonly ms: number;
  readonly respondents: number;
  /** The most memory, beyond what there was before. */
  readonly bytes: number;
  readonly codes: number;
  readonly answers: unknown;
}

/** Milliseconds of whole programs, from start to end. */
interface Programs {
  readonly ours: number[];
  readonly theirs: number[];
}

/**
 * Reading and checking a file, against reading the same file with polars and with DuckDB.
 *
 * The clocks of all of them run while the file is read: the programs run and have loaded their
 * libraries, but have read nothing before. What the whole programs take stands in the note.
 */
export function loadingCase({ python, missing }: Competitors): Case {
  return async ({ respondents: sizes = SIZES, pairs, against, folder, found: add, say }) => {
    const program = python?.program("python") ?? null;
    if (program === null) {
      return await add({
        key: "loading",
        case: "loading",
        what: "reading a file, validation included",
        rival: "DuckDB, polars",
        ratio: null,
        target: null,
        note: missing.join("; "),
      });
    }
    for (const respondents of sizes) {
      say(`writing ${respondents} respondents …`);
      const files = await makeAnswerFiles(program, folder, respondents);
      for (const file of files) {
        const kind = file.endsWith(".csv") ? "CSV" : "Parquet";
        for (const rival of ["DuckDB", "polars"].filter((name) => isWanted({ against }, name))) {
          say(`reading ${respondents} respondents from ${kind} against ${rival} …`);
          const bytes: number[] = [];
          const programs: Programs = { ours: [], theirs: [] };
          const found: Loaded[] = [];
          const ours = {
            name: "load",
            async run() {
              const loaded = await load(Deno.execPath(), [
                "run",
                "-A",
                script("load_survey.ts"),
                file,
              ], programs.ours);
              bytes.push((loaded.bytes - loaded.codes) / respondents);
              found[0] = loaded;
              return loaded.ms;
            },
          };
          const theirs = {
            name: rival,
            async run() {
              const engine = rival.toLowerCase();
              const questions = Object.keys(codebook().questions).join();
              const args = [script("loading.py"), engine, file, questions];
              found[1] = await load(program, args, programs.theirs);
              return found[1].ms;
            },
          };
          const ratio = await runPairs(ours, theirs, {
            pairs: pairs ?? (respondents > SIZES[0] ? 3 : 7),
            seconds: 120,
            warmUp: 0,
          });
          deepEqual(found[0]?.answers, found[1]?.answers, `${rival} has other answers`);
          deepEqual(found[0]?.respondents, found[1]?.respondents);
          await add({
            key: `loading/${kind}/${respondents}/${rival}`,
            case: "loading",
            what: `${kind}, ${respondents.toLocaleString("en")} respondents`,
            rival,
            ratio,
            target: rival === "DuckDB" ? LEAST_RATIO : null,
            figure: {
              name: "memory above the codes",
              value: median(bytes),
              unit: "bytes a respondent",
              most: MOST_BYTES + DATABASE_BYTES / respondents,
            },
            note: `reading alone, libraries loaded before; whole programs ${wholeText(programs)}`,
          });
        }
      }
      for (const file of files) await Deno.remove(file);
    }
  };
}

/** @param took Is added the milliseconds of the whole program to. */
async function load(
  program: string,
  args: readonly string[],
  took: number[],
): Promise<Loaded> {
  const began = performance.now();
  const { success, stdout } = await new Deno.Command(program, {
    args: [...args],
    cwd: PROJECT,
    stderr: "inherit",
  }).output();
  took.push(performance.now() - began);
  if (!success) throw new Error(`${args.join(" ")} failed`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

function wholeText({ ours, theirs }: Programs): string {
  const [a, b] = [ours, theirs].map((times) => (median(times) / 1_000).toPrecision(2));
  return `${a} s against ${b} s`;
}
