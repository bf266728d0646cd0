import { type ByteReader } from "../byte_reader.ts";
import { damaged } from "../damaged.ts";
import type { Decoder } from "./decoder.ts";
import type { RawLabels } from "./dictionary.ts";
import type { Extensions } from "./extensions.ts";
import type { RawVariable } from "./raw_variable.ts";

/** A variable as its user knows it: very long texts are one, whatever they are in the file. */
export interface Variable {
  readonly name: string;
  readonly label: string | null;
  /** 0: a number; else the width of a text in bytes. */
  readonly width: number;
  readonly format: number;
  /** The elements of a case that it stands in: each a run, of whose bytes `used` count. */
  readonly segments: readonly { readonly element: number; readonly used: number }[];
  /** Labels by value; a value is a number as a string, or a text. */
  readonly labels: ReadonlyMap<string, string>;
  readonly isMissing: (value: number | string) => boolean;
}

/** The most bytes of a text that one segment of a very long text holds. */
const SEGMENT = 255;
/** What the width of a very long text is divided by to get its number of segments. */
const SEGMENT_STEP = 252;

/**
 * Puts together what the records of a dictionary say of each variable.
 *
 * @param reader The file, for its byte order and name.
 * @throws {DataProblems} If the records contradict each other.
 */
export function joinVariables(
  raw: readonly RawVariable[],
  labels: readonly RawLabels[],
  extensions: Extensions,
  decode: Decoder,
  reader: ByteReader,
): Variable[] {
  const longNames = pairs(extensions.longNames, decode);
  const widths = pairs(extensions.longStrings, decode);
  const byElement = new Map<number, RawLabels["labels"]>();
  for (const { labels: set, variables } of labels) {
    for (const element of variables) byElement.set(element - 1, set);
  }
  const variables: Variable[] = [];
  for (let element = 0; element < raw.length;) {
    const first = raw[element] as RawVariable;
    if (first.width < 0) throw damaged(reader.file, "a variable before what continues it");
    const short = decode(first.name, true);
    const name = longNames.get(short.toUpperCase()) ?? short;
    const width = Number(widths.get(short.toUpperCase()) ?? first.width);
    const segments = [];
    const count = width > SEGMENT ? Math.ceil(width / SEGMENT_STEP) : 1;
    for (let s = 0; s < count; s++) {
      const segment = raw[element];
      if (!segment || (segment.width < 1 && width > 0)) {
        throw damaged(reader.file, `${count} parts of the long text ${name}, but there are ${s}`);
      }
      const used = Math.min(SEGMENT, Math.max(0, width - SEGMENT * s));
      if (used > segment.width) {
        throw damaged(
          reader.file,
          `${used} bytes in a part of ${name}, but it has ${segment.width}`,
        );
      }
      segments.push({ element, used });
      element += elementsOf(segment.width);
    }
    const isOwn = (entry: { name: Uint8Array }) =>
      [name, short].some((known) => sameName(entry.name, known, decode));
    const own = [...byElement.get(segments[0]?.element ?? -1) ?? []];
    const long = extensions.longLabels?.find(isOwn);
    const longMissing = extensions.longMissing?.find(isOwn);
    const keyOf = (value: Uint8Array) =>
      width === 0 ? String(numberOf(value, reader.littleEndian)) : decode(value, true);
    variables.push({
      name,
      label: first.label && decode(first.label, true),
      width,
      format: first.format,
      segments,
      labels: new Map(
        [...own, ...long?.labels ?? []]
          .map(({ value, label }) => [keyOf(value), decode(label, true)] as const)
          .filter(([, label]) => label !== ""),
      ),
      isMissing: width === 0
        ? missingNumber(first.missing, reader.littleEndian)
        : missingText([...first.missing.values, ...longMissing?.values ?? []].map(keyOf)),
    });
  }
  return variables;
}

function elementsOf(width: number): number {
  return width === 0 ? 1 : Math.ceil(width / 8);
}

function missingNumber(
  { range, values }: RawVariable["missing"],
  littleEndian: boolean,
): (value: number | string) => boolean {
  const numbers = values.map((value) => numberOf(value, littleEndian));
  const [low = NaN, high = NaN] = range ? numbers : [];
  const single = new Set(range ? numbers.slice(2) : numbers);
  return (value) =>
    typeof value === "number" && (single.has(value) || (value >= low && value <= high));
}

function missingText(values: readonly string[]): (value: number | string) => boolean {
  const missing = new Set(values);
  return (value) => typeof value === "string" && missing.has(value);
}

function numberOf(bytes: Uint8Array, littleEndian: boolean): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, littleEndian);
}

function sameName(bytes: Uint8Array, name: string, decode: Decoder): boolean {
  return decode(bytes).toUpperCase() === name.toUpperCase();
}

/** `SHORT=value` pairs, separated by tabs and zeros. */
function pairs(bytes: Uint8Array | undefined, decode: Decoder): Map<string, string> {
  const found = new Map<string, string>();
  // deno-lint-ignore no-control-regex -- the format separates by zeros
  for (const pair of bytes ? decode(bytes).split(/[\t\x00]+/) : []) {
    const [short, value] = pair.split("=");
    if (short && value) found.set(short.toUpperCase(), value);
  }
  return found;
}
