import assert from "node:assert/strict";
import { join } from "node:path";
import { forgetKept, keep, keptFolder, readKept } from "../../lib/statistics/kept_counts.ts";

/** In a folder for temporary files of the test's own. */
async function withTemporary(work: () => Promise<void>): Promise<void> {
  const before = Deno.env.get("TMPDIR");
  const folder = await Deno.makeTempDir();
  Deno.env.set("TMPDIR", folder);
  try {
    await work();
  } finally {
    if (before === undefined) Deno.env.delete("TMPDIR");
    else Deno.env.set("TMPDIR", before);
    await Deno.remove(folder, { recursive: true });
  }
}

const bytes = new Uint8Array([1, 2, 3]);

Deno.test("what was kept is found again, until it is told to be forgotten or is a day old", () =>
  withTemporary(async () => {
    assert.equal(await readKept("a"), null);
    await keep("a", bytes);
    await keep("b", bytes);
    assert.deepEqual(new Uint8Array((await readKept("a"))!), bytes);
    await Deno.utime(join(keptFolder(), "a"), 0, 0);
    await keep("b", bytes);
    assert.equal(await readKept("a"), null);
    await forgetKept();
    assert.equal(await readKept("b"), null);
  }));

Deno.test("what others may have written is not believed, and nothing is kept beside it", {
  ignore: Deno.build.os === "windows",
}, () =>
  withTemporary(async () => {
    await keep("a", bytes);
    await Deno.chmod(join(keptFolder(), "a"), 0o666);
    assert.equal(await readKept("a"), null);
    await keep("b", bytes);
    await Deno.chmod(keptFolder(), 0o777);
    assert.equal(await readKept("b"), null);
    await keep("c", bytes);
    assert.equal(await Deno.stat(join(keptFolder(), "c")).catch(() => null), null);
    await forgetKept();
    const elsewhere = await Deno.makeTempDir();
    await Deno.symlink(elsewhere, keptFolder());
    await keep("d", bytes);
    assert.deepEqual([...Deno.readDirSync(elsewhere)], []);
    await Deno.remove(elsewhere);
  }));
