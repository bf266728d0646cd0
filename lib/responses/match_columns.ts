import type { Codebook } from "./codebook.ts";
import { columnNames, fileColumns } from "./file_columns.ts";
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
 * @param options `titleOf`: the title of the column at a position, where the file has one.
 */
export function matchColumns(
  header: readonly string[],
  codebook: Codebook,
  { mapping = NO_MAPPING, titleOf = () => undefined }: {
    mapping?: Mapping;
    titleOf?: (position: number) => string | undefined;
  } = {},
): ColumnMatch {
  const ids = columnNames(codebook);
  const respondent = codebook.respondent.column;
  const positions = new Map<string, number>();
  const problems: Problem[] = unusedOf(mapping, header);
  const nameless: number[] = [];
  const unknown: number[] = [];
  const place = (id: string, position: number) => {
    const earlier = positions.get(id);
    if (earlier === undefined) positions.set(id, position);
    else {
      problems.push(
        problem(
          "duplicate_column",
          `one column for ${id}; column ${earlier + 1} ("${header[earlier]}") is one already`,
          { column: header[position] ?? "" },
        ),
      );
    }
  };
  header.forEach((name, position) => {
    const key = normaliseName(name);
    const mapped = mapping.columns.get(key);
    if (mapped === null) return;
    const id = mapped ?? ids.get(key);
    if (id === undefined) nameless.push(position);
    else place(id, position);
  });
  for (const position of nameless) {
    const id = ids.get(normaliseName(titleOf(position) ?? ""));
    if (id === undefined) unknown.push(position);
    else place(id, position);
  }
  const missing = [respondent, ...fileColumns(codebook)]
    .filter((id) => !positions.has(id));
  if (positions.size === 0) {
    const expected = [respondent, ...fileColumns(codebook)].slice(0, 6);
    problems.push(
      problem(
        "no_known_column",
        `column names such as ${expected.join(", ")}`,
        { line: 1, value: header.slice(0, 6).join(" | ") },
      ),
    );
    return { positions, left_out: [], unknown, problems };
  }
  const misspelt = new Set<string>();
  for (const position of unknown) {
    const name = header[position] ?? "";
    const near = nearest(normaliseName(name), missing);
    for (const id of near) misspelt.add(id);
    problems.push(
      near.length > 0
        ? problem("misspelt_column", `nearest: ${near.join(", ")}`, {
          column: name,
        })
        : problem("unknown_column", whyUnknown(name, codebook), {
          column: name,
        }),
    );
  }
  for (const id of missing) {
    if (misspelt.has(id)) continue;
    const rule = id === respondent
      ? "no_respondent_column"
      : Object.hasOwn(codebook.questions, id)
      ? "left_out"
      : "missing_variable";
    problems.push(
      problem(rule, `a column called ${id}`, { column: id }),
    );
  }
  const questions = Object.keys(codebook.questions);
  const left_out = questions.filter((id) => !positions.has(id));
  if (left_out.length === questions.length) {
    problems.push(
      problem("no_questions", `at least one of ${questions.join(", ")}`),
    );
  }
  return { positions, left_out, unknown, problems };
}

/** Names of the mapping that no column of the file has. */
function unusedOf(mapping: Mapping, header: readonly string[]): Problem[] {
  const names = new Set(header.map(normaliseName));
  return [...mapping.columns.keys()].filter((name) => !names.has(name))
    .map((name) => problem("unused_mapping", "a column of this name", { column: name }));
}

function whyUnknown(name: string, codebook: Codebook): string {
  if (name === "") return "a name; this column has none";
  const id = normaliseName(name);
  if (codebook.variables[id]?.derived) {
    return `no such column: ${id} is worked out from the others`;
  }
  return "a column of the codebook; none has a name like this";
}
