import { countedSurvey } from "../responses/counted_survey.ts";
import { readPacked, writePacked } from "../responses/packed_file.ts";
import type { Survey } from "../responses/survey.ts";
import type { ReadWaves } from "./read_waves.ts";

/** A survey as it is written: one that was read as counts has no codes, only names. */
type Stored = Survey | Omit<Survey, "codes"> & { readonly names: readonly string[] };

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
  if (!survey.counted) return survey;
  const { codes, ...known } = survey;
  return { ...known, names: [...codes.keys()] };
}

function restored(survey: Stored): Survey {
  if (!("names" in survey)) return survey;
  const { names, counted, ...known } = survey;
  return countedSurvey(known, names, counted!);
}
