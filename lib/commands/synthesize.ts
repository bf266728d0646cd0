import { resolve } from "node:path";
import { InputError } from "../responses/input_error.ts";
import { codebook, dataFile } from "../responses/shipped_codebook.ts";
import { synthesisDesign } from "../responses/synthesis_design.ts";
import { parseShift } from "../responses/synthesis/parse_shift.ts";
import { synthesize, type SynthesizeOptions } from "../responses/synthesize.ts";

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
  const options: SynthesizeOptions = {
    ...command.seed === undefined ? {} : { seed: wholeNumber("--seed", command.seed) },
    ...command.shift === undefined ? {} : { shift: parseShift(command.shift) },
    ...command.vary === undefined ? {} : { vary: wholeNumber("--vary", command.vary) },
    ...command.respondents === undefined
      ? {}
      : { respondents: wholeNumber("--respondents", command.respondents) },
  };
  if (command.out === undefined && Object.keys(options).length > 0) {
    throw new InputError(
      "These options make other answers than those in data/responses.csv. " +
        "Say where to write them: --out FILE.",
    );
  }
  const csv = synthesize(codebook(), synthesisDesign(), options);
  const out = command.out === undefined ? dataFile("responses.csv") : resolve(command.out);
  await Deno.writeTextFile(out, csv);
  console.log(`${command.out ?? "data/responses.csv"}: ${csv.split("\n").length - 2} respondents`);
  return 0;
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new InputError(`${option} ${text}: give a whole number.`);
  }
  return Number(text);
}
