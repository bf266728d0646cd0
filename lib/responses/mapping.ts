import { categoriesOf, type Codebook, isInWave } from "./codebook.ts";
import { columnIds, columnNames, fileColumns } from "./file_columns.ts";
import { questionsOf } from "./kinds.ts";
import { type Problem, problem } from "./problem.ts";
import * as s from "./schema.ts";
import { nearest, normaliseName, normaliseValue } from "./spelling.ts";

/** An analyst's word on what columns and values of a file stand for; it comes before the codebook's. */
export interface Mapping {
  /** Codebook ids by normalised column name; null: the column is left aside. */
  readonly columns: ReadonlyMap<string, string | null>;
  /** By codebook id: categories by normalised value; null: the value is no answer. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, string | null>>;
  /** Whether rows that are no respondents, such as totals, are left out; otherwise they stop the run. */
  readonly skipsOtherRows?: boolean;
}

/** Nothing is mapped. */
export const NO_MAPPING: Mapping = { columns: new Map(), values: new Map() };

/** Stands for every column that has such an answer, among the values. */
export const EVERY_COLUMN = "*";

/** A mapping as it stands in its file; a list is a choice that is still to be made. */
export interface MappingFile {
  readonly columns: Readonly<Record<string, Choice>>;
  readonly values: Readonly<Record<string, Readonly<Record<string, Choice>>>>;
  /** "skip": rows that are no respondents are left out. */
  readonly other_rows?: "skip" | undefined;
}

/** A name; null for "left aside"; or the names to choose from, nearest first. */
export type Choice = string | null | readonly string[];

const choice: s.Schema<Choice> = (value, at, note) => {
  if (value === null) return null;
  if (Array.isArray(value)) return s.list(s.filled, 1)(value, at, note);
  if (typeof value === "string") return s.filled(value, at, note);
  const what = "a name, null, or a list of names to choose from";
  return s.plain(what, (_): _ is Choice => false)(value, at, note);
};
const choices: s.Schema<Record<string, Choice>> = s.record(s.string, choice);
const schema = s.object({
  columns: s.withDefault(choices, () => ({})),
  values: s.withDefault<MappingFile["values"]>(s.record(s.string, choices), () => ({})),
  other_rows: s.optional(s.among("skip")),
});

/**
 * Reads a mapping file: `{"columns": {"Deres navn": "gender"}, "values": {"gender": {"Kvindelig":
 * "woman"}}}`; under "*" in place of a name it is said of every column that has such an answer.
 *
 * @param path The file.
 * @throws {InputError} If it cannot be opened, is no JSON, or names what the codebook does not have.
 */
export async function readMapping(path: string | URL, codebook: Codebook): Promise<Mapping> {
  const value = await s.readJsonFile(
    path,
    "--mapping",
    `Correct it, or let "deno task validate" write a new one.`,
  );
  return parseMapping(value, String(path), codebook);
}

/**
 * Checks a mapping strictly.
 *
 * @param value The parsed JSON.
 * @param file The file's name, for the messages.
 * @throws {InputError} Naming every entry that is wrong, with the nearest legal names.
 */
