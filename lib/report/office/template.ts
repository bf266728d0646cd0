import { strFromU8, strToU8 } from "fflate";
import { InputError } from "../../responses/input_error.ts";
import type { Language } from "../../responses/language.ts";
import { change, type Parts, partsOf, proofing } from "./finish_package.ts";

const MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const DOCUMENT = "word/document.xml";
const STYLES = "word/styles.xml";
const TYPES = "[Content_Types].xml";
const RELATIONS = "word/_rels/document.xml.rels";

/**
 * A template as Word saves one (.docx or .dotx).
 *
 * @param path As it was given.
 * @throws {InputError} If it cannot be one.
 */
export async function readTemplate(path: string): Promise<Uint8Array> {
  const refused = (why: string) =>
    new InputError(`--template ${path}: ${why}. Give a Word document, saved as .docx or .dotx.`);
  const bytes = await Deno.readFile(path).catch((error) => {
    throw refused(error instanceof Deno.errors.NotFound ? "there is no such file" : String(error));
  });
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) {
    throw refused("it is protected by a password, or of a Word before 2007");
  }
  let parts: Parts;
  try {
    parts = partsOf(bytes);
  } catch {
    throw refused("it is no Word document, or a damaged one");
  }
  const text = (name: string) => parts[name] === undefined ? "" : strFromU8(parts[name]);
  if (/macroEnabled/i.test(text(TYPES))) throw refused("it holds macros");
  if (/purl\.oclc\.org/.test(text(DOCUMENT))) throw refused("it is saved as Strict Open XML");
  const isWhole = text(TYPES).includes(`${MAIN}.`) && /<\/w:body>/.test(text(DOCUMENT)) &&
    /<\/w:styles>/.test(text(STYLES)) && text(RELATIONS) !== "";
  if (!isWhole) throw refused("it is no Word document, or a damaged one");
  return bytes;
}

/** A document that waits for its content where `{{report}}` stands. */
export interface Base {
  readonly parts: Parts;
  /** The template's ids of styles by ours, where they differ: a Danish Word calls Heading1 Overskrift1. */
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * A template with the styles that it lacks, and with notice and source below its pages.
 *
 * A template with `{{report}}` in a paragraph keeps its text around that; of others the text is left out.
 *
 * @param plain The report's own document.
 */
export function templateBase(template: Uint8Array, plain: Parts, language: Language): Base {
  const parts = partsOf(template);
  change(
    parts,
    TYPES,
    (xml) => xml.replace(`${MAIN}.template.main+xml`, `${MAIN}.document.main+xml`),
  );
  const ids = addStyles(parts, plain);
  // The language of proofing stands in the defaults.
  change(
    parts,
    STYLES,
    (xml) =>
      xml.replace(
        /<w:rPrDefault(?:\/>|>\s*<w:rPr\/>\s*<\/w:rPrDefault>)/,
        "<w:rPrDefault><w:rPr></w:rPr></w:rPrDefault>",
      )
        .replace(/(<w:rPrDefault>(?:(?!<\/w:rPrDefault>).)*)<w:lang [^>]*\/>/s, "$1")
        .replace(
          /<\/w:rPr>(?=\s*<\/w:rPrDefault>)/,
          `<w:lang w:val="${proofing(language)}"/></w:rPr>`,
        ),
  );
  const [section = strFromU8(plain[DOCUMENT]!).match(SECTION)!.at(-1)!] =
    strFromU8(parts[DOCUMENT]!).match(SECTION)?.slice(-1) ?? [];
  const withFooter = addFooter(parts, plain, section, ids);
  change(parts, DOCUMENT, (xml) => {
    const isPlaced = xml.replaceAll(/<[^>]*>/g, "").includes("{{report}}");
    return isPlaced ? xml.replace(section, withFooter) : emptied(xml, withFooter);
  });
  return { parts, ids };
}

const SECTION = /<w:sectPr[ >](?:(?!<w:sectPr).)*?<\/w:sectPr>/gs;

/** A document whose body waits for the report, on pages like those of a section. */
export function emptied(xml: string, section: string): string {
  const body = `<w:body><w:p><w:r><w:t>{{report}}</w:t></w:r></w:p>${section}</w:body>`;
  return xml.replace(/<w:body>.*<\/w:body>/s, () => body);
}

/** The pages' text width in twentieths of a point, and the last section's properties. */
export function lastSection(parts: Parts): { readonly section: string; readonly width: number } {
  const section = strFromU8(parts[DOCUMENT]!).match(SECTION)!.at(-1)!;
  const of = (tag: string, name: string) =>
    Number(new RegExp(`<w:${tag}[^>]* w:${name}="(\\d+)"`).exec(section)?.[1] ?? 0);
  const width = of("pgSz", "w") - of("pgMar", "left") - of("pgMar", "right") -
    of("pgMar", "gutter");
  return { section, width: width > 2000 ? width : 9026 };
}

/** Adds the styles whose names the template has not got. */
function addStyles(parts: Parts, plain: Parts): Map<string, string> {
  const own = new Map(stylesOf(parts).map(({ name, id }) => [name.toLowerCase(), id]));
  const taken = new Set(own.values());
  const ours = stylesOf(plain);
  const ids = new Map<string, string>();
  for (const { name, id } of ours) {
    const found = own.get(name.toLowerCase());
    if (found !== undefined ? found !== id : taken.has(id)) ids.set(id, found ?? `Survey${id}`);
  }
  const missing = ours.filter(({ name }) => !own.has(name.toLowerCase())).map(({ xml }) =>
    // Which style is the default one, the template says.
    renamed(xml.replace(/ w:default="[^"]*"/, ""), ids)
  );
  change(
    parts,
    STYLES,
    (xml) => xml.replace("</w:styles>", () => `${missing.join("")}</w:styles>`),
  );
  return ids;
}

function stylesOf(parts: Parts): { name: string; id: string; xml: string }[] {
  return [...strFromU8(parts[STYLES]!).matchAll(/<w:style .*?<\/w:style>/gs)].map(([xml]) => ({
    name: /<w:name w:val="([^"]*)"/.exec(xml)?.[1] ?? "",
    id: / w:styleId="([^"]*)"/.exec(xml)?.[1] ?? "",
    xml,
  }));
}

