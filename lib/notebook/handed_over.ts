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
  /** No other answers have it. */
  readonly key: string;
  readonly survey: Plain;
  readonly earlier: Omit<ReadWaves["earlier"] & object, "survey"> & { survey: Plain | null } | null;
}

/**
 * What the notebooks of a report are given, so that none of them reads the answers again. The threads
 * share what is long: a million respondents are 50 MB.
 */
export function handOver({ survey, earlier }: ReadWaves): HandedOver {
  return {
    key: crypto.randomUUID(),
    survey: plain(survey),
    earlier: earlier && { ...earlier, survey: earlier.survey && plain(earlier.survey) },
  };
}

let given: HandedOver | null = null;
let sum = 0;

/** Begins a notebook. @param data What {@link handOver} made; null: it reads the files itself. */
export function prepareNotebook(data: HandedOver | null): void {
  const before = data?.key === given?.key ? given : null;
  // All else that a notebook has changed is as it was; of the same columns it is known what was counted.
  const again = (survey: Plain, before: Plain | null | undefined): Plain =>
    before?.codes ? { ...survey, codes: before.codes, weights: before.weights } : survey;
  given = data && {
    ...data,
    survey: again(data.survey, before?.survey),
    earlier: data.earlier && {
      ...data.earlier,
      survey: data.earlier.survey && again(data.earlier.survey, before?.earlier?.survey),
    },
  };
  if (before === null) sum = sumOf();
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
  const floats = (all: Float64Array) => new Float64Array(shared(all), 0, all.length);
  const own = {
    ...known,
    weights: weights && floats(weights),
    ...numbers && { numbers: new Map([...numbers].map(([name, all]) => [name, floats(all)])) },
  };
  if (survey.counted) return { ...own, ids: null, names: [...codes.keys()] };
  return {
    ...own,
    codes: new Map(
      [...codes].map(([name, column]) => [name, new Uint8Array(shared(column), 0, column.length)]),
    ),
    ids: ids && {
      utf8: new Uint8Array(shared(ids.utf8), 0, ids.utf8.length),
      ends: new Int32Array(shared(ids.ends), 0, ids.length),
    },
  };
}

/** A copy of numbers that threads share, in whole words. */
function shared({ buffer, byteOffset, byteLength }: ArrayBufferView): SharedArrayBuffer {
  const copy = new SharedArrayBuffer(byteLength + 3 & ~3);
  new Uint8Array(copy).set(new Uint8Array(buffer, byteOffset, byteLength));
  return copy;
}

function restored({ names, codes, ids, counted, ...known }: Plain): Survey {
  if (names) return countedSurvey(known, names, counted!);
  return { ...known, codes: codes!, ids: ids && new TextColumn(ids.utf8, ids.ends) };
}
