import type { DuckDBConnection } from "@duckdb/node-api";
import { tmpdir } from "node:os";
import { type CodedTexts, TextColumn } from "./text_column.ts";

/** A table in SQL with a large file's values. */
export interface SqlTable {
  /** The table, with its columns c0, c1 …, as a query selects from it. */
  readonly sql: string;
  /** The type of each column as the database names it: of texts, numbers and truth values. */
  readonly types: readonly string[];
  /** About how many rows it has: room for so many is made. */
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
}

/** A connection to a database in memory, and what reads its results in bytes. */
export interface Database extends Disposable {
  readonly connection: DuckDBConnection;
  readonly bindings: typeof import("@duckdb/node-bindings");
}

/** So many rows at the beginning tell most of the values that a column has. */
const SAMPLE = 20_000;
/** So many different values of a column are told apart. */
const MOST_TEXTS = 1000;
/** The type of the database's texts: so many bytes each, of which so many are the text if it is short. */
const TEXT_BYTES = 16, SHORT = 12;
/** Longer ids are not read in this way. */
const MOST_PIECES = 40;
/** Stands for all texts beyond those that are told apart. */
const OTHERS = "(further values)";
/** A number with a decimal point or comma, as `numberOf()` knows it. */
const NUMBER = String.raw`[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?`;
/**
 * Opens DuckDB, which is loaded only now. Its name is not written where it is imported, so that Deno
 * does not fetch its 140 MB for every other run too.
 *
 * @returns null where there is none for this machine, or none can be fetched.
 */
export async function openDatabase(): Promise<Database | null> {
  const [api, raw] = ["@duckdb/node-api", "@duckdb/node-bindings"];
  try {
    const { DuckDBInstance }: typeof import("@duckdb/node-api") = await import(api);
    const { default: bindings } = await import(raw);
    const instance = await DuckDBInstance.create(":memory:", {
      threads: String(navigator.hardwareConcurrency),
      // Nothing is fetched: what reads CSV and Parquet is built in.
      autoinstall_known_extensions: "false",
      temp_directory: `${tmpdir()}/survey_duckdb_${Deno.pid}`,
    });
    const connection = await instance.connect();
    // A file is read once or twice: keeping it would only fill the memory.
    await connection.run("SET enable_external_file_cache = false");
    // While the rows that came are unpacked, the next are read.
    await connection.run("SET streaming_buffer_size = '64MB'");
    return {
      connection,
      bindings,
      [Symbol.dispose]() {
        connection.closeSync();
        instance.closeSync();
      },
    };
  } catch {
    return null;
  }
}

/** A text as SQL has it. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
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
  database: Database,
  table: SqlTable,
  wanted: WantedColumns,
): Promise<ScannedColumns> {
  const { answers, ids } = wanted;
  const used = usedOf(wanted).map((c) => `c${c}`).join(", ") || "*";
  await database.connection.run(
    `CREATE OR REPLACE TEMP TABLE sample AS SELECT ${used} FROM ${table.sql} LIMIT ${SAMPLE}`,
  );
  const sample = { ...table, sql: "sample" };
  const texts = await distinctTexts(database, sample, answers);
  let form = await idForm(database, sample, ids);
  for (;;) {
    const scanned = await scanWith(database, table, wanted, texts, form);
    const lacking = [...answers.keys()].filter((k) =>
      texts[k]!.length < MOST_TEXTS && scanned.hasOthers[k]
    );
    if (lacking.length === 0 && scanned.doIdsFit) return scanned;
    if (!scanned.doIdsFit) form = await idForm(database, table, ids);
    const all = await distinctTexts(database, table, lacking.map((k) => answers[k]!));
    lacking.forEach((k, i) => texts[k] = all[i]!);
  }
}

function usedOf({ ids, answers, numbers }: WantedColumns): number[] {
  return [ids, ...answers, numbers].filter((c) => c !== null);
}

/** The different texts of some columns. */
export async function distinctTexts(
  { connection }: Database,
  { sql, types }: SqlTable,
  positions: readonly number[],
  most = MOST_TEXTS,
): Promise<string[][]> {
  if (positions.length === 0) return [];
  const cut = most === Infinity ? "" : `[:${most}]`;
  const lists = positions.map((c) => `list(DISTINCT ${textSql(c, types)})${cut}`);
  const read = await connection.runAndReadAll(`SELECT ${lists.join(", ")} FROM ${sql}`);
  const [row = []] = read.getRowsJS() as (readonly (readonly (string | null)[] | null)[])[];
  return positions.map((_, i) => (row[i] ?? []).filter((text) => text !== null));
}

