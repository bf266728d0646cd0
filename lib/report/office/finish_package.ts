import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from "fflate";
import { palette } from "../../charts/palette.ts";
import type { Language } from "../../responses/language.ts";
import { END, MARKED, NAMES } from "./chart_run.ts";

/** The parts of an Office file by path. */
export type Parts = Record<string, Uint8Array>;

/** The language of proofing. */
export function proofing(language: Language): string {
  return { da: "da-DK", en: "en-GB" }[language] ?? language;
}

/** A zip's least date: the same content gives the same bytes. */
const NO_DATE = new Date(1980, 0, 1);

/** The parts of an Office file. @throws If it is no zip file. */
export function partsOf(bytes: Uint8Array): Parts {
  return unzipSync(bytes);
}

/** An Office file of its parts; the list of content types comes first, as readers expect. */
export function packageOf(parts: Parts): Uint8Array {
  const first = "[Content_Types].xml";
  const names = [first, ...Object.keys(parts).filter((name) => name !== first)];
  const files: Zippable = Object.fromEntries(
    names.map((name) => [name, [parts[name]!, { mtime: NO_DATE }]]),
  );
  return zipSync(files);
}

/**
 * The same parts for the same content: `docx` names relations by chance and takes the time of day.
 *
 * @param date Of the report, such as `2024-05-31`.
 */
