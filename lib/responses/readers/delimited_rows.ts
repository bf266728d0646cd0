import { behindBreak, lineBreaks, NEWLINE, QUOTE, RETURN, valueEnd } from "./delimited_bytes.ts";
import type { Place } from "./scan_file.ts";
import type { ScanPlan } from "./scan_plan.ts";
import type { Source } from "./source.ts";

/**
 * Finds single rows of a scanned file again, for messages: their lines and their values. Nothing is
 * kept of them while a file is scanned but where some of them begin.
 */
export class DelimitedRows {
  #found: { index: number; bytes: Uint8Array; starts: number[]; lines: number[] } | null = null;

  /**
   * @param places Where some rows stand, in order.
   * @param firstLine The line on which the first record stands.
   */
  constructor(
    private readonly source: Source,
    private readonly plan: Pick<ScanPlan, "delimiter" | "encoding" | "named">,
    private readonly places: readonly Place[],
    private readonly firstLine: number,
  ) {}

  /** The line on which a row (from 0) begins; null where there is no such row. */
  lineOf(row: number): number | null {
    const { lines, first } = this.#around(row);
    return lines[row - first] ?? null;
  }

  /** The text of a row in a column; null where it is empty. */
  textOf(row: number, column: number): string | null {
    const { bytes, starts, first } = this.#around(row);
    let at = starts[row - first];
    if (at === undefined) return null;
    const end = bytes.length - 1;
    for (let c = 0; c < column; c++) at = valueEnd(bytes, at, end, this.plan.delimiter) + 1;
    return this.#text(bytes, at, valueEnd(bytes, at, end, this.plan.delimiter)) || null;
  }

  #text(bytes: Uint8Array, from: number, end: number): string {
    const decoder = new TextDecoder(this.plan.encoding, { ignoreBOM: true });
    if (bytes[from] !== QUOTE) return decoder.decode(bytes.subarray(from, end));
    return decoder.decode(bytes.subarray(from + 1, end - 1)).replaceAll('""', '"');
  }

  #around(row: number) {
    let [low, high] = [0, this.places.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.places[middle]!.row <= row) low = middle;
      else high = middle;
    }
    const place = this.places[low];
    if (!place) return { bytes: new Uint8Array(1), starts: [], lines: [], first: 0 };
    if (this.#found?.index !== low) this.#found = this.#read(low, place);
    return { ...this.#found, first: place.row };
  }

  #read(index: number, { offset, lines: before }: Place) {
    const next = this.places[index + 1]?.offset ?? this.source.size;
    const bytes = new Uint8Array(next - offset + 1);
    const end = next - offset;
    this.source.copy(offset, bytes.subarray(0, end));
    bytes[end] = NEWLINE;
    const [starts, lines]: [number[], number[]] = [[], []];
    let line = this.firstLine + before;
    for (let i = 0; i < end;) {
      const start = i;
      if (bytes[i] !== NEWLINE && bytes[i] !== RETURN) {
        let filled = false;
        for (let column = 0;; column++, i++) {
          const stop = valueEnd(bytes, i, end, this.plan.delimiter);
          if (stop > i && !filled) {
            const text = this.#text(bytes, i, stop);
            filled = (this.plan.named[column] ? text : text.trim()) !== "";
          }
          i = stop;
          if (i >= end || bytes[i] !== this.plan.delimiter) break;
        }
        if (filled) {
          starts.push(start);
          lines.push(line);
        }
        line += lineBreaks(bytes, start, i);
      }
      i = behindBreak(bytes, i);
      line++;
    }
    return { index, bytes, starts, lines };
  }
}
