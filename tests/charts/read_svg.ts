/// <reference lib="dom" />
import { JSDOM } from "jsdom";
import { ok } from "node:assert/strict";
import { textWidth } from "../../lib/charts/draw_chart.ts";

interface Rectangle {
  readonly what: string;
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
}

interface DrawnText extends Rectangle {
  readonly tone: string;
  readonly fill: string;
}

/** A chart as what a browser would paint, read back from its markup alone. */
export interface Drawn {
  readonly svg: Element;
  readonly width: number;
  /** Where the drawing begins: above 0 where a legend is put on top. */
  readonly top: number;
  readonly height: number;
  /** One per line of text. */
  readonly texts: readonly DrawnText[];
  readonly marks: readonly (Rectangle & { readonly fill: string })[];
  readonly lines: readonly Rectangle[];
}

/** A parser that is none of the charts' own, and strict. */
const parser = new JSDOM("").window;

/** Parses a chart; fails where it is not well-formed XML. */
export function readSvg(markup: string): Drawn {
  const parsed = new parser.DOMParser().parseFromString(markup, "image/svg+xml");
  const svg = parsed.documentElement;
  ok(svg.localName === "svg", `not well-formed: ${svg.textContent}`);
  const numbers = (svg.getAttribute("viewBox") ?? "").split(" ").map(Number);
  return {
    svg,
    width: numbers[2] ?? 0,
    top: numbers[1] ?? 0,
    height: numbers[3] ?? 0,
    texts: [...svg.querySelectorAll("text")].flatMap(linesOf),
    marks: [...svg.querySelectorAll("rect")]
      .filter((rect) => inherited(rect, "fill") !== "none")
      .map((rect) => ({ ...rectangleOf(rect), fill: inherited(rect, "fill") })),
    lines: [...svg.querySelectorAll("line")].map(lineOf),
  };
}

/** Whether two things share more than a hair. */
export function overlap(a: Rectangle, b: Rectangle): boolean {
  const hair = 0.25;
  return a.x1 < b.x2 - hair && b.x1 < a.x2 - hair && a.y1 < b.y2 - hair && b.y1 < a.y2 - hair;
}

export function within(inner: Rectangle, outer: Omit<Rectangle, "what">): boolean {
  const hair = 0.05;
  return inner.x1 >= outer.x1 - hair && inner.x2 <= outer.x2 + hair &&
    inner.y1 >= outer.y1 - hair && inner.y2 <= outer.y2 + hair;
}

function inherited(element: Element, name: string): string {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const value = at.getAttribute(name);
    if (value !== null) return value;
  }
  return "";
}

function translated(element: Element): [x: number, y: number] {
  let [x, y] = [0, 0];
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const transform = at.getAttribute("transform");
    if (transform === null) continue;
    const parts = /^translate\((-?[\d.]+),(-?[\d.]+)\)$/.exec(transform);
    ok(parts, `a transform that this test cannot read: ${transform}`);
    x += Number(parts[1]);
    y += Number(parts[2]);
  }
  return [x, y];
}

function number(element: Element, name: string): number {
  return Number(element.getAttribute(name) ?? 0);
}

function linesOf(text: Element): DrawnText[] {
  const size = Number(inherited(text, "font-size"));
  ok(size >= 11, `text of ${size} px`);
  const weight = inherited(text, "font-weight") === "bold" ? "bold" : "regular";
  const anchor = inherited(text, "text-anchor");
  const [x, y] = translated(text);
  const spans = [...text.querySelectorAll("tspan")];
  let em = parseFloat(text.getAttribute("y") ?? "0");
  return (spans.length > 0 ? spans : [text]).map((line, index) => {
    if (line !== text) {
      em = index === 0
        ? parseFloat(line.getAttribute("y") ?? "0")
        : em + parseFloat(line.getAttribute("dy") ?? "0");
    }
    const width = textWidth(line.textContent ?? "", size, weight);
    const left = anchor === "end" ? x - width : anchor === "middle" ? x - width / 2 : x;
    const baseline = y + em * size;
    return {
      what: line.textContent ?? "",
      x1: left,
      x2: left + width,
      y1: baseline - 0.74 * size,
      y2: baseline + 0.24 * size,
      tone: inherited(text, "class"),
      fill: inherited(text, "fill"),
    };
  });
}

function rectangleOf(rect: Element): Rectangle {
  const [dx, dy] = translated(rect);
  const [x, y] = [number(rect, "x") + dx, number(rect, "y") + dy];
  return {
    what: "rect",
    x1: x,
    x2: x + number(rect, "width"),
    y1: y,
    y2: y + number(rect, "height"),
  };
}

function lineOf(line: Element): Rectangle {
  const [dx, dy] = translated(line);
  const sorted = (a: string, b: string, by: number) =>
    [number(line, a) + by, number(line, b) + by].sort((one, other) => one - other);
  const [x1 = 0, x2 = 0] = sorted("x1", "x2", dx);
  const [y1 = 0, y2 = 0] = sorted("y1", "y2", dy);
  return { what: "line", x1: x1 - 0.5, x2: x2 + 0.5, y1: y1 - 0.5, y2: y2 + 0.5 };
}
