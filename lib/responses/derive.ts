import { baseOfEveryone, categoriesOf, type Codebook } from "./codebook.ts";
import { NeedsRows } from "./counted_answers.ts";
import { InputError } from "./input_error.ts";
import { numbersOf } from "./kind_values.ts";
import { inEveryLanguage, type Text, translated } from "./language.ts";
import { nearest } from "./spelling.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "./survey.ts";

/**
 * Somebody's answers by question and variable: a category id or a number, null (no answer), undefined
 * (not asked).
 */
// deno-lint-ignore no-explicit-any
export type Answers = Readonly<Record<string, any>>;

/**
 * A respondent's value of a derived variable. A yes or no is the category "yes" or "no", a number the
 * category of its digits; null is no answer, undefined not asked.
 */
export type Derived = string | number | boolean | null | undefined;

/** What new variables are called, by name: a text, or more about it. */
export interface DeriveOptions<Name extends string = string> {
  readonly labels?: { readonly [N in Name]?: Text | string | DerivedLabels };
}

/** How a derived variable is called. What is left out is its name, and the categories as they are. */
export interface DerivedLabels {
  readonly label?: Text | string;
  /** By category, in the order in which they are to be shown. */
  readonly categories?: Readonly<Record<string, Text | string>>;
  /** Whether breakdowns by background show it, where it is made of background alone. */
  readonly background?: boolean;
}

/** More categories than this are no groups any more. */
const MOST_CATEGORIES = 30;

/**
 * Adds variables to a survey, each made by a function of one respondent's answers.
 *
 * A yes or no that looked at a missing answer is missing itself: not asked where one of those looked
 * at was not asked, else no answer. So `(d) => d.a === "x" && d.b === "y"` is "no" for whoever said
 * other than x, whatever b is. A text or number is taken as the function gives it.
 *
 * A derived variable can be used as a question (with one set, its first category) and as a variable
 * that others are broken down by. For disclosure it is what it was made of.
 *
 * @param make By name of the new variable.
 * @param yesNo What a yes and a no are called; their ids where nothing is said.
 * @throws {InputError} Where a name is taken, an answer that is looked at does not exist, or there
 *   are too many categories.
 * @throws {NeedsRows} Where the survey was read as counts.
 */
export function deriveVariables(
  survey: Survey,
  make: Readonly<Record<string, (answers: Answers) => Derived>>,
  options: DeriveOptions = {},
  yesNo: Readonly<Record<string, Text>> = {},
): Survey {
  if (survey.counted) throw new NeedsRows(Object.keys(make).join(", "));
  const labelOf = labelsOf(options, Object.keys(make));
  return Object.entries(make).reduce((survey, [name, of]) => {
    requireNew(name, survey.codebook);
    const { values, sources } = valuesOf(survey, name, of);
    return withVariable(survey, name, values, sources, labelOf(name), yesNo);
  }, survey);
}

/**
 * Adds the columns of a table to a survey, found by the respondents' ids. Whoever is not in the table
 * has no answer.
 *
 * @param rows The table's rows; each has the codebook's column of respondents.
 * @param yesNo As in `deriveVariables()`.
 * @throws {InputError} Where the survey has no ids, an id stands there twice, or nobody is found.
 */
export function joinVariables(
  survey: Survey,
  rows: readonly Readonly<Record<string, unknown>>[],
  options: DeriveOptions = {},
  yesNo: Readonly<Record<string, Text>> = {},
): Survey {
  const { ids, codebook: { respondent: { column } } } = survey;
  if (survey.counted) throw new NeedsRows("a join");
  if (!ids) {
    throw new InputError(
      `${survey.source.file} has no column "${column}" by which rows of another table could be found.`,
    );
  }
  const byId = new Map<string, Readonly<Record<string, unknown>>>();
  for (const row of rows) {
    const id = String(row[column] ?? "");
    if (id === "") {
      throw new InputError(`A row of the table has no "${column}". Name its column of ids so.`);
    }
    if (byId.has(id)) {
      throw new InputError(`The table has two rows with ${column} "${id}". Keep one of them.`);
    }
    byId.set(id, row);
  }
  const found = Array.from(ids, (id) => byId.get(id));
  if (!found.some((row) => row !== undefined)) {
    throw new InputError(`No "${column}" of the table is one of ${survey.source.file}.`);
  }
  const names = [...new Set(rows.flatMap(Object.keys))].filter((name) => name !== column);
  const labelOf = labelsOf(options, names);
  return names.reduce((survey, name) => {
    requireNew(name, survey.codebook);
    const values = found.map((row) => asDerived(row?.[name] ?? null, name));
    return withVariable(survey, name, values, [], labelOf(name), yesNo);
  }, survey);
}

/** @throws {InputError} For an option that there is not, and labels of what is not made. */
function labelsOf({ labels = {}, ...others }: DeriveOptions, names: readonly string[]) {
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new InputError(`derive has no option "${other}": write { labels: { ${other}: … } }.`);
  }
  for (const name of Object.keys(labels)) {
    if (names.includes(name)) continue;
    throw new InputError(
      `There are labels for "${name}", but what is made is ${names.join(", ")}.`,
    );
  }
  return (name: string): DerivedLabels => {
    const label = labels[name] ?? {};
    return typeof label === "string" || "da" in label ? { label } : label;
  };
}

function requireNew(name: string, { questions, variables }: Codebook): void {
  if (!(name in questions) && !(name in variables)) return;
  throw new InputError(`There is a question or variable "${name}" already. Choose another name.`);
}

