import { crc32 } from "node:zlib";

/** A sheet of {@link workbookOf}. */
export interface MadeSheet {
  readonly name: string;
  /** The rows of `<sheetData>`, as XML; null: the sheet is nothing but a chart. */
  readonly rows: string | null;
  readonly state?: "hidden" | "veryHidden";
}

/** Makes a workbook from the XML of its sheets, with what Excel needs to open it. */
export function workbookOf(sheets: readonly MadeSheet[], { calculate = false } = {}): Uint8Array {
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const folder = ({ rows }: MadeSheet) => rows === null ? "chartsheets" : "worksheets";
  const type = ({ rows }: MadeSheet) => rows === null ? "chartsheet" : "worksheet";
  return storedZip({
    "xl/workbook.xml": `<workbook ${main} xmlns:r="${office}"><sheets>${
      sheets.map(({ name, state }, i) =>
        `<sheet name="${name}" sheetId="${i + 1}"${
          state ? ` state="${state}"` : ""
        } r:id="rId${i}"/>`
      ).join("")
    }</sheets>${calculate ? '<calcPr calcId="124519" fullCalcOnLoad="1"/>' : ""}</workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${
      sheets.map((sheet, i) =>
        `<Relationship Id="rId${i}" Type="${office}/${type(sheet)}" Target="${
          folder(sheet)
        }/sheet${i}.xml"/>`
      ).join("")
    }</Relationships>`,
    ...Object.fromEntries(sheets.map((sheet, i) => [
      `xl/${folder(sheet)}/sheet${i}.xml`,
      sheet.rows === null
        ? `<chartsheet ${main}/>`
        : `<worksheet ${main}><sheetData>${sheet.rows}</sheetData></worksheet>`,
    ])),
  });
}

/** Cells of a row as inline texts; null: none. A text that begins with < is the cell's own XML. */
export function rowOf(row: number, cells: readonly (string | null)[], quote = '"'): string {
  const q = quote;
  return `<row r=${q}${row}${q}>${
    cells.map((text, i) => {
      if (text === null || text === "") return "";
      const at = `r=${q}${String.fromCharCode(65 + i)}${row}${q}`;
      return text.startsWith("<")
        ? `<c ${at}>${text}</c>`
        : `<c ${at} t=${q}inlineStr${q}><is><t>${text}</t></is></c>`;
    }).join("")
  }</row>`;
}

/** A zip archive of texts that are stored as they are. */
function storedZip(files: Readonly<Record<string, string>>): Uint8Array {
  const [parts, entries] = [[] as Uint8Array[], [] as Uint8Array[]];
  let at = 0;
  const record = (signature: number, name: Uint8Array, content: Uint8Array, offset: number) => {
    const isEntry = signature === 0x02014b50;
    const head = new DataView(new ArrayBuffer(isEntry ? 46 : 30));
    const shift = isEntry ? 2 : 0;
    head.setUint32(0, signature, true);
    head.setUint16(4, 20, true);
    head.setUint32(14 + shift, crc32(content), true);
    head.setUint32(18 + shift, content.length, true);
    head.setUint32(22 + shift, content.length, true);
    head.setUint16(26 + shift, name.length, true);
    if (isEntry) head.setUint32(42, offset, true);
    return [new Uint8Array(head.buffer), name];
  };
  for (const [path, text] of Object.entries(files)) {
    const [name, content] = [path, text].map((each) => new TextEncoder().encode(each));
    const local = [...record(0x04034b50, name!, content!, 0), content!];
    entries.push(...record(0x02014b50, name!, content!, at));
    parts.push(...local);
    at += local.reduce((sum, { length }) => sum + length, 0);
  }
  const end = new DataView(new ArrayBuffer(22));
  const count = Object.keys(files).length;
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, count, true);
  end.setUint16(10, count, true);
  end.setUint32(12, entries.reduce((sum, { length }) => sum + length, 0), true);
  end.setUint32(16, at, true);
  const all = [...parts, ...entries, new Uint8Array(end.buffer)];
  const bytes = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let to = 0;
  for (const part of all) (bytes.set(part, to), to += part.length);
  return bytes;
}
