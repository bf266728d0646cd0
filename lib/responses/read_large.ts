import type { Codebook } from "./codebook.ts";
import { fileColumns } from "./file_columns.ts";
import type { ColumnMatch } from "./match_columns.ts";
import type { FilePeek } from "./peek_file.ts";
import type { FoundColumns, ReadOptions } from "./read_responses.ts";
import { openLargeCsv } from "./readers/large_csv.ts";
import { openLargeParquet } from "./readers/large_parquet.ts";
import { openDatabase } from "./readers/large_scan.ts";
import { checkKind } from "./readers/read_table.ts";
import { codedTexts } from "./readers/text_column.ts";

/**
 * Reads a large file of CSV or Parquet with a database.
 *
 * @returns null where the readers of small files have to read it, or tell what is wrong with it.
 * @throws {DataProblems} If it is no file that can be read.
 */
export async function readLarge(
  path: string | URL,
  name: string,
  { kind, bytes }: FilePeek,
  codebook: Codebook,
  match: (header: readonly string[]) => ColumnMatch,
  { wanted = "answers", weights = false }: ReadOptions,
): Promise<FoundColumns | null> {
  checkKind(kind, name);
  using database = await openDatabase();
  if (database === null) return null;
  const file = kind === "text"
    ? await openLargeCsv(database, path, name)
    : await openLargeParquet(database, path, name, bytes);
  if (file === null) return null;
  const { header, sha256 } = file;
  const { positions } = match(header);
  const at = { lineOf: file.lineOf, textOf: file.textOf };
  if (wanted === "texts") {
    const ids = positions.get(codebook.respondent.column);
    const others = [...header.keys()].filter((position) => position !== ids);
    const texts = await file.distinct(others);
    const valuesOf = (position: number) => codedTexts(texts[others.indexOf(position)] ?? []);
    const none = { numbersOf: () => new Float64Array(), idsOf: () => null };
    return { header, sha256, respondents: 0, ...at, valuesOf, ...none };
  }
  const positionOf = (id: string | undefined) => positions.get(id ?? "") ?? null;
  const scanned = await file.scan({
    ids: positionOf(codebook.respondent.column),
    answers: fileColumns(codebook).map(positionOf).filter((position) => position !== null),
    numbers: weights ? positionOf(codebook.weight?.column) : null,
  });
  if (scanned === null) return null;
  return {
    ...{ header, sha256, respondents: scanned.respondents, ...at },
    valuesOf: (position) => scanned.answers.get(position) ?? codedTexts([]),
    numbersOf: () => scanned.numbers!,
    idsOf: () => scanned.ids,
  };
}