export function parseMapping(value: unknown, file: string, codebook: Codebook): Mapping {
  const columns = new Map<string, string | null>();
  const values = new Map<string, ReadonlyMap<string, string | null>>();
  const read = s.parseFile(schema, value, "use the mapping", file, (read) => {
    const problems: string[] = [];
    choose(
      columns,
      read.columns,
      [...columnIds(codebook), ...Object.keys(codebook.several ?? {})],
      normaliseName,
      "columns",
      problems,
    );
    const taken = new Map<string, string>();
    for (const [name, id] of columns) {
      const other = id === null ? undefined : taken.get(id);
      if (other !== undefined) problems.push(`columns."${name}": "${other}" is ${id} already`);
      if (id !== null) taken.set(id, name);
    }
    const known = fileColumns(codebook);
    for (const [id, entries] of Object.entries(read.values)) {
      if (id === EVERY_COLUMN) continue;
      if (!known.includes(id)) {
        problems.push(`values."${id}": ${noSuch("question or variable", id, known)}`);
        continue;
      }
      const categories = Object.keys(categoriesOf(codebook, id) ?? {});
      const chosen = new Map<string, string | null>();
      choose(chosen, entries, categories, normaliseValue, `values.${id}`, problems);
      values.set(id, chosen);
    }
    const all = known.map((id) => [id, Object.keys(categoriesOf(codebook, id) ?? {})] as const);
    const common = new Map<string, string | null>();
    const { [EVERY_COLUMN]: every = {} } = read.values;
    choose(common, every, all.flatMap(([, ids]) => ids), normaliseValue, "values.*", problems);
    for (const [id, categories] of all) {
      const own = [...common].filter(([, to]) => to === null || categories.includes(to));
      // What is said of a column by itself comes first.
      if (own.length > 0) values.set(id, new Map([...own, ...values.get(id) ?? []]));
    }
    return problems;
  });
  return { columns, values, skipsOtherRows: read.other_rows === "skip" };
}

/** A mapping without what its values stand for in other waves only. */
export function mappingIn(mapping: Mapping, codebook: Codebook): Mapping {
  const values = [...mapping.values].map(([id, all]) => {
    const categories = Object.keys(categoriesOf(codebook, id) ?? {});
    const own = [...all].filter(([, choice]) => choice === null || categories.includes(choice));
    return [id, new Map(own)] as const;
  });
  return { ...mapping, values: new Map(values) };
}

/** Notes what each name of an object stands for, and what is wrong with it. */
function choose(
  found: Map<string, string | null>,
  entries: Readonly<Record<string, Choice>>,
  legal: readonly string[],
  normalise: (text: string) => string,
  at: string,
  problems: string[],
): void {
  for (const [text, choice] of Object.entries(entries)) {
    const here = `${at}."${text}"`;
    if (choice !== null && typeof choice !== "string") {
      const none = at === "columns" ? "to leave it aside" : "for no answer";
      problems.push(`${here}: choose one of ${choice.join(", ")}, or null ${none}`);
    } else if (choice !== null && !legal.includes(choice)) {
      problems.push(`${here}: ${noSuch("name", choice, legal)}`);
    } else if (found.has(normalise(text))) problems.push(`${here}: it stands there twice`);
    else found.set(normalise(text), choice);
  }
}

function noSuch(what: string, name: string, legal: readonly string[]): string {
  const near = nearest(name, legal);
  const names = near.length > 0 ? `nearest: ${near.join(", ")}` : `there is: ${legal.join(", ")}`;
  return `no ${what} "${name}" (${names})`;
}

/** Which column of a file is which of the codebook. */
export interface ColumnMatch {
  /** Position in the file by codebook id, the columns of respondents and weights included. */
  readonly positions: ReadonlyMap<string, number>;
  /** Questions without a column. */
  readonly left_out: readonly string[];
  /** Positions of columns that stand for nothing in the codebook. */
  readonly unknown: readonly number[];
  readonly problems: readonly Problem[];
}

/**
 * Finds the codebook's columns in a file by id, alias, label or question text, in either language.
 * What the mapping says of a name comes first; a column's title in the file (SPSS has them) last.
 *
 * @param header The column names as they stand in the file.
 * @param options `titleOf`: the title of the column at a position, where the file has one; `isWeight`:
 *   whether the file says that it is weighted by it.
 */
