import { DataProblems, problem } from "../problem.ts";
import type { ResponseTable } from "./response_table.ts";

/** What a file's first bytes say it is. */
export type Kind = keyof typeof KINDS;

interface KindText {
  /** What it is, fit to follow "it is". */
  readonly name: string;
  /** Endings of file names that belong to it. */
  readonly endings: readonly string[];
}

/** The kinds of file that people are likely to pass, whether they can be read or not. */
const KINDS = {
  text: { name: "a text file", endings: ["csv", "tsv", "tab", "txt"] },
  excel: { name: "an Excel workbook", endings: ["xlsx", "xlsm"] },
  old_excel: {
    name: "an old Office file (Excel 97-2003 or Word) or a workbook with a password",
    endings: ["xls", "doc"],
  },
  zip: { name: "a zip archive", endings: ["zip", "docx"] },
  open_document: { name: "an OpenDocument file, as of LibreOffice", endings: ["ods", "odt"] },
  gzip: { name: "a gzip archive", endings: ["gz"] },
  spss: { name: "an SPSS file", endings: ["sav", "zsav"] },
  spss_portable: { name: "an SPSS portable file", endings: ["por"] },
  parquet: { name: "a Parquet file", endings: ["parquet"] },
  arrow: { name: "an Arrow file", endings: ["arrow", "feather", "ipc"] },
  feather1: { name: "a Feather file of version 1, which has long been replaced", endings: [] },
  sas: { name: "a SAS file", endings: ["sas7bdat"] },
  stata: { name: "a Stata file", endings: ["dta"] },
  pdf: { name: "a PDF document", endings: ["pdf"] },
  html: { name: "a web page or XML", endings: ["html", "htm", "xml"] },
  json: { name: "JSON", endings: ["json"] },
  sqlite: { name: "an SQLite database", endings: ["db", "sqlite"] },
  image: { name: "a picture", endings: ["png", "jpg", "jpeg", "gif"] },
  binary: { name: "no text (it has bytes that no text has)", endings: [] },
} as const satisfies Record<string, KindText>;

const SIGNATURES: readonly [Kind, string][] = [
  ["old_excel", "\xd0\xcf\x11\xe0"],
  ["gzip", "\x1f\x8b"],
  ["spss", "$FL2"],
  ["spss", "$FL3"],
  ["parquet", "PAR1"],
  ["arrow", "ARROW1"],
  ["feather1", "FEA1"],
  ["arrow", "\xff\xff\xff\xff"],
  ["stata", "<stata_dta>"],
  // Versions of its format, 105 to 115, before the byte order.
  ...["\x69", "\x6c", "\x6e", "\x6f", "\x71", "\x72", "\x73"].flatMap((version) =>
    ["\x01\x01", "\x02\x01"].map((order): [Kind, string] => ["stata", version + order])
  ),
  ["pdf", "%PDF"],
  ["sqlite", "SQLite format 3\0"],
  ["image", "\x89PNG"],
  ["image", "\xff\xd8\xff"],
  ["image", "GIF8"],
];

/**
 * Tells a file's kind by its bytes, whatever its name.
 *
 * @param bytes The whole file or its first part.
 */
export function fileKind(bytes: Uint8Array): Kind {
  const head = bytes.subarray(0, 65_536);
  const latin = Array.from(head.subarray(0, 1024), (b) => String.fromCharCode(b))
    .join("");
  if (latin.startsWith("PK\x03\x04") || latin.startsWith("PK\x05\x06")) {
    if (/mimetypeapplication\/vnd\.oasis/.test(latin)) return "open_document";
    return isWorkbook(bytes) ? "excel" : "zip";
  }
  for (const [kind, signature] of SIGNATURES) {
    if (latin.startsWith(signature)) return kind;
  }
  if (latin.slice(84, 92) === "SAS FILE") return "sas";
  if (utf16Of(head)) return "text";
  // Lines of 80 characters: five times the name of the kind in 40 each, of whatever character set.
  if (/ASCII SPSS PORT FILE/.test(latin.replace(/[\r\n]/g, "").slice(0, 500))) {
    return "spss_portable";
  }
  const start = latin.replace(/^\xef\xbb\xbf/, "").trimStart();
  if (/^<(!doctype|html|\?xml|table)/i.test(start)) return "html";
  if (/^(\{\s*"|\[\s*[{["])/.test(start)) return "json";
  return looksBinary(head) ? "binary" : "text";
}

