import { ByteReader } from "../byte_reader.ts";
import { damaged } from "../damaged.ts";

/** What records of type 7 add; all by the short name of the variable, decoded later. */
export interface Extensions {
  /** Record 7/20: the name of the encoding. */
  encoding?: string;
  /** Record 7/3: the code of the encoding. */
  code?: number;
  /** Record 7/13: `SHORT=Long`, separated by tabs. */
  longNames?: Uint8Array;
  /** Record 7/14: `SHORT=00700`, for texts of more than 255 bytes. */
  longStrings?: Uint8Array;
  /** Record 7/16: number of cases. */
  cases?: number;
  /** Record 7/21: value labels of texts of more than 8 bytes. */
  longLabels?: { name: Uint8Array; labels: { value: Uint8Array; label: Uint8Array }[] }[];
  /** Record 7/22: missing values of texts of more than 8 bytes. */
  longMissing?: { name: Uint8Array; values: Uint8Array[] }[];
}

/** Reads record 7, after its type, into what was found before. Subtypes of no use are skipped. */
export function readExtension(reader: ByteReader, into: Extensions): void {
  const subtype = reader.int32();
  const size = reader.int32();
  const count = reader.int32();
  if (size < 0 || count < 0) {
    throw damaged(reader.file, `a size at byte ${reader.position}, but it is ${size} × ${count}`);
  }
  const data = reader.take(size * count);
  const inner = new ByteReader(data, reader.file);
  inner.littleEndian = reader.littleEndian;
  if (subtype === 3 && size === 4 && count >= 8) {
    inner.skip(28);
    into.code = inner.int32();
  } else if (subtype === 13) into.longNames = data;
  else if (subtype === 14) into.longStrings = data;
  else if (subtype === 16 && size === 8 && count >= 2) {
    inner.skip(8);
    into.cases = inner.int64();
  } else if (subtype === 20) into.encoding = new TextDecoder("windows-1252").decode(data);
  else if (subtype === 21) into.longLabels = readLongLabels(inner);
  else if (subtype === 22) into.longMissing = readLongMissing(inner);
}

function readLongLabels(reader: ByteReader): NonNullable<Extensions["longLabels"]> {
  const found = [];
  while (reader.left > 0) {
    const name = reader.take(reader.int32());
    reader.skip(4);
    const count = reader.int32();
    const labels = [];
    for (let i = 0; i < count; i++) {
      const value = reader.take(reader.int32());
      labels.push({ value, label: reader.take(reader.int32()) });
    }
    found.push({ name, labels });
  }
  return found;
}

function readLongMissing(reader: ByteReader): NonNullable<Extensions["longMissing"]> {
  const found = [];
  while (reader.left > 0) {
    const name = reader.take(reader.int32());
    const count = reader.take(1)[0] ?? 0;
    const length = reader.int32();
    const values = [];
    for (let i = 0; i < count; i++) {
      // Old versions of PSPP wrote the length before every value.
      if (i > 0 && reader.left >= 4 + length && peek(reader) === length) reader.skip(4);
      values.push(reader.take(length));
    }
    found.push({ name, values });
  }
  return found;
}

function peek(reader: ByteReader): number {
  const value = reader.int32();
  reader.position -= 4;
  return value;
}
