import { hashBytes, hashText } from "./hash_text.ts";
import { numberOf } from "./number_of.ts";
import { decodeChunk } from "./parquet_chunk.ts";
import { PlacedTexts } from "./placed_texts.ts";
import { type ParquetFile, parquetFile } from "./parquet_file.ts";
import { HASHES, NUMBERS, SKIP, TEXTS } from "./scan_plan.ts";
import type { Source } from "./source.ts";
import { asText } from "./value_as_text.ts";

/** The columns of a Parquet file, before a value is read. */
export interface ParquetHeader {
  readonly header: readonly string[];
  readonly rows: number;
  /** Number of parts. */
  readonly groups: number;
}

/** What is wanted of each column, as in a ScanPlan. */
export interface ParquetPlan {
  readonly kinds: readonly number[];
  readonly prefix: string;
  /** Where several share the work: which of them this is (from 0), and how many there are. */
  readonly share: number;
  readonly shares: number;
}

/** The values of one part of a file, by column: what its kind says, null for SKIP. */
export interface ParquetPart {
  /** Which part it is (from 0). */
  readonly group: number;
  readonly rows: number;
  /** The part's rows that are left out, since they have no value at all. */
  readonly dropped: readonly number[];
  readonly columns: readonly (ParquetColumn | null)[];
}

/** The values of a column in one part of a file. */
export type ParquetColumn =
  | {
    readonly texts: readonly (string | null)[];
    readonly places: Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
  }
  | { readonly hashes: Uint32Array<ArrayBuffer>; readonly withPrefix: number }
  | { readonly numbers: Float64Array<ArrayBuffer> };

/** Opens a file; see {@link parquetFile}. */
export function parquetHeaderPart(source: Source): [ParquetHeader, ParquetFile] {
  const file = parquetFile(source);
  return [{ header: file.header, rows: file.rows, groups: file.groups.length }, file];
}

/**
 * Reads what is wanted of a file, part by part.
 *
 * @throws {DataProblems} If a column holds lists or records.
 * @throws {Error} Whatever a damaged file leads to.
 */
export function* parquetParts(source: Source, file: ParquetFile, plan: unknown) {
  const { kinds, prefix, share, shares } = plan as ParquetPlan;
  for (let group = share; group < file.groups.length; group += shares) {
    const part = partOf(source, file, group, kinds, prefix);
    const transfer = part.columns.flatMap((column): ArrayBuffer[] => {
      if (!column) return [];
      if ("hashes" in column) return [column.hashes.buffer];
      return ["places" in column ? column.places.buffer : column.numbers.buffer];
    });
    yield { part, transfer };
  }
}

function partOf(
  source: Source,
  file: ParquetFile,
  group: number,
  kinds: readonly number[],
  prefix: string,
): ParquetPart {
  const rows = file.groups[group]!;
  const filled = new Uint8Array(rows);
  const columns: (ParquetColumn | null)[] = kinds.map(() => null);
  // The ids come first: who has one is filled, so that nobody has to look at the others for that.
  const order = [...kinds.keys()].sort((a, b) =>
    Number(kinds[b] === HASHES) - Number(kinds[a] === HASHES)
  );
  for (const position of order) {
    const kind = kinds[position]!;
    if (kind === SKIP) continue;
    const open = filled.includes(0) ? filled : null;
    columns[position] = columnOf(source, file, group, position, kind, prefix, open);
  }
  for (const [position, kind] of kinds.entries()) {
    // Only where somebody has no value in the columns that are wanted do the others matter.
    if (!filled.includes(0)) break;
    if (kind === SKIP) columnOf(source, file, group, position, TEXTS, prefix, filled);
  }
  if (!filled.includes(0)) return { group, rows, dropped: [], columns };
  const dropped = [...filled.keys()].filter((row) => filled[row] === 0);
  const keep = <T extends Float64Array | Int32Array | Uint8Array | Uint32Array>(
    values: T,
    per = 1,
  ) => values.filter((_, i) => filled[Math.floor(i / per)] === 1) as T;
  return {
    group,
    rows: rows - dropped.length,
    dropped,
    columns: columns.map((column) => {
      if (column === null) return null;
      if ("hashes" in column) return { ...column, hashes: keep(column.hashes, 2) };
      if ("numbers" in column) return { numbers: keep(column.numbers) };
      return { ...column, places: keep(column.places) };
    }),
  };
}

