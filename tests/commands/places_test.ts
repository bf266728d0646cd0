import assert from "node:assert/strict";
import { dataFile } from "../../lib/responses/study.ts";
import { PROJECT } from "../../lib/commands/project.ts";
import { filesIn, inFolder } from "./run_task.ts";

/** Runs a task from a folder of one's own, as `deno task` does: in the project's, which it says of. */
async function runFrom(folder: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "--cwd", PROJECT, ...args],
    cwd: folder,
    env: { NO_COLOR: "1", INIT_CWD: folder },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("paths are from where one stands, and a report in another language is said to be old", () =>
  inFolder(async (folder) => {
    await Deno.copyFile(dataFile("responses.csv"), `${folder}/my answers æøå.csv`);
    const checked = await runFrom(folder, "validate", "my answers æøå.csv");
    assert.equal(checked.code, 0, checked.stderr);

    const call = ["report", "--only", "08", "--data", "my answers æøå.csv", "--out", "out"];
    const danish = await runFrom(folder, ...call, "--lang", "da");
    assert.equal(danish.code, 0, danish.stderr);
    assert.match(danish.stdout, /^out\/report\.da\.html$/m);
    assert.doesNotMatch(danish.stderr, /still there/);
    const english = await runFrom(folder, ...call, "--lang", "en");
    assert.match(english.stderr, /^out\/report\.da\.html is still there from an earlier run/m);
    const written = filesIn(`${folder}/out`).filter((name) => name.startsWith("report"));
    assert.deepEqual(written, ["report.da.html", "report.en.html"]);
  }));
