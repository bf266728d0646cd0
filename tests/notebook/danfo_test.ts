import assert from "node:assert/strict";
import { table } from "arquero";
import { fromDanfo, toDanfo } from "../../lib/notebook/danfo.ts";

const DISPLAY = Symbol.for("Jupyter.display");

Deno.test("toDanfo() and fromDanfo() give a table's columns back as they were", async () => {
  const own = table({ group: ["a", "b", "<i>"], share: [0.5, null, 0.25], n: [10, 20, 30] });
  const frame = await toDanfo(own);
  assert.deepEqual(frame.shape, [3, 3]);
  assert.deepEqual(fromDanfo(frame).objects(), own.objects());
});

Deno.test("a DataFrame shows as a table, describe() with what each row is", async () => {
  const frame = (await toDanfo(table({ n: [10, 20, 30] }))).describe();
  const shown = (frame as unknown as Record<symbol, () => Record<string, string>>)[DISPLAY]!();
  assert.match(shown["text/html"]!, /<td>mean<\/td><td>20<\/td>/);
  assert.match(shown["text/plain"]!, /median\t20/);
  const column = (await toDanfo(table({ n: [10, 20] }))).column("n");
  const series = (column as unknown as Record<symbol, () => Record<string, string>>)[DISPLAY]!();
  assert.equal(series["text/plain"], "n\n10\n20");
});

Deno.test("text from data is no markup in a shown DataFrame", async () => {
  const frame = await toDanfo(table({ group: ["<i>"] }));
  const shown = (frame as unknown as Record<symbol, () => Record<string, string>>)[DISPLAY]!();
  assert.ok(!shown["text/html"]!.includes("<i>"));
});
