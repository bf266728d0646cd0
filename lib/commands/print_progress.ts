import { basename } from "node:path";
import type { Progress } from "../report/run_options.ts";

/** Prints on stderr when a notebook starts and ends, and how long it took. */
export function printProgress(progress: Progress): void {
  const name = basename(progress.path, ".ipynb");
  if (progress.step === "end") {
    const seconds = (progress.timings.total / 1000).toFixed(1);
    console.error(`${name}: ${progress.failure ? "FAILED" : "done"} in ${seconds} s`);
  }
}
