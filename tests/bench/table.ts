import { isMet, type Row } from "./row.ts";

/** The heads of the table's columns. */
const HEADS = ["case", "what", "against", "times as fast", "pairs", "target", "note"] as const;

/** The rows as a Markdown table, which is as plain in a terminal. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [HEADS as readonly string[], ...rows.map(cellsOf)];
  const widths = HEADS.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  const [head = "", ...body] = lines.map((line) =>
    `| ${line.map((text, i) => text.padEnd(widths[i]!)).join(" | ")} |`
  );
  return [head, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body].join("\n");
}

function cellsOf(row: Row): string[] {
  const { ratio, target, figure } = row;
  const met = isMet(row);
  const aims = [
    ...target === null ? [] : [numberText(target)],
    ...figure && figure.most !== null ? [`≤ ${numberText(figure.most)} ${figure.unit}`] : [],
  ];
  return [
    row.case,
    row.what,
    row.rival,
    ratio === null
      ? "–"
      : `${numberText(ratio.median)} (${numberText(ratio.low)}–${numberText(ratio.high)})`,
    ratio === null ? "–" : String(ratio.pairs),
    aims.length === 0 ? "–" : `${aims.join(", ")}: ${met ? "met" : met === null ? "–" : "missed"}`,
    [
      ...figure ? [`${figure.name} ${numberText(figure.value)} ${figure.unit}`] : [],
      ...ratio === null ? [] : [`${timeText(ratio.ours)} against ${timeText(ratio.theirs)}`],
      ...row.note === undefined ? [] : [row.note],
    ].join("; "),
  ];
}

function timeText(ms: number): string {
  return ms < 1_000 ? `${numberText(ms)} ms` : `${numberText(ms / 1_000)} s`;
}

/** A number with two digits that mean something, or all before the point. */
export function numberText(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(2)));
}
