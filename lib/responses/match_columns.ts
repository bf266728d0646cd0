import { type Codebook, isInWave } from "./codebook.ts";
import { columnNames, fileColumns } from "./file_columns.ts";
import { questionsOf } from "./kinds.ts";
import { type Mapping, NO_MAPPING } from "./mapping.ts";
import { nearest } from "./nearest.ts";
import { normaliseName } from "./normalise.ts";
import { type Problem, problem } from "./problem.ts";

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
