import { DataProblems, problem } from "../problem.ts";
import { canBeText } from "./can_be_text.ts";
import { decodeText } from "./decode_text.ts";
import { type Header, readHeader } from "./delimited_header.ts";
import { DelimitedRows } from "./delimited_rows.ts";
import { encodingOf } from "./encoding_of.ts";
import { utf16Of } from "./file_kind.ts";
import { findShape } from "./find_shape.ts";
import type { Reader, ReadFile } from "./reader.ts";
import type { Begin } from "./receiver.ts";
import { scanFile, type ScannedFile, type ScanOptions } from "./scan_file.ts";
import { type ScanPlan, sinkKind } from "./scan_plan.ts";
import { bytesSource, type Source } from "./source.ts";

/** Text with a delimiter: comma, semicolon or tab; UTF-8, UTF-16 or windows-1252; any line ends. */
export const csv: Reader = { read: (source, begin) => readDelimited(source, begin) };

/**
 * Reads a delimited file in one pass over its bytes. Whatever that stumbles over is looked into by
 * slower passes, which tell what is wrong and where.
 *
 * @param options For tests: from which size on, and in how large stretches, threads share the work.
 * @throws {DataProblems} If the file is empty, in no encoding that is known, or of another shape.
 */
export async function readDelimited(
  file: Source,
  begin: Begin,
  options?: ScanOptions,
): Promise<ReadFile> {
  const source = inAscii(file);
  // Most files are UTF-8; one that is not stumbles over its first letter that is no ASCII.
  const read = await attempt(source, "utf-8", begin, options);
  if (read !== "encoding") return read;
  const again = await attempt(source, encodingOf(source), begin, options);
  if (again === "encoding") throw new Error(`${source.name} changes while it is read`);
  return again;
}

/** UTF-16 is the one encoding in which ASCII is not a byte each; it is converted to UTF-8. */
function inAscii(source: Source): Source {
  const head = new Uint8Array(Math.min(1024, source.size));
  source.copy(0, head);
  if (!utf16Of(head)) return source;
  const text = decodeText(source.whole(), source.name);
  return bytesSource(new TextEncoder().encode(text), source.name);
}

async function attempt(
  source: Source,
  encoding: ScanPlan["encoding"],
  begin: Begin,
  options?: ScanOptions,
): Promise<ReadFile | "encoding"> {
  const { name } = source;
  const header = readHeader(source, encoding);
  const top = new Uint8Array(header?.body ?? source.size);
  source.copy(0, top);
  if (!canBeText(top, encoding)) return "encoding";
  if (!header) {
    throw new DataProblems(name, [problem("empty_file", "a header and one row per respondent")]);
  }
  if (!header.names) return refused(source, header, encoding);
  const { names } = header;
  const sinks = begin(names);
  const plan: ScanPlan = {
    delimiter: header.delimiter,
    lineEnd: header.lineEnd,
    encoding,
    kinds: sinks.map(sinkKind),
    named: names.map((name) => name !== ""),
    prefix: sinks.find((sink) => sink?.hashes)?.hashes?.prefix ?? "",
  };
  const checkShape = () => {
    if (
      encodingOf(source) === encoding && isWrong(findShape(source, header.start, header.delimiter))
    ) {
      throw shapeProblem(source, header);
    }
  };
  const scanned = await scanFile(source, header.body, plan, sinks, checkShape, options);
  if (scanned === "encoding") return scanned;
  if (scanned === "shape") return refused(source, header, encoding);
  return readFile(
    scanned,
    names,
    new DelimitedRows(source, plan, scanned.places, firstLine(header)),
  );
}

/** What is wrong with the shape, unless the encoding is another and with it what stands there. */
function refused(source: Source, header: Header, encoding: ScanPlan["encoding"]): "encoding" {
  if (encodingOf(source) !== encoding) return "encoding";
  throw shapeProblem(source, header);
}

function firstLine({ skipped, lines }: Header): number {
  return skipped + lines + 1;
}

function readFile(scanned: ScannedFile, header: readonly string[], rows: DelimitedRows): ReadFile {
  return {
    header,
    // A delimiter at the end of every line makes a column of nothing.
    kept: scanned.seen,
    respondents: scanned.respondents,
    lineOf: (row) => rows.lineOf(row),
    textOf: (row, position) => rows.textOf(row, position),
  };
}

const isWrong = ({ unclosed, stray, wrong }: ReturnType<typeof findShape>) =>
  unclosed !== null || stray !== null || wrong !== null;

function shapeProblem(source: Source, { start, delimiter, skipped }: Header): Error {
  const { width, unclosed, stray, wrong } = findShape(source, start, delimiter);
  const told = (...said: Parameters<typeof problem>) =>
    new DataProblems(source.name, [problem(...said)]);
  if (unclosed !== null) {
    return told("half_written", 'the quote (") that opens here is never closed', {
      line: unclosed + skipped,
    });
  }
  if (stray !== null) {
    const expected = "after a closing quote comes the delimiter or the end of the line";
    return told("stray_quote", expected, { line: stray + skipped });
  }
  if (!wrong) return new Error(`Two ways to read ${source.name} disagree on its shape`);
  const values = wrong.values === 1 ? "1 value" : `${wrong.values} values`;
  const at = { row: wrong.row, line: wrong.line + skipped, count: wrong.count };
  return wrong.values < width && wrong.isLast
    ? told(
      "half_written",
      `${width} values, as in the header; the last row has only ${values}`,
      at,
    )
    : told("field_count", `${width} values, as in the header; this row has ${values}`, at);
}
