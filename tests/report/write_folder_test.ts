import assert from "node:assert/strict";
import { checkReportFolder, writeFolder } from "../../lib/report/write_folder.ts";
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

Deno.test("writeFolder() puts back what it has moved when a name is taken by a folder", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.txt`, "old");
    await Deno.mkdir(`${folder}/c.txt/full`, { recursive: true });
    await assert.rejects(
      writeFolder(folder, new Map([["a.txt", "new"], ["b.txt", "new"], ["c.txt", "new"]])),
      /^InputError: Cannot write the report to .*What was there before is as it was/,
    );
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      "a.txt",
      "c.txt",
    ]);
    assert.equal(await Deno.readTextFile(`${folder}/a.txt`), "old");
  }));

Deno.test("writeFolder() removes what a run that was killed has left, and not another run's", () =>
  inFolder(async (folder) => {
    const ended = new Deno.Command(Deno.execPath(), { args: ["--version"], stdout: "null" })
      .spawn();
    await ended.status;
    const ours = `.draft-${Deno.pid}-b`;
    for (const name of [`.draft-${ended.pid}-a`, ours]) {
      await Deno.mkdir(`${folder}/${name}/x`, { recursive: true });
    }
    await writeFolder(folder, new Map([["a.txt", "new"]]));
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      ours,
      "a.txt",
    ]);
  }));

Deno.test("checkReportFolder() takes a new folder, an empty one, and an earlier report", () =>
  inFolder(async (folder) => {
    await checkReportFolder(folder);
    await checkReportFolder(`${folder}/new/below`);
    await Deno.mkdir(`${folder}/notebooks`);
    for (
      const name of ["report.da.html", "estimates.json", "tables.en.xlsx", "notebooks/02.ipynb"]
    ) {
      await Deno.writeTextFile(`${folder}/${name}`, "");
    }
    await checkReportFolder(folder);
  }));

Deno.test("checkReportFolder() refuses the project, its folders, files, and what is no report", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/thesis.docx`, "");
    await Deno.mkdir(`${folder}/other/notebooks`, { recursive: true });
    await Deno.writeTextFile(`${folder}/other/notebooks/notes.md`, "");
    const project = new URL("../../", import.meta.url).pathname;
    for (
      const [path, says] of [
        ["", /that is no folder/],
        [" ", /that is no folder/],
        [project, /which is no part of a report/],
        [`${project}..`, /which is no part of a report/],
        ...["data", "notebooks", "lib", "tests", "lib/words"].map((name) =>
          [project + name, /which is no part of a report/] as const
        ),
        ...["data/rep", "notebooks/sub/below"].map((name) =>
          [project + name, /"(data|notebooks)" is a folder of the project/] as const
        ),
        [`${folder}/thesis.docx`, /it is a file/],
        [`${folder}/thesis.docx/below`, /thesis\.docx is a file/],
        [folder, /it holds "(thesis\.docx|other)"/],
        [`${folder}/other`, /it holds "notebooks\/notes\.md"/],
      ] as const
    ) {
      await assert.rejects(
        checkReportFolder(path),
        (error: Error) => says.test(error.message) && /Give --out a new folder/.test(error.message),
        path,
      );
    }
  }));

Deno.test({
  name: "checkReportFolder() refuses a place where nothing can be written",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    assert.rejects(checkReportFolder("/proc/report"), /"\/proc\/report": nothing can be written/),
});

Deno.test({
  name: "checkReportFolder() refuses a disk without room for a report",
  // A disk of its own is for root alone.
  ignore: Deno.build.os !== "linux" || Deno.uid() !== 0,
  fn: () =>
    inFolder(async (folder) => {
      const { success } = await new Deno.Command("mount", {
        args: ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder],
        stderr: "null",
      }).output();
      if (!success) return;
      try {
        await assert.rejects(checkReportFolder(folder), /the disk has room for \d MB/);
        await assert.rejects(
          writeFolder(folder, new Map([["a.txt", "a".repeat(2e6)]])),
          /^InputError: Cannot write the report to .*Make room there/,
        );
        assert.deepEqual([...Deno.readDirSync(folder)], []);
      } finally {
        await new Deno.Command("umount", { args: [folder] }).output();
      }
    }),
});
