/** What a drawing is made of: geometry in px from the top left corner, and nothing to compute. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Behind everything else. */
  readonly grid: readonly Line[];
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly dots: readonly Dot[];
  readonly labels: readonly Label[];
}

export interface Box {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  /**
   * `mark`: an answer. `rest`: what is left of a whole, faint on any page. `empty`: a dashed frame
   * where a bar would be, too few people to show one.
   */
  readonly kind: "mark" | "rest" | "empty";
  /** `#rrggbb`; of a `mark` only. */
  readonly fill?: string;
}

/** A line that is level or upright. */
export interface Line {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  /** `whisker`: an interval. `reference`: a dashed line to compare with. */
  readonly kind: "grid" | "axis" | "whisker" | "reference";
  /** Of a `whisker`: `thick` or, to compare with, `quiet` with a dot; `thin` on top of a bar. */
  readonly weight?: "thin" | Dot["kind"];
}

export interface Dot {
  readonly x: number;
  readonly y: number;
  /** `quiet`: what the others are compared with. */
  readonly kind: "thick" | "quiet";
}

export interface Label {
  readonly x: number;
  /** The middle of the text, all its lines together. */
  readonly y: number;
  readonly lines: readonly string[];
  readonly anchor: "start" | "middle" | "end";
  readonly size: number;
  readonly weight: "regular" | "bold";
  readonly tone: "ink" | "muted" | "on-dark" | "on-light";
}

/** Line height in font sizes. */
export const LINE_HEIGHT = 1.2;

/** The height of a label of so many lines in px. */
export function labelHeight(lines: number, size: number): number {
  return lines * size * LINE_HEIGHT;
}

/** A label with the usual looks: regular, ink, from its left end. */
export function label(
  x: number,
  y: number,
  text: string | readonly string[],
  looks: Partial<Label> = {},
): Label {
  const lines = typeof text === "string" ? [text] : text;
  return { anchor: "start", size: 13, weight: "regular", tone: "ink", ...looks, x, y, lines };
}
