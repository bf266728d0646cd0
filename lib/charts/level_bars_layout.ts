import type { Language } from "../responses/language.ts";
import { isShown } from "../statistics/estimate.ts";
import { isBarShown } from "./bars.ts";
import { type Column, type ColumnsInput, inSet, topOf } from "./columns_layout.ts";
import type { Layout } from "./figure.ts";
import { missingInWords, shareInChart } from "./numbers.ts";
import { type Box, type Label, label, labelHeight, type Line, type Scene } from "./scene.ts";
import { capitalised } from "./texts.ts";
import { wrapText } from "./wrap_text.ts";

const SIZES = {
  wide: { width: 760, names: 220, value: 64, bracket: 130 },
  narrow: { width: 360, names: 116, value: 60, bracket: 82 },
} as const;
const BAR = 24;
const BETWEEN = 9;
const APART = 10;

/** The geometry of one question's answers as bars that lie below each other. */
export function layLevelBars(
  { bar, set, intervals }: ColumnsInput,
  columns: readonly Column[],
  language: Language,
  layout: Layout,
): Scene {
  const size = SIZES[layout];
  const shown = isBarShown(bar);
  const bracketed = bar.set && isShown(bar.set) ? inSet(columns, set?.categories ?? []) : [];
  const from = size.names + 10;
  const to = size.width - size.value - (bracketed.length > 0 ? size.bracket : 0);
  const most = topOf(columns);
  const xOf = (share: number) => from + share / most * (to - from);
  const boxes: Box[] = [];
  const labels: Label[] = [];
  const lines: Line[] = [];
  const rows: { y1: number; y2: number }[] = [];

  let y = 2;
  for (const column of columns) {
    const name = wrapText(column.label, size.names, { size: 12, lines: 4 });
    const height = Math.max(BAR, labelHeight(name.length, 12));
    if (column.apart) y += APART;
    const middle = y + height / 2;
    const at = { y1: middle - BAR / 2, y2: middle + BAR / 2 };
    labels.push(label(size.names, middle, name, { size: 12, anchor: "end" }));
    if (shown && column.hidden) {
      const x2 = from + (to - from) / 6;
      boxes.push({ x1: from, x2, ...at, kind: "empty" });
      labels.push(label(x2 + 6, middle, column.value, { size: 12, tone: "muted" }));
    } else if (shown) {
      if (column.share > 0) {
        boxes.push({ x1: from, x2: xOf(column.share), ...at, kind: "mark", fill: column.fill });
      }
      if (intervals) {
        const [x1, x2] = [xOf(column.low), xOf(column.high)];
        lines.push({ x1, x2, y1: middle, y2: middle, kind: "whisker", weight: "thin" });
      }
      const x = xOf(column.reach) + 6;
      labels.push(label(x, middle, column.value, { size: 14, weight: "bold" }));
    } else {
      boxes.push({ x1: from, x2: from + (to - from) / 3, ...at, kind: "empty" });
    }
    rows.push(at);
    y += height + BETWEEN;
  }
  let height = y - BETWEEN + 2;
  lines.push({ x1: from, x2: from, y1: 0, y2: height, kind: "axis" });
  if (!shown) {
    const text = missingInWords(bar.n, language);
    const x = from + (to - from) / 3 + 12;
    labels.push(label(x, height / 2, text, { size: 12, tone: "muted" }));
  }
  const [first, last] = [rows[bracketed[0] ?? -1], rows[bracketed.at(-1) ?? -1]];
  if (set !== null && bar.set !== null && first && last) {
    const x = size.width - size.bracket + 4;
    const [y1, y2] = [first.y1, last.y2];
    lines.push(
      { x1: x, x2: x, y1, y2, kind: "axis" },
      { x1: x - 6, x2: x, y1, y2: y1, kind: "axis" },
      { x1: x - 6, x2: x, y1: y2, y2, kind: "axis" },
    );
    const text = wrapText(capitalised(set.label), size.bracket - 12, { size: 11, lines: 6 });
    const [number, words] = [20, labelHeight(text.length, 11)];
    const start = Math.max(0, (y1 + y2 - number - words) / 2);
    labels.push(
      label(x + 8, start + number / 2, shareInChart(bar.set, language), {
        size: 17,
        weight: "bold",
      }),
      label(x + 8, start + number + words / 2, text, { size: 11, tone: "muted" }),
    );
    height = Math.max(height, start + number + words + 2);
  }
  return { width: size.width, height: Math.ceil(height), grid: [], boxes, lines, dots: [], labels };
}
