import { ByteReader } from "../byte_reader.ts";
import { damaged } from "../damaged.ts";
import { type Decoder, decoderOf } from "./decoder.ts";
import {
  type Extensions,
  type RawLabels,
  type RawVariable,
  readVariable,
  type SavVariable,
  savVariables,
} from "./variables.ts";

/** What stands in an SPSS file before its cases. */
export interface Dictionary {
  readonly variables: readonly SavVariable[];
  readonly decode: Decoder;
  /** 0: as they are; 1: bytecodes; 2: bytecodes in zlib blocks. */
  readonly compression: number;
  /** What is added to a whole number to make its bytecode, usually 100. */
  readonly bias: number;
  /** Number of cases, or null where the file does not say. */
  readonly cases: number | null;
  /** Number of elements of 8 bytes that one case takes. */
  readonly elements: number;
  readonly littleEndian: boolean;
  /** The element (from 0) of the variable by which cases are weighted; -1 where there is none. */
  readonly weight: number;
  /** Where the cases begin. */
  readonly end: number;
}

/**
 * Reads the dictionary of an SPSS file (.sav, .zsav): header, variables, value labels and what later
 * versions added (B. Pfaff et al., PSPP Developers Guide, "System File Format").
 *
 * @throws {DataProblems} If the file is cut off or damaged.
 */
export function readDictionary(bytes: Uint8Array, file: string): Dictionary {
  const reader = new ByteReader(bytes, file, 64);
  const layout = reader.int32();
  if (layout !== 2 && layout !== 3) {
    reader.littleEndian = false;
    reader.position = 64;
    const other = reader.int32();
    if (other !== 2 && other !== 3) {
      throw damaged(file, `layout 2 or 3 at byte 64 of an SPSS file, but it is ${layout}`);
    }
  }
  reader.skip(4);
  const compression = reader.int32();
  if (![0, 1, 2].includes(compression)) {
    throw damaged(file, `compression 0, 1 or 2, but it is ${compression}`);
  }
  const weight = reader.int32() - 1;
  const headerCases = reader.int32();
  const bias = reader.float64();
  reader.skip(9 + 8 + 64 + 3);
  const raw: RawVariable[] = [];
  const labels: RawLabels[] = [];
  const extensions: Extensions = {};
  for (;;) {
    const at = reader.position;
    const type = reader.int32();
    if (type === 2) raw.push(readVariable(reader));
    else if (type === 3) labels.push(readLabels(reader));
    else if (type === 6) reader.skip(80 * reader.int32());
    else if (type === 7) readExtension(reader, extensions);
    else if (type === 999) break;
    else throw damaged(file, `a record of an SPSS file at byte ${at}, but its type is ${type}`);
  }
  reader.skip(4);
  const decode = decoderOf(extensions.encoding ?? null, extensions.code ?? null, file);
  // Some programs write the record without a number.
  const cases = extensions.cases || headerCases;
  if (headerCases >= 0 && cases >= 0 && cases !== headerCases) {
    throw damaged(file, `one number of respondents, but the file says ${headerCases} and ${cases}`);
  }
  return {
    variables: savVariables(raw, labels, extensions, decode, reader),
    ...{ decode, weight, compression },
    bias,
    cases: cases < 0 ? null : cases,
    elements: raw.length,
    littleEndian: reader.littleEndian,
    end: reader.position,
  };
}

function readLabels(reader: ByteReader): RawLabels {
  const labels = [];
  const count = reader.int32();
  for (let i = 0; i < count; i++) {
    const value = reader.take(8);
    const length = reader.take(1)[0] ?? 0;
    const label = reader.take(length);
    reader.skip((8 - (1 + length) % 8) % 8);
    labels.push({ value, label });
  }
  const type = reader.int32();
  if (type !== 4) throw damaged(reader.file, `record 4 after value labels, but it is ${type}`);
  const variables = [];
  const belongs = reader.int32();
  for (let i = 0; i < belongs; i++) variables.push(reader.int32());
  return { labels, variables };
}

/** Reads record 7, after its type, into what was found before. Subtypes of no use are skipped. */
function readExtension(reader: ByteReader, into: Extensions): void {
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
