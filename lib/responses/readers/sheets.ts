import { configure, Uint8ArrayReader, ZipReader } from "@zip.js/zip.js";
import { decodeXML } from "entities";
import { DataProblems, problem } from "../problem.ts";
import { damaged } from "./damaged.ts";
import { cellText, NOT_CALCULATED } from "./response_table.ts";

/** A sheet of a workbook as it stands. */
export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** Texts of the rows that hold any, by their number in Excel. */
  readonly rows: ReadonlyMap<number, readonly (string | null)[]>;
}

/** What the cells of all sheets refer to. */
interface Book {
  readonly file: string;
  readonly texts: readonly string[];
  /** By style, whether its numbers are dates. */
  readonly areDates: readonly boolean[];
  /** Days from the workbook's first day to 1 January 1970. */
  readonly epoch: number;
  /** Whether formulas are still to be worked out: what wrote them without that holds 0 for each. */
  readonly isToBeCalculated: boolean;
}

/**
 * The sheets of an Excel workbook (ECMA-376, part 1, section 18). Nothing of a cell is lost: a number stands
 * with all its digits, an error as Excel shows it, such as #DIV/0!, and a formula that was never worked out
 * as {@link NOT_CALCULATED}.
 *
 * @throws {DataProblems} If it is damaged, or a cell stands far away from all others.
 */
export async function readSheets(bytes: Uint8Array, file: string): Promise<Sheet[]> {
  const parts = await zipEntries(bytes, file, (name) => /\.(xml|rels)$/i.test(name));
  const part = (path: string) =>
    new TextDecoder().decode(parts.get(path.toLowerCase()))
      .replace(/<!--.*?-->/gs, "").replace(/\r\n?/g, "\n");
  /** What a part refers to: "" stands for the whole file. */
  const relatedTo = (path: string) => {
    const [, folder = "", name = ""] = /^(.*\/)?(.*)$/.exec(path) ?? [];
    return [...elements(part(`${folder}_rels/${name}.rels`), "Relationship")].map((each) => {
      const { Id: id = "", Type = "", Target = "" } = each;
      const target = Target.replaceAll("\\", "/");
      const at = target.startsWith("/") ? target.slice(1) : folder + target;
      return { id, type: Type.split("/").at(-1), at };
    });
  };
  const main = relatedTo("").find(({ type }) => type === "officeDocument")?.at ?? "xl/workbook.xml";
  const related = relatedTo(main);
  const book = part(main);
  const partOf = (type: string) => part(related.find((each) => each.type === type)?.at ?? "");
  const isOn = (element: string, attribute: string) =>
    [...elements(book, element)].some((each) => /^(1|true)$/.test(each[attribute] ?? ""));
  const shared = {
    file,
    texts: [...elements(partOf("sharedStrings"), "si")].map(({ content }) => textIn(content)),
    areDates: dateStyles(partOf("styles")),
    epoch: isOn("workbookPr", "date1904") ? 24_107 : 25_569,
    isToBeCalculated: isOn("calcPr", "fullCalcOnLoad"),
  };
  return [...elements(book, "sheet")].map(({ name = "", state = "", id = "" }) => {
    const xml = part(related.find((each) => each.id === id)?.at ?? "");
    return { name: unescape(name), isHidden: /hidden/i.test(state), rows: rowsOf(xml, shared) };
  });
}

/** So many cells beside those with a value do no harm. */
const MOST_EMPTY = 2_000_000, MOST_EMPTY_PER_CELL = 50;

