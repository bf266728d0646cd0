import Module from "node:module";
import node from "node:process";
import { type ColumnTable, table } from "arquero";
import type { DataFrame } from "danfojs-node";
import { InputError } from "../responses/input_error.ts";
import { arqueroHtml, arqueroText } from "./arquero_table.ts";

/**
 * Danfo.js, loaded when it is first asked for. Its frames show as tables from then on.
 *
 * It asks for TensorFlow, of which it needs a class to compare with, unless somebody scales or samples:
 * 270 MB. deno.lock leaves it out of what danfojs-node needs, and the class stands in for it here; what
 * would compute with tensors says so.
 */
export async function danfo(): Promise<typeof import("danfojs-node")> {
  const [noDeprecation, load] = [process.noDeprecation, loader._load];
  // What its dependencies say of deprecated modules of Node is not for the notebook.
  process.noDeprecation = true;
  loader._load = function (name, ...rest) {
    return name === "@tensorflow/tfjs" ? TENSORFLOW : load.call(this, name, ...rest);
  };
  try {
    // By a name that is not looked up before: whoever does not use it need not fetch it.
    const name = "danfojs-node";
    const loaded: typeof import("danfojs-node") = await import(name);
    // What describe(), groupby() and their kin return is a frame of the class below DataFrame.
    Object.defineProperty(loaded.NDframe.prototype, Symbol.for("Jupyter.display"), {
      configurable: true,
      value(this: Frame) {
        const shown = fromDanfo(this, { index: true });
        return { "text/html": arqueroHtml(shown), "text/plain": arqueroText(shown) };
      },
    });
    return loaded;
  } finally {
    loader._load = load;
    // Deletion is what brings back "not set".
    if (noDeprecation === undefined) Reflect.deleteProperty(process, "noDeprecation");
    else process.noDeprecation = noDeprecation;
  }
}

/** Node's `--no-deprecation`, which its types leave out. */
const process = node as { noDeprecation?: boolean };

/** Node's loader of CommonJS modules; `_load` is what `require()` calls. */
const loader = Module as unknown as { _load(name: string, ...rest: unknown[]): unknown };

const TENSORFLOW = new Proxy({ Tensor: class Tensor {} }, {
  get(known, name) {
    if (name in known || typeof name === "symbol" || name === "__esModule") {
      return Reflect.get(known, name);
    }
    throw new InputError(
      `Danfo computes this with TensorFlow (tf.${name}), which this project leaves out. ` +
        `Use Arquero, or another of Danfo's functions.`,
    );
  },
});

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

/** What a DataFrame and a Series have in common. */
type Frame = Pick<DataFrame, "columns" | "values" | "index">;

/**
 * A DataFrame or Series of Danfo.js as an Arquero table.
 *
 * @param options `index`: with the frame's index as the first column, where it is more than row
 *   numbers, as in `describe()`.
 */
export function fromDanfo(
  frame: Frame,
  { index = false }: { readonly index?: boolean } = {},
): ColumnTable {
  const names = frame.columns as string[];
  const rows = (frame.values as unknown[]).map((row) => Array.isArray(row) ? row : [row]);
  const columns = names.map((name, i) => [name, rows.map((row) => row[i])] as const);
  const labels = frame.index;
  const isNumbered = labels.every((label, i) => label === i);
  return table([...index && !isNumbered ? [["", labels] as const] : [], ...columns]);
}
