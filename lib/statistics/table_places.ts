import { NO_ANSWER, NOT_ASKED, type Survey } from "../responses/survey.ts";
import { bitsOf } from "./byte_lanes.ts";
import { type Column, columnOf } from "./column.ts";
import { countBins } from "./count_bins.ts";
import { placesOfTables } from "./count_tables.ts";
import { codesOf } from "./counts_of_bins.ts";
import type { Pack } from "./pack.ts";
import { packColumns } from "./pack_columns.ts";

/** People who answered a question and have the same answers to some variables. */
export interface Place {
  /** Their codes, variable by variable. */
  readonly codes: readonly number[];
  /** How many of them gave each answer, in codebook order. */
  readonly people: Float64Array;
}

/**
 * The table of several variables among those who answered a question: its places that anybody is in.
 * Of everyone, whatever part a survey is restricted to.
 *
 * @param answers The question's column.
 * @param variables Codebook ids, each once.
 */
export function tablePlaces(
  survey: Survey,
  answers: Column,
  variables: readonly string[],
): Place[] {
  if (survey.counted) return placesOfTables(survey, answers, variables);
  const columns = variables.map((name) => columnOf(survey, name));
  const [pack, ...others] = packColumns(columns, null, answers.codes.length);
  return others.length === 0
    ? placesOfPack(answers, columns, pack!)
    : sparsePlaces(answers, columns);
}

function placesOfPack(answers: Column, columns: readonly Column[], pack: Pack): Place[] {
  const [bins] = countBins([answers], pack, null);
  const codes = columns.map(codesOf);
  const places = columns.map((column) => pack.placesOf(column));
  return Array.from({ length: pack.size }, (_, number) => {
    // Before the people who gave the first answer are those who gave none, and after the last.
    const first = (number << bitsOf(answers)) + 1;
    return {
      codes: codes.map((of, c) => of[places[c]![number]!]!),
      people: bins!.n.slice(first, first + answers.categories.length),
    };
  }).filter(({ people }) => people.some((n) => n > 0));
}

function sparsePlaces(answers: Column, columns: readonly Column[]): Place[] {
  const width = answers.categories.length;
  const places = new Map<string, Place>();
  for (let i = 0; i < answers.codes.length; i++) {
    const answer = answers.codes[i]!;
    if (answer === NO_ANSWER || answer === NOT_ASKED) continue;
    const codes = columns.map((column) => column.codes[i]!);
    const key = String.fromCharCode(...codes);
    const place = places.get(key) ?? { codes, people: new Float64Array(width) };
    places.set(key, place);
    place.people[answer - 1]!++;
  }
  return [...places.values()];
}
