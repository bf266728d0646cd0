import { NO_ANSWER, NOT_ASKED, type Survey } from "../survey/survey.ts";
import { type Column, columnOf } from "./column.ts";
import { placesOfTables } from "./count_tables.ts";

/** People who answered a question and have the same answers to some variables. */
export interface Place {
  /** Their codes, variable by variable. */
  readonly codes: readonly number[];
  /** How many of them gave each answer, in codebook order. */
  readonly people: Float64Array;
}

/** So many bins are counted in one array, more in a map. */
const MOST_BINS = 1 << 20;

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
  const width = answers.categories.length;
  const size = columns.reduce((bins, { categories }) => bins * (categories.length + 2), width);
  return size <= MOST_BINS ? densePlaces(answers, columns, size) : sparsePlaces(answers, columns);
}

function densePlaces(answers: Column, columns: readonly Column[], size: number): Place[] {
  const width = answers.categories.length;
  const bins = new Uint32Array(size);
  let stride = width;
  const strides = columns.map(({ categories }) => {
    const own = stride;
    stride *= categories.length + 2;
    return own;
  });
  const steps = columns.map(({ categories }, c) =>
    Uint32Array.from(
      { length: 256 },
      (_, code) => (code === NOT_ASKED ? categories.length + 1 : code) * strides[c]!,
    )
  );
  const { codes } = answers;
  const [first, second] = [columns[0]?.codes, columns[1]?.codes];
  const [one, two] = steps;
  for (let i = 0; i < codes.length; i++) {
    const answer = codes[i]!;
    if (answer === NO_ANSWER || answer === NOT_ASKED) continue;
    let at = answer - 1;
    if (first) at += one![first[i]!]!;
    if (second) at += two![second[i]!]!;
    for (let c = 2; c < columns.length; c++) at += steps[c]![columns[c]!.codes[i]!]!;
    bins[at]!++;
  }
  const places: Place[] = [];
  for (let start = 0; start < size; start += width) {
    const people = Float64Array.from(bins.subarray(start, start + width));
    if (people.every((n) => n === 0)) continue;
    const codes = columns.map(({ categories }, c) => {
      const place = Math.floor(start / strides[c]!) % (categories.length + 2);
      return place === categories.length + 1 ? NOT_ASKED : place;
    });
    places.push({ codes, people });
  }
  return places;
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