export function settled(parts: Parts, language: Language, date?: string): Parts {
  const renumber = (
    paths: readonly string[],
    pattern: RegExp,
    named: (number: number) => string,
  ) => {
    const ids = new Map<string, string>();
    for (const path of paths) {
      change(parts, path, (xml) =>
        xml.replaceAll(pattern, (_, before, id) => {
          if (!ids.has(id)) ids.set(id, named(ids.size + 1));
          return `${before}${ids.get(id)}"`;
        }));
    }
  };
  const texts = Object.keys(parts).filter((path) => /\.(?:xml|rels)$/.test(path));
  renumber(texts, /(")(rId[\w-]{15,})"/g, (number) => `rIdSurvey${number}`);
  // It counts the drawings and bookmarks of all documents.
  for (const tag of ["wp:docPr", "w:bookmark(?:Start|End)"]) {
    const pattern = new RegExp(`(<${tag} (?:[^>]* )?(?:w:)?id=")(\\d+)"`, "g");
    renumber(["word/document.xml"], pattern, String);
  }
  dated(parts, language, date);
  return parts;
}

/** The report's date and language among the file's properties, in the place of the time of day. */
export function dated(parts: Parts, language: Language, date = "1980-01-01"): void {
  const said = `<dc:language>${proofing(language)}</dc:language></cp:coreProperties>`;
  change(
    parts,
    "docProps/core.xml",
    (xml) =>
      xml.replaceAll(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${date}T00:00:00Z`)
        .replace("</cp:coreProperties>", said),
  );
}

/** Changes a part's text; a part that is not there is left alone. */
export function change(parts: Parts, path: string, by: (xml: string) => string): void {
  if (parts[path] !== undefined) parts[path] = strToU8(by(strFromU8(parts[path])));
}

/**
 * Fields whose parts stand in runs of their own, for LibreOffice shows nothing of others, and contents that begin
 * and end in an entry and not in an empty line before and after.
 */
export function finishFields(parts: Parts): void {
  const [begin, separate, end] = ["begin", "separate", "end"]
    .map((type) => `<w:fldChar w:fldCharType="${type}"/>`);
  const field =
    `<w:fldChar w:fldCharType="begin"[^>]*/>(<w:instrText[^>]*>[^<]*</w:instrText>)${separate}`;
  const runs = `<w:r>${begin}</w:r><w:r>$1</w:r><w:r>${separate}</w:r>`;
  change(parts, "word/document.xml", (xml) =>
    xml
      .replaceAll(
        new RegExp(`<w:r>${field}${end}</w:r>`, "g"),
        `${runs}<w:r><w:t>0</w:t></w:r><w:r>${end}</w:r>`,
      )
      .replace(
        new RegExp(`<w:p><w:r>${field}</w:r></w:p><w:p>(<w:pPr>.*?</w:pPr>)`),
        `<w:p>$2${runs}`,
      )
      // No row runs over two pages.
      .replaceAll("<w:tr><w:tc>", "<w:tr><w:trPr></w:trPr><w:tc>")
      .replaceAll("<w:tr><w:trPr>", "<w:tr><w:trPr><w:cantSplit/>")
      .replace(
        `</w:p><w:p><w:r>${end}</w:r></w:p></w:sdtContent>`,
        `<w:r>${end}</w:r></w:p></w:sdtContent>`,
      ));
}

/**
 * Writes into charts what `docx` has no option for: series without a filling, a frame for hidden answers,
 * numbers above thin segments, where the plot lies, the format of the numbers, the language.
 */
export function finishCharts(parts: Parts, language: Language): void {
  for (const path of Object.keys(parts)) {
    if (/\/charts\/chart\d+\.xml$/.test(path)) {
      change(parts, path, (xml) => finishChart(xml, language));
    }
    // A workbook's files have the time of day.
    if (path.endsWith(".xlsx")) parts[path] = packageOf(partsOf(parts[path]!));
  }
}

const fill = (colour: string) => `<a:solidFill><a:srgbClr val="${colour}"/></a:solidFill>`;
/** Numbers that were moved need no line to where they were: they stand above their segments. */
const NO_LEADERS = `<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" ` +
  `xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:showLeaderLines val="0"/>` +
  `</c:ext></c:extLst>`;
const INK = palette.ink.slice(1).toUpperCase();
const NO_LINE = "<a:ln><a:noFill/></a:ln>";

function finishChart(xml: string, language: Language): string {
  // Of what is no share the number format says the decimals.
  const [, format = "0%"] = /<c:numFmt formatCode="(0(?:\.0+)?)"/.exec(xml) ?? [];
  const frame = `<a:noFill/><a:ln w="9525">${fill(palette.axis.slice(1).toUpperCase())}` +
    `<a:prstDash val="dash"/></a:ln>`;
  const height = /<c:barDir val="bar"\/>/.test(xml) ? 0.08 : 0;
  const rows = Number(/<c:cat>.*?<c:ptCount val="(\d+)"/.exec(xml)?.[1] ?? 1);
  return xml
    .replaceAll(fill(MARKED.frame) + NO_LINE, frame)
    .replaceAll(fill(MARKED.nothing), "<a:noFill/>")
    .replace(new RegExp(`<c:layout/>(.*)${fill(`${MARKED.plot}(..)(..)`)}`), layOut)
    .replaceAll(
      new RegExp(
        `(<c:dLbl><c:idx val="\\d+"/>)((?:(?!</c:dLbl>).)*?${MARKED.above}([0-9A-F]{2}))`,
        "g",
      ),
      (_, head, rest, right) =>
        `${head}<c:layout><c:manualLayout><c:x val="${parseInt(right, 16) / 1000}"/>` +
        `<c:y val="${-(height && 0.36 * 0.7 / rows + 0.03)}"/></c:manualLayout></c:layout>${rest}`,
    )
    .replaceAll(new RegExp(`val="${MARKED.above}.."`, "g"), `val="${INK}"`)
    .replaceAll("</c:dLbls>", `${NO_LEADERS}</c:dLbls>`)
    .replaceAll(/lang="en-US"/g, `lang="${proofing(language)}"`)
    .replace(/<c:lang val="[^"]*"\/>/, `<c:lang val="${proofing(language)}"/>`)
    .replaceAll("<c:formatCode>General</c:formatCode>", `<c:formatCode>${format}</c:formatCode>`);
}

/** The names have a part of the width of their own, whatever their lengths. */
function layOut(_: string, between: string, from: string, to: string): string {
  const [top, end] = [from, to].map((step) => parseInt(step, 16) / 255);
  const sizes = { x: NAMES, y: top!, w: END - NAMES, h: end! - top! };
  const modes = `<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>`;
  const values = Object.entries(sizes).map(([name, value]) =>
    `<c:${name} val="${value.toFixed(4)}"/>`
  );
  return `<c:layout><c:manualLayout>${modes}${
    values.join("")
  }</c:manualLayout></c:layout>${between}<a:noFill/>`;
}
