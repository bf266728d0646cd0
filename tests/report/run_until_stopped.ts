// A program of its own, started by kernel_left_behind_test.ts: it runs a notebook that never ends,
// says which process its kernel is, and then ends in the way it is told.
import { runNotebook } from "../../lib/report/run_notebook.ts";
import { notebookOf } from "./notebook_of.ts";

const [pidFile, mode] = Deno.args;
const source = "Deno.writeTextFileSync(Deno.env.get('PID_FILE')!, `${Deno.pid}`); while (true) {}";

setInterval(() => {
  const started = Deno.statSync(pidFile!).size > 0;
  if (started && mode === "throw") throw new Error("a bug");
  if (started && mode === "exit") Deno.exit(7);
}, 50);
await runNotebook(pidFile!, notebookOf(source), { env: { PID_FILE: pidFile! } });
