import type { Notebook, Output } from "../../lib/notebook/notebook_file.ts";

/** A cell whose outputs are other than those that are stored. */
interface ChangedCell {
  /** Its number among all cells, from 1. */
  readonly cell: number;
  readonly stored: string;
  readonly now: string;
}

/**
 * Finds the cells of a notebook whose outputs differ. Numbers are compared as numbers: the last digits
 * of a computation may differ between machines.
 */
export function changedCells(stored: Notebook, now: Notebook): ChangedCell[] {
  return stored.cells.flatMap((cell, index) => {
    const other = now.cells[index];
    if (cell.cell_type !== "code" || other?.cell_type !== "code") return [];
    const [a, b] = [textOf(cell.outputs), textOf(other.outputs)];
    if (alike(a, b)) return [];
    const at = firstDifference(a, b);
    return [{ cell: index + 1, stored: around(a, at), now: around(b, at) }];
  });
}

function textOf(outputs: readonly Output[]): string {
  return outputs.map((output) => JSON.stringify(output, null, 1)).join("\n");
}

const NUMBER = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;

/** Whether two texts are the same but for the last digits of their numbers. */
export function alike(a: string, b: string): boolean {
  if (a === b) return true;
  if (a.replace(NUMBER, "#") !== b.replace(NUMBER, "#")) return false;
  const [numbers, others] = [a.match(NUMBER) ?? [], b.match(NUMBER) ?? []];
  return numbers.every((text, index) => {
    const [x, y] = [Number(text), Number(others[index])];
    return Math.abs(x - y) <= 1e-6 * Math.max(1, Math.abs(x), Math.abs(y));
  });
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

function around(text: string, at: number): string {
  return text.slice(Math.max(0, at - 120), at + 240);
}
