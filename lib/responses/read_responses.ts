import type { Codebook } from "./codebook.ts";
import { columnNames, fileColumns } from "./file_columns.ts";
import { columnNumbers, kindValues } from "./kind_values.ts";
import { type ColumnMatch, type Mapping, matchColumns, NO_MAPPING } from "./mapping.ts";
import { fileName, type FilePeek, peekFile, readBytes } from "./open_file.ts";
import { type Problem, problem } from "./problem.ts";
import { type LargeFile, OTHERS, type WantedColumns } from "./readers/large_scan.ts";
import { checkKind, type Kind, readTable } from "./readers/read_table.ts";
import type { AboutColumn, ResponseTable } from "./readers/response_table.ts";
import { type CodedTexts, codedTexts, TextColumn } from "./readers/text_column.ts";
import { normaliseName, numberOf } from "./spelling.ts";

/** A response file with its columns found in the codebook. */
export interface ResponseFile {
  /** The file's name, without its folders. */
  readonly file: string;
  /** SHA-256, 64 hex digits. */
  readonly sha256: string;
  readonly respondents: number;
  /** Whether its numbers are written as text, so that "1.250" may be two numbers. */
  readonly isText: boolean;
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
  /** A codebook column as numbers, NaN where a value is none. */
  readonly numbersOf: (id: string) => Float64Array;
  /** The respondents' ids without blanks around them; null where the file has none. */
  readonly ids: TextColumn | null;
  /** Columns that stand for nothing in the codebook, with their different values. */
  readonly unknown: readonly { readonly name: string; readonly texts: readonly string[] }[];
  /** Columns that the mapping leaves aside, and those of open text, likewise. */
  readonly aside: ResponseFile["unknown"];
  readonly problems: readonly Problem[];
  /** The same file without some rows (from 0). */
  readonly without: (rows: ReadonlySet<number>) => ResponseFile;
}

/** How a response file is to be read. */
export interface ReadOptions {
  /** What columns stand for that the codebook does not know. */
  readonly mapping?: Mapping;
  /**
   * The answers, one per respondent; or the different texts of every column, where nothing else is
   * needed. It matters for large files only.
   */
  readonly wanted?: "answers" | "texts";
  /** Whether the weights are wanted too. */
  readonly weights?: boolean;
  /** From so many bytes of CSV, or rows of Parquet, on a file is large. */
  readonly large?: { readonly bytes: number; readonly rows: number };
}

/** Below this, starting a database takes longer than reading the file. */
const LARGE = { bytes: 2e7, rows: 100_000 };

/**
 * Reads a response file of any known format and finds the codebook's columns in it.
 *
 * @param file A path or file: URL.
 * @throws {DataProblems} If the file cannot be read.
 */
export async function readResponses(
  file: string | URL,
  codebook: Codebook,
  options: ReadOptions = {},
): Promise<ResponseFile> {
  const { mapping = NO_MAPPING } = options;
  const name = await fileName(file);
  const peek = await peekFile(file);
  const large = peek !== null && isLarge(peek, options.large ?? LARGE)
    ? await readLarge(
      file,
      name,
      peek.kind,
      (header) => wantedOf(matchColumns(header, codebook, { mapping }), header, codebook, options),
    )
    : null;
  const whole = large !== null && !lacksNumbers(large, codebook, mapping)
    ? large
    : await readSmall(file, codebook, mapping);
  const { positions } = matchColumns(whole.header, codebook, { mapping });
  const others = otherRows(whole, positions, codebook);
  const read = responseFile(name, withoutRows(whole, new Set(others.keys())), codebook, mapping);
  const rule = mapping.skipsOtherRows ? "skipped_row" : "other_row";
  const told = [...others].map(([row, value]) =>
    problem(rule, "a respondent's answers", { row: row + 1, line: whole.lineOf(row), value })
  );
  return { ...read, isText: peek?.kind === "text", problems: [...read.problems, ...told] };
}

