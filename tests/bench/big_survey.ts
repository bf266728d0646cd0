import { join } from "node:path";
import { breakdowns } from "../../lib/statistics/estimates.ts";
import { columnOf } from "../../lib/statistics/column.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, synthesisDesign } from "../../lib/responses/study.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { synthesize } from "../../lib/responses/synthesis/synthesize.ts";

/** So many different respondents are made; a larger survey has each of them several times. */
const DIFFERENT = 20_000;

/**
 * A survey of any number of respondents, the same at every run.
 *
 * @param folder Where the synthetic answers are written.
 * @param respondents How many.
 * @param weighted Whether each has a weight of its own.
 */
export async function bigSurvey(
  folder: string,
  respondents: number,
  weighted: boolean,
): Promise<Survey> {
  const different = Math.min(respondents, DIFFERENT);
  const file = join(folder, `answers-${different}.csv`);
  const csv = synthesize(codebook(), synthesisDesign(), { respondents: different });
  await Deno.writeTextFile(file, csv);
  const survey = await loadAnswers(file, codebook());
  const random = numbersFrom(20_230_401);
  const who = respondents === different
    ? Uint16Array.from({ length: different }, (_, i) => i)
    : new Uint16Array(respondents).map(() => random() * different);
  const codes = new Map(
    [...survey.codes].map(([name, of]) => {
      const column = new Uint8Array(respondents);
      for (let i = 0; i < respondents; i++) column[i] = of[who[i]!]!;
      return [name, column];
    }),
  );
  const weights = weighted ? new Float64Array(respondents).map(() => 0.5 + random()) : null;
  return { ...survey, codes, weights, source: { ...survey.source, respondents } };
}

/** Numbers from 0 to 1, the same for a seed. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** The questions of estimates.json by their variables, as the other programs read them. */
export type Pairs = readonly (readonly [question: string, by: string | null])[];

/**
 * Writes a survey for other programs: each column as bytes, with a file that says which is which.
 *
 * @returns That file's path.
 */
export async function writeCodes(folder: string, survey: Survey, pairs: Pairs): Promise<string> {
  const columns = [];
  for (const name of new Set(breakdowns(survey).flat().filter((each) => each !== null))) {
    const file = join(folder, `${name}.u8`);
    await Deno.writeFile(file, columnOf(survey, name).codes);
    columns.push({ name, file, categories: columnOf(survey, name).categories.length });
  }
  const weights = join(folder, "weights.f64");
  const ones = new Float64Array(survey.source.respondents).fill(1);
  await Deno.writeFile(weights, new Uint8Array((survey.weights ?? ones).buffer as ArrayBuffer));
  const file = join(folder, "survey.json");
  await Deno.writeTextFile(
    file,
    JSON.stringify({ respondents: survey.source.respondents, columns, weights, pairs }),
  );
  return file;
}
