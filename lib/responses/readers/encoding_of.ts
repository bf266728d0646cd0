import { firstBrokenUtf8 } from "./first_broken_utf8.ts";
import { DataProblems, problem } from "../problem.ts";
import { lineBreaks, NEWLINE } from "./delimited_bytes.ts";
import type { ScanPlan } from "./scan_plan.ts";
import type { Source } from "./source.ts";
import { isUtf8 } from "node:buffer";

const PIECE = 2 ** 22;
/** æ, ø, å, Æ, Ø, Å in UTF-8: the first byte, and what may be the second. */
const FIRST = 0xc3, SECOND = [0xa6, 0xb8, 0xa5, 0x86, 0x98, 0x85];

/**
 * Finds out the encoding of a text file that is not in UTF-16, by all of its bytes: UTF-8, and where it
 * is not that, windows-1252 (the encoding of older Danish exports).
 *
 * @throws {DataProblems} If the file is broken UTF-8, or holds the character 0.
 */
export function encodingOf(source: Source): ScanPlan["encoding"] {
  const broken = firstBroken(source);
  const encoding = broken === null ? "utf-8" : "windows-1252";
  // In windows-1252 these are no letters that stand beside each other: the file was meant to be UTF-8
  // and got damaged.
  if (broken !== null && holdsDanishUtf8(source)) throw brokenAt(source, broken);
  const zero = find(source, (piece) => piece.indexOf(0));
  if (zero === null) return encoding;
  const decoder = new TextDecoder(encoding);
  const from = Math.max(0, zero - 44);
  const before = decoder.decode(bytesAt(source, from, zero)).slice(-10);
  const after = decoder.decode(bytesAt(source, zero, zero + 44)).slice(0, 10);
  throw new DataProblems(source.name, [
    problem("encoding", "no character 0, which no text has", {
      line: lineAt(source, zero),
      value: before + after,
    }),
  ]);
}

function brokenAt(source: Source, broken: number): DataProblems {
  const line = lineAt(source, broken);
  const value = new TextDecoder("windows-1252").decode(bytesAt(source, broken, broken + 20));
  return new DataProblems(source.name, [
    broken >= source.size - 3
      ? problem("half_written", "the last letter is cut in two", { line })
      : problem(
        "encoding",
        "UTF-8, as most of its letters are, but here are bytes of another encoding",
        { line, value },
      ),
  ]);
}

/** Position of the first byte that is no UTF-8, or null. */
function firstBroken(source: Source): number | null {
  for (let at = 0; at < source.size;) {
    const piece = bytesAt(source, at, at + PIECE);
    const isLast = at + piece.length === source.size;
    // A letter never spans a line break.
    const end = isLast ? piece.length : piece.lastIndexOf(NEWLINE) + 1 || piece.length;
    if (!isUtf8(piece.subarray(0, end))) {
      const broken = firstBrokenUtf8(piece);
      // Without any line break a letter may span the end.
      if (isLast || broken < piece.length - 3) return at + broken;
      at += broken;
    } else at += end;
  }
  return null;
}

function holdsDanishUtf8(source: Source): boolean {
  return find(source, (piece) => {
    for (let i = piece.indexOf(FIRST); i >= 0; i = piece.indexOf(FIRST, i + 1)) {
      if (SECOND.includes(piece[i + 1] ?? 0)) return i;
    }
    return -1;
  }) !== null;
}

/** Looks through a file piece by piece; each piece begins with the last byte of the one before. */
function find(source: Source, indexIn: (piece: Uint8Array) => number): number | null {
  for (let at = 0; at < source.size; at += PIECE - 1) {
    const index = indexIn(bytesAt(source, at, at + PIECE));
    if (index >= 0) return at + index;
  }
  return null;
}

function lineAt(source: Source, position: number): number {
  let line = 1;
  for (let at = 0; at < position; at += PIECE) {
    const end = Math.min(position, at + PIECE);
    line += lineBreaks(bytesAt(source, at, end + 1), 0, end - at);
  }
  return line;
}

function bytesAt(source: Source, from: number, end: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, Math.min(end, source.size) - from));
  source.copy(from, bytes);
  return bytes;
}
