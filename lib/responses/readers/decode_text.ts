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
  const text = tryDecode(encoding ?? "utf-8", bytes);
  if (encoding && (text === null || bytes.length % 2 === 1)) {
    const expected = "UTF-16, as its first bytes say, but a letter is cut in two";
    throw new DataProblems(file, [problem("half_written", expected)]);
  }
  if (text !== null) return text;
  const danish = new TextDecoder("windows-1252").decode(bytes);
  // æ, ø, å, Æ, Ø, Å in UTF-8 read as windows-1252: the file was meant to be UTF-8 and got damaged.
  if (!/Ã[¦¸¥†˜…]/.test(danish)) return danish;
  const [whole = ""] = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).split(
    "\ufffd",
    1,
  );
  const broken = new TextEncoder().encode(whole).length;
  const line = lineAt(danish, broken);
  if (broken >= bytes.length - 3) {
    throw new DataProblems(file, [
      problem("half_written", "the last letter is cut in two", { line }),
    ]);
  }
  const expected = "UTF-8, as most of its letters are, but here are bytes of another encoding";
  const value = danish.slice(broken, broken + 20);
  throw new DataProblems(file, [problem("encoding", expected, { line, value })]);
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
