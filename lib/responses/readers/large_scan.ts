import { chunksOf, type DuckDB, sqlLiteral } from "./duckdb.ts";
import { type CodedTexts, TextColumn } from "./text_column.ts";

/** A large file as a table in SQL. */
export interface SqlTable {
  /** What a query selects from, with columns c0, c1 … */
  readonly sql: string;
  /** The type of each column as the database names it: texts, numbers or truth values. */
  readonly types: readonly string[];
  /** How many rows it has at most. */
  readonly rows: number;
  /** The columns that tell whether a row has any value, by position. */
  readonly filledBy: readonly number[];
}

/** Which columns of a file are wanted, by position. */
export interface WantedColumns {
  /** The respondents' ids; null where there are none, or nobody needs them. */
  readonly ids: number | null;
  readonly answers: readonly number[];
  /** A column of numbers, such as weights; null where there is none, or nobody needs it. */
  readonly numbers: number | null;
  /** Columns of which the different texts are wanted, and nothing for each row. */
  readonly texts: readonly number[];
  /** Whether the answers' different texts are all that is wanted. */
  readonly onlyTexts?: boolean;
}

/** What was read of a file. */
export interface ScannedColumns {
  readonly respondents: number;
  /** The rows (from 0) that were left out, having no value. */
  readonly empty: readonly number[];
  readonly ids: TextColumn | null;
  readonly answers: ReadonlyMap<number, CodedTexts>;
  /** NaN where a value is none. */
  readonly numbers: Float64Array | null;
  /** The columns of which the different texts were wanted. */
  readonly texts?: ReadonlyMap<number, CodedTexts>;
}

/** A large file that was read. */
export interface LargeFile {
  readonly header: readonly string[];
  /** SHA-256, 64 hex digits. */
  readonly sha256: string;
  readonly scanned: ScannedColumns;
  /** The line of a respondent (from 0); null where the file has no lines. */
  readonly lineOf: (row: number) => number | null;
  /** The value of a respondent in a column; null where it is empty. */
  readonly textOf: (row: number, position: number) => string | null;
}

/** So many rows at the beginning tell most of the values that a column has. */
const SAMPLE = 20_000;
/** So many different values of a column are told apart; this stands for the rest. */
const MOST_TEXTS = 1000;
export const OTHERS = "(further values)";
/** The database's texts take so many bytes, of which so many are the text itself if it is short. */
const TEXT_BYTES = 16, SHORT = 12;
/** Longer ids are not read in this way. */
const MOST_PIECES = 40;
/** The first bits of a row: whether it has a value, and whether its id fits. */
const FILLED = 1, FITS = 2;
/** A number with a decimal point or comma, as `numberOf()` knows it. */
const NUMBER = String.raw`[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?`;

/** What is known of columns before they are read. */
interface Known {
  /** The different texts of each column of answers. */
  readonly texts: readonly (readonly string[])[];
  /** Into how many pieces an id is cut that are short enough to stand in a vector themselves. */
  readonly pieces: number;
  /** Whether an id's bytes are written as two digits each, since a letter may take several bytes. */
  readonly isHex: boolean;
}

/**
 * Reads columns of a file with a database: each answer as the place of its text among those that the
 * column has, several of them in one number, since every vector that is asked for takes its time.
 *
 * What the first rows hold tells which texts there are and how long the ids; where that turns out to
 * be too little, all is looked through and read again.
 *
 * @throws {Error} Whatever the database says of a file that it cannot read.
 */
export async function scanColumns(
  database: DuckDB,
  table: SqlTable,
  wanted: WantedColumns,
): Promise<ScannedColumns> {
  if (wanted.onlyTexts) {
    const answers = await differentTexts(database, table, wanted.answers);
    return { respondents: 0, empty: [], ids: null, answers, numbers: null };
  }
  const scanned = await scanRows(database, table, wanted);
  if (wanted.texts.length === 0) return scanned;
  return { ...scanned, texts: await differentTexts(database, table, wanted.texts) };
}

/** All different texts of columns. */
async function differentTexts(
  database: DuckDB,
  table: SqlTable,
  columns: readonly number[],
): Promise<ScannedColumns["answers"]> {
  const wanted = { ids: null, answers: columns, numbers: null, texts: [] };
  const { texts } = await look(database, table, table.sql, wanted, Infinity);
  return new Map(columns.map((c, k) => {
    const values = texts[k]!.map((text) => plainText(text, table.types[c]!));
    return [c, { texts: [null, ...values], places: new Uint8Array() }];
  }));
}