function columnOf(
  source: Source,
  file: ParquetFile,
  group: number,
  position: number,
  kind: number,
  prefix: string,
  filled: Uint8Array | null,
): ParquetColumn {
  const rows = file.groups[group]!;
  let row = 0;
  if (kind === NUMBERS) {
    const numbers = new Float64Array(rows);
    decodeChunk(source, file, group, position, {
      coded: () => {},
      places: () => {},
      values: (values) => {
        for (let i = 0; i < values.length; i++) {
          const text = asText(values[i], file.header[position]!, source.name);
          if (text && filled) filled[row] = 1;
          numbers[row++] = typeof values[i] === "number" && Number.isFinite(values[i])
            ? values[i]
            : numberOf(text ?? "");
        }
      },
    });
    return { numbers };
  }
  if (kind === HASHES) return hashesOf(source, file, group, position, prefix, filled);
  return textColumn(source, file, group, position, filled);
}

function textColumn(
  source: Source,
  file: ParquetFile,
  group: number,
  position: number,
  filled: Uint8Array | null,
) {
  const column = new PlacedTexts(file.groups[group]!, filled);
  decodeChunk(source, file, group, position, column);
  return { texts: column.texts, places: column.out };
}

function hashesOf(
  source: Source,
  file: ParquetFile,
  group: number,
  position: number,
  prefix: string,
  filled: Uint8Array | null,
): ParquetColumn {
  const hashes = new Uint32Array(2 * file.groups[group]!);
  const decoder = new TextDecoder();
  const prefixBytes = new TextEncoder().encode(prefix);
  let [row, withPrefix] = [0, 0];
  const ofText = (value: string) => {
    const text = value.trim();
    hashText(text, hashes, 2 * row);
    if (value !== "" && filled) filled[row] = 1;
    if (text !== "" && text.startsWith(prefix)) withPrefix++;
  };
  decodeChunk(source, file, group, position, {
    coded: (count, indices, places, levels, texts) => {
      for (let i = 0, k = 0; i < count; i++, row++) {
        if (levels?.[i] === 0) continue;
        const place = places[indices[k++]!]!;
        if (place < 0) throw new RangeError("A value is not in the dictionary");
        ofText(texts[place] ?? "");
      }
    },
    places: (page, texts) => {
      for (const place of page) {
        ofText(texts[place] ?? "");
        row++;
      }
    },
    plain: (count, view, levels) => {
      const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
      let at = 0;
      for (let i = 0; i < count; i++, row++) {
        if (levels?.[i] === 0) continue;
        const from = at + 4;
        at = from + view.getUint32(at, true);
        if (at > view.byteLength) throw new RangeError("A text is cut off");
        if (at === from) continue;
        if (at + 4 > view.byteLength || !hashBytes(view, from, at, hashes, 2 * row)) {
          ofText(decoder.decode(bytes.subarray(from, at)));
          continue;
        }
        if (filled) filled[row] = 1;
        let same = 0;
        while (same < prefixBytes.length && bytes[from + same] === prefixBytes[same]) same++;
        if (same === prefixBytes.length && at - from >= same) withPrefix++;
      }
    },
  });
  return { hashes, withPrefix };
}

/** The texts of a column in one part of a file; see {@link ParquetColumn}. */
export function textsOf(source: Source, file: ParquetFile, group: number, position: number) {
  return textColumn(source, file, group, position, null);
}