function rowsOf(xml: string, book: Book): Map<number, (string | null)[]> {
  const rows = new Map<number, (string | null)[]>();
  const results = new Map<number, { cells: (string | null)[]; value: string | null }[]>();
  const { file } = book;
  let [row, seen, filled, last, width] = [0, 0, 0, 0, 0];
  for (const { r = `${row + 1}`, content } of elements(xml, "row")) {
    row = Number(r);
    let column = -1;
    for (const cell of elements(content, "c")) {
      seen++;
      // A cell that does not say where it stands follows the one before.
      const at = cell.r ?? "";
      const [, letters = "", number = r] = /^([A-Z]{1,3})(\d+)$/.exec(at) ?? [];
      if (at !== "" && letters === "") throw damaged(file, `a position such as B2, not "${at}"`);
      row = Number(number);
      column = [...letters].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0) - 1 +
        (at === "" ? column + 2 : 0);
      if (!(row >= 1 && row <= 2 ** 20 && column < 2 ** 14)) {
        throw damaged(file, "rows up to 1,048,576 and columns up to XFD");
      }
      const value = valueOf(cell, book);
      if (value === null) continue;
      const cells = rows.get(row) ?? [];
      if ((cells[column] ?? null) !== null) throw damaged(file, `each cell once, but ${at} twice`);
      rows.set(row, cells);
      cells[column] = value;
      if (isFormula(cell)) {
        const those = results.get(column) ?? [];
        results.set(column, those);
        those.push({ cells, value });
      }
      last = Math.max(last, row);
      width = Math.max(width, column + 1);
      if (last * width <= MOST_EMPTY + MOST_EMPTY_PER_CELL * ++filled) continue;
      throw new DataProblems(file, [
        problem("far_cell", `no value in cell ${at}, far from all others`, { value }),
      ]);
    }
  }
  const cell = /<(?:\w+:)?c[\s/>]/g;
  while (cell.test(xml)) seen--;
  if (seen !== 0) throw damaged(file, "every cell in a row of its sheet; save it again in Excel");
  for (const [column, those] of book.isToBeCalculated ? results : []) {
    if (those.some(({ value }) => value !== "0")) continue;
    for (const { cells } of those) cells[column] = NOT_CALCULATED;
  }
  return rows;
}

const isFormula = ({ content }: Element) => /<(?:\w+:)?f[\s/>]/.test(content);

/** What stands in a cell, as text; null where nothing does. */
function valueOf(cell: Element, { file, texts, areDates, epoch }: Book): string | null {
  const { r = "", t: type = "n", s: style = "0", content } = cell;
  if (content === "") return null;
  const [{ content: raw = "" } = {}] = elements(content, "v");
  const value = unescape(raw).trim();
  switch (type) {
    case "inlineStr":
      return textIn(content) || value || null;
    case "s": {
      const text = value === "" ? "" : texts[Number(value)];
      if (text === undefined) throw damaged(file, `a text for cell ${r}, but it has none`);
      return text || null;
    }
    case "e":
      return value || "#ERROR";
    case "d":
      return value.replace(/(?:T00:00:00)?(?:\.0+)?Z?$/, "") || null;
    case "str":
      return value || null;
  }
  // A formula whose result is an empty text has a type; one that was never worked out has none.
  if (value === "") return isFormula(cell) ? NOT_CALCULATED : null;
  const number = Number(value);
  if (type === "n" && areDates[Number(style)] && Number.isFinite(number)) {
    // Excel counts a 29 February 1900, which there was not.
    const day = number < 60 && epoch > 25_000 ? number + 1 : number;
    return cellText(new Date(Math.round((day - epoch) * 86_400) * 1000), r, file);
  }
  // Excel itself keeps 15 digits, and writes 0.1 as 0.10000000000000001; other programs write long ids.
  const isLong = /^-?\d+$/.test(value) || value.replace(/e.*|\D|^0\.0*/gi, "").length > 17;
  return isLong || !Number.isFinite(number) ? value : String(number);
}

/** Numbers of the formats of dates that every program knows (ECMA-376, part 1, 18.8.30). */
const isDateNumber = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58);

function dateStyles(xml: string): boolean[] {
  const formats = new Map(
    [...elements(xml, "numFmt")].map(({ numFmtId, formatCode = "" }) => [numFmtId, formatCode]),
  );
  const [{ content: own = "" } = {}] = elements(xml, "cellXfs");
  return [...elements(own, "xf")].map(({ numFmtId }) => {
    const format = formats.get(numFmtId);
    if (format === undefined) return isDateNumber(Number(numFmtId));
    // Texts in quotes, after a backslash, or in brackets, such as a colour, are no part of a date.
    const plain = unescape(format).replace(/"[^"]*"|[\\_*].|\[(?![hms]+\])[^\]]*\]/gi, "");
    return /[dmyhs]/i.test(plain) && !/^(general|standard)$/i.test(plain);
  });
}

