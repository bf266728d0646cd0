import { palette } from "./palette.ts";
import * as Plot from "./plot.ts";
import { textWidth } from "./text_width.ts";
import { wrapText } from "./wrap_text.ts";

/** Line height in font sizes. */
const LINE_HEIGHT = 1.2;

/** The height of a label of so many lines in px. */
export function labelHeight(lines: number, size: number): number {
  return lines * size * LINE_HEIGHT;
}

/** The height of the tallest of these labels in px. */
export function tallest(labels: readonly string[], size: number): number {
  return Math.max(0, ...labels.map((label) => labelHeight(label.split("\n").length, size)));
}

/** A label broken into lines for `Plot.text()`. */
export function lines(text: string, width: number, options: Parameters<typeof wrapText>[2]) {
  return wrapText(text, width, options).join("\n");
}

/** `Plot.text()` with the looks of a figure: 13 px, ink, from its left end. */
export function label<T>(data: readonly T[], options: Plot.TextOptions): Plot.Text {
  return Plot.text(data as T[], {
    fill: palette.ink,
    fontSize: 13,
    textAnchor: "start",
    lineHeight: LINE_HEIGHT,
    ...options,
  });
}

/** A text at a corner of the drawing's frame. */
export function cornerText(text: string, options: Plot.TextOptions): Plot.Text {
  return label([text], { text: (text: string) => text, frameAnchor: "top-left", ...options });
}

/** A dashed frame where a bar would be, and nothing may be shown. */
export const EMPTY = { fill: "none", stroke: palette.axis, strokeDasharray: "3 3" } as const;

export interface LegendEntry {
  readonly text: string;
  /** `#rrggbb`; null for a remark. */
  readonly colour: string | null;
}

const KEY = { size: 12, row: 20, radius: 6 };

/**
 * The legend of a drawing as marks, in rows in the order of the answers; its top left corner is the
 * drawing's.
 *
 * @param entries The answers, then remarks.
 * @param width px that a row may take.
 * @param frame Where the frame of the drawing begins, in px.
 */
export function legendMarks(
  entries: readonly LegendEntry[],
  width: number,
  frame: (height: number) => { readonly left: number; readonly top: number },
): { readonly marks: Plot.Markish[]; readonly height: number } {
  let [x, y] = [0, 0];
  const placed = entries.map(({ text, colour }) => {
    const before = colour === null ? 0 : 2 * KEY.radius + 5;
    const broken = wrapText(text, width - before, { size: KEY.size, lines: 3 });
    const wide = before + Math.max(...broken.map((line) => textWidth(line, KEY.size)));
    if (x > 0 && x + wide > width) [x, y] = [0, y + KEY.row];
    const height = KEY.row + labelHeight(broken.length - 1, KEY.size);
    const entry = { text: broken.join("\n"), colour, before, x, y: y + height / 2 };
    // An answer of several lines has its rows for itself.
    [x, y] = broken.length > 1 ? [0, y + height] : [x + wide + 14, y];
    return entry;
  });
  const height = x === 0 ? y : y + KEY.row;
  const { left, top } = frame(height);
  const marks = placed.flatMap(({ text, colour, before, x, y }) => {
    const at = { frameAnchor: "top-left", dy: y - top } as const;
    return [
      ...colour === null ? [] : [
        Plot.dot([0], { ...at, dx: x - left + KEY.radius, r: KEY.radius, fill: colour }),
      ],
      cornerText(text, {
        ...at,
        dx: x - left + before,
        fontSize: KEY.size,
        fill: colour === null ? palette.muted : palette.ink,
        lineAnchor: "middle",
      }),
    ];
  });
  return { marks, height };
}
