import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { runNotebook } from "../../lib/report/run_notebook.ts";
import { startKernel } from "../../lib/report/start_kernel.ts";
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

for (const last of ["1", "null!.x", "while (true) {}"]) {
  Deno.test({
    name: `runNotebook() leaves no kernel behind after a cell that is ${last}`,
    ignore,
    fn: async () => {
      const run = await runNotebook(PATH, notebookOf("console.log(Deno.pid)", last), {
        cellTimeoutMs: 1_500,
      });
      const [output] = outputsOf(run.notebook)[0]!;
      ok(output?.output_type === "stream");
      strictEqual(await runs(Number(output.text)), false);
    },
  });
}

Deno.test({
  name: "runNotebook() leaves no kernel behind when it is aborted",
  ignore,
  fn: async () => {
    const folder = await Deno.makeTempDir();
    const stop = new AbortController();
    const run = runNotebook(
      PATH,
      notebookOf(
        "Deno.writeTextFileSync(Deno.env.get('PID_FILE')!, `${Deno.pid}`)",
        "while(true){}",
      ),
      {
        env: { PID_FILE: join(folder, "pid") },
        signal: stop.signal,
        onProgress: (progress) => {
          if (progress.step === "cell" && progress.cell === 2) stop.abort();
        },
      },
    );
    await rejects(run, { name: "AbortError" });
    strictEqual(await runs(Number(await Deno.readTextFile(join(folder, "pid")))), false);
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test({
  name: "startKernel() leaves no process behind when it is aborted",
  ignore,
  fn: async () => {
    const stop = AbortSignal.timeout(60);
    await rejects(startKernel({ cwd: import.meta.dirname!, signal: stop }), {
      name: "TimeoutError",
    });
  },
});

for (const mode of ["SIGINT", "SIGTERM", "SIGKILL", "throw", "exit"] as const) {
  Deno.test({
    name: `A runner that ends by ${mode} leaves neither kernel nor file behind`,
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
      ok(await started, "the kernel was expected to start");
      if (mode.startsWith("SIG")) runner.kill(mode as Deno.Signal);
      await runner.status;
      ok(await until(async () => !(await runs(pid))), `kernel ${pid} still runs`);
      ok(await until(async () => (await Array.fromAsync(Deno.readDir(temporary))).length === 0));
      deepStrictEqual(await Array.fromAsync(Deno.readDir(temporary)), []);
      await Deno.remove(folder, { recursive: true });
    },
  });
}
