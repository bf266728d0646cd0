import { countedSurvey } from "../responses/counted_answers.ts";
import { TextColumn } from "../responses/readers/text_column.ts";
import type { Survey } from "../responses/survey.ts";
import type { ReadWaves } from "./read_waves.ts";

/** A survey without what cannot go to another thread: one that was read as counts has names for codes. */
type Plain = Omit<Survey, "codes" | "ids"> & {
  readonly codes?: Survey["codes"];
  readonly names?: readonly string[];
  readonly ids: Pick<TextColumn, "utf8" | "ends"> | null;
};

/** Answers that were read and checked, as a message to another thread. */
export interface HandedOver {
  readonly survey: Plain;
  readonly earlier: Omit<ReadWaves["earlier"] & object, "survey"> & { survey: Plain | null } | null;
}

/** What the notebooks of a report are given; what is long is shared between the threads. */
export function handOver({ survey, earlier }: ReadWaves): HandedOver {
  return {
    survey: plain(survey),
    earlier: earlier && { ...earlier, survey: earlier.survey && plain(earlier.survey) },
  };
}

let given: HandedOver | null = null;
let sum = 0;

/** Begins a notebook. @param data What {@link handOver} made; null: it reads the files itself. */
export function prepareNotebook(data: HandedOver | null): void {
  given = data;
  sum = sumOf();
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

/** What a notebook must not have done: written into the answers that all of them share; or null. */
export function wronglyChanged(): string | null {
  if (sumOf() === sum) return null;
  return "the notebook changed the answers themselves (survey.codes), which all notebooks share: " +
    "make a variable of its own with survey.derive()";
}

/** Tells answers apart that differ in a code or a weight. */
function sumOf(): number {
  let sum = 0;
  const surveys = [given?.survey ?? [], given?.earlier?.survey ?? []].flat();
  for (const { codes, numbers, weights } of surveys) {
    const columns = [codes, numbers].flatMap((each) => [...each?.values() ?? []]);
    for (const { buffer } of [...columns, ...weights ? [weights] : []]) {
      const words = new Int32Array(buffer);
      for (let i = 0; i < words.length; i++) sum = (Math.imul(sum, 31) + words[i]!) | 0;
    }
  }
  return sum;
}

function plain(survey: Survey): Plain {
  const { codes, ids, weights, numbers, ...known } = survey;
  const own = {
    ...known,
    weights: weights && shared(weights),
    ...numbers && { numbers: allShared(numbers) },
  };
  if (survey.counted) return { ...own, ids: null, names: [...codes.keys()] };
  return {
    ...own,
    codes: allShared(codes),
    ids: ids && { utf8: shared(ids.utf8), ends: shared(ids.ends) },
  };
}

function allShared<T extends Column>(columns: ReadonlyMap<string, T>): Map<string, T> {
  return new Map([...columns].map(([name, column]) => [name, shared(column)]));
}

type Column = Uint8Array | Int32Array | Float64Array;
const SHARED = new WeakMap<Column, Column>();

/** The same numbers where threads share them, in whole words; copied once. */
function shared<T extends Column>(column: T): T {
  const known = SHARED.get(column);
  if (known) return known as T;
  const { buffer, byteOffset, byteLength, length } = column;
  const copy = new SharedArrayBuffer(byteLength + 3 & ~3);
  new Uint8Array(copy).set(new Uint8Array(buffer, byteOffset, byteLength));
  const made =
    new (column.constructor as new (buffer: SharedArrayBuffer, at: 0, length: number) => T)(
      copy,
      0,
      length,
    );
  SHARED.set(column, made);
  return made;
}

function restored({ names, codes, ids, counted, ...known }: Plain): Survey {
  if (names) return countedSurvey(known, names, counted!);
  return { ...known, codes: codes!, ids: ids && new TextColumn(ids.utf8, ids.ends) };
}
