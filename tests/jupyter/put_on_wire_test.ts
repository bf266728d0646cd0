import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { runNotebook } from "../../lib/report/run_notebooks.ts";
import { notebookOf, outputsOf, textsOf } from "../report/notebook_of.ts";

const WIRE = import.meta.resolve("../../lib/jupyter/wire_barrier.ts");

Deno.test("putOnWire() prints the plain text where there is no kernel", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `import { putOnWire } from ${JSON.stringify(WIRE)};
       await putOnWire({ "text/plain": "plain" });
       await putOnWire({ "image/png": "", "text/html": "" });`,
    ],
  }).output();
  strictEqual(new TextDecoder().decode(stdout), "plain\n[image/png, text/html]\n");
});

Deno.test("putOnWire() shows everything in a cell, awaited or not, large or small", async () => {
  const run = await runNotebook(
    join(import.meta.dirname!, "made_up.ipynb"),
    notebookOf(
      `import { putOnWire } from ${JSON.stringify(WIRE)};
       for (let i = 0; i < 3; i++) void putOnWire({ "text/plain": \`sync \${i}\` });`,
      `for (let i = 0; i < 3; i++) await putOnWire({ "text/plain": \`async \${i}\` });`,
      `await putOnWire({ "text/plain": "x".repeat(2_000_000) }); throw new Error("after it");`,
    ),
  );
  deepStrictEqual(outputsOf(run.notebook).map(textsOf), [
    [0, 1, 2].map((i) => `display_data: sync ${i}`),
    [0, 1, 2].map((i) => `display_data: async ${i}`),
    [`display_data: ${"x".repeat(2_000_000)}`, "error: Error: after it"],
  ]);
});
