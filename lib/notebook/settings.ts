import { InputError } from "../responses/input_error.ts";
import { categoriesOf } from "../responses/codebook.ts";
import { type Language, LANGUAGES, type Text } from "../responses/language.ts";
import { nearest } from "../responses/nearest.ts";
import { normaliseValue } from "../responses/normalise.ts";
import { codebook } from "../responses/study.ts";
import type { Engine } from "../statistics/load_answers.ts";

/** What a notebook is run with: the same for `deno task report` and for a run by hand. */
export interface Settings {
  /** The response file, or null: the one in data/. */
  readonly data: string | null;
  /**
   * What to compare with: the response file of an earlier wave, or "published" for the figures of
   * data/published.json. Null or absent: nothing.
   */
  readonly baseline?: string | null;
  /** What the columns and values of the file stand for that the codebook does not know; or null. */
  readonly mapping?: string | null;
  /**
   * What people count by: "column" (the file's own weights), "population" (data/population.json), or
   * the path of another file of margins; "column+" before either rakes the file's own weights. "none":
   * everyone counts the same. Null or absent: by the strata that the codebook names, if it does.
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
 * Reads the settings from the environment: `SURVEY_DATA`, `SURVEY_ENGINE` ("memory" or "duckdb"; by
 * default the one that fits), `SURVEY_MAPPING`, `SURVEY_BASELINE`, `SURVEY_WEIGHTS`, `SURVEY_WHERE`
 * (`variable=category`, several with commas), `SURVEY_CLAIMS` ("none": without what the published
 * report said), `SURVEY_LANG` (`da` by default; several with commas) and,
 * set by the export alone, `SURVEY_REPORT`.
 *
 * @param get Reads one environment variable.
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

/**
 * Reads whether the published report's statements are shown beside what these answers show.
 *
 * @param name The option or variable it stands in, for the message.
 * @throws {InputError} Where it is anything but "none" or nothing.
 */
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
 * Reads conditions such as "gender=woman". Several categories ("tenure=years_0_2,years_3_5"), or two
 * conditions on the same variable, mean either of them; conditions on different variables must hold
 * together. Names are ids of the codebook or its labels, in either language: "Køn=Kvinde".
 *
 * Whether other names exist, such as those of variables that a cell derives, is checked later.
 *
 * @param conditions One "variable=category" each, or several with commas.
 * @param name The option or variable they stand in, for the message.
 * @throws {InputError} Where one has not that form.
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

/**
 * Reads the variable of which each category has a report, by its id or a label.
 *
 * @returns null where there is none.
 * @throws {InputError} Where the codebook has no such variable.
 */
export function parseEach(value: string | undefined): string | null {
  if (value === undefined) return null;
  const variable = variableNamed(value);
  if (categoriesOf(codebook(), variable) !== undefined) return variable;
  const { variables, questions } = codebook();
  const [meant] = nearest(variable, [...Object.keys(variables), ...Object.keys(questions)]);
  throw new InputError(
    `--each: there is no variable "${value}". ` +
      (meant === undefined
        ? `Use one of: ${Object.keys(variables).join(", ")}.`
        : `Is ${meant} meant?`),
  );
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
