import { join } from "node:path";
import type { Output } from "../../lib/notebook/notebook_file.ts";
import { readNotebook, writeNotebook } from "../../lib/report/notebook_json.ts";
import { runNotebook } from "../../lib/report/run_notebooks.ts";
import { notebookOf, outputsOf } from "../report/notebook_of.ts";
import { FAILING, WORKING } from "./odd_cells.ts";
import type { ScratchJupyter } from "./scratch_jupyter.ts";
import type { Tally } from "./tally.ts";

/** Makes the kernel hold its cells until their outputs have arrived. */
const BARRIER = `import ${
  JSON.stringify(import.meta.resolve("../../lib/jupyter/wire_barrier.ts"))
}; undefined`;

/** Runs odd cells in a real kernel, by nbclient, and with our runner, and compares what they show. */
export async function checkLikeness(jupyter: ScratchJupyter, tally: Tally): Promise<void> {
  for (const [name, cells] of Object.entries({ ...WORKING, ...FAILING })) {
    await tally.check(`a kernel and our runner, ${name}: ${cells.length} cells`, async () => {
      const made = notebookOf(BARRIER, ...cells);
      // The client is to go on, too.
      const metadata = { tags: ["raises-exception"] };
      const notebook = { ...made, cells: made.cells.map((cell) => ({ ...cell, metadata })) };
      const input = join(jupyter.folder, "odd.ipynb");
      const output = join(jupyter.folder, "odd.out.ipynb");
      await writeNotebook(input, notebook);
      await jupyter.execute("nbclient", input, output);
      const kernel = outputsOf(await readNotebook(output)).map(comparable);
      const own = outputsOf((await runNotebook(input, notebook)).notebook).map(comparable);
      // A kernel goes on after an error, a report does not.
      const end = kernel.findIndex((outputs) => outputs.includes('["error"'));
      return kernel.slice(0, end < 0 ? kernel.length : end + 1).flatMap((wanted, index) => {
        return wanted === own[index] ? [] : [
          `${JSON.stringify([BARRIER, ...cells][index])}\n      kernel: ${wanted}\n      runner: ${
            own[index]
          }`,
        ];
      });
    });
  }
}

/** Outputs as text: what is written without a break as one, of an error what it says and no more. */
function comparable(outputs: readonly Output[]): string {
  const all: unknown[][] = [];
  for (const output of outputs) {
    const last = all.at(-1);
    if (output.output_type === "error") all.push(["error", output.ename, output.evalue]);
    else if (output.output_type !== "stream") {
      all.push([output.output_type, output.data, output.metadata]);
    } else if (last?.[0] === output.name) last[1] = `${last[1]}${output.text}`;
    else all.push([output.name, output.text]);
  }
  return JSON.stringify(all);
}
