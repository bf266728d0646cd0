import type { Codebook } from "./codebook.ts";
import { fileColumns } from "./file_columns.ts";
import type { ColumnMatch } from "./match_columns.ts";
import type { FilePeek } from "./open_file.ts";
import type { FoundColumns, ReadOptions } from "./read_responses.ts";
import { readLargeCsv } from "./readers/large_csv.ts";
import { openDatabase } from "./readers/large_database.ts";
import { readLargeParquet } from "./readers/large_parquet.ts";
import type { WantedColumns } from "./readers/large_scan.ts";
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
  { kind }: FilePeek,
  codebook: Codebook,
  match: (header: readonly string[]) => ColumnMatch,
  { wanted = "answers", weights = false }: ReadOptions,
): Promise<FoundColumns | null> {
  checkKind(kind, name);
  using database = await openDatabase();
  if (database === null) return null;
  const read = kind === "text" ? readLargeCsv : readLargeParquet;
  const file = await read(database, path, name, (header): WantedColumns => {
    const { positions } = match(header);
    const positionOf = (id: string | undefined) => positions.get(id ?? "") ?? null;
    const ids = positionOf(codebook.respondent.column);
    if (wanted === "texts") {
      const others = [...header.keys()].filter((position) => position !== ids);
      return { ids: null, answers: others, numbers: null, onlyTexts: true };
    }
    return {
      ids,
      answers: fileColumns(codebook).map(positionOf).filter((position) => position !== null),
      numbers: weights ? positionOf(codebook.weight?.column) : null,
    };
  });
  if (file === null) return null;
  const { respondents, answers, numbers, ids } = file.scanned;
  return {
    ...file,
    respondents,
    valuesOf: (position) => answers.get(position) ?? codedTexts([]),
    numbersOf: () => numbers!,
    idsOf: () => ids,
  };
}
