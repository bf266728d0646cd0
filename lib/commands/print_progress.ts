import { basename } from "node:path";
import type { Progress } from "../report/run_notebooks.ts";

/** Prints on stderr when a notebook starts and ends, and how long it took. */
export function printProgress(progress: Progress): void {
  const name = basename(progress.path, ".ipynb");
  if (progress.step === "end") {
    const seconds = (progress.timings.total / 1000).toFixed(1);
    console.error(`${name}: ${progress.failure ? "FAILED" : "done"} in ${seconds} s`);
    if (progress.left.length > 0) {
      console.error(
        `${name}: ${progress.left.join(", ")} still went on after the last cell and was ended; ` +
          `what it would have shown is missing.`,
      );
    }
  }
}
