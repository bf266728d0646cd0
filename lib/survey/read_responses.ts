import type { Columns } from "./code_answers.ts";
import type { Codebook } from "./codebook.ts";
import { columnNames } from "./column_names.ts";
import { type Mapping, NO_MAPPING } from "./mapping.ts";
import { matchColumns } from "./match_columns.ts";
import { normaliseName } from "./normalise.ts";
import type { Problem } from "./problem.ts";
import { readBytes } from "./read_bytes.ts";
import { readTable } from "./readers/read_table.ts";

/** A response file with its columns found in the codebook, before a value has been looked at. */
export interface Responses extends Columns {
  /** The file's name, without its folders. */
  readonly file: string;
  /** SHA-256, 64 hex digits. */
  readonly sha256: string;
  /** Questions without a column. */
  readonly left_out: readonly string[];
  /** Columns that stand for nothing in the codebook, with their values. */
  readonly unknown: readonly Unknown[];
  /** Whether the file has a column for a codebook id. */
  readonly has: (id: string) => boolean;
  readonly problems: readonly Problem[];
}

interface Unknown {
  readonly name: string;
  readonly values: ArrayLike<string | null>;
}

/**
 * Reads a response file of any known format and finds the codebook's columns in it.
 *
 * @param file A path or file: URL.
 * @throws {DataProblems} If the file cannot be read.
 */
export async function readResponses(
  file: string | URL,
  codebook: Codebook,
  mapping: Mapping = NO_MAPPING,
): Promise<Responses> {
  const { bytes, name, sha256 } = await readBytes(file);
  const known = columnNames(codebook);
  const isKnown = (name: string) => {
    const key = normaliseName(name);
    return known.has(key) || Boolean(mapping.columns.get(key));
  };
  const { table, header, lineOf, about, notes = [] } = await readTable(bytes, name, isKnown);
  const { positions, left_out, unknown, problems } = matchColumns(header, codebook, {
    mapping,
    titleOf: (position) => about?.get(position)?.title,
  });
  const names = table.columnNames();
  const valuesAt = (position: number | undefined) => {
    const column = names[position ?? -1];
    return column === undefined ? null : table.array(column) as ArrayLike<string | null>;
  };
  return {
    file: name,
    sha256,
    respondents: table.numRows(),
    valuesOf: (id) => valuesAt(positions.get(id)),
    aboutOf: (id) => about?.get(positions.get(id) ?? -1),
    mappedOf: (id) => mapping.values.get(id),
    nameOf: (id) => header[positions.get(id) ?? -1] ?? id,
    lineOf,
    left_out,
    unknown: unknown.map((position) => ({
      name: header[position] ?? "",
      values: valuesAt(position) ?? [],
    })),
    has: (id) => positions.has(id),
    problems: [...notes, ...problems],
  };
}