export function matchColumns(
  header: readonly string[],
  codebook: Codebook,
  { mapping = NO_MAPPING, titleOf = () => undefined, isWeight = () => false }: {
    mapping?: Mapping;
    titleOf?: (position: number) => string | undefined;
    isWeight?: (position: number) => boolean;
  } = {},
): ColumnMatch {
  const ids = columnNames(codebook);
  const keys = header.map(normaliseName);
  const positions = new Map<string, number>();
  const problems: Problem[] = [...mapping.columns.keys()].filter((name) => !keys.includes(name))
    .map((column) => problem("unused_mapping", "a column of this name", { column }));
  /** Gives columns their ids, and returns those that have none. */
  const place = (all: Iterable<number>, idOf: (position: number) => string | null | undefined) =>
    [...all].filter((position) => {
      const id = idOf(position);
      if (id === null) return false;
      if (id === undefined || !isInWave(codebook, id)) return true;
      const earlier = positions.get(id);
      if (earlier === undefined) positions.set(id, position);
      else {
        const is = `column ${earlier + 1} ("${header[earlier]}") is one already`;
        const at = { column: header[position]! };
        problems.push(problem("duplicate_column", `one column for ${id}; ${is}`, at));
      }
      return false;
    });
  const nameless = place(header.keys(), (position) => {
    const mapped = mapping.columns.get(keys[position]!);
    return mapped === undefined ? ids.get(keys[position]!) : mapped;
  });
  const unknown = place(nameless, (position) => ids.get(normaliseName(titleOf(position) ?? "")));
  // A column of several answers is that of each of them.
  for (const [question, { items }] of Object.entries(codebook.several ?? {})) {
    const position = positions.get(question);
    if (position === undefined) continue;
    for (const item of Object.values(items)) {
      if (!positions.has(item)) positions.set(item, position);
    }
  }

  const wanted = [codebook.respondent.column, ...fileColumns(codebook)];
  if (positions.size === 0) {
    const expected = `column names such as ${wanted.slice(0, 6).join(", ")}`;
    const at = { line: 1, value: header.slice(0, 6).join(" | ") };
    problems.push(problem("no_known_column", expected, at));
    return { positions, left_out: [], unknown, problems };
  }
  const missing = [
    ...new Set(
      wanted.filter((id) => !positions.has(id) && isInWave(codebook, id)).map((id) => {
        const { of = id } = codebook.questions[id]?.item ?? {};
        return questionsOf(codebook, of).some((item) => positions.has(item)) ? id : of;
      }),
    ),
  ];
  const misspelt = new Set<string>();
  for (const position of unknown) {
    const column = header[position]!;
    if (isWeight(position) && codebook.weight) {
      const expected = `{"columns": {"${column}": "${codebook.weight.column}"}} in a mapping`;
      problems.push(problem("weighted_by", expected, { column }));
      continue;
    }
    const near = nearest(keys[position]!, missing);
    for (const id of near) misspelt.add(id);
    problems.push(
      near.length > 0
        ? problem("misspelt_column", `nearest: ${near.join(", ")}`, { column })
        : problem("unknown_column", whyUnknown(column, ids, codebook), { column }),
    );
  }
  for (const column of missing.filter((id) => !misspelt.has(id))) {
    const rule = column === codebook.respondent.column
      ? "no_respondent_column"
      : Object.hasOwn({ ...codebook.questions, ...codebook.several }, column)
      ? "left_out"
      : "missing_variable";
    problems.push(problem(rule, `a column called ${column}`, { column }));
  }
  const questions = fileColumns(codebook).filter((id) => Object.hasOwn(codebook.questions, id));
  const left_out = questions.filter((id) => !positions.has(id));
  if (left_out.length === questions.length) {
    problems.push(problem("no_questions", `at least one of ${questions.join(", ")}`));
  }
  return { positions, left_out, unknown, problems };
}

function whyUnknown(
  name: string,
  ids: ReadonlyMap<string, string>,
  { variables, study }: Codebook,
): string {
  if (name === "") return "a name; this column has none";
  const id = normaliseName(name);
  const known = ids.get(id);
  if (known !== undefined) return `no such column: ${known} was not part of ${study.wave}`;
  return variables[id]?.derived
    ? `no such column: ${id} is worked out from the others`
    : "a column of the codebook; none has a name like this";
}
