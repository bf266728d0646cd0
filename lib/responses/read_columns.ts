import type { Codebook } from "./codebook.ts";
import { columnNames } from "./column_names.ts";
import { type Mapping, NO_MAPPING } from "./mapping.ts";
import { type ColumnMatch, matchColumns } from "./match_columns.ts";
import { normaliseName } from "./normalise.ts";
import type { Problem } from "./problem.ts";
import { openFile } from "./open_file.ts";
import { readInto } from "./readers/read_into.ts";
import type { AboutColumn } from "./readers/reader.ts";
import type { Sink } from "./readers/receiver.ts";

/** A response file whose values were handed on, with its columns found in the codebook. */
export interface ReadColumns {
  /** The file's name, without its folders. */
  readonly file: string;
  /** SHA-256, 64 hex digits. */
  readonly sha256: string;
  readonly respondents: number;
  /** Questions without a column. */
  readonly left_out: readonly string[];
  /** Names of the columns that stand for nothing in the codebook. */
  readonly unknown: readonly string[];
  /** Whether the file has a column for a codebook id. */
  readonly has: (id: string) => boolean;
  /** The name in the file of a codebook column. */
  readonly nameOf: (id: string) => string;
  /** What the file says of a codebook column. */
  readonly aboutOf: (id: string) => AboutColumn | undefined;
  /** The line of a row (from 0); null where the file has no lines. */
  readonly lineOf: (row: number) => number | null;
  /** The value of a row in a codebook column, as it stands in the file; null where it is empty. */
  readonly textOf: (id: string, row: number) => string | null;
  readonly problems: readonly Problem[];
}

/** A column of a file, before its values are read. */
export interface FoundColumn {
  /** What it stands for in the codebook; null where for nothing. */
  readonly id: string | null;
  readonly name: string;
  readonly about: AboutColumn | undefined;
}

/**
 * Reads a response file of any known format, finds the codebook's columns in it, and hands their values
 * on.
 *
 * @param file A path or file: URL.
 * @param sinkFor Says who takes the values of a column; null where nobody needs them. Where reading has
 *   to begin anew it is asked again, and what was handed on before is void.
 * @throws {DataProblems} If the file cannot be read.
 */
export async function readColumns(
  file: string | URL,
  codebook: Codebook,
  sinkFor: (column: FoundColumn) => Sink | null,
  mapping: Mapping = NO_MAPPING,
): Promise<ReadColumns> {
  const source = await openFile(file);
  const known = columnNames(codebook);
  const isKnown = (name: string) => {
    const key = normaliseName(name);
    return known.has(key) || Boolean(mapping.columns.get(key));
  };
  const match = (header: readonly string[], about?: ReadonlyMap<number, AboutColumn>) =>
    matchColumns(header, codebook, {
      mapping,
      titleOf: (position) => about?.get(position)?.title,
    });
  const read = await readInto(source, (header, about) => {
    const { positions, unknown } = match(header, about);
    const ids = new Map([...positions].map(([id, position]) => [position, id]));
    return header.map((name, position) => {
      const id = ids.get(position) ?? null;
      // A column that the mapping leaves aside is none, nor is one that stands there twice.
      if (id === null && !unknown.includes(position)) return null;
      return sinkFor({ id, name, about: about?.get(position) });
    });
  }, isKnown);
  // Only now is it known which columns without a name are columns at all.
  const kept = [...read.header.keys()].filter((position) => read.kept?.[position] ?? true);
  const header = kept.map((position) => read.header[position] ?? "");
  const { positions, left_out, unknown, problems }: ColumnMatch = match(header, read.about);
  const positionOf = (id: string) => kept[positions.get(id) ?? -1] ?? -1;
  return {
    file: source.name,
    sha256: await source.sha256(),
    respondents: read.respondents,
    left_out,
    unknown: unknown.map((position) => header[position] ?? ""),
    has: (id) => positions.has(id),
    nameOf: (id) => header[positions.get(id) ?? -1] ?? id,
    aboutOf: (id) => read.about?.get(positionOf(id)),
    lineOf: read.lineOf,
    textOf: (id, row) => positions.has(id) ? read.textOf(row, positionOf(id)) : null,
    problems: [...read.notes ?? [], ...problems],
  };
}