async function scanRows(
  database: DuckDB,
  table: SqlTable,
  wanted: WantedColumns,
): Promise<ScannedColumns> {
  const sample = `(SELECT * FROM ${table.sql} LIMIT ${SAMPLE})`;
  const known = await look(database, table, sample, wanted);
  const scanned = await scanWith(database, table, wanted, known);
  if (scanned.isComplete) return scanned;
  return scanWith(database, table, wanted, await look(database, table, table.sql, wanted));
}

async function look(
  { connection }: DuckDB,
  { types }: SqlTable,
  from: string,
  { ids, answers }: WantedColumns,
  most = MOST_TEXTS,
): Promise<Known> {
  const id = ids === null ? "''" : textSql(ids, types);
  const cut = most === Infinity ? "" : `[:${most}]`;
  const asked = [
    `max(strlen(${id}))`,
    `bool_or(strlen(${id}) <> length(${id}))`,
    ...answers.map((c) => `list(DISTINCT ${textSql(c, types)})${cut}`),
  ];
  const read = await connection.runAndReadAll(`SELECT ${asked.join(", ")} FROM ${from}`);
  const [[bytes, isHex, ...texts]] = read.getRowsJS() as [[bigint, boolean, ...string[][]]];
  const pieces = ids === null ? 0 : Math.ceil(Number(bytes) * (isHex ? 2 : 1) / SHORT) || 1;
  if (pieces > MOST_PIECES) throw new RangeError(`An id of ${bytes} bytes`);
  return {
    texts: answers.map((_, k) => (texts[k] ?? []).filter((text) => text !== null)),
    ...{ pieces, isHex },
  };
}

/** Where the place of a column's text stands in the numbers of a row. */
interface PackedColumn {
  /** Which 32 bits, and from which of them on. */
  readonly word: number;
  readonly shift: number;
  readonly mask: number;
}

async function scanWith(
  database: DuckDB,
  table: SqlTable,
  { ids, answers, numbers }: WantedColumns,
  known: Known,
): Promise<ScannedColumns & { readonly isComplete: boolean }> {
  const { types, rows } = table;
  const { texts, pieces, isHex } = known;
  const { columns, longs } = packedSql(table, ids, answers, known);
  const id = ids === null ? "" : isHex ? `hex(${textSql(ids, types)})` : textSql(ids, types);
  const parts = Array.from(
    { length: pieces },
    (_, i) => `COALESCE(substr(${id}, ${1 + SHORT * i}, ${SHORT}), '')`,
  );
  const number = numbers === null ? [] : [numberSql(numbers, types)];
  const places = columns.map(({ mask }) =>
    mask < 256 ? new Uint8Array(rows) : new Uint16Array(rows)
  );
  const utf8 = new Uint8Array(rows * SHORT * pieces);
  const ends = new Int32Array(ids === null ? 0 : rows);
  const weights = new Float64Array(numbers === null ? 0 : rows);
  const empty: number[] = [];
  let [respondents, isComplete] = [0, true];
  const sql = `SELECT ${[...longs, ...parts, ...number].join(", ")} FROM ${table.sql}`;
  for await (const { size, bytesOf } of chunksOf(database, sql)) {
    const words = longs.map((_, i) => new Uint32Array(bytesOf(i, 8)));
    const kept = new Int32Array(size);
    let people = 0;
    for (let i = 0; i < size; i++) {
      const bits = words[0]![2 * i]!;
      if (bits & FILLED) kept[people++] = i;
      else empty.push(respondents + empty.length + people);
      if (!(bits & FITS)) isComplete = false;
    }
    columns.forEach(({ word, shift, mask }, k) => {
      const [values, half, into] = [words[word >> 1]!, word & 1, places[k]!];
      for (let i = 0; i < people; i++) {
        into[respondents + i] = (values[2 * kept[i]! + half]! >>> shift) & mask;
      }
    });
    if (ids !== null) {
      const bytes = parts.map((_, i) => new Uint8Array(bytesOf(longs.length + i, TEXT_BYTES)));
      const rows = kept.subarray(0, people);
      if (!takeIds(bytes, rows, isHex, utf8, ends, respondents)) isComplete = false;
    }
    if (numbers !== null) {
      const values = new Float64Array(bytesOf(longs.length + pieces, 8));
      for (let i = 0; i < people; i++) weights[respondents + i] = values[kept[i]!]!;
    }
    respondents += people;
    if (respondents > rows) throw new RangeError(`More than ${rows} rows`);
  }
  const read = answers.map((c, k): [number, CodedTexts] => {
    const all = [null, ...texts[k]!.map((text) => plainText(text, types[c]!))];
    const column = places[k]!.subarray(0, respondents);
    if (!column.includes(all.length)) return [c, { texts: all, places: column }];
    isComplete = false;
    return [c, { texts: [...all, OTHERS], places: column }];
  });
  return {
    ...{ respondents, empty, isComplete },
    ids: ids === null ? null : new TextColumn(utf8, ends.subarray(0, respondents)).trimmed(),
    answers: new Map(read),
    numbers: numbers === null ? null : weights.subarray(0, respondents),
  };
}

