import { categoriesOf } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { type Language, LANGUAGES, type Text } from "../responses/language.ts";
import { normaliseValue } from "../responses/spelling.ts";
import { codebook } from "../responses/study.ts";
import type { Engine } from "../statistics/load_answers.ts";
import { requireKnown } from "./check_options.ts";

/** What a notebook is run with: the same for `deno task report` and for a run by hand. */
export interface Settings {
  /** The response file, or null: the one in data/. */
  readonly data: string | null;
  /** The response file of an earlier wave, "published" for data/published.json, or nothing. */
  readonly baseline?: string | null;
  /** What the columns and values of the file stand for that the codebook does not know; or null. */
  readonly mapping?: string | null;
  /**
   * "column" (the file's own weights), "population" (data/population.json), or another file of margins;
   * "column+" before either rakes the file's own. "none": everyone counts the same. Absent: by the strata.
   */
  readonly weights?: string | null;
  /** What counts the answers; null or absent: whatever fits them. */
  readonly engine?: Engine | null;
  /** The group that the whole run is about, by variable; empty: everyone. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** "none": what the published report said stands nowhere; null or absent: beside what is shown. */
  readonly claims?: "none" | null;
  /** Languages to show, the first one being what an editor shows. */
  readonly languages: readonly Language[];
  /** Whether outputs carry every language for the exported report. */
  readonly report: boolean;
}

/**
 * Reads the settings from the environment: `SURVEY_DATA`, `SURVEY_ENGINE`, `SURVEY_MAPPING`, `SURVEY_BASELINE`,
 * `SURVEY_WEIGHTS`, `SURVEY_WHERE`, `SURVEY_CLAIMS`, `SURVEY_LANG`, and, set by the export, `SURVEY_REPORT`.
 *
 * @throws {InputError} Where a value is none of those allowed.
 */
export function readSettings(
  get: (name: string) => string | undefined = (name) => Deno.env.get(name),
): Settings {
  return {
    data: get("SURVEY_DATA") || null,
    engine: parseEngine(get("SURVEY_ENGINE"), "SURVEY_ENGINE"),
    baseline: get("SURVEY_BASELINE") || null,
    mapping: get("SURVEY_MAPPING") || null,
    weights: get("SURVEY_WEIGHTS") || null,
    where: parseWhere([get("SURVEY_WHERE") ?? ""].filter(Boolean), "SURVEY_WHERE"),
    claims: parseClaimsSetting(get("SURVEY_CLAIMS"), "SURVEY_CLAIMS"),
    languages: parseLanguages(get("SURVEY_LANG") || "da", "SURVEY_LANG"),
    report: get("SURVEY_REPORT") === "1",
  };
}

/** Reads whether what the published report said is shown. @throws {InputError} For anything but "none". */
export function parseClaimsSetting(value: string | undefined, name: string): "none" | null {
  return value ? oneOf(value, ["none"] as const, `${name}: no choice`) : null;
}

/** Reads the choice of an engine; null where there is none. @throws {InputError} Where it is none of those. */
export function parseEngine(value: string | undefined, name: string): Engine | null {
  return value ? oneOf<Engine>(value, ["memory", "duckdb"], `${name}: no engine`) : null;
}

/** Reads a list of languages such as "da,en". @throws {InputError} Where one is not of the report. */
export function parseLanguages(value: string, name: string): Language[] {
  return [...new Set(value.split(",").map((part) => part.trim()))]
    .map((part) => oneOf(part, LANGUAGES, `${name}: no language`));
}

function oneOf<T extends string>(value: string, among: readonly T[], refused: string): T {
  const found = among.find((known) => known === value);
  if (found !== undefined) return found;
  throw new InputError(`${refused} "${value}". Give ${among.join(" or ")}.`);
}

/**
 * Reads conditions such as "gender=woman", by ids or labels. Several categories ("tenure=years_0_2,years_3_5"),
 * or two conditions on one variable, mean either of them; different variables must hold together.
 *
 * @param name The option or variable they stand in, for the message.
 * @throws {InputError} Where one has not that form. Whether a name exists is checked later.
 */
export function parseWhere(
  conditions: readonly string[],
  name: string,
): Record<string, string[]> {
  const where: Record<string, string[]> = {};
  for (const given of conditions) {
    // A comma begins another condition, another category, or is part of a label.
    for (const condition of given.split(/,(?=[^,=]*=)/)) {
      const [, left, right] = /^\s*([^=]*[^=\s])\s*=\s*([^=]*[^=\s])\s*$/.exec(condition) ?? [];
      if (left === undefined || right === undefined) {
        throw new InputError(
          `${name}: "${condition}" is not of the form variable=category, such as gender=woman.`,
        );
      }
      const variable = variableNamed(left);
      (where[variable] ??= []).push(...categoriesNamed(variable, right));
    }
  }
  return where;
}

/** The variable of which each category has a report, or null. @throws {InputError} Where there is no such. */
export function parseEach(value: string | undefined): string | null {
  if (value === undefined) return null;
  const variable = variableNamed(value);
  const { variables, questions } = codebook();
  const there = Object.keys({ ...variables, ...questions });
  return requireKnown(variable, there, "--each: there is no variable");
}

/** The id of a question or variable that is named by its id or a label; a name of neither as it is. */
export function variableNamed(name: string): string {
  const { variables, questions } = codebook();
  return idOf(name, { ...questions, ...variables }, ({ label }) => label) ?? name.trim();
}

/** The ids of categories named by ids or labels, with commas; a name of neither as it is. */
export function categoriesNamed(variable: string, names: string): string[] {
  const categories = categoriesOf(codebook(), variable) ?? {};
  const parts = names.split(",");
  const found: string[] = [];
  for (let from = 0, to; from < parts.length; from = to) {
    // The longest label first: "Yes, always" is one.
    const known = (end: number) =>
      idOf(parts.slice(from, end).join(","), categories, (category) => category);
    for (to = parts.length; to > from + 1 && known(to) === null;) to--;
    found.push(known(to) ?? parts[from]!.trim());
  }
  return found;
}

/** The id that a name stands for; null where it is neither an id nor a label. */
function idOf<T>(
  name: string,
  entries: Record<string, T>,
  labelOf: (entry: T) => Text,
): string | null {
  const key = normaliseValue(name);
  if (Object.hasOwn(entries, key)) return key;
  const isIt = ({ da, en }: Text) => [da, en].some((label) => normaliseValue(label) === key);
  return Object.keys(entries).find((id) => isIt(labelOf(entries[id]!))) ?? null;
}
