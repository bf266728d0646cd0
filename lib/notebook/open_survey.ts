import type { ColumnTable } from "arquero";
import { resolve } from "node:path";
import {
  type Answers,
  type Derived,
  type DeriveOptions,
  deriveVariables,
  joinVariables,
} from "../responses/derive.ts";
import type { Language } from "../responses/language.ts";
import { type GroupId, rereadStudy, type VariableId, type WithOwn } from "../responses/study.ts";
import { type Responses, responsesTable } from "../responses/responses_table.ts";
import type { Survey } from "../responses/survey.ts";
import { texts } from "../words/catalogue.ts";
import { checkOptions } from "./check_options.ts";
import { handedOver } from "./handed_over.ts";
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
export interface CellSettings
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
