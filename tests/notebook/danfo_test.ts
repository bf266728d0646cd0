import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { table } from "arquero";
import { danfo, fromDanfo, toDanfo } from "../../lib/notebook/danfo.ts";

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

Deno.test("Danfo groups and reads without what is left out, and names what would need it", async () => {
  const frame = await toDanfo(table({ group: ["a", "b", "a"], n: [10, 20, 30] }));
  const means = frame.groupby(["group"]).col(["n"]).mean();
  assert.deepEqual(fromDanfo(means).objects(), [{ group: "a", n_mean: 20 }, {
    group: "b",
    n_mean: 20,
  }]);
  assert.throws(() => frame.tensor, /with TensorFlow \(tensor2d\), which this project leaves out/);
  const { readCSV, readExcel } = await danfo();
  const answers = fileURLToPath(new URL("../../data/responses.csv", import.meta.url));
  assert.deepEqual((await readCSV(answers)).shape, [1288, 21]);
  await assert.rejects(
    async () => await readExcel(fileURLToPath(import.meta.url)),
    /with xlsx \(readFile\), which this project leaves out/,
  );
  const lock = await Deno.readTextFile(new URL("../../deno.lock", import.meta.url));
  assert.ok(lock.includes("danfojs-node@"));
  assert.doesNotMatch(
    lock,
    /"(@tensorflow\/|request@|xlsx@)|-musl@/,
    "take it out: deno run -A tests/prune_lock.ts",
  );
});
