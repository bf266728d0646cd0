import type { ColumnTable } from "arquero";
import { resolve } from "node:path";
import { countedSurvey } from "../responses/counted_answers.ts";
import {
  type Answers,
  type Derived,
  type DeriveOptions,
  deriveVariables,
  joinVariables,
} from "../responses/derive.ts";
import type { Language } from "../responses/language.ts";
import { TextColumn } from "../responses/readers/text_column.ts";
import { type Responses, responsesTable } from "../responses/responses_table.ts";
import { type GroupId, rereadStudy, type VariableId, type WithOwn } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { texts } from "../words/catalogue.ts";
import { checkOptions } from "./check_options.ts";
import type { Baseline, ReadWaves } from "./read_waves.ts";
import {
  categoriesNamed,
  parseEngine,
  parseWhere,
  readSettings,
  type Settings,
  variableNamed,
} from "./settings.ts";

/** The answers that a report is about, and what they are compared with. */
export interface OpenedSurvey extends Survey {
  /** The earlier wave; null or absent where there is none. */
  readonly baseline?: Baseline | null;
}

export interface CellSurvey<Own extends string = never> extends OpenedSurvey, WithOwn<Own> {}

/** A survey as a cell has it: with its answers as a table, and room for variables of one's own. */
export class CellSurvey<Own extends string = never> {
  constructor(survey: OpenedSurvey) {
    Object.assign(this, survey);
  }

  /**
   * The answers as an Arquero table, one row per respondent: ids, then every variable and question, with
   * category ids as values, null for no answer and undefined for not asked.
   *
   * @throws {NeedsRows} Where the survey was read as counts.
   */
  get responses(): Responses {
    return responsesTable(this);
  }

  /** The same with labels in a language in place of category ids. */
  labelled(language: Language): Responses {
    return responsesTable(this, language);
  }

  /**
   * The survey with variables of one's own, each made by a function of one respondent's answers:
   *
   * ```ts
   * const more = survey.derive({
   *   squeezed: (d) => d.pressure === "often" && d.leader_independence === "disagree",
   * }, { labels: { squeezed: { da: "I klemme", en: "Squeezed" } } });
   * share(more, "squeezed", { category: "yes" });
   * comparison(more, "wellbeing", { by: "squeezed" });
   * ```
   *
   * Shares, charts, breakdowns, weights, domains and disclosure take it like any other question or
   * variable; see `deriveVariables()` for what is missing when.
   */
  derive<Name extends string>(
    make: Readonly<Record<Name, (answers: Answers) => Derived>>,
    options?: DeriveOptions<Name>,
  ): CellSurvey<Own | Name> {
    return new CellSurvey(deriveVariables(this, make, options as DeriveOptions, texts("derived")));
  }

  /** The survey with columns of a table of one's own, which has the codebook's column of ids. */
  join<Name extends string = never>(
    table: ColumnTable,
    options?: DeriveOptions<Name>,
  ): CellSurvey<Own | Name> {
    const rows = table.objects() as Record<string, unknown>[];
    return new CellSurvey(joinVariables(this, rows, options as DeriveOptions, texts("derived")));
  }
}

/** What `openSurvey()` takes in a cell: any part of the settings, as the environment has them. */
interface CellSettings
  extends Partial<Pick<Settings, "data" | "baseline" | "mapping" | "weights">> {
  readonly engine?: string | null;
  /** A group: `{ gender: "woman" }`, with several categories in a list, or "Gender=Woman" (labels do). */
  readonly where?:
    | string
    | { readonly [V in VariableId]?: GroupId<V> | readonly GroupId<V>[] };
}

/**
 * Reads the answers that this notebook is about, and the earlier wave, as the environment has it (see
 * `readSettings()`); in a report they were read before, once for all notebooks.
 *
 * @param given A response file, or any part of the settings: it goes before the environment.
 * @throws {InputError} With every problem of the files, or where the group is not in the codebook or
 *   leaves out too few people, or where there are no weights to be had.
 */
export async function openSurvey(given: string | CellSettings = {}): Promise<CellSurvey> {
  const own = typeof given === "string" ? { data: given } : given;
  // What a report has read is the answers that its call names.
  const read = Object.keys(own).length === 0 ? handedOver() : null;
  if (read) return await openedSurvey(read);
  rereadStudy();
  return await openWith({ ...readSettings(), ...understood(own) });
}

/** The same with all settings given. */
export async function openWith(settings: Settings): Promise<CellSurvey> {
  // An export has said what should be known, once and not in every notebook.
  const { readWaves } = await import("./read_waves.ts");
  return await openedSurvey(await readWaves(settings, settings.report ? () => {} : undefined));
}

/** A survey with all that can be asked of it, of what was read. */
export async function openedSurvey({ survey, earlier }: ReadWaves): Promise<CellSurvey> {
  if (earlier === null) return latest = new CellSurvey(survey);
  const { compareWithEarlier } = await import("./read_waves.ts");
  return latest = new CellSurvey({ ...survey, baseline: compareWithEarlier(survey, earlier) });
}

let latest: CellSurvey | null = null;

/** The survey that this notebook has opened last; null where it has opened none. */
export function latestSurvey(): CellSurvey | null {
  return latest;
}

function understood(given: CellSettings): Partial<Settings> {
  checkOptions("openSurvey()", given, GIVEN, []);
  const { data, engine, where, ...others } = given;
  return {
    ...others,
    ...data !== undefined && { data: data === null ? null : resolve(data) },
    ...engine !== undefined && { engine: parseEngine(engine ?? undefined, "openSurvey: engine") },
    ...where !== undefined && { where: conditionsOf(where) },
  };
}

const GIVEN = ["data", "baseline", "mapping", "weights", "engine", "where"];

function conditionsOf(where: NonNullable<CellSettings["where"]>): Settings["where"] {
  if (typeof where === "string") {
    return parseWhere([where].filter(Boolean), "openSurvey: where");
  }
  return Object.fromEntries(
    Object.entries(where).map(([name, among]) => {
      const variable = variableNamed(name);
      const names = [among].flat() as string[];
      return [variable, names.flatMap((each) => categoriesNamed(variable, each))];
    }),
  );
}

/** A survey without what cannot go to another thread: one that was read as counts has names for codes. */
type Plain = Omit<Survey, "codes" | "ids"> & {
  readonly codes?: Survey["codes"];
  readonly names?: readonly string[];
  readonly ids: Pick<TextColumn, "utf8" | "ends"> | null;
};

/** Answers that were read and checked, as a message to another thread. */
interface HandedOver {
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
function handedOver(): ReadWaves | null {
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