/** How ids are cut into pieces that are short enough to stand in a vector themselves. */
interface IdForm {
  readonly pieces: number;
  /** Where a letter may take several bytes, each byte is written as two digits. */
  readonly isHex: boolean;
}

async function idForm(
  { connection }: Database,
  { sql, types }: SqlTable,
  position: number | null,
): Promise<IdForm> {
  if (position === null) return { pieces: 0, isHex: false };
  const read = await connection.runAndReadAll(
    `SELECT COALESCE(max(strlen(id)), 0), COALESCE(bool_or(strlen(id) <> length(id)), FALSE) ` +
      `FROM (SELECT ${textSql(position, types)} AS id FROM ${sql})`,
  );
  const [[bytes, isHex]] = read.getRowsJS() as [[bigint, boolean]];
  const pieces = Math.max(1, Math.ceil(Number(bytes) * (isHex ? 2 : 1) / SHORT));
  if (pieces > MOST_PIECES) throw new RangeError(`An id of ${bytes} bytes`);
  return { pieces, isHex };
}

/** Where the place of a column's text stands in the numbers of a row. */
interface PackedColumn {
  /** Which 32 bits, and from which of them on. */
  readonly word: number;
  readonly shift: number;
  readonly mask: number;
}

/** The first bits of a row: whether it has a value, and whether its id fits. */
const FILLED = 1, FITS = 2;

async function scanWith(
  database: Database,
  table: SqlTable,
  wanted: WantedColumns,
  texts: readonly (readonly string[])[],
  form: IdForm,
): Promise<ScannedColumns & { readonly hasOthers: boolean[]; readonly doIdsFit: boolean }> {
  const { types, rows } = table;
  const { ids, answers, numbers } = wanted;
  const { columns, longs } = packedSql(table, wanted, texts, form);
  const id = ids === null ? "" : form.isHex ? `hex(${textSql(ids, types)})` : textSql(ids, types);
  const pieces = Array.from(
    { length: form.pieces },
    (_, i) => `COALESCE(substr(${id}, ${1 + SHORT * i}, ${SHORT}), '')`,
  );
  const number = numbers === null ? [] : [numberSql(numbers, types)];
  const places = columns.map(({ mask }) =>
    mask < 256 ? new Growing(Uint8Array, rows) : new Growing(Uint16Array, rows)
  );
  const utf8 = new Growing(Uint8Array, rows * SHORT * pieces.length);
  const [ends, weights] = [new Growing(Int32Array, rows), new Growing(Float64Array, rows)];
  const empty: number[] = [];
  let [respondents, doIdsFit] = [0, true];
  const sql = `SELECT ${[...longs, ...pieces, ...number].join(", ")} FROM ${table.sql}`;
  for await (const { size, bytesOf } of chunksOf(database, sql)) {
    const words = longs.map((_, i) => new Uint32Array(bytesOf(i, 8)));
    const kept = new Int32Array(size);
    let people = 0;
    for (let i = 0; i < size; i++) {
      const bits = words[0]![2 * i]!;
      if (bits & FILLED) kept[people++] = i;
      else empty.push(respondents + empty.length + people);
      if (!(bits & FITS)) doIdsFit = false;
    }
    columns.forEach(({ word, shift, mask }, k) => {
      const [values, half, into] = [words[word >> 1]!, word & 1, places[k]!.more(people)];
      for (let i = 0; i < people; i++) into[i] = (values[2 * kept[i]! + half]! >>> shift) & mask;
    });
    if (ids !== null) {
      const parts = pieces.map((_, i) => new Uint8Array(bytesOf(longs.length + i, TEXT_BYTES)));
      if (!takeIds(parts, kept.subarray(0, people), form.isHex, utf8, ends)) doIdsFit = false;
    }
    if (numbers !== null) {
      const values = new Float64Array(bytesOf(longs.length + pieces.length, 8));
      const into = weights.more(people);
      for (let i = 0; i < people; i++) into[i] = values[kept[i]!]!;
    }
    respondents += people;
  }
  const hasOthers = places.map((column, k) => column.all().includes(texts[k]!.length + 1));
  return {
    respondents,
    empty,
    ids: ids === null ? null : new TextColumn(utf8.all(), ends.all()).trimmed(),
    answers: new Map(answers.map((c, k) => [c, {
      texts: [
        null,
        ...texts[k]!.map((text) => plainText(text, types[c]!)),
        ...hasOthers[k] ? [OTHERS] : [],
      ],
      places: places[k]!.all(),
    }])),
    numbers: numbers === null ? null : weights.all(),
    hasOthers,
    doIdsFit,
  };
}