/** The texts of a cell, apart from how they are pronounced. */
function textIn(xml: string): string {
  const spoken = xml.replace(/<(?:\w+:)?rPh[\s>].*?<\/(?:\w+:)?rPh>/gs, "");
  return [...elements(spoken, "t")].map(({ content }) => unescape(content)).join("").trim();
}

type Element = Readonly<Record<string, string>> & { readonly content: string };
const PATTERNS = new Map<string, RegExp>();

/** The elements of a name with their attributes; enough XML for a workbook, in which none is in its like. */
function* elements(xml: string, name: string): Generator<Element> {
  const pattern = PATTERNS.get(name) ?? new RegExp(
    String.raw`<(?:\w+:)?${name}(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*?)` +
      String.raw`(?:/>|>(.*?)</(?:\w+:)?${name}\s*>)`,
    "gs",
  );
  PATTERNS.set(name, pattern);
  for (const [, inside = "", content = ""] of xml.matchAll(pattern)) {
    if (inside === "") {
      yield { content } as Element;
      continue;
    }
    const attributes = [...inside.matchAll(/(?:\w+:)?(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)]
      .map(([, key = "", quoted, single = ""]) => [key, quoted ?? single]);
    yield { ...Object.fromEntries(attributes), content };
  }
}

function unescape(text: string): string {
  return text.split(/<!\[CDATA\[(.*?)\]\]>/s).map((part, i) => i % 2 ? part : decodeXML(part))
    .join("").replace(/_x([\da-f]{4})_/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

/** No workbook unpacks to more, whatever its size, or for each of its bytes: it would only fill the memory. */
const MOST_BYTES = 2 ** 29, LEAST_BYTES = 2 ** 26, MOST_PER_BYTE = 100;

/**
 * Unpacks a zip archive, and compares every part with its checksum.
 *
 * @param wanted Which parts to unpack, by their names.
 * @returns The parts by their names in small letters, with plain slashes.
 * @throws {DataProblems} If it is cut off, damaged, locked, or too large by what it states or holds.
 */
async function zipEntries(
  bytes: Uint8Array,
  file: string,
  wanted: (name: string) => boolean,
): Promise<Map<string, Uint8Array>> {
  configure({ useWebWorkers: false });
  const most = Math.min(MOST_BYTES, LEAST_BYTES + MOST_PER_BYTE * bytes.length);
  const tooLarge = damaged(file, `at most ${Math.floor(most / 2 ** 20)} MB of unpacked content`);
  const reader = new ZipReader(new Uint8ArrayReader(bytes), { checkSignature: true });
  const listed = await reader.getEntries().catch(() => {
    throw damaged(file, "the list of parts that ends a workbook; it is cut off or damaged");
  });
  const entries = listed.filter(({ filename }) => wanted(filename));
  if (entries.some(({ encrypted }) => encrypted)) {
    throw damaged(file, "a workbook without a password");
  }
  if (entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0) > most) {
    throw tooLarge;
  }
  const parts = new Map<string, Uint8Array>();
  let total = 0;
  for (const entry of entries) {
    if (entry.directory) continue;
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const write = (chunk: Uint8Array<ArrayBuffer>) => {
      total += chunk.length;
      if (total > most) throw tooLarge;
      chunks.push(chunk);
    };
    await entry.getData(new WritableStream({ write })).catch((error) => {
      throw error === tooLarge ? error : damaged(file, `${entry.filename} whole: ${error.message}`);
    });
    const name = entry.filename.toLowerCase().replaceAll("\\", "/");
    parts.set(name, new Uint8Array(await new Blob(chunks).arrayBuffer()));
  }
  return parts;
}
