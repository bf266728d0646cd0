import type { Problem } from "./problem.ts";
import { type Rule, RULES } from "./rules.ts";

/**
 * Writes problems for the terminal: by rule, aligned, and after the first few of each "and 37 more".
 *
 * @param problems Errors or warnings, in any order.
 * @param options `limit`: how many to list of each rule (8).
 * @returns Lines without a final line break; empty where there are no problems.
 */
export function formatProblems(
  problems: readonly Problem[],
  { limit = 8 }: { limit?: number } = {},
): string {
  const sections: string[] = [];
  for (const rule of Object.keys(RULES) as Rule[]) {
    const these = problems.filter((problem) => problem.rule === rule);
    if (these.length === 0) continue;
    const { title, advice } = RULES[rule];
    const lines = aligned(these.slice(0, limit).map(cellsOf));
    const more = these.length - lines.length;
    sections.push(
      [
        `${title} [${rule}]`,
        ...lines.map((line) => `  ${line}`),
        ...(more > 0 ? [`  and ${more} more`] : []),
        `  What to do: ${advice}`,
      ].join("\n"),
    );
  }
  return sections.join("\n\n");
}

function cellsOf(problem: Problem): string[] {
  const { row, line, column, value, expected, count } = problem;
  const at = row === null
    ? (line === null ? "" : `line ${line}`)
    : line === null
    ? `row ${row}`
    : `row ${row} (line ${line})`;
  return [
    at,
    column === null ? "" : `column "${column}"`,
    value === null ? "" : `"${value}"`,
    count > 1 ? `${count} rows` : "",
    expected,
  ];
}

/** Pads each column to its longest text; columns that are empty everywhere are dropped. */
function aligned(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row.map((text, i) => text.padEnd(widths[i] ?? 0))
      .filter((_, i) => (widths[i] ?? 0) > 0)
      .join("  ").trimEnd()
  );
}
