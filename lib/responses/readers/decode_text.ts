import { DataProblems, problem } from "../problem.ts";
import { utf16Of } from "./file_kind.ts";

/**
 * Turns the bytes of a text file into text: UTF-16 where its first bytes show it, else UTF-8, and
 * where it is not that, windows-1252 (the encoding of older Danish exports).
 * Marks at the start are removed.
 *
 * @throws {DataProblems} If the file is broken UTF-8 or UTF-16, or holds the character 0.
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  // A mark may stand there twice, where a marked file was added to one.
  const text = decode(bytes, file).replace(/^\ufeff+/, "");
  const zero = text.indexOf("\0");
  if (zero >= 0) {
    throw new DataProblems(file, [
      problem("encoding", "no character 0, which no text has", {
        line: lineAt(text, zero),
        value: text.slice(Math.max(0, zero - 10), zero + 10),
      }),
    ]);
  }
  return text;
}

function decode(bytes: Uint8Array, file: string): string {
  const encoding = utf16Of(bytes);
  if (encoding) {
    const text = tryDecode(encoding, bytes);
    if (text !== null && bytes.length % 2 === 0) return text;
    throw new DataProblems(file, [
      problem(
        "half_written",
        "UTF-16, as its first bytes say, but a letter is cut in two",
      ),
    ]);
  }
  const utf8 = tryDecode("utf-8", bytes);
  if (utf8 !== null) return utf8;
  const text = new TextDecoder("windows-1252").decode(bytes);
  // æ, ø, å, Æ, Ø, Å in UTF-8 read as windows-1252: the file was meant to be UTF-8 and got damaged.
  const meant = text.search(/Ã[¦¸¥†˜…]/);
  if (meant < 0) return text;
  const broken = firstBrokenUtf8(bytes);
  throw new DataProblems(file, [
    broken >= bytes.length - 3
      ? problem("half_written", "the last letter is cut in two", {
        line: lineAt(text, broken),
      })
      : problem(
        "encoding",
        "UTF-8, as most of its letters are, but here are bytes of another encoding",
        { line: lineAt(text, broken), value: text.slice(broken, broken + 20) },
      ),
  ]);
}

function tryDecode(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split(/\r\n|\r|\n/).length;
}
/** Position of the first byte that is no UTF-8: halve the stretch until it is found. */
function firstBrokenUtf8(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    // A stream may end inside a letter, so that a cut at any byte is no error in itself.
    try {
      new TextDecoder("utf-8", { fatal: true })
        .decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      bad = middle;
    }
  }
  return good;
}