/** The columns' places packed into numbers of 64 bits, and where each of them is. */
function packedSql(
  { types, filledBy }: SqlTable,
  { ids, answers }: WantedColumns,
  texts: readonly (readonly string[])[],
  { pieces, isHex }: IdForm,
): { columns: PackedColumn[]; longs: string[] } {
  const isFilled = [...ids === null ? [] : [ids], ...filledBy]
    .map((c) => `${textSql(c, types)} <> ''`).join(" OR ");
  const bytes = ids === null ? "0" : `COALESCE(strlen(${textSql(ids, types)}), 0)`;
  const fits = `${bytes} <= ${SHORT * pieces / (isHex ? 2 : 1)}`;
  const words = [[
    `CASE WHEN ${isFilled} THEN ${FILLED} ELSE 0 END`,
    `CASE WHEN ${fits} THEN ${FITS} ELSE 0 END`,
  ]];
  let bits = 2;
  const columns = answers.map((c, k): PackedColumn => {
    const others = texts[k]!.length + 1;
    const width = 32 - Math.clz32(others);
    if (bits + width > 32) {
      words.push([]);
      bits = 0;
    }
    const list = texts[k]!.map(sqlText).join(", ");
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
    ? `CASE WHEN regexp_full_match(${text}, ${sqlText(NUMBER)}) ` +
      `THEN TRY_CAST(replace(${text}, ',', '.') AS DOUBLE) END`
    : `CAST(c${position} AS DOUBLE)`;
  return `COALESCE(${number}, CAST('nan' AS DOUBLE))`;
}

/** A text as the readers of small files have it. */
function plainText(text: string, type: string): string | null {
  switch (type) {
    case "BOOLEAN":
      return text === "true" ? "1" : "0";
    case "FLOAT":
      return text === "nan" ? null : String(Math.fround(Number(text)));
    case "DOUBLE":
      return text === "nan" ? null : String(Number(text));
  }
  return text === "" ? null : text;
}

/** The rows of a query, some at a time: the bytes of a column, so many for each row. */
async function* chunksOf({ connection, bindings }: Database, sql: string) {
  const result = await connection.stream(sql);
  for (;;) {
    const chunk = await result.fetchChunk();
    const size = chunk?.rowCount ?? 0;
    if (chunk === null || size === 0) return;
    const bytesOf = (column: number, width: number): ArrayBuffer => {
      const vector = bindings.data_chunk_get_vector(chunk.chunk, column);
      const bytes = bindings.vector_get_data(vector, size * width);
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + size * width) as ArrayBuffer;
    };
    yield { size, bytesOf };
  }
}

/**
 * Puts the pieces of ids together.
 *
 * @returns Whether all are as short as they should be: a letter may take several bytes.
 */
function takeIds(
  parts: readonly Uint8Array[],
  rows: Int32Array,
  isHex: boolean,
  utf8: Growing<Uint8Array<ArrayBuffer>>,
  ends: Growing<Int32Array<ArrayBuffer>>,
): boolean {
  const first = utf8.length;
  const into = utf8.more(rows.length * SHORT * parts.length);
  const intoEnds = ends.more(rows.length);
  let end = 0;
  for (let i = 0; i < rows.length; i++) {
    for (const part of parts) {
      const at = TEXT_BYTES * rows[i]!;
      const [length, from] = [part[at]!, at + TEXT_BYTES - SHORT];
      if (length > SHORT) return false;
      if (isHex) {
        for (let k = 0; k < length; k += 2) {
          into[end++] = digit(part[from + k]!) << 4 | digit(part[from + k + 1]!);
        }
      } else for (let k = 0; k < length; k++) into[end++] = part[from + k]!;
    }
    intoEnds[i] = first + end;
  }
  utf8.length = first + end;
  return true;
}

/** The value of a digit of a hexadecimal number, in capitals. */
function digit(letter: number): number {
  return letter < 65 ? letter - 48 : letter - 55;
}

type Numbers = Uint8Array | Uint16Array | Int32Array | Float64Array;

/** An array that grows. */
class Growing<T extends Numbers> {
  length = 0;
  #values: T;

  constructor(private readonly type: new (length: number) => T, room: number) {
    this.#values = new type(room);
  }

  /** Room for so many more, to be written. */
  more(count: number): T {
    const end = this.length + count;
    if (end > this.#values.length) {
      const larger = new this.type(Math.ceil(1.5 * end));
      larger.set(this.#values.subarray(0, this.length));
      this.#values = larger;
    }
    const into = this.#values.subarray(this.length, end) as T;
    this.length = end;
    return into;
  }

  all(): T {
    return this.#values.subarray(0, this.length) as T;
  }
}
