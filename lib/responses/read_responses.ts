import type { Codebook } from "./codebook.ts";
import { columnNames } from "./file_columns.ts";
import { matchColumns } from "./match_columns.ts";
import { type Mapping, NO_MAPPING } from "./mapping.ts";
import { normaliseName } from "./normalise.ts";
import { readBytes } from "./open_file.ts";
import type { Problem } from "./problem.ts";
import { readTable } from "./readers/read_table.ts";
import type { AboutColumn } from "./readers/response_table.ts";
import { type CodedTexts, codedTexts, TextColumn } from "./readers/text_column.ts";

/** A response file with its columns found in the codebook. */
export interface Responses {
  /** The file's name, without its folders. */
  readonly file: string;
  /** SHA-256, 64 hex digits. */
  readonly sha256: string;
  readonly respondents: number;
  /** Questions without a column. */
  readonly left_out: readonly string[];
  /** Whether the file has a column for a codebook id. */
  readonly has: (id: string) => boolean;
  /** The name in the file of a codebook column. */
  readonly nameOf: (id: string) => string;
  /** What the file says of a codebook column. */
  readonly aboutOf: (id: string) => AboutColumn | undefined;
  /** What the analyst's mapping says of its values. */
  readonly mappedOf: (id: string) => ReadonlyMap<string, string | null> | undefined;
  /** The line of a row (from 0); null where the file has no lines. */
  readonly lineOf: (row: number) => number | null;
  /** The value of a row in a codebook column, as it stands in the file; null where it is empty. */
  readonly textOf: (id: string, row: number) => string | null;
  /** The values of a codebook column; null where the file has none. */
  readonly valuesOf: (id: string) => CodedTexts | null;
  /** The respondents' ids without blanks around them; null where the file has none. */
  readonly ids: TextColumn | null;
  /** Columns that stand for nothing in the codebook, with their different values. */
  readonly unknown: readonly { readonly name: string; readonly texts: readonly string[] }[];
  readonly problems: readonly Problem[];
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
  const table = await readTable(bytes, name, (column) => {
    const key = normaliseName(column);
    return known.has(key) || Boolean(mapping.columns.get(key));
  });
  const { positions, left_out, unknown, problems } = matchColumns(table.header, codebook, {
    mapping,
    titleOf: (position) => table.about?.get(position)?.title,
  });
  const { header, columns, respondents, lineOf, about, notes = [] } = table;
  const positionOf = (id: string) => positions.get(id) ?? -1;
  const ids = columns[positionOf(codebook.respondent.column)];
  return {
    file: name,
    sha256,
    respondents,
    left_out,
    has: (id) => positions.has(id),
    nameOf: (id) => header[positionOf(id)] ?? id,
    aboutOf: (id) => about?.get(positionOf(id)),
    mappedOf: (id) => mapping.values.get(id),
    lineOf,
    textOf: (id, row) => columns[positionOf(id)]?.[row] || null,
    valuesOf: (id) => positions.has(id) ? codedTexts(columns[positionOf(id)]!) : null,
    ids: ids ? TextColumn.from(ids.map((id) => id?.trim() ?? "")) : null,
    unknown: unknown.map((position) => ({
      name: header[position]!,
      texts: [...new Set(columns[position]!)].filter((text) => text) as string[],
    })),
    problems: [...notes, ...problems],
  };
}
