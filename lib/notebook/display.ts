import { currentKernel, installWireBarrier } from "../jupyter/wire_barrier.ts";
import type { MimeBundle } from "./notebook_file.ts";

/** One output as a cell gives it away. */
export interface ShownOutput {
  readonly data: MimeBundle;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Takes outputs in the place of a notebook. */
export type OutputSink = (output: ShownOutput) => void;

/**
 * From here on, in every notebook that imports this project, a cell ends only after all it has shown
 * has been handed to every client.
 */
const barrier = installWireBarrier();

/** Above this many characters an output is awaited by itself: see {@link putOnWire}. */
const LARGE = 65_536;

let sink: OutputSink | null = null;

/**
 * Sends outputs somewhere else, for tests and for code that runs outside a notebook.
 *
 * @param next What takes the outputs from now on; null for the notebook again.
 * @returns What took them before.
 */
export function setOutputSink(next: OutputSink | null): OutputSink | null {
  const before = sink;
  sink = next;
  return before;
}

/**
 * Shows something below the cell, in such a way that no client loses it.
 *
 * The output is on its way when this function returns, in the order of the calls, awaited or not.
 * The wait for its arrival is one per cell, at the cell's end (see `wire_barrier.ts`). A large
 * output is waited for at once: while it is being sent, the message of an error in the same cell
 * would be written into the middle of it.
 *
 * Outside a kernel the sink of {@link setOutputSink} gets the output; where there is none, its plain
 * text is printed.
 *
 * @param data The output by MIME type: text as strings, JSON types as values.
 * @param metadata What Jupyter keeps beside it.
 */
export async function putOnWire(
  data: MimeBundle,
  metadata: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  if (sink !== null) return sink({ data, metadata });
  const kernel = currentKernel();
  if (kernel === null || barrier === null) {
    return console.log(data["text/plain"] ?? `[${Object.keys(data).join(", ")}]`);
  }
  kernel.broadcast("display_data", { data, metadata, transient: {} });
  if (!barrier.holdsCells || isLarge(data)) await barrier.pass();
}

function isLarge(data: MimeBundle): boolean {
  const sizes = Object.values(data).map((value) =>
    typeof value === "string" ? value.length : JSON.stringify(value).length
  );
  return sizes.reduce((sum, size) => sum + size, 0) > LARGE;
}
