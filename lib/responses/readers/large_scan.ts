import { chunksOf, type DuckDB, sqlLiteral, type Values, type ValueType } from "./duckdb.ts";
import { type CodedTexts, TextColumn } from "./text_column.ts";

/** A large file as a table in SQL. */
export interface SqlTable {
  /** What a query selects from, with columns c0, c1 … */
  readonly sql: string;
  /** The type of each column as the database names it: texts, numbers or truth values. */
  readonly types: readonly string[];
  /** How many rows it has at most; asked once the database reads. */
  readonly rows: () => number;
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
const SAMPLE = 10_000;
/** So many different values of a column are told apart; this stands for the rest. */
const MOST_TEXTS = 1000;
export const OTHERS = "(further values)";
/** The database's texts take so many bytes, of which so many are the text itself if it is short. */
const TEXT_BYTES = 16, SHORT = 12;
/** Longer ids are not read in this way. */
const MOST_PIECES = 40;
/** A number with a decimal point or comma, as `numberOf()` knows it. */
const NUMBER = String.raw`[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?`;

/** What is known of columns before they are read. */
interface Known {
  /** The different texts of each column of answers. */
  readonly texts: readonly (readonly string[])[];
  /** Into how many pieces an id is cut that are short enough to stand in a vector themselves. */
  readonly pieces: number;
  /** Letters of a piece. */
  readonly letters: number;
}

/**
 * Reads columns of a file with a database: each answer as the place of its text among those that the
 * column has.
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
  const sample = `(SELECT * FROM ${table.sql} LIMIT ${SAMPLE})`;
  let scanned = await scanWith(
    database,
    table,
    wanted,
    await look(database, table, sample, wanted),
  );
  if (!scanned.isComplete) {
    const known = await look(database, table, table.sql, wanted);
    scanned = await scanWith(database, table, wanted, known);
  }
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

async function look(
  { connection }: DuckDB,
  table: SqlTable,
  from: string,
  { ids, answers }: WantedColumns,
  most = MOST_TEXTS,
): Promise<Known> {
  const { types } = table;
  const id = ids === null ? "''" : textSql(ids, types);
  // Of a few rows the second is many times as fast.
  const differentSql = (text: string) =>
    from === table.sql ? `list(DISTINCT ${text})` : `map_keys(histogram(${text}))`;
  const cut = most === Infinity ? "" : `[:${most}]`;
  const asked = [
    `max(length(${id}))`,
    `bool_or(strlen(${id}) <> length(${id}))`,
    ...answers.map((c) => `${differentSql(textSql(c, types))}${cut}`),
  ];
  const read = await connection.runAndReadAll(`SELECT ${asked.join(", ")} FROM ${from}`);
  const [[longest, isWide, ...texts]] = read.getRowsJS() as [[bigint, boolean, ...string[][]]];
  // No letter takes more than four bytes.
  const letters = isWide ? SHORT / 4 : SHORT;
  const pieces = ids === null ? 0 : Math.ceil(Number(longest) / letters) || 1;
  if (pieces > MOST_PIECES) throw new RangeError(`An id of ${longest} letters`);
  return {
    texts: answers.map((_, k) => (texts[k] ?? []).filter((text) => text !== null)),
    ...{ pieces, letters },
  };
}

async function scanWith(
  database: DuckDB,
  table: SqlTable,
  { ids, answers, numbers }: WantedColumns,
  { texts, pieces, letters }: Known,
): Promise<ScannedColumns & { readonly isComplete: boolean }> {
  const { types, filledBy } = table;
  const id = ids === null ? "''" : textSql(ids, types);
  const isFilled = filledBy.map((c) => `${textSql(c, types)} <> ''`).join(" OR ") || "FALSE";
  // Bytes of the id; -1 where the row has no value at all.
  const bytes = `CASE WHEN ${id} <> '' THEN strlen(${id}) WHEN ${isFilled} THEN 0 ELSE -1 END`;
  const parts = Array.from(
    { length: pieces },
    (_, i) => `substr(${id}, ${1 + letters * i}, ${letters})`,
  );
  const isShort = texts.map(({ length }) => length + 1 < 256);
  const selected = [
    `CAST(${bytes} AS INTEGER)`,
    ...answers.map((c, k) =>
      `CAST(${placeSql(c, types, texts[k]!)} AS ${isShort[k] ? "UTINYINT" : "USMALLINT"})`
    ),
    ...parts,
    ...numbers === null ? [] : [numberSql(numbers, types)],
  ];
  const chunks = await chunksOf(database, `SELECT ${selected.join(", ")} FROM ${table.sql}`);
  const rows = table.rows();
  const places = isShort.map((short) => short ? new Uint8Array(rows) : new Uint16Array(rows));
  const utf8 = new Uint8Array(rows * SHORT * pieces);
  const ends = new Int32Array(ids === null ? 0 : rows);
  const weights = new Float64Array(numbers === null ? 0 : rows);
  const empty: number[] = [];
  let [respondents, isComplete] = [0, true];
  for await (const { size, valuesOf } of chunks) {
    const lengths = valuesOf(0, Int32Array);
    let people = 0;
    for (let i = 0; i < size; i++) {
      if (lengths[i]! >= 0) people++;
      else empty.push(respondents + empty.length + people);
    }
    const keep = <T extends Values>(into: T, column: number, type: ValueType<T>) => {
      const values = valuesOf(column, type);
      into.set(people === size ? values : values.filter((_, i) => lengths[i]! >= 0), respondents);
    };
    places.forEach((into, k) => keep<Values>(into, 1 + k, isShort[k] ? Uint8Array : Uint16Array));
    if (numbers !== null) keep(weights, 1 + answers.length + pieces, Float64Array);
    if (ids !== null) {
      const texts = parts.map((_, i) => valuesOf(1 + answers.length + i, Uint8Array, TEXT_BYTES));
      if (!takeIds(texts, lengths, utf8, ends, respondents)) isComplete = false;
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

/** The place of a column's value among texts, from 1; 0 where it has none, and one more for others. */
function placeSql(position: number, types: readonly string[], texts: readonly string[]): string {
  const list = texts.map(sqlLiteral).join(", ");
  return `COALESCE(list_position(CAST([${list}] AS VARCHAR[]), ${textSql(position, types)}), ` +
    `CASE WHEN c${position} IS NULL THEN 0 ELSE ${texts.length + 1} END)`;
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
 * @param lengths Bytes of the id of each row; below 0 where the row is no respondent.
 * @param first The respondent that they begin with.
 * @returns Whether the pieces are all of it.
 */
function takeIds(
  parts: readonly Uint8Array[],
  lengths: Int32Array,
  utf8: Uint8Array,
  ends: Int32Array,
  first: number,
): boolean {
  let [end, row] = [first === 0 ? 0 : ends[first - 1]!, first];
  for (let i = 0; i < lengths.length; i++) {
    const length = lengths[i]!;
    if (length < 0) continue;
    const start = end;
    for (let p = 0; p < parts.length && length > 0; p++) {
      const part = parts[p]!;
      const at = TEXT_BYTES * i;
      const [size, from] = [part[at]!, at + TEXT_BYTES - SHORT];
      if (size > SHORT) return false;
      for (let k = 0; k < size; k++) utf8[end++] = part[from + k]!;
    }
    if (end - start !== length) return false;
    ends[row++] = end;
  }
  return true;
}
