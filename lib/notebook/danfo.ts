import Module from "node:module";
import node from "node:process";
import { type ColumnTable, table } from "arquero";
import type { DataFrame } from "danfojs-node";
import { InputError } from "../responses/input_error.ts";
import { arqueroRendered } from "./answers_rendered.ts";

/**
 * Danfo.js, loaded when it is first asked for. Its frames show as tables from then on. Three packages that
 * it asks for (400 MB) are left out of deno.lock; what would use one says so.
 */
export async function danfo(): Promise<typeof import("danfojs-node")> {
  const [noDeprecation, load] = [process.noDeprecation, loader._load];
  // What its dependencies say of deprecated modules of Node is not for the notebook.
  process.noDeprecation = true;
  loader._load = function (name, ...rest) {
    return LEFT_OUT[name] ?? load.call(this, name, ...rest);
  };
  try {
    // By a name that is not looked up before: whoever does not use it need not fetch it.
    const name = "danfojs-node";
    const loaded: typeof import("danfojs-node") = await import(name);
    // What describe(), groupby() and their kin return is a frame of the class below DataFrame.
    Object.defineProperty(loaded.NDframe.prototype, Symbol.for("Jupyter.display"), {
      configurable: true,
      value(this: Frame) {
        return arqueroRendered(fromDanfo(this, { index: true })).outputs[0];
      },
    });
    // It would fail where nobody can catch it.
    const readExcel = () => Promise.reject(leftOut("xlsx", "readFile"));
    return { ...loaded, readExcel };
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

const LEFT_OUT: Readonly<Record<string, unknown>> = {
  "@tensorflow/tfjs": standIn("TensorFlow", { Tensor: class Tensor {} }),
  request: standIn("request"),
  xlsx: standIn("xlsx"),
};

/** A package of which there is only what is known: the rest says that it is left out. */
function standIn(packageName: string, known: object = {}): unknown {
  return new Proxy(Object.assign(() => {}, known), {
    apply() {
      throw leftOut(packageName, packageName);
    },
    get(from, name) {
      if (name in from || typeof name === "symbol" || name === "__esModule") {
        return Reflect.get(from, name);
      }
      throw leftOut(packageName, name);
    },
  });
}

function leftOut(packageName: string, name: string): InputError {
  return new InputError(
    `Danfo does this with ${packageName} (${name}), which this project leaves out. Use Arquero or ` +
      `openSurvey(), or another of Danfo's functions.`,
  );
}

/** An Arquero table as a DataFrame of Danfo.js, with its columns in order. */
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
 * @param options `index`: with the frame's index as the first column, where it is more than row numbers.
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
