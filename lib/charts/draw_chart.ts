/// <reference lib="dom" />
import { escapeHtml } from "../words/prose.ts";
import { chartDocument, PAINTED, plot, type PlotOptions } from "./plot.ts";

const SVG = "http://www.w3.org/2000/svg";

/** The title and the text alternative, and an id that is unique in the page. */
type ChartTexts = Readonly<Record<"id" | "title" | "description", string>>;

/**
 * Draws a chart as an SVG document that may stand anywhere: no style, no script.
 *
 * @param options What `Plot.plot()` takes, or what it has made.
 * @param texts What a screen reader reads, and the id that makes the document's ids unique.
 * @returns Well-formed XML; coordinates have at most two decimals.
 * @throws {TypeError} Where there is nothing drawn.
 */
export function drawChart(options: PlotOptions | Element, texts?: ChartTexts): string {
  const drawn = isElement(options) ? options : plot(options);
  const svg = wholeDrawing(drawn);
  if (svg === null) throw new TypeError(`The chart ${texts?.id ?? ""} holds no drawing`);
  tidy(svg);
  if (texts !== undefined) describe(svg, texts);
  return serializeSvg(svg);
}

/** Whether a value is an element of a document. */
export function isElement(value: unknown): value is Element {
  return typeof value === "object" && value !== null && "outerHTML" in value;
}

const LEGEND = { size: 12, row: 22, line: 15, swatch: 14, width: 640 };

/**
 * The one drawing of a chart. Plot sets a legend as HTML, or as a drawing of its own, above the chart:
 * here it becomes a part of it, so that it is wherever the drawing goes.
 */
function wholeDrawing(drawn: Element): SVGSVGElement | null {
  if (drawn.localName === "svg") return drawn as SVGSVGElement;
  const parts = [...drawn.children].filter(({ localName }) => /^(svg|div)$/.test(localName));
  const chart = parts.findLast(({ localName }) => localName === "svg") as SVGSVGElement | undefined;
  if (chart === undefined) return legendAlone(drawn);
  const [x = 0, y = 0, width = 0, height = 0] = (chart.getAttribute("viewBox") ?? "").split(" ")
    .map(Number);
  let top = y;
  for (const part of parts.filter((part) => part !== chart).reverse()) {
    const group = chart.ownerDocument.createElementNS(SVG, "g");
    const tall = part.localName === "svg"
      ? rampInto(group, part)
      : swatchesInto(group, part, width);
    top -= tall;
    group.setAttribute("transform", `translate(${x},${top})`);
    chart.prepend(group);
  }
  chart.setAttribute("viewBox", [x, top, width, height + y - top].join(" "));
  chart.setAttribute("height", String(height + y - top));
  return chart;
}

/** A legend of swatches that is no chart's. */
function legendAlone(drawn: Element): SVGSVGElement | null {
  if (!/-swatches/.test(drawn.getAttribute("class") ?? "")) return null;
  const svg = made(drawn, "svg", { width: LEGEND.width, fill: "currentColor" }) as SVGSVGElement;
  const group = made(svg, "g", {});
  const height = swatchesInto(group, drawn, LEGEND.width);
  svg.append(group);
  svg.setAttribute("viewBox", `0 0 ${LEGEND.width} ${height}`);
  svg.setAttribute("height", String(height));
  return svg;
}

/** A continuous legend: its parts, and its row of colours as rectangles. */
function rampInto(group: Element, ramp: Element): number {
  for (const child of [...ramp.children]) {
    if (child.localName === "style") continue;
    const painted = child.getAttribute("href") ?? "";
    if (!painted.startsWith(PAINTED)) {
      group.append(child);
      continue;
    }
    const colours = painted.slice(PAINTED.length).split(";");
    const wide = Number(child.getAttribute("width")) / colours.length;
    for (let from = 0, to = 0; from < colours.length; from = to) {
      while (to < colours.length && (colours[to] === colours[from] || to - from < 4)) to++;
      const x = Number(child.getAttribute("x")) + from * wide;
      // A hair wider, for between two rectangles the paper would shine through.
      const size = { x, width: (to - from) * wide + 0.3, fill: colours[from] ?? "" };
      const [y, height] = [child.getAttribute("y"), child.getAttribute("height")];
      group.append(made(group, "rect", { ...size, y: y ?? 0, height: height ?? 0 }));
    }
  }
  group.setAttribute("text-anchor", "start");
  for (const name of ["font-size", "font-family"]) {
    group.setAttribute(name, ramp.getAttribute(name) ?? "");
  }
  return Number(ramp.getAttribute("height")) + 6;
}

