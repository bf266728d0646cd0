import { countedSurvey } from "../responses/counted_answers.ts";
import { TextColumn } from "../responses/readers/text_column.ts";
import type { Survey } from "../responses/survey.ts";
import type { ReadWaves } from "./read_waves.ts";

/** A survey without what cannot go to another thread: one that was read as counts has names for codes. */
type Plain = Omit<Survey, "codes" | "ids" | "beside"> & {
  readonly codes?: Survey["codes"];
  readonly names?: readonly string[];
  readonly ids: Pick<TextColumn, "utf8" | "ends"> | null;
};

/** Answers that were read and checked, as a message to another thread. */
export interface HandedOver {
  readonly survey: Plain;
  readonly earlier: Omit<ReadWaves["earlier"] & object, "survey"> & { survey: Plain | null } | null;
}

/** What the notebooks of a report are given, so that none of them reads the answers again. */
export function handOver({ survey, earlier }: ReadWaves): HandedOver {
  return {
    survey: plain(survey),
    earlier: earlier && { ...earlier, survey: earlier.survey && plain(earlier.survey) },
  };
}

let given: HandedOver | null = null;

/** Begins a notebook. @param data What {@link handOver} made; null: it reads the files itself. */
export function prepareNotebook(data: HandedOver | null): void {
  given = data;
}

/** The answers that this notebook was given; null: none. */
export function handedOver(): ReadWaves | null {
  if (given === null) return null;
  const { survey, earlier } = given;
  return {
    survey: restored(survey),
    earlier: earlier && { ...earlier, survey: earlier.survey && restored(earlier.survey) },
  };
}

function plain(survey: Survey): Plain {
  const { codes, ids, beside: _, ...known } = survey;
  if (survey.counted) return { ...known, ids: null, names: [...codes.keys()] };
  return { ...known, codes, ids: ids && { utf8: ids.utf8, ends: ids.ends } };
}

function restored({ names, codes, ids, counted, ...known }: Plain): Survey {
  if (names) return countedSurvey(known, names, counted!);
  return { ...known, codes: codes!, ids: ids && new TextColumn(ids.utf8, ids.ends) };
}