/** The columns' places packed into numbers of 64 bits, and where each of them is. */
function packedSql(
  { types, filledBy }: SqlTable,
  ids: number | null,
  answers: readonly number[],
  { texts, pieces, isHex }: Known,
): { columns: PackedColumn[]; longs: string[] } {
  const isFilled = [...ids === null ? [] : [ids], ...filledBy]
    .map((c) => `${textSql(c, types)} <> ''`).join(" OR ");
  const length = ids === null ? "0" : `COALESCE(strlen(${textSql(ids, types)}), 0)`;
  const words = [[
    `CASE WHEN ${isFilled} THEN ${FILLED} ELSE 0 END`,
    `CASE WHEN ${length} <= ${SHORT * pieces / (isHex ? 2 : 1)} THEN ${FITS} ELSE 0 END`,
  ]];
  let bits = 2;
  const columns = answers.map((c, k): PackedColumn => {
    const others = texts[k]!.length + 1;
    const width = 32 - Math.clz32(others);
    if (bits + width > 32) {
      words.push([]);
      bits = 0;
    }
    const list = texts[k]!.map(sqlLiteral).join(", ");
    const place = `COALESCE(list_position(CAST([${list}] AS VARCHAR[]), ${textSql(c, types)}), ` +
      `CASE WHEN c${c} IS NULL THEN 0 ELSE ${others} END)`;
    words.at(-1)!.push(`(CAST(${place} AS UINTEGER) << ${bits})`);
    bits += width;
    return { word: words.length - 1, shift: bits - width, mask: 2 ** width - 1 };
  });
  const sums = words.map((word) => `CAST(${word.join(" | ")} AS UBIGINT)`);
  const longs = sums.filter((_, i) => i % 2 === 0)
    .map((low, i) => sums[2 * i + 1] ? `${low} | (${sums[2 * i + 1]} << 32)` : low);
  return { columns, longs };
}

/** A column as text. */
function textSql(position: number, types: readonly string[]): string {
  return types[position] === "VARCHAR" ? `c${position}` : `CAST(c${position} AS VARCHAR)`;
}

/** A column as a number, NaN where it is none. */
function numberSql(position: number, types: readonly string[]): string {
  const text = `trim(c${position})`;
  const number = types[position] === "VARCHAR"
    ? `CASE WHEN regexp_full_match(${text}, ${sqlLiteral(NUMBER)}) ` +
      `THEN TRY_CAST(replace(${text}, ',', '.') AS DOUBLE) END`
    : `CAST(c${position} AS DOUBLE)`;
  return `COALESCE(${number}, CAST('nan' AS DOUBLE))`;
}

/** A text as the readers of small files have it. */
function plainText(text: string, type: string): string | null {
  if (type === "BOOLEAN") return text === "true" ? "1" : "0";
  if (type !== "FLOAT" && type !== "DOUBLE") return text === "" ? null : text;
  const number = Number(text);
  return text === "nan" ? null : String(type === "FLOAT" ? Math.fround(number) : number);
}

/**
 * Puts the pieces of ids together.
 *
 * @param first The respondent that they begin with.
 * @returns Whether all are as short as they should be: a letter may take several bytes.
 */
function takeIds(
  parts: readonly Uint8Array[],
  rows: Int32Array,
  isHex: boolean,
  utf8: Uint8Array,
  ends: Int32Array,
  first: number,
): boolean {
  let end = first === 0 ? 0 : ends[first - 1]!;
  for (let i = 0; i < rows.length; i++) {
    for (const part of parts) {
      const at = TEXT_BYTES * rows[i]!;
      const [length, from] = [part[at]!, at + TEXT_BYTES - SHORT];
      if (length > SHORT) return false;
      if (isHex) {
        for (let k = 0; k < length; k += 2) {
          utf8[end++] = digit(part[from + k]!) << 4 | digit(part[from + k + 1]!);
        }
      } else for (let k = 0; k < length; k++) utf8[end++] = part[from + k]!;
    }
    ends[first + i] = end;
  }
  return true;
}

/** The value of a digit of a hexadecimal number, in capitals. */
function digit(letter: number): number {
  return letter < 65 ? letter - 48 : letter - 55;
}
