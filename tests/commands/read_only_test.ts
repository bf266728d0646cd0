import assert from "node:assert/strict";
import { withProjectCopy } from "./project_copy.ts";
import { filesIn, inFolder } from "./run_task.ts";

/** Shows a folder read-only to one command; root may write into any other. */
const READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"';

/** A command in which a folder cannot be written into; null where this system lets nobody have that. */
async function readOnly(folder: string, command: string[]): Promise<Deno.Command | null> {
  if (Deno.build.os !== "linux") return null;
  const args = ["--mount", "sh", "-c", READ_ONLY, "sh", folder];
  const options = { cwd: "/", env: { NO_COLOR: "1" }, stdin: "null" } as const;
  const tried = await new Deno.Command("unshare", { args: [...args, "true"], ...options })
    .output().catch(() => null);
  return tried?.success
    ? new Deno.Command("unshare", { args: [...args, ...command], ...options })
    : null;
}

Deno.test("a project that is read-only makes its report elsewhere, and nothing is written into it", () =>
  withProjectCopy(["02_pressure"], ({ folder, cli }) =>
    inFolder(async (out) => {
      const before = filesIn(folder);
      const args = ["run", "-A", cli, "report", "--out", out];
      const command = await readOnly(folder, [Deno.execPath(), ...args]);
      if (command === null) {
        return console.warn("No folder can be made read-only here: not tested.");
      }
      const { code, stderr } = await command.output();
      assert.equal(code, 0, new TextDecoder().decode(stderr));
      assert.ok(filesIn(out).includes("report.da.html"));
      assert.deepEqual(filesIn(folder), before);
      const outputs = await readOnly(folder, [Deno.execPath(), "run", "-A", cli, "outputs"]);
      const refused = await outputs!.output();
      const said = new TextDecoder().decode(refused.stderr);
      assert.equal(refused.code, 2, said);
      assert.match(
        said,
        /^Cannot store outputs in ".*": nothing can be written there \(.*\)\. .*\n$/,
      );
    })));
