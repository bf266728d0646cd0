import assert from "node:assert/strict";
import { join } from "node:path";
import { readPacked, writePacked } from "../../lib/responses/packed_file.ts";

async function inFolder(use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(join(folder, "packed"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readPacked() gives back what writePacked() was given, maps and arrays of any length included", () =>
  inFolder(async (path) => {
    const value = {
      text: "Æøå ☃ \u2028",
      nothing: null,
      list: [1, 2.5, -0.1, 1e300, true],
      codes: new Map([
        ["a", Uint8Array.of(0, 1, 255)],
        ["b", new Uint8Array(0)],
        ["c", Uint8Array.from({ length: 5_000_001 }, (_, i) => i % 251)],
      ]),
      weights: Float64Array.of(0.1, Number.MIN_VALUE, NaN, Infinity, -0),
      rows: Int32Array.of(-1, 2 ** 31 - 1),
      inside: { map: new Map([["x", new Map([["y", { z: [Float64Array.of(1)] }]])]]) },
    };
    await writePacked(path, value);
    assert.deepEqual(await readPacked(path), value);
  }));

Deno.test("writePacked() packs the part of a buffer that an array shows, and what threads share", () =>
  inFolder(async (path) => {
    const shared = new Uint8Array(new SharedArrayBuffer(16)).fill(7);
    const part = new Float64Array(Float64Array.of(1, 2, 3, 4).buffer, 8, 2);
    await writePacked(path, { shared, part });
    assert.deepEqual(await readPacked(path), {
      shared: new Uint8Array(16).fill(7),
      part: Float64Array.of(2, 3),
    });
  }));

Deno.test("writePacked() refuses what would come back as something else", () =>
  inFolder(async (path) => {
    for (
      const [what, value] of [
        ["A Float32Array", Float32Array.of(1)],
        ["A Set", new Set([1])],
        ["NaN", NaN],
        ["Infinity", [Infinity]],
      ] as const
    ) {
      await assert.rejects(writePacked(path, { value }), { message: `${what} cannot be packed` });
    }
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
  }));

Deno.test({
  name: "writePacked() lets nobody else read the file, and writes over none",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (path) => {
      await writePacked(path, 1);
      assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
      await assert.rejects(writePacked(path, 2), Deno.errors.AlreadyExists);
    }),
});
