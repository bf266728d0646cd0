import { equal } from "node:assert/strict";
import { join } from "node:path";
import { runNotebooks } from "../../lib/report/run_notebooks.ts";
import { startKernel } from "../../lib/report/start_kernel.ts";
import { writeNotebook } from "../../lib/report/write_notebook.ts";
import { notebookOf } from "./notebook_of.ts";

Deno.test("runNotebooks() starts one kernel for each notebook, failing ones included, and no more", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const paths = ["a", "b", "c", "d"].map((name) => join(folder, `${name}.ipynb`));
    for (const path of paths) {
      const cell = path.endsWith("b.ipynb") ? "throw new Error('b')" : "1";
      await writeNotebook(path, notebookOf(cell));
    }
    const started: string[] = [];
    const runs = await runNotebooks(paths, {
      parallel: 2,
      start: (options) => {
        started.push(options.cwd);
        return startKernel(options);
      },
    });
    equal(runs.length, 4);
    equal(started.length, 4);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
