import { type Box, type Label, label } from "./scene.ts";
import { textWidth } from "./text_width.ts";
import { wrapText } from "./wrap_text.ts";

const SIZE = 12;
const ROW = 20;
const SWATCH = 12;

export interface LegendEntry {
  readonly text: string;
  /** `#rrggbb`; null for a remark. */
  readonly colour: string | null;
}

export interface Legend {
  readonly boxes: readonly Box[];
  readonly labels: readonly Label[];
  readonly height: number;
}

/**
 * Sets a legend in rows, in the order of the answers.
 *
 * @param entries The answers, then remarks.
 * @param width px that a row may take; it begins at x = 0, y = 0.
 */
export function layLegend(entries: readonly LegendEntry[], width: number): Legend {
  const boxes: Box[] = [];
  const labels: Label[] = [];
  let [x, y] = [0, 0];
  for (const { text, colour } of entries) {
    const before = colour === null ? 0 : SWATCH + 5;
    const lines = wrapText(text, width - before, { size: SIZE, lines: 3 });
    const wide = before + Math.max(...lines.map((line) => textWidth(line, SIZE)));
    if (x > 0 && x + wide > width) [x, y] = [0, y + ROW];
    const height = ROW + (lines.length - 1) * SIZE * 1.2;
    if (colour !== null) {
      const top = y + (ROW - SWATCH) / 2;
      boxes.push({ x1: x, x2: x + SWATCH, y1: top, y2: top + SWATCH, kind: "mark", fill: colour });
    }
    const tone = colour === null ? "muted" : "ink";
    labels.push(label(x + before, y + height / 2, lines, { size: SIZE, tone }));
    // An answer of several lines has its rows for itself.
    [x, y] = lines.length > 1 ? [0, y + height] : [x + wide + 14, y];
  }
  return { boxes, labels, height: x === 0 ? y : y + ROW };
}
