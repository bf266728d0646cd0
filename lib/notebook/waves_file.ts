import { countedSurvey } from "../responses/counted_answers.ts";
import { TextColumn } from "../responses/readers/text_column.ts";
import { readPacked, writePacked } from "../responses/packed_file.ts";
import type { Survey } from "../responses/survey.ts";
import type { ReadWaves } from "./read_waves.ts";

/** A survey as it is written: one that was read as counts has no codes, only names. */
type Stored = Omit<Survey, "codes" | "ids"> & {
  readonly codes?: Survey["codes"];
  readonly names?: readonly string[];
  readonly ids: Pick<TextColumn, "utf8" | "ends"> | null;
};

/**
 * Writes what was read, for the other processes of a run; see `writePacked()`. What stood there before
 * is replaced: who reads it meanwhile has it as it was.
 */
export async function writeWaves(path: string, { survey, earlier }: ReadWaves): Promise<void> {
  const draft = `${path}.${Deno.pid}`;
  await writePacked(draft, {
    survey: stored(survey),
    earlier: earlier && { ...earlier, survey: earlier.survey && stored(earlier.survey) },
  });
  await Deno.rename(draft, path);
}

/** Reads what {@link writeWaves} wrote. */
export async function readWavesFile(path: string): Promise<ReadWaves> {
  const { survey, earlier } = await readPacked<
    { survey: Stored; earlier: Omit<ReadWaves["earlier"] & object, "survey"> & { survey: Stored } }
  >(path);
  return {
    survey: restored(survey),
    earlier: earlier && { ...earlier, survey: earlier.survey && restored(earlier.survey) },
  };
}

function stored(survey: Survey): Stored {
  const { codes, ids, ...known } = survey;
  if (survey.counted) return { ...known, ids: null, names: [...codes.keys()] };
  return { ...known, codes, ids: ids && { utf8: ids.utf8, ends: ids.ends } };
}

function restored({ names, codes, ids, counted, ...known }: Stored): Survey {
  if (names) return countedSurvey(known, names, counted!);
  return { ...known, codes: codes!, ids: ids && new TextColumn(ids.utf8, ids.ends) };
}
