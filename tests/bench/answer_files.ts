import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { codebook, synthesisDesign } from "../../lib/responses/study.ts";
import { synthesize } from "../../lib/responses/synthesis/synthesize.ts";
import { runProgram } from "../jupyter/python_environment.ts";

/** So many different respondents are made; a larger file has each of them several times. */
const DIFFERENT = 20_000;

/**
 * Writes response files of any number of respondents, with an id each, as other programs write them.
 *
 * @param python A Python that has polars.
 * @param folder Where they go.
 * @returns The paths of a CSV file and of a Parquet file.
 */
export async function makeAnswerFiles(
  python: string,
  folder: string,
  respondents: number,
): Promise<readonly [csv: string, parquet: string]> {
  const small = join(folder, "people.csv");
  const people = { respondents: Math.min(DIFFERENT, respondents) };
  await Deno.writeTextFile(small, synthesize(codebook(), synthesisDesign(), people));
  const [csv, parquet] = [join(folder, "answers.csv"), join(folder, "answers.parquet")];
  await runProgram(python, [script("make_answers.py"), small, String(respondents), csv, parquet]);
  return [csv, parquet];
}

/** The path of a script in competitors/. */
export function script(name: string): string {
  return fileURLToPath(new URL(`competitors/${name}`, import.meta.url));
}
