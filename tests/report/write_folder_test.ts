import assert from "node:assert/strict";
import { writeFolder } from "../../lib/report/write_folder.ts";
import { filesIn, inFolder } from "../commands/run_task.ts";

Deno.test("writeFolder() writes every file, replaces old ones and keeps the others", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/old.txt`, "old");
    await Deno.writeTextFile(`${folder}/kept.txt`, "kept");
    await writeFolder(
      folder,
      new Map<string, string | Uint8Array>([
        ["old.txt", "new"],
        ["below/bytes", new Uint8Array([1, 2])],
      ]),
    );
    assert.deepEqual(filesIn(folder), ["below/bytes", "kept.txt", "old.txt"]);
    assert.equal(await Deno.readTextFile(`${folder}/old.txt`), "new");
  }));

Deno.test("writeFolder() leaves everything as it was when one file cannot be written", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/old.txt`, "old");
    await assert.rejects(
      writeFolder(folder, new Map([["old.txt", "new"], ["\0", "no such name"]])),
    );
    assert.deepEqual(filesIn(folder), ["old.txt"]);
    assert.equal(await Deno.readTextFile(`${folder}/old.txt`), "old");
  }));