/** Finds the codebook's columns among those that were read. */
export function responseFile(
  name: string,
  found: FoundColumns,
  codebook: Codebook,
  mapping: Mapping,
): ResponseFile {
  const { header, respondents, sha256, lineOf, about, notes = [] } = found;
  const titleOf = (position: number) => about?.get(position)?.title;
  const { positions, left_out, unknown, problems } = matchColumns(header, codebook, {
    ...{ mapping, titleOf, isWeight: (position) => about?.get(position)?.isWeight ?? false },
  });
  const positionOf = (id: string) => positions.get(id) ?? -1;
  const open = openColumns(codebook, positions);
  const textsOf = (position: number) => ({
    name: header[position]!,
    texts: (found.textsOf?.(position) ?? found.valuesOf(position)).texts
      .filter((text) => text !== null),
  });
  return {
    ...{ file: name, sha256, respondents, left_out, lineOf, isText: false },
    has: (id) => positions.has(id),
    nameOf: (id) => header[positionOf(id)] ?? id,
    aboutOf: (id) => about?.get(positionOf(id)),
    mappedOf: (id) => mapping.values.get(id),
    textOf: (id, row) => positions.has(id) ? found.textOf(row, positionOf(id)) : null,
    valuesOf: (id) =>
      positions.has(id)
        ? kindValues(found.valuesOf(positionOf(id)), id, codebook, {
          ...about?.get(positionOf(id)),
          isShared: positions.get(codebook.questions[id]?.item?.of ?? "") === positionOf(id),
        })
        : null,
    numbersOf: (id) =>
      codebook.questions[id]?.numbers
        ? columnNumbers(found.valuesOf(positionOf(id)), about?.get(positionOf(id)))
        : found.numbersOf(positionOf(id)),
    without: (rows) => responseFile(name, withoutRows(found, rows), codebook, mapping),
    ids: positions.has(codebook.respondent.column)
      ? found.idsOf(positionOf(codebook.respondent.column))
      : null,
    unknown: unknown.map(textsOf),
    aside: [...header.keys()]
      .filter((position) =>
        mapping.columns.get(normaliseName(header[position]!)) === null || open.has(position)
      )
      .map(textsOf),
    problems: [
      ...notes,
      ...problems,
      ...[...positions.values()].flatMap((position) => {
        const why = found.unread?.get(position);
        return why ? [{ ...why, column: header[position]! }] : [];
      }),
    ],
  };
}

/** The positions of questions that are answered in people's own words. */
function openColumns({ questions }: Codebook, positions: ReadonlyMap<string, number>): Set<number> {
  const open = Object.keys(questions).filter((id) => questions[id]!.kind === "open");
  return new Set(open.flatMap((id) => positions.get(id) ?? []));
}

/** A file without rows that are no respondents. */
function withoutRows(found: FoundColumns, left: ReadonlySet<number>): FoundColumns {
  if (left.size === 0) return found;
  const isKept = (_: unknown, row: number) => !left.has(row);
  const kept = Array.from({ length: found.respondents }, (_, row) => row).filter(isKept);
  return {
    ...found,
    respondents: kept.length,
    lineOf: (row) => found.lineOf(kept[row] ?? row),
    textOf: (row, position) => found.textOf(kept[row] ?? row, position),
    valuesOf: (position) => {
      const { texts, places } = found.valuesOf(position);
      const rows = places.filter(isKept);
      // A text of nobody any longer is no value.
      const used = new Set(rows);
      return { texts: texts.map((text, place) => used.has(place) ? text : null), places: rows };
    },
    numbersOf: (position) => found.numbersOf(position).filter(isKept),
    idsOf: (position) => {
      const ids = found.idsOf(position);
      return ids && TextColumn.from(kept.map((row) => ids.at(row)));
    },
  };
}

/** Whether a question of numbers has more different ones than a large file's columns are told apart by. */
function lacksNumbers(found: FoundColumns, codebook: Codebook, mapping: Mapping): boolean {
  const { positions } = matchColumns(found.header, codebook, { mapping });
  return [...positions].some(([id, position]) =>
    codebook.questions[id]?.numbers && found.valuesOf(position).texts.includes(OTHERS)
  );
}

function isLarge({ kind, bytes, rows }: FilePeek, least: typeof LARGE): boolean {
  return kind === "text" ? bytes >= least.bytes : kind === "parquet" && (rows ?? 0) >= least.rows;
}

/** The columns of a file, by position. */
export interface FoundColumns
  extends Pick<ResponseTable, "header" | "respondents" | "lineOf" | "about" | "notes" | "unread"> {
  readonly sha256: string;
  readonly textOf: (row: number, position: number) => string | null;
  readonly valuesOf: (position: number) => CodedTexts;
  /** All different texts of a column, where `valuesOf` has not all of them. */
  readonly textsOf?: (position: number) => CodedTexts | undefined;
  readonly numbersOf: (position: number) => Float64Array;
  readonly idsOf: (position: number) => TextColumn | null;
}

async function readSmall(
  file: string | URL,
  codebook: Codebook,
  mapping: Mapping,
): Promise<FoundColumns> {
  const { bytes, name, sha256 } = await readBytes(file);
  const known = columnNames(codebook);
  const table = await readTable(bytes, name, (column) => {
    const key = normaliseName(column);
    return known.has(key) || Boolean(mapping.columns.get(key));
  });
  const { columns } = table;
  return {
    ...table,
    sha256,
    textOf: (row, position) => columns[position]![row] || null,
    valuesOf: (position) => codedTexts(columns[position]!),
    numbersOf: (position) => Float64Array.from(columns[position]!, (text) => numberOf(text ?? "")),
    idsOf: (position) => TextColumn.from(columns[position]!.map((id) => id?.trim() ?? "")),
  };
}