function valuesOf(
  survey: Survey,
  name: string,
  of: (answers: Answers) => Derived,
): { values: Derived[]; sources: string[] } {
  const { codes, codebook, source: { respondents } } = survey;
  const looked = new Set<string>();
  let row = 0;
  let missing: null | undefined | false = false;
  const answers = Object.defineProperties(
    Object.create(null),
    Object.fromEntries([...codes].map(([id, column]) => {
      const levels = Object.keys(categoriesOf(codebook, id) ?? {});
      const numbers = numbersOf(survey, id);
      return [id, {
        enumerable: true,
        get() {
          looked.add(id);
          const code = column[row]!;
          if (code === NOT_ASKED) return missing = undefined;
          if (code !== NO_ANSWER) {
            return Number.isNaN(numbers?.[row] ?? NaN) ? levels[code - 1] : numbers![row];
          }
          if (missing !== undefined) missing = null;
          return null;
        },
      }];
    })),
  );
  const guarded: Answers = new Proxy(answers, {
    get(target, id) {
      if (typeof id === "string" && !(id in target)) {
        const near = nearest(id, codes.keys());
        throw new InputError(
          `derive: ${name}: there is no question or variable "${id}"` +
            (near.length > 0 ? `. Is "${near[0]}" meant?` : ` in ${survey.source.file}.`),
        );
      }
      return Reflect.get(target, id);
    },
  });
  const values = new Array<Derived>(respondents);
  for (row = 0; row < respondents; row++) {
    missing = false;
    const value = asDerived(of(guarded), name);
    values[row] = typeof value === "boolean" && missing !== false ? missing : value;
  }
  return { values, sources: [...looked] };
}

function asDerived(value: unknown, name: string): Derived {
  if (
    value === null || value === undefined || typeof value === "string" ||
    typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))
  ) return value;
  throw new InputError(
    `"${name}" is ${
      String(value)
    } for somebody. Give a text, a number, true or false, null for no ` +
      `answer or undefined for not asked.`,
  );
}

function withVariable(
  survey: Survey,
  name: string,
  values: readonly Derived[],
  sources: readonly string[],
  { label = name, categories: named = {}, background = false }: DerivedLabels,
  yesNo: Readonly<Record<string, Text>>,
): Survey {
  const { codebook, codes } = survey;
  const isYesNo = values.some((value) => typeof value === "boolean") &&
    values.every((value) => typeof value === "boolean" || value == null);
  const texts = values.map((value) =>
    value === true ? "yes" : value === false ? "no" : value == null ? value : String(value)
  );
  const given = new Set(texts.filter((text) => text != null));
  const known = Object.keys(named).length > 0 ? Object.keys(named) : isYesNo ? ["yes", "no"] : [];
  const others = [...given].filter((text) => !known.includes(text)).sort((a, b) =>
    Number(a) - Number(b) || (a < b ? -1 : 1)
  );
  const ids = [...known, ...others];
  if (ids.length === 0 || ids.length > MOST_CATEGORIES) {
    throw new InputError(
      `"${name}" has ${ids.length} categories. Give from 1 to ${MOST_CATEGORIES}, such as bands.`,
    );
  }
  const column = Uint8Array.from(
    texts,
    (text) => text === undefined ? NOT_ASKED : text === null ? NO_ANSWER : ids.indexOf(text) + 1,
  );
  const categories = Object.fromEntries(ids.map((id) => {
    const text = named[id] ?? (isYesNo ? yesNo[id] : undefined) ?? id;
    return [id, { ...asText(text), aliases: [] }];
  }));
  const about = asText(label);
  const [main = ""] = ids;
  const base = baseOf(survey, sources, column);
  const made = { label: about, base, aliases: [] };
  return {
    ...survey,
    codes: new Map([...codes, [name, column]]),
    codebook: {
      ...codebook,
      scales: {
        ...codebook.scales,
        [name]: {
          title: about,
          categories,
          dont_know: null,
          colours: "sequential",
          sets: { [main]: { label: asText(categories[main]!), categories: [main] } },
          main_set: main,
        },
      },
      questions: { ...codebook.questions, [name]: { ...made, text: about, scale: name } },
      variables: {
        ...codebook.variables,
        [name]: {
          ...made,
          background,
          derived: sources.length > 0,
          categories: Object.fromEntries(
            ids.map((id, i) => [id, {
              ...categories[id]!,
              ...sources.length > 0 && { where: madeOf(survey, sources, column, i + 1) },
            }]),
          ),
        },
      },
    },
  };
}

function asText(text: Text | string): Text {
  if (typeof text === "string") return inEveryLanguage(() => text);
  const all = translated(text);
  return inEveryLanguage((language) => all[language]);
}

/** Who was asked: whoever was asked the one source that not everyone was asked; else everyone. */
function baseOf({ codebook }: Survey, sources: readonly string[], column: Uint8Array): string {
  const everyone = baseOfEveryone(codebook);
  const parts = new Set(
    sources.map((name) => (codebook.questions[name] ?? codebook.variables[name])!.base)
      .filter((base) => base !== everyone),
  );
  const [part, another] = parts;
  const isOfPart = part !== undefined && another === undefined && column.includes(NOT_ASKED);
  return isOfPart ? part : everyone;
}

/** For each source, the answers that people of a category gave: what the category can be told from. */
function madeOf(
  { codes, codebook }: Survey,
  sources: readonly string[],
  column: Uint8Array,
  category: number,
): Record<string, string[]> {
  return Object.fromEntries(sources.map((name) => {
    const seen = new Uint8Array(256);
    const source = codes.get(name)!;
    column.forEach((code, i) => {
      if (code === category) seen[source[i]!] = 1;
    });
    const levels = Object.keys(categoriesOf(codebook, name) ?? {});
    return [name, levels.filter((_, i) => seen[i + 1])];
  }));
}
