import { existsSync } from "node:fs";
import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { runNotebook } from "../../lib/report/run_notebooks.ts";
import { notebookOf, outputsOf } from "./notebook_of.ts";

const PATH = join(import.meta.dirname!, "made_up.ipynb");
const ignore = Deno.build.os !== "linux";

/** Whether a process still runs; one that only waits to be counted out does not. */
async function runs(pid: number): Promise<boolean> {
  try {
    const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
    return !/\) [ZX] /.test(stat);
  } catch {
    // The folder is gone, before or while it was read.
    return false;
  }
}

async function until(condition: () => Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

const START = `const child = new Deno.Command("sleep", { args: ["600"] }).spawn();
console.log(child.pid);`;
const START_NODE = `import { spawn } from "node:child_process";
console.log(spawn("sleep", ["600"]).pid);`;

for (
  const [what, ...cells] of [
    ["a cell that waits for it", START, "await child.status"],
    ["a cell that lets go of it", `${START}\nchild.unref();`, "1"],
    ["an error", START, "null!.x"],
    ["a cell that never ends", START, "while (true) {}"],
    ["Deno.exit()", START, "Deno.exit(0)"],
    ["a child process of Node's", START_NODE, "1"],
    ["a child process of Node's and an error", START_NODE, "null!.x"],
    [
      "a child process that is waited for in one go",
      `console.log(Deno.pid); new Deno.Command("sleep", { args: ["600"] }).outputSync()`,
    ],
  ] as const
) {
  Deno.test({
    name: `runNotebook() ends a child process with the notebook: ${what}`,
    ignore,
    fn: async () => {
      const run = await runNotebook(PATH, notebookOf(...cells), {
        cellTimeoutMs: 1_500,
        lateMs: 300,
      });
      const [output] = outputsOf(run.notebook)[0]!;
      ok(output?.output_type === "stream");
      const pid = Number(output.text);
      if (pid === Deno.pid) {
        ok(await until(async () => !(await sleepers()).includes(pid)), "a child is left");
      } else ok(await until(async () => !(await runs(pid))), `child ${pid} is left`);
    },
  });
}

/** The parents of all processes that sleep for ten minutes. */
async function sleepers(): Promise<number[]> {
  const parents: number[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    const command = await Deno.readTextFile(`/proc/${name}/cmdline`).catch(() => "");
    if (command !== "sleep\x00600\x00") continue;
    const stat = await Deno.readTextFile(`/proc/${name}/stat`).catch(() => "");
    if (!/\) [ZX] /.test(stat)) parents.push(Number(stat.split(") ")[1]?.split(" ")[1]));
  }
  return parents;
}

Deno.test("runNotebook() says what still went on after the last cell, and ends it", async () => {
  const run = async (cell: string) =>
    (await runNotebook(PATH, notebookOf(cell), { lateMs: 200 })).left;
  deepStrictEqual(await run("setInterval(() => {}, 10); 1"), ["a timer"]);
  deepStrictEqual(await run("Deno.serve({ port: 0, onListen() {} }, () => new Response()); 1"), [
    "a server",
  ]);
  deepStrictEqual(await run("setTimeout(() => console.log('late'), 50); 1"), []);
});

Deno.test("runNotebook() runs nothing more of a notebook that is aborted", async () => {
  const folder = await Deno.makeTempDir();
  const file = join(folder, "ticks");
  const stop = new AbortController();
  const run = runNotebook(
    PATH,
    notebookOf(`while (true) Deno.writeTextFileSync(${JSON.stringify(file)}, String(Date.now()))`),
    {
      signal: stop.signal,
      // The cell has begun to write.
      onProgress: ({ step }) => {
        if (step !== "cell") return;
        const waiting = setInterval(() => {
          if (!existsSync(file)) return;
          clearInterval(waiting);
          stop.abort();
        }, 20);
      },
    },
  );
  await rejects(run, { name: "AbortError" });
  // A busy machine may take a moment to end the thread.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const last = await Deno.readTextFile(file);
  await new Promise((resolve) => setTimeout(resolve, 200));
  strictEqual(await Deno.readTextFile(file), last);
  await Deno.remove(folder, { recursive: true });
});

for (const mode of ["SIGINT", "SIGTERM", "SIGKILL", "throw", "exit"] as const) {
  Deno.test({
    name: `A runner that ends by ${mode} leaves neither process nor file behind`,
    ignore,
    fn: async () => {
      const folder = await Deno.makeTempDir();
      const temporary = join(folder, "temporary");
      await Deno.mkdir(temporary);
      const pidFile = join(folder, "pid");
      await Deno.writeTextFile(pidFile, "");
      const runner = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", join(import.meta.dirname!, "run_until_stopped.ts"), pidFile, mode],
        env: { TMPDIR: temporary, NO_COLOR: "1" },
        stderr: "null",
      }).spawn();
      let pid = 0;
      const started = until(async () => {
        pid = Number(await Deno.readTextFile(pidFile));
        return pid > 0;
      });
      ok(await started, "the child was expected to start");
      if (mode.startsWith("SIG")) runner.kill(mode as Deno.Signal);
      await runner.status;
      ok(await until(async () => !(await runs(pid))), `child ${pid} still runs`);
      deepStrictEqual(await Array.fromAsync(Deno.readDir(temporary)), []);
      await Deno.remove(folder, { recursive: true });
    },
  });
}

Deno.test({
  name: "runNotebook() stops a cell that takes all memory, names it, and goes on",
  fn: async () => {
    const { failure } = await runNotebook(
      PATH,
      notebookOf(
        "1",
        "const all = [];\nwhile (true) all.push(new Array(1e6).fill(Math.random()));",
      ),
    );
    match(failure!.message, /cell 2 \(id c2\): the cell took more memory than there is for it/);
  },
});