/** Which columns of a large file are read. */
export function wantedOf(
  { positions }: ColumnMatch,
  header: readonly string[],
  codebook: Codebook,
  { wanted = "answers", weights = false }: ReadOptions,
): WantedColumns {
  const positionOf = (id: string | undefined) => positions.get(id ?? "") ?? null;
  const ids = positionOf(codebook.respondent.column);
  const others = [...header.keys()].filter((position) => position !== ids);
  if (wanted === "texts") {
    return { ids: null, answers: others, numbers: null, texts: [], onlyTexts: true };
  }
  const answers = [...new Set(fileColumns(codebook).map(positionOf))]
    .filter((position) => position !== null);
  const open = openColumns(codebook, positions);
  const known = new Set(positions.values()).difference(open);
  return {
    ...{ ids, answers, numbers: weights ? positionOf(codebook.weight?.column) : null },
    texts: others.filter((position) => !known.has(position)),
  };
}

/**
 * Reads a large file of CSV or Parquet with a database.
 *
 * @returns null where the readers of small files have to read it, or tell what is wrong with it.
 */
async function readLarge(
  path: string | URL,
  name: string,
  kind: Kind,
  wantedOf: (header: readonly string[]) => WantedColumns,
): Promise<FoundColumns | null> {
  checkKind(kind, name);
  const { openDuckDB } = await import("./readers/duckdb.ts");
  using database = await openDuckDB();
  if (database === null) return null;
  const read = kind === "text"
    ? (await import("./readers/large_csv.ts")).readLargeCsv
    : (await import("./readers/large_parquet.ts")).readLargeParquet;
  const file = await read(database, path, name, wantedOf);
  return file && foundIn(file, wantedOf(file.header).ids);
}

/**
 * The columns that were read of a large file.
 *
 * @param idsAt The position of the ids.
 */
export function foundIn(file: LargeFile, idsAt: number | null): FoundColumns {
  const { respondents, answers, numbers, ids } = file.scanned;
  return {
    ...file,
    respondents,
    textOf: (row, position) => {
      // Finding a row in the file again takes long, and most values were read.
      if (ids !== null && position === idsAt) return ids.at(row) || null;
      const { texts, places } = answers.get(position) ?? codedTexts([]);
      const text = texts[places[row]!];
      return text === undefined || text === OTHERS ? file.textOf(row, position) : text;
    },
    valuesOf: (position) => answers.get(position) ?? codedTexts([]),
    textsOf: (position) => file.scanned.texts?.get(position),
    numbersOf: () => numbers!,
    idsOf: () => ids,
  };
}

/** Where such rows stand: so many at the beginning and at the end are looked at. */
const FIRST = 5, LAST = 20;
/** What the first cell of a row of totals says. */
const TOTAL =
  /^(?:(?:i ?alt|(?:grand )?total(?:t|er)?|sum|gennemsnit|gns\.?|average|mean)\b|n ?= ?\d)/i;

/** Rows as they stand in a file, before it is known what they mean. */
interface TextRows {
  readonly header: readonly string[];
  readonly respondents: number;
  /** The value of a row (from 0) in the column at a position. */
  readonly textOf: (row: number, position: number) => string | null;
}

/**
 * Finds the rows of a file that are no respondents: the names or questions again below the header, as
 * Qualtrics writes them, and below the answers totals and comments.
 *
 * @param positions Position in the file by codebook id.
 * @returns Rows from 0, in order, and what shows it.
 */
function otherRows(
  { header, respondents, textOf }: TextRows,
  positions: ReadonlyMap<string, number>,
  codebook: Codebook,
): Map<number, string> {
  const ids = columnNames(codebook);
  const who = positions.get(codebook.respondent.column);
  const answers = [...positions].filter(([, position]) => position !== who);
  const filled = (row: number) =>
    answers.flatMap(([id, position]) => {
      const text = textOf(row, position)?.trim();
      return text ? [{ id, position, text }] : [];
    });
  const found = new Map<number, string>();
  for (let row = 0; row < Math.min(FIRST, respondents); row++) {
    const texts = filled(row);
    const named = texts.filter(({ id, position, text }) => {
      const name = normaliseName(text);
      return ids.get(name) === id || name === normaliseName(header[position]!) ||
        text.startsWith('{"ImportId"');
    });
    if (named.length < 2 || named.length < texts.length / 2) break;
    found.set(row, named[0]!.text);
  }
  for (let row = respondents - 1; row >= Math.max(found.size, respondents - LAST); row--) {
    const id = who === undefined ? "" : textOf(row, who)?.trim() ?? "";
    // Whoever has an id like others is a respondent, whatever else the row says.
    if (id !== "" && !/\s/.test(id) && !TOTAL.test(id)) break;
    const texts = [...header.keys()].map((position) => textOf(row, position)?.trim() ?? "");
    const first = id || (texts.find((text) => text !== "") ?? "");
    const isComment = who !== undefined && first !== "" && (id === "" || /\s/.test(id)) &&
      filled(row).length === 0;
    if (!TOTAL.test(first) && !isComment) break;
    found.set(row, first);
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}