/** Whether a zip archive names the parts of a workbook. */
function isWorkbook(bytes: Uint8Array): boolean {
  // The names stand uncompressed in the archive: at its start and again in the directory at its end.
  const ends = [bytes.subarray(0, 65_536), bytes.subarray(-65_536)];
  return ends.map((part) => new TextDecoder("windows-1252").decode(part)).some((text) =>
    /xl[\\/]|workbook\.xml/.test(text)
  );
}

/**
 * Which UTF-16 a file is in, if any: by the mark at its start, or, without one, by the 0 that is the
 * other half of every plain letter, always on the same side.
 */
export function utf16Of(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  const head = bytes.subarray(0, 1024);
  const zeros = [0, 0];
  head.forEach((byte, i) => byte === 0 && (zeros[i % 2] = (zeros[i % 2] ?? 0) + 1));
  const [even = 0, odd = 0] = zeros;
  const many = head.length * 0.35;
  if (odd > many && even === 0) return "utf-16le";
  if (even > many && odd === 0) return "utf-16be";
  return null;
}

function looksBinary(head: Uint8Array): boolean {
  let control = 0;
  for (const byte of head) {
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) control++;
  }
  return control > head.length / 20;
}

type Read = (
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  isKnown: (name: string) => boolean,
) => ResponseTable | Promise<ResponseTable>;

/**
 * The formats that can be read. A new format is one file in this folder and one line here. Each is
 * loaded when a file needs it, so that reading a CSV file waits for no other.
 */
const READERS: Partial<Record<Kind, () => Promise<Read>>> = {
  text: async () => (await import("./csv.ts")).readCsv,
  excel: async () => (await import("./workbook.ts")).readWorkbook,
  spss: async () => (await import("./spss.ts")).readSpss,
  parquet: async () => (await import("./parquet.ts")).readParquet,
  arrow: async () => (await import("./apart.ts")).readArrow,
};

/** The endings of file names that are read, without the dot. */
export const ENDINGS: readonly string[] = (Object.keys(READERS) as Kind[])
  .flatMap((kind) => KINDS[kind].endings);

/**
 * Reads a response file of any known format as texts.
 *
 * @param bytes The whole file.
 * @param file Its name; the ending has to fit the content.
 * @param isKnown Whether a column name is one that is looked for: tells the sheet with the answers
 *   from the others.
 * @throws {DataProblems} If the file is empty, of a kind that is not read, misnamed or damaged.
 */
export async function readTable(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  isKnown: (name: string) => boolean,
): Promise<ResponseTable> {
  if (bytes.length === 0) {
    throw new DataProblems(file, [
      problem("empty_file", "a header and one row per respondent (0 bytes)"),
    ]);
  }
  const read = READERS[checkKind(fileKind(bytes), file)]!;
  return await (await read())(bytes, file, isKnown);
}

/** @throws {DataProblems} If a file is of a kind that is not read, or is called what it is not. */
export function checkKind(kind: Kind, file: string): Kind {
  const refused = (expected: string) => new DataProblems(file, [problem("wrong_kind", expected)]);
  const ending = /\.([^.]+)$/.exec(file)?.[1]?.toLowerCase() ?? "";
  const called = (Object.keys(KINDS) as Kind[])
    .find((k) => (KINDS[k].endings as readonly string[]).includes(ending));
  if (called !== undefined && called !== kind) {
    throw refused(
      `${KINDS[called].name}, as its ending .${ending} says, but by its content it is ` +
        KINDS[kind].name,
    );
  }
  if (kind in READERS) return kind;
  const readable = ENDINGS.map((each) => `.${each}`).join(", ");
  throw refused(`one of ${readable}; by its content the file is ${KINDS[kind].name}`);
}

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
