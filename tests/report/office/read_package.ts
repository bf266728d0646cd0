import assert from "node:assert/strict";
import { strFromU8, unzipSync } from "fflate";

/** The parts of an Office file: text by path, and embedded workbooks as bytes. */
export interface Package {
  readonly texts: ReadonlyMap<string, string>;
  readonly bytes: Readonly<Record<string, Uint8Array>>;
}

export function readPackage(file: Uint8Array): Package {
  const bytes = unzipSync(file);
  const texts = Object.entries(bytes).filter(([path]) => /\.(xml|rels|svg)$/.test(path))
    .map(([path, part]): [string, string] => [path, strFromU8(part)]);
  return { texts: new Map(texts), bytes };
}

/** What Word and PowerPoint check before they open a file, without which they offer a repair. */
export function checkPackage({ texts, bytes }: Package): void {
  for (const [path, xml] of texts) checkWellFormed(path, xml);
  const types = texts.get("[Content_Types].xml")!;
  const overrides = [...types.matchAll(/<Override [^>]*PartName="\/([^"]+)"/g)].map(([, p]) => p!);
  const defaults = new Set(
    [...types.matchAll(/<Default [^>]*Extension="([^"]+)"/g)].map((m) => m[1]),
  );
  assert.equal(new Set(overrides).size, overrides.length, "each part has one content type");
  for (const path of overrides) {
    assert.ok(bytes[path], `${path} is in the list of content types alone`);
  }
  for (const path of Object.keys(bytes)) {
    if (path === "[Content_Types].xml" || path.endsWith("/")) continue;
    const extension = path.slice(path.lastIndexOf(".") + 1);
    assert.ok(overrides.includes(path) || defaults.has(extension), `${path} has no content type`);
  }
  const reached = new Set<string>();
  for (const [path, xml] of texts) {
    if (!path.endsWith(".rels")) continue;
    const owner = path.replace(/_rels\/([^/]*)\.rels$/, "$1");
    const ids = [...xml.matchAll(/<Relationship [^>]*>/g)].map(([tag]) => {
      const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
      const target = of("Target")!;
      if (of("TargetMode") !== "External") {
        const part = resolvePart(owner, target);
        assert.ok(bytes[part], `${path} leads to ${part}, which is not there`);
        reached.add(part);
      }
      return of("Id")!;
    });
    assert.equal(new Set(ids).size, ids.length, `${path}: an id is there twice`);
    const used = (texts.get(owner) ?? "").matchAll(/\br:(?:id|embed|link|pict)="([^"]+)"/g);
    for (const [, id] of used) assert.ok(ids.includes(id!), `${owner}: ${id} leads nowhere`);
  }
  for (const [path, xml] of texts) {
    if (/\/charts\/chart\d+\.xml$/.test(path)) checkChart(path, xml);
    if (/word\/document\.xml$/.test(path)) checkDocument(xml);
  }
  for (const path of Object.keys(bytes)) {
    if (/\/(charts|embeddings|media|slides)\/[^/]+$/.test(path) && !path.endsWith(".rels")) {
      assert.ok(reached.has(path), `nothing leads to ${path}`);
    }
  }
}

/** Each kind of chart has the two axes that it names, and each axis crosses one that is there. */
function checkChart(path: string, xml: string): void {
  const axes = [...xml.matchAll(/<c:(?:cat|val|ser|date)Ax>.*?<\/c:(?:cat|val|ser|date)Ax>/gs)].map(
    ([axis]) => ({
      id: /<c:axId val="(\d+)"/.exec(axis)![1]!,
      crosses: /<c:crossAx val="(\d+)"/.exec(axis)![1]!,
    }),
  );
  const ids = axes.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, `${path}: two axes of one id`);
  for (const { crosses } of axes) assert.ok(ids.includes(crosses), `${path}: no axis ${crosses}`);
  for (const [plot] of xml.matchAll(/<c:barChart>.*?<\/c:barChart>/gs)) {
    const named = [...plot.matchAll(/<c:axId val="(\d+)"/g)].map(([, id]) => id!);
    assert.equal(named.length, 2, `${path}: a bar chart has two axes, not ${named.length}`);
    for (const id of named) assert.ok(ids.includes(id), `${path}: no axis ${id}`);
  }
  assert.doesNotMatch(
    xml,
    /FEFEF[12]|val="1E29/,
    "a colour that stands for something else",
  );
  assert.doesNotMatch(xml, /NaN|Infinity|undefined/);
}

/** Bookmarks are unique, and every link within the document has one. */
function checkDocument(xml: string): void {
  const names = [...xml.matchAll(/<w:bookmarkStart [^>]*w:name="([^"]+)"/g)].map(([, name]) =>
    name!
  );
  assert.equal(new Set(names).size, names.length, "a bookmark is there twice");
  for (const [, name] of xml.matchAll(/w:anchor="([^"]+)"/g)) {
    assert.ok(names.includes(name!), `no bookmark ${name}`);
  }
  for (const [, name] of xml.matchAll(/PAGEREF (\w+)/g)) {
    assert.ok(names.includes(name!), `no bookmark ${name}`);
  }
  const ids = [...xml.matchAll(/<wp:docPr id="(\d+)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length, "two drawings of one id");
}

function resolvePart(owner: string, target: string): string {
  if (target.startsWith("/")) return target.slice(1);
  return new URL(target, `file:///${owner}`).pathname.slice(1);
}

function checkWellFormed(path: string, xml: string): void {
  const open: string[] = [];
  for (const [, close, name, selfClosed] of xml.matchAll(/<(\/?)([A-Za-z][\w:.-]*)[^>]*?(\/?)>/g)) {
    if (close) assert.equal(open.pop(), name, path);
    else if (!selfClosed) open.push(name!);
  }
  assert.deepEqual(open, [], path);
}

/** An embedded workbook's cells by row; numbers as numbers. */
export function sheetOf(workbook: Uint8Array): (string | number | null)[][] {
  const { texts } = readPackage(workbook);
  const strings = [...(texts.get("xl/sharedStrings.xml") ?? "").matchAll(/<si>(.*?)<\/si>/gs)]
    .map(([, si]) => plain(si!));
  const sheet = texts.get("xl/worksheets/sheet1.xml")!;
  return [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) => {
    const cells: (string | number | null)[] = [];
    for (
      const [, column, kind, value] of row!.matchAll(/<c r="([A-Z]+)\d+"([^>]*)><v>([^<]*)<\/v>/g)
    ) {
      const at = [...column!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
      while (cells.length < at) cells.push(null);
      cells[at] = kind!.includes('t="s"') ? strings[Number(value)]! : Number(value);
    }
    return cells;
  });
}

/** The text of XML: its paragraphs' texts in lines. */
export function plain(xml: string): string {
  return xml.replaceAll(/<\/(?:w|a):p>|<w:(?:br|tab)\/>/g, "\n").replaceAll(
    /<w:instrText[^>]*>[^<]*<\/w:instrText>/g,
    "",
  )
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'").replaceAll("&amp;", "&");
}
