// A program of its own, started by nothing_left_behind_test.ts: it runs a notebook that starts a child
// process and never ends, and then ends itself in the way it is told.
import { runNotebook } from "../../lib/report/run_notebooks.ts";
import { notebookOf } from "./notebook_of.ts";

const [pidFile, mode] = Deno.args;
const source = `
const child = new Deno.Command("sleep", { args: ["600"] }).spawn();
Deno.writeTextFileSync(Deno.env.get("PID_FILE")!, String(child.pid));
while (true) {}`;

setInterval(() => {
  const started = Deno.statSync(pidFile!).size > 0;
  if (started && mode === "throw") throw new Error("a bug");
  if (started && mode === "exit") Deno.exit(7);
}, 50);
await runNotebook(pidFile!, notebookOf(source), { env: { PID_FILE: pidFile! } });
