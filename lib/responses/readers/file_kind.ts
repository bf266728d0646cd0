/** What a file's first bytes say it is. */
export type Kind = keyof typeof KINDS;

interface KindText {
  /** What it is, fit to follow "it is". */
  readonly name: string;
  /** Endings of file names that belong to it. */
  readonly endings: readonly string[];
}

/** The kinds of file that people are likely to pass, whether they can be read or not. */
export const KINDS = {
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
