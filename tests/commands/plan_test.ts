import assert from "node:assert/strict";
import { runTask } from "./run_task.ts";

Deno.test("deno task plan prints what groups will be told of, in both languages", async () => {
  const groups = "North=400,South=120@25%,West=30";
  const en = await runTask("plan", "--invited", "600", "--response", "35%", "--groups", groups);
  assert.equal(en.code, 0, en.stderr);
  const lines = en.stdout.split("\n");
  assert.match(lines[1]!, /Group +Invited +Expected answers +± percentage points/);
  assert.match(lines[2]!, /^Everybody +600 +210 +5\.4 /);
  assert.match(lines[4]!, /^South +120 +30 +/);
  const da = await runTask("plan", "--response", "20 pct.", "--earlier", "1288", "--lang", "da");
  assert.equal(da.code, 0, da.stderr);
  assert.match(da.stdout, /Alle +6\.296 +1\.259/);
  assert.match(da.stdout, /Mindste ændring siden sidst/);
});

Deno.test("deno task plan says what is wrong with an option", async () => {
  for (
    const [args, expected] of [
      [["--response", "135%"], "--response 135%: give a share"],
      [["--response", "abc"], "--response abc: give a share, such as 35% or 0.35"],
      [["--response", "35%", "--groups", "North"], 'cannot read "North"'],
      [["--response", "35%", "--by", "gendre"], "Is gender meant?"],
      [["--response", "35%", "--lang", "dk"], "give da or en"],
    ] as const
  ) {
    const { code, stderr } = await runTask("plan", ...args);
    assert.equal(code, 2);
    assert(stderr.includes(expected), stderr);
  }
});
