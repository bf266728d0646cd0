import process from "node:process";
import { type ColumnTable, table } from "arquero";
import type { DataFrame, Series } from "danfojs-node";
import { arqueroHtml, arqueroText } from "./arquero_table.ts";

/**
 * Danfo.js, loaded when it is first asked for: it brings TensorFlow along, which is fetched then.
 *
 * Its frames show as tables from then on. What its dependencies say of deprecated modules of Node is
 * not shown below the cell.
 */
export async function danfo(): Promise<typeof import("danfojs-node")> {
  const before = process.noDeprecation;
  process.noDeprecation = true;
  try {
    const loaded = await import("danfojs-node");
    // What describe(), groupby() and their kin return is a frame of the class below DataFrame.
    Object.defineProperty(loaded.NDframe.prototype, Symbol.for("Jupyter.display"), {
      configurable: true,
      value(this: DataFrame | Series) {
        const shown = fromDanfo(this, { index: true });
        return { "text/html": arqueroHtml(shown), "text/plain": arqueroText(shown) };
      },
    });
    return loaded;
  } finally {
    // Deletion is what brings back "not set".
    if (before === undefined) Reflect.deleteProperty(process, "noDeprecation");
    else process.noDeprecation = before;
  }
}

/**
 * An Arquero table as a DataFrame of Danfo.js, with its columns in order.
 *
 * ```ts
 * (await toDanfo(shares(survey, "wellbeing").select("n", "share"))).describe()
 * ```
 */
export async function toDanfo(from: ColumnTable): Promise<DataFrame> {
  const { DataFrame } = await danfo();
  return new DataFrame(
    Object.fromEntries(from.columnNames().map((name) => [name, from.array(name)])),
  );
}

/**
 * A DataFrame or Series of Danfo.js as an Arquero table.
 *
 * @param options `index`: with the frame's index as the first column, where it is more than row
 *   numbers, as in `describe()`.
 */
export function fromDanfo(
  frame: DataFrame | Series,
  { index = false }: { readonly index?: boolean } = {},
): ColumnTable {
  const names = frame.columns as string[];
  const rows = (frame.values as unknown[]).map((row) => Array.isArray(row) ? row : [row]);
  const columns = names.map((name, i) => [name, rows.map((row) => row[i])] as const);
  const labels = frame.index;
  const isNumbered = labels.every((label, i) => label === i);
  return table([...index && !isNumbered ? [["", labels] as const] : [], ...columns]);
}
