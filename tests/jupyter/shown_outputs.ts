import type { Notebook } from "../../lib/notebook/notebook_file.ts";
import { notebookOf } from "../report/notebook_of.ts";

const WIRE = import.meta.resolve("../../lib/jupyter/wire_barrier.ts");

/** A cell and what it shows, in order. */
interface ShowingCell {
  readonly source: string;
  readonly shown: readonly string[];
}

/** Ways in which cells show things; `at` numbers the outputs of the notebook. */
const KINDS: ((at: number) => ShowingCell)[] = [
  (at) => ({
    source: `await put(${at});`,
    shown: numbers(at, 1),
  }),
  (at) => ({
    source: `for (let i = 0; i < 12; i++) await put(${at} + i);`,
    shown: numbers(at, 12),
  }),
  (at) => ({
    source: `for (let i = 0; i < 9; i++) void put(${at} + i);`,
    shown: numbers(at, 9),
  }),
  (at) => ({
    source: `await new Promise((resolve) => setTimeout(resolve, 2));
await Promise.all([put(${at}), put(${at + 1}), put(${at + 2})]);
undefined`,
    shown: numbers(at, 3),
  }),
  (at) => ({
    source: `await put(${at});
await new Promise((resolve) => setTimeout(resolve, 1));
await put(${at + 1}, 200_000);
await put(${at + 2});`,
    shown: numbers(at, 3),
  }),
  (at) => ({
    source: `void put(${at}); await Promise.resolve(); void put(${at + 1}); undefined`,
    shown: numbers(at, 2),
  }),
];

/**
 * A notebook whose cells show at least so many outputs with `putOnWire()`, in every way that cells
 * have.
 *
 * @returns The notebook, and for each cell what it has to show.
 */
export function showingNotebook(outputs: number): {
  notebook: Notebook;
  expected: readonly (readonly string[])[];
} {
  const cells: ShowingCell[] = [{
    source: `import { putOnWire } from ${JSON.stringify(WIRE)};
const put = (n: number, size = 0) =>
  putOnWire({ "text/plain": \`\${n}\`, "text/html": "x".repeat(size) });`,
    shown: [],
  }];
  for (let at = 0; at < outputs; at += cells.at(-1)!.shown.length) {
    cells.push(KINDS[cells.length % KINDS.length]!(at));
  }
  return {
    notebook: notebookOf(...cells.map(({ source }) => source)),
    expected: cells.map(({ shown }) => shown),
  };
}

/** A notebook of cells that show one thing each as the value of their last expression. */
export function plainNotebook(outputs: number): {
  notebook: Notebook;
  expected: readonly (readonly string[])[];
} {
  const shown = Array.from({ length: outputs }, (_, i) => `${i}`);
  const sources = shown.map((n, i) => i % 2 === 0 ? n : `await Promise.resolve(${n})`);
  return { notebook: notebookOf(...sources), expected: shown.map((n) => [n]) };
}

function numbers(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${from + i}`);
}