/** XML in which the styles have the template's ids. */
export function renamed(xml: string, ids: ReadonlyMap<string, string>): string {
  return xml.replaceAll(
    /(<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val="|<w:style [^>]*w:styleId=")([^"]*)"/g,
    (_, before, id) => `${before}${ids.get(id) ?? id}"`,
  );
}

/** Notice and source below the template's own footer; without one the whole footer is the report's. */
function addFooter(parts: Parts, plain: Parts, section: string, ids: Base["ids"]): string {
  const ours = renamed(strFromU8(plain["word/footer1.xml"]!), ids);
  const relations = strFromU8(parts[RELATIONS]!);
  const own = [...section.matchAll(/<w:footerReference [^>]*r:id="([^"]+)"/g)].flatMap(([, id]) => {
    const [tag = ""] = new RegExp(`<Relationship [^>]*Id="${id}"[^>]*>`).exec(relations) ?? [];
    return /Target="([^"]+)"/.exec(tag)?.[1] ?? [];
  });
  if (own.length === 0) {
    parts["word/footer_survey.xml"] = strToU8(ours);
    change(parts, RELATIONS, (xml) =>
      xml.replace(
        "</Relationships>",
        `<Relationship Id="rIdSurveyFooter" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer_survey.xml"/></Relationships>`,
      ));
    change(parts, TYPES, (xml) =>
      xml.replace(
        "</Types>",
        `<Override PartName="/word/footer_survey.xml" ContentType="${MAIN}.footer+xml"/></Types>`,
      ));
    return section.replace(
      /^<w:sectPr[^>]*>/,
      (tag) => `${tag}<w:footerReference w:type="default" r:id="rIdSurveyFooter"/>`,
    );
  }
  const lines = ours.match(/<w:p[ >].*?<\/w:p>/gs) ?? [];
  for (const target of new Set(own)) {
    const path = target.startsWith("/") ? target.slice(1) : `word/${target}`;
    change(parts, path, (xml) => {
      // A page has one number.
      const hasPages = /\bPAGE\b/.test(xml);
      const added = lines.map((line) =>
        hasPages ? line.replace(/<w:r><w:tab\/><\/w:r>.*(?=<\/w:p>)/s, "") : line
      );
      return xml.replace("</w:ftr>", () => `${added.join("")}</w:ftr>`);
    });
  }
  return section;
}
