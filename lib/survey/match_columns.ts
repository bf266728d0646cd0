import type { Codebook } from "./codebook.ts";
import { fileColumns } from "./file_columns.ts";
import { nearest } from "./nearest.ts";
import { normaliseName } from "./normalise.ts";
import { type Problem, problem } from "./problem.ts";

/** Which column of a file is which of the codebook. */
export interface ColumnMatch {
  /** Position in the file by codebook id, the respondent's column included. */
  readonly positions: ReadonlyMap<string, number>;
  /** Questions without a column. */
  readonly left_out: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Finds the codebook's columns in a file by id, alias, label or question text, in either language.
 *
 * @param header The column names as they stand in the file.
 */
export function matchColumns(
  header: readonly string[],
  codebook: Codebook,
): ColumnMatch {
  const ids = namesOf(codebook);
  const respondent = codebook.respondent.column;
  const positions = new Map<string, number>();
  const problems: Problem[] = [];
  const unknown: string[] = [];
  header.forEach((name, position) => {
    const id = ids.get(normaliseName(name));
    const earlier = id === undefined ? undefined : positions.get(id);
    if (id === undefined) unknown.push(name);
    else if (earlier === undefined) positions.set(id, position);
    else {
      problems.push(
        problem(
          "duplicate_column",
          `one column for ${id}; column ${earlier + 1} ("${header[earlier]}") is one already`,
          { column: name },
        ),
      );
    }
  });
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
    return { positions, left_out: [], problems };
  }
  const misspelt = new Set<string>();
  for (const name of unknown) {
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
  return { positions, left_out, problems };
}

function whyUnknown(name: string, codebook: Codebook): string {
  if (name === "") return "a name; this column has none";
  const id = normaliseName(name);
  if (codebook.variables[id]?.derived) {
    return `no such column: ${id} is worked out from the others`;
  }
  return "a column of the codebook; none has a name like this";
}

/** Every name that a column may have, and what it stands for. A name that two share stands for none. */
function namesOf(codebook: Codebook): Map<string, string> {
  const names = new Map<string, string>();
  const claimed = new Map<string, Set<string>>();
  const claim = (name: string, id: string) => {
    const key = normaliseName(name);
    claimed.set(key, (claimed.get(key) ?? new Set()).add(id));
  };
  const { column, aliases } = codebook.respondent;
  for (const alias of aliases) claim(alias, column);
  for (const id of fileColumns(codebook)) {
    const question = codebook.questions[id];
    const { label, aliases } = question ?? codebook.variables[id] ??
      { label: { da: id, en: id }, aliases: [] };
    for (const alias of aliases) claim(alias, id);
    for (const text of [label, ...(question ? [question.text] : [])]) {
      claim(text.da, id);
      claim(text.en, id);
    }
  }
  for (const [name, ids] of claimed) {
    const [id] = ids;
    if (ids.size === 1 && id !== undefined) names.set(name, id);
  }
  for (const id of [column, ...fileColumns(codebook)]) {
    names.set(normaliseName(id), id);
  }
  return names;
}
