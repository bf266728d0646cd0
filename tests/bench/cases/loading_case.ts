import { deepEqual } from "node:assert/strict";
import { PROJECT } from "../../../lib/commands/project.ts";
import { codebook } from "../../../lib/survey/shipped_codebook.ts";
import { makeAnswerFiles, script } from "../answer_files.ts";
import type { Competitors } from "../competitors.ts";
import { median, runPairs } from "../pairs.ts";
import { type Case, isWanted } from "../row.ts";

const SIZES = [1_000_000, 10_000_000];
/** No more than twice the time of the best. */
const LEAST_RATIO = 1 / 2;
/** Bytes for each respondent, above the codes themselves. */
const MOST_BYTES = 60;

interface Loaded {
  readonly ms: number;
  readonly respondents: number;
  /** The most memory, beyond what there was before. */
  readonly bytes: number;
  readonly codes: number;
  readonly answers: unknown;
}

/** Reading and checking a file, against reading the same file with polars and with DuckDB. */
export function loadingCase({ python, missing }: Competitors): Case {
  return async ({ respondents: sizes = SIZES, pairs = 3, against, folder, found: add, say }) => {
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
          const found: Loaded[] = [];
          const ours = {
            name: "load",
            async run() {
              const loaded = await load(Deno.execPath(), [
                "run",
                "-A",
                script("load_survey.ts"),
                file,
              ]);
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
              found[1] = await load(program, args);
              return found[1].ms;
            },
          };
          const ratio = await runPairs(ours, theirs, { pairs, seconds: 120, warmUp: 0 });
          deepEqual(found[0]?.answers, found[1]?.answers, `${rival} has other answers`);
          deepEqual(found[0]?.respondents, found[1]?.respondents);
          await add({
            key: `loading/${kind}/${respondents}/${rival}`,
            case: "loading",
            what: `${kind}, ${respondents.toLocaleString("en")} respondents`,
            rival,
            ratio,
            target: LEAST_RATIO,
            figure: {
              name: "memory above the codes",
              value: median(bytes),
              unit: "bytes a respondent",
              most: MOST_BYTES,
            },
          });
        }
      }
      for (const file of files) await Deno.remove(file);
    }
  };
}

async function load(program: string, args: readonly string[]): Promise<Loaded> {
  const { success, stdout } = await new Deno.Command(program, {
    args: [...args],
    cwd: PROJECT,
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`${args.join(" ")} failed`);
  return JSON.parse(new TextDecoder().decode(stdout));
}
