/// <reference lib="dom" />
import * as Plot from "@observablehq/plot";
import { chartDocument } from "./document.ts";
import { ACCENT, AXIS, GRID, INK, MUTED, ON_DARK, ON_LIGHT, QUIET } from "./palette.ts";
import { type Box, type Dot, type Label, type Line, LINE_HEIGHT, type Scene } from "./scene.ts";
import { serializeSvg } from "./serialize_svg.ts";
import { cleanText } from "./wrap_text.ts";

const TONES = { ink: INK, muted: MUTED, "on-dark": ON_DARK, "on-light": ON_LIGHT } as const;

export interface SceneTexts {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** The text alternative. */
  readonly description: string;
}

/**
 * Draws a scene with Plot as an SVG document that may stand anywhere: no style, no script.
 *
 * Colours are attributes for a white page. A page with others sets them by class: `ink` and `muted`
 * (text), `axis` and `grid` (lines), never `on-dark` and `on-light` (text on a coloured `mark`).
 *
 * @param scene The geometry.
 * @param texts What a screen reader reads, and the id that makes the document's ids unique.
 * @returns Well-formed XML; coordinates have at most two decimals.
 */
export function drawScene(scene: Scene, texts: SceneTexts): string {
  const document = chartDocument();
  const svg = Plot.plot({
    document,
    width: scene.width,
    height: scene.height,
    margin: 0,
    // The geometry is in px already: no scale, no axis.
    x: { type: "identity", axis: null },
    y: { type: "identity", axis: null },
    marks: [
      ...lineMarks(scene.grid),
      ...boxMarks(scene.boxes),
      ...lineMarks(scene.lines),
      ...dotMarks(scene.dots),
      ...labelMarks(scene.labels),
    ],
  });
  tidy(svg);
  describe(svg, scene, texts, document);
  return serializeSvg(svg);
}

function boxMarks(boxes: readonly Box[]): Plot.Markish[] {
  const at = { x1: "x1", x2: "x2", y1: "y1", y2: "y2" };
  const of = (kind: Box["kind"]) => boxes.filter((box) => box.kind === kind);
  const fill = { value: "fill", scale: null };
  return [
    Plot.rect(of("rest"), { ...at, fill: AXIS, fillOpacity: 0.25, className: "rest" }),
    Plot.rect(of("mark"), { ...at, fill, className: "mark" }),
    Plot.rect(of("empty"), {
      ...at,
      fill: "none",
      stroke: AXIS,
      strokeDasharray: "3 3",
      className: "axis",
    }),
  ];
}

function lineMarks(lines: readonly Line[]): Plot.Markish[] {
  const looks = {
    grid: { stroke: GRID, className: "grid" },
    axis: { stroke: AXIS, className: "axis" },
    reference: { stroke: AXIS, strokeDasharray: "4 3", strokeWidth: 1.5, className: "axis" },
    thin: { stroke: MUTED, strokeWidth: 1.5, className: "axis" },
    thick: { stroke: ACCENT, strokeWidth: 2.5, strokeLinecap: "round", className: "mark" },
    quiet: { stroke: QUIET, strokeWidth: 2.5, strokeLinecap: "round", className: "mark" },
  } as const;
  const lookOf = (line: Line) => line.kind === "whisker" ? line.weight ?? "thick" : line.kind;
  return Object.entries(looks).flatMap(([name, look]) => {
    const these = lines.filter((line) => lookOf(line) === name);
    return [
      Plot.ruleX(these.filter(isUpright), { x: "x1", y1: "y1", y2: "y2", ...look }),
      Plot.ruleY(these.filter((line) => !isUpright(line)), {
        y: "y1",
        x1: "x1",
        x2: "x2",
        ...look,
      }),
    ];
  });
}

function dotMarks(dots: readonly Dot[]): Plot.Markish[] {
  const looks = { r: 5, x: "x", y: "y", className: "mark" };
  const of = (kind: Dot["kind"]) => dots.filter((dot) => dot.kind === kind);
  return [
    Plot.dot(of("quiet"), { ...looks, fill: QUIET }),
    Plot.dot(of("thick"), { ...looks, fill: ACCENT }),
  ];
}

function isUpright(line: Line): boolean {
  return line.x1 === line.x2;
}

/** Plot gives one look to a mark: a mark for each look that the labels have. */
function labelMarks(labels: readonly Label[]): Plot.Markish[] {
  const looks = new Map<string, Label[]>();
  for (const label of labels) {
    const look = JSON.stringify([label.tone, label.anchor, label.size, label.weight]);
    looks.set(look, [...looks.get(look) ?? [], label]);
  }
  return [...looks.values()].map((alike) => {
    const { tone = "ink", anchor = "start", size = 13, weight } = alike[0] ?? {};
    return Plot.text(alike, {
      x: "x",
      y: "y",
      text: (label: Label) => label.lines.join("\n"),
      fill: TONES[tone],
      textAnchor: anchor,
      fontSize: size,
      lineHeight: LINE_HEIGHT,
      ...(weight === "bold" ? { fontWeight: "bold" } : {}),
      className: tone,
    });
  });
}

/** Takes out what a page with a strict policy refuses, and what only a browser's layout needs. */
function tidy(svg: Element): void {
  for (const style of svg.querySelectorAll("style")) style.remove();
  for (const element of [svg, ...svg.querySelectorAll("*")]) {
    for (const name of ["style", "aria-label", "aria-hidden"]) element.removeAttribute(name);
    for (const { name, value } of [...element.attributes]) {
      if (GEOMETRY.has(name)) element.setAttribute(name, rounded(value));
    }
  }
  for (const group of svg.querySelectorAll("g")) {
    if (group.childElementCount === 0) group.remove();
  }
}

const GEOMETRY = new Set(
  "x y x1 x2 y1 y2 dy cx cy r width height transform".split(" "),
);

function rounded(value: string): string {
  return value.replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number) * 100) / 100));
}

function describe(svg: Element, scene: Scene, texts: SceneTexts, document: Document): void {
  for (const { name } of [...svg.attributes]) svg.removeAttribute(name);
  const attributes = {
    class: "chart-svg",
    viewBox: `0 0 ${scene.width} ${scene.height}`,
    width: scene.width,
    height: scene.height,
    role: "img",
    "aria-labelledby": `${texts.id}-title`,
    "aria-describedby": `${texts.id}-desc`,
    "font-family": "system-ui, sans-serif",
    // What Plot leaves out of its marks because its own root says it.
    "text-anchor": "middle",
    fill: "none",
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, String(value));
  const spoken = (["title", "desc"] as const).map((name) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    element.setAttribute("id", `${texts.id}-${name}`);
    // A label may be blank; a picture without a name is none to a screen reader.
    element.textContent = cleanText(name === "title" ? texts.title : texts.description) || texts.id;
    return element;
  });
  svg.prepend(...spoken);
}