/** A legend of swatches in rows, each with its label. */
function swatchesInto(group: Element, swatches: Element, width: number): number {
  let [x, y] = [0, 0];
  for (const swatch of swatches.querySelectorAll('[class$="-swatch"]')) {
    const [sign] = swatch.getElementsByTagName("svg");
    const [size, before] = [LEGEND.size, LEGEND.swatch + 5];
    const broken = wrapText(swatch.textContent ?? "", width - before, { size, lines: 3 });
    const wide = before + Math.max(...broken.map((line) => textWidth(line, size)));
    if (x > 0 && x + wide > width) [x, y] = [0, y + LEGEND.row];
    const middle = y + LEGEND.row / 2;
    if (sign !== undefined) {
      const box = (sign.getAttribute("viewBox") ?? "").split(" ").map(Number);
      const at = made(group, "g", {
        transform: `translate(${x - (box[0] ?? 0)},${middle - LEGEND.swatch / 2 - (box[1] ?? 0)})`,
      });
      for (const { name, value } of [...sign.attributes]) {
        if (/^(fill|stroke)/.test(name)) at.setAttribute(name, value);
      }
      at.append(...sign.children);
      for (const rect of at.getElementsByTagName("rect")) {
        rect.setAttribute("width", String(LEGEND.swatch));
        rect.setAttribute("height", String(LEGEND.swatch));
      }
      group.append(at);
    }
    for (const [index, line] of broken.entries()) {
      const transform = `translate(${x + before},${middle + index * LEGEND.line})`;
      const at = { transform, y: "0.35em", "text-anchor": "start", "font-size": size };
      const label = made(group, "text", at);
      label.textContent = line;
      group.append(label);
    }
    x += wide + 14;
    // A label of several lines has its rows for itself.
    if (broken.length > 1) [x, y] = [0, y + LEGEND.row + (broken.length - 1) * LEGEND.line];
  }
  return (x === 0 ? y : y + LEGEND.row) + 6;
}

