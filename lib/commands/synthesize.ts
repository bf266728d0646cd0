import { fileURLToPath } from "node:url";
import { InputError } from "../responses/input_error.ts";
import { codebook, dataFile, synthesisDesign } from "../responses/study.ts";
import { synthesize } from "../responses/synthesis/synthesize.ts";
import { writeOver } from "./write_over.ts";

/** The options of `deno task synthesize`. */
export interface SynthesizeCommand {
  readonly seed?: string;
  /** "question=points", any number of them. */
  readonly shift?: readonly string[];
  readonly vary?: string;
  readonly respondents?: string;
  readonly out?: string;
}

/**
 * Makes synthetic answers. Without options it makes `data/responses.csv` anew, the same bytes.
 *
 * @throws {InputError} Where an option is unfit, or other answers would replace the shipped ones.
 */
export async function synthesizeFile(command: SynthesizeCommand): Promise<number> {
  const { seed, shift, vary, respondents, out } = command;
  const options = {
    ...seed !== undefined && { seed: wholeNumber("--seed", seed) },
    ...shift !== undefined && { shift: parseShift(shift) },
    ...vary !== undefined && { vary: wholeNumber("--vary", vary) },
    ...respondents !== undefined && { respondents: wholeNumber("--respondents", respondents) },
  };
  if (out === undefined && Object.keys(options).length > 0) {
    throw new InputError(
      "These options make other answers than those in data/responses.csv. " +
        "Say where to write them: --out FILE.",
    );
  }
  const csv = synthesize(codebook(), synthesisDesign(), options);
  const { column, synthetic_prefix: prefix } = codebook().respondent;
  const madeUp = new RegExp(`^${column},.*\n${prefix}`);
  await writeOver(out ?? fileURLToPath(dataFile("responses.csv")), csv, madeUp, "made-up answers");
  console.log(`${out ?? "data/responses.csv"}: ${csv.split("\n").length - 2} respondents`);
  return 0;
}

/**
 * Reads shifts as written on the command line.
 *
 * @param texts Each `question=points`, as in `job_satisfaction=+8`; a decimal comma will do.
 * @returns Percentage points by question, for `synthesize()`, which checks the names.
 * @throws {InputError} If one is not written like that, or a question comes twice.
 */
export function parseShift(texts: readonly string[]): Record<string, number> {
  const shifts = new Map<string, number>();
  for (const text of texts) {
    const parts = /^\s*([a-z][a-z0-9_]*)\s*=\s*([+-]?\d+(?:[.,]\d+)?)\s*$/.exec(text);
    const [, question, points] = parts ?? [];
    if (question === undefined || points === undefined) {
      throw new InputError(
        `Cannot read the shift "${text}": write question=points, as in --shift ${
          Object.keys(codebook().questions)[0]
        }=+8.`,
      );
    }
    if (shifts.has(question)) {
      throw new InputError(
        `The question ${question} is shifted twice: give --shift ${question}=… once.`,
      );
    }
    shifts.set(question, Number(points.replace(",", ".")));
  }
  return Object.fromEntries(shifts);
}

function wholeNumber(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InputError(`${option} ${text}: give a whole number.`);
}
