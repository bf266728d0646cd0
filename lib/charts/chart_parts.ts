import { contrast, palette } from "./palette.ts";
import * as Plot from "./plot.ts";
import { textWidth } from "./text_width.ts";
import { wrapText } from "./wrap_text.ts";

/** Line height in font sizes. */
const LINE_HEIGHT = 1.2;

/** Small type: what stands beside the shares. */
export const small = (fontSize: number) => ({ fontSize, fill: palette.muted });

/** Bold type: shares and headings. */
export const bold = (fontSize: number) => ({ fontSize, fontWeight: "bold" });

/** A dashed frame where a bar would be, and nothing may be shown. */
export const EMPTY = { fill: "none", stroke: palette.axis, strokeDasharray: "3 3" } as const;

/** A channel of colours as they are. */
export const given = (value: string) => ({ value, scale: null });

/** A bar in its own colour, with a line around one that is too light for white paper (WCAG 1.4.11: 3:1). */
export const FILLED = {
  fill: given("fill"),
  stroke: {
    value: ({ fill }: { readonly fill: string }) =>
      contrast(fill, "#ffffff") < 3 ? palette.axis : "none",
    scale: null,
  },
};

/** The height of the tallest of these labels in px. */
export function tallest(labels: readonly string[], size: number): number {
  return Math.max(0, ...labels.map((label) => label.split("\n").length * size * LINE_HEIGHT));
}

/** A label broken into lines for `Plot.text()`. */
export function lines(text: string, width: number, options: Parameters<typeof wrapText>[2]) {
  return wrapText(text, width, options).join("\n");
}

/** `Plot.text()` with the looks of a figure: 13 px, ink, from its left end. */
export function label<T>(data: readonly T[], options: Plot.TextOptions): Plot.Text {
  const looks = { fill: palette.ink, fontSize: 13, textAnchor: "start", lineHeight: LINE_HEIGHT };
  return Plot.text(data as T[], { text: "text", ...looks, ...options } as Plot.TextOptions);
}

/** A text at a corner of the drawing's frame. */
export function cornerText(text: string, options: Plot.TextOptions): Plot.Text {
  return label([{ text }], { frameAnchor: "top-left", lineAnchor: "middle", ...options });
}

const KEY = { size: 12, row: 20, radius: 6 };

/**
 * The legend of a drawing as marks, in rows in the order of the answers; its top left corner is the
 * drawing's.
 *
 * @param entries The answers with their colours, then remarks with none.
 * @param width px that a row may take.
 * @param frameOf Where the frame of the drawing begins below a legend of that height, in px.
 */
export function legendMarks(
  entries: readonly { readonly text: string; readonly colour: string | null }[],
  width: number,
  frameOf: (height: number) => { readonly left: number; readonly top: number },
): Plot.Markish[] {
  let [x, y] = [0, 0];
  const placed = entries.map(({ text, colour }) => {
    const before = colour === null ? 0 : 2 * KEY.radius + 5;
    const broken = wrapText(text, width - before, { size: KEY.size, lines: 3 });
    const wide = before + Math.max(...broken.map((line) => textWidth(line, KEY.size)));
    if (x > 0 && x + wide > width) [x, y] = [0, y + KEY.row];
    const height = KEY.row + (broken.length - 1) * KEY.size * LINE_HEIGHT;
    const entry = { text: broken.join("\n"), colour, before, x, y: y + height / 2 };
    // An answer of several lines has its rows for itself.
    [x, y] = broken.length > 1 ? [0, y + height] : [x + wide + 14, y];
    return entry;
  });
  const { left, top } = frameOf(x === 0 ? y : y + KEY.row);
  return placed.flatMap(({ text, colour, before, x, y }) => {
    const at = { frameAnchor: "top-left", dx: x - left, dy: y - top } as const;
    const looks = colour === null ? small(KEY.size) : { fontSize: KEY.size };
    const words = cornerText(text, { ...at, dx: at.dx + before, ...looks });
    if (colour === null) return [words];
    return [Plot.dot([0], { ...at, dx: at.dx + KEY.radius, r: KEY.radius, fill: colour }), words];
  });
}