function made(near: Element, name: string, attributes: Record<string, string | number>): Element {
  const element = near.ownerDocument.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** Takes out what a page with a strict policy refuses, and what only Plot's own page needs. */
function tidy(svg: Element): void {
  for (const style of svg.querySelectorAll("style")) style.remove();
  // The description says it all; Plot's own labels of its parts are not allowed on a plain group.
  for (const element of [svg, ...svg.querySelectorAll("*")]) {
    const of = /^(?:rect|circle|path)$/.test(element.localName)
      ? element.getAttribute("aria-label")
      : null;
    if (of !== null) element.setAttribute("data-of", of);
    for (const name of ["style", "aria-label", "aria-description", "aria-hidden"]) {
      element.removeAttribute(name);
    }
  }
  for (const group of svg.querySelectorAll("g")) {
    if (group.childElementCount === 0) group.remove();
  }
  svg.setAttribute("class", "chart-svg");
  svg.setAttribute("font-family", "system-ui, sans-serif");
  svg.setAttribute("font-size", "12");
}

function describe(svg: Element, { id, title, description }: ChartTexts): void {
  const document = chartDocument();
  svg.prepend(...([["title", title], ["desc", description]] as const).map(([name, text]) => {
    const element = document.createElementNS(SVG, name);
    element.setAttribute("id", `${id}-${name}`);
    // A label may be blank; a picture without a name is none to a screen reader.
    element.textContent = cleanText(text) || id;
    return element;
  }));
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", `${id}-title`);
  svg.setAttribute("aria-describedby", `${id}-desc`);
}

/**
 * The XML of a drawing, as a browser's `XMLSerializer` writes it. The light document that charts are
 * drawn in has none: it only writes HTML, with the attributes in the opposite order.
 */
function serializeSvg(element: Element, isRoot = true): string {
  const attributes = [...element.attributes].reverse()
    .filter(({ name }) => !isRoot || !name.startsWith("xmlns"))
    .map(({ name, value }) => ` ${name}="${escapeHtml(rounded(value)).replace(/\s/g, asEntity)}"`);
  const start = element.localName + (isRoot ? ` xmlns="${SVG}"` : "") + attributes.join("");
  const inside = [...element.childNodes].map((node) =>
    node.nodeType === 1 ? serializeSvg(node as Element, false) : escapeHtml(node.nodeValue ?? "")
  ).join("");
  return inside === "" ? `<${start}/>` : `<${start}>${inside}</${element.localName}>`;
}

function rounded(value: string): string {
  return value.replace(
    /-?\d+\.\d{3,}/g,
    (number) => String(Math.round(Number(number) * 100) / 100),
  );
}

/** White space that a reader of XML would take for a plain space. */
const asEntity = (space: string) =>
  space === " " ? space : `&#x${space.charCodeAt(0).toString(16)};`;

/*
 * How wide text is, without a browser. The table holds the advance widths of
 * DejaVu Sans, the widest of the faces that `system-ui, sans-serif` stands for on common systems
 * (Segoe UI, San Francisco, Roboto, Noto Sans and Arial are all narrower), so that what fits by
 * this table fits everywhere.
 */

/** Hundredths of the font size for the characters U+0020 to U+007E. */
const REGULAR = ("32 41 46 84 64 95 78 28 39 39 50 84 32 37 32 34 64 64 64 64 64 64 64 64 " +
  "64 64 34 34 84 84 84 54 100 69 69 70 77 64 58 78 76 30 30 66 56 87 75 79 " +
  "61 79 70 64 62 74 69 99 69 62 69 39 34 39 84 50 50 62 64 55 64 62 36 64 " +
  "64 28 28 58 28 98 64 62 64 64 42 53 40 64 60 82 60 60 53 64 34 64 84").split(" ").map(Number);

/** Characters that are as wide as one of those; any other one is taken to be as wide as it is high. */
const ALIKE: Readonly<Record<string, string>> = {
  ...{ "ø": "o", "Ø": "O", "–": "-", "−": "+", "\u00a0": " ", "·": ".", "’": "'", "≈": "+" },
};

/** How much wider bold letters are at most, in words. */
const BOLD = 1.15;

type Weight = "regular" | "bold";

/** The width in px that a line of text takes at most at a font size in px. */
export function textWidth(text: string, size: number, weight: Weight = "regular"): number {
  let hundredths = 0;
  for (const character of text) {
    // A letter with a mark is as wide as the letter: å, é, ü.
    const plain = ALIKE[character] ?? character.normalize("NFD");
    hundredths += REGULAR[plain.charCodeAt(0) - 0x20] ?? 100;
  }
  return hundredths * size / 100 * (weight === "bold" ? BOLD : 1);
}

/**
 * Breaks a label into lines of about equal length that are no wider than a column; a word that is wider
 * is broken inside.
 *
 * @param width px, as is `size`.
 * @param options `lines`: the most of them, 6 by default; what does not fit ends in "…".
 */
export function wrapText(
  text: string,
  width: number,
  { size, weight, lines: most = 6 }: {
    readonly size: number;
    readonly weight?: Weight;
    readonly lines?: number;
  },
): string[] {
  const fits = (line: string, within = width) => textWidth(line, size, weight) <= within;
  const words = cleanText(text).split(" ").flatMap((word) => pieces(word, fits));
  const filled = (within: number) => {
    const lines = [words[0] ?? ""];
    for (const word of words.slice(1)) {
      const longer = `${lines.at(-1)} ${word}`;
      if (fits(longer, within)) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  };
  let lines = filled(width);
  if (lines.length > most) {
    const last = [...lines[most - 1]!];
    while (last.length > 0 && !fits(`${last.join("")}…`)) last.pop();
    return [...lines.slice(0, most - 1), `${last.join("").trimEnd()}…`];
  }
  // The narrowest setting in as many lines, so that no line is left with one short word.
  for (let narrower = width; narrower > width / 3; narrower -= 4) {
    const next = filled(narrower);
    if (next.length > lines.length) break;
    lines = next;
  }
  return lines;
}

/** A word in pieces that fit in a line. */
function pieces(word: string, fits: (line: string) => boolean): string[] {
  const parts = [""];
  for (const character of word) {
    if (parts.at(-1) === "" || fits(parts.at(-1) + character)) parts[parts.length - 1] += character;
    else parts.push(character);
  }
  return parts;
}

/** Text in one line, without the control characters and half surrogates that XML forbids. */
export function cleanText(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[ \t\r\n]+/g, " ").trim();
}
