import { ByteReader } from "../byte_reader.ts";
import { damaged } from "../damaged.ts";
import { type Decoder, decoderOf } from "./decoder.ts";
import {
  type RawLabels,
  type RawVariable,
  readLabels,
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
  const extensions = new Map<number, Uint8Array>();
  for (;;) {
    const at = reader.position;
    const type = reader.int32();
    if (type === 2) raw.push(readVariable(reader));
    else if (type === 3) labels.push(readLabels(reader));
    else if (type === 6) reader.skip(80 * reader.int32());
    else if (type === 7) extensions.set(reader.int32(), reader.take(sizeOfExtension(reader)));
    else if (type === 999) break;
    else throw damaged(file, `a record of an SPSS file at byte ${at}, but its type is ${type}`);
  }
  reader.skip(4);
  const { littleEndian } = reader;
  /** What an extension holds from a byte on; null where there is none or it is shorter. */
  const extension = (subtype: number, from: number, length: number) => {
    const data = extensions.get(subtype);
    if (data === undefined || data.length < from + length) return null;
    const inner = new ByteReader(data, file, from);
    inner.littleEndian = littleEndian;
    return inner;
  };
  const encoding = extensions.get(20);
  const said = encoding === undefined ? null : new TextDecoder("windows-1252").decode(encoding);
  const decode = decoderOf(said, extension(3, 28, 4)?.int32() ?? null, file);
  // Some programs write the record without a number.
  const cases = extension(16, 8, 8)?.int64() || headerCases;
  if (headerCases >= 0 && cases >= 0 && cases !== headerCases) {
    throw damaged(file, `one number of respondents, but the file says ${headerCases} and ${cases}`);
  }
  return {
    variables: savVariables(raw, labels, (subtype) => extension(subtype, 0, 0), decode, reader),
    ...{ decode, weight, compression, bias, littleEndian },
    cases: cases < 0 ? null : cases,
    elements: raw.length,
    end: reader.position,
  };
}

/** The length of a record 7, behind its subtype. */
function sizeOfExtension(reader: ByteReader): number {
  const [size, count] = [reader.int32(), reader.int32()];
  if (size >= 0 && count >= 0) return size * count;
  throw damaged(reader.file, `a size at byte ${reader.position}, but it is ${size} × ${count}`);
}
