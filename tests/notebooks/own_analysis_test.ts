import assert from "node:assert/strict";
import { withProjectCopy } from "../commands/project_copy.ts";
import { NOTEBOOKS } from "../../lib/commands/project.ts";
import type { MimeBundle, Output } from "../../lib/notebook/notebook_file.ts";

const RUN = `
  import { readNotebook } from ${
  JSON.stringify(import.meta.resolve("../../lib/report/notebook_json.ts"))
};
  import { runNotebook } from ${
  JSON.stringify(import.meta.resolve("../../lib/report/run_notebooks.ts"))
};
  const path = Deno.cwd() + "/own_analysis.ipynb";
  const { notebook, failure } = await runNotebook(path, await readNotebook(path));
  if (failure) throw failure;
  console.log(JSON.stringify(notebook.cells.map(({ outputs = [] }) => outputs)));
  Deno.exit(0);`;

Deno.test("own_analysis.ipynb runs as it is, from its folder, and each step shows what it says", async () => {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=ts", RUN],
    cwd: NOTEBOOKS,
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assert.ok(success, text(stderr));
  const cells: Output[][] = JSON.parse(text(stdout));
  const shown = cells.flat().map((output) => ("data" in output ? output.data : {}) as MimeBundle);
  // The kernel colours values.
  // deno-lint-ignore no-control-regex
  const textOf = (data: MimeBundle) => `${data["text/plain"]}`.replace(/\x1b\[\d+m/g, "");
  const plain = (pattern: RegExp) => shown.filter((data) => pattern.test(textOf(data)));
  assert.equal(plain(/^Respondents: [\d,]+, columns: \d+/).length, 1, "the table of responses");
  assert.equal(plain(/^wellbeing\toften/).length, 1, "a cross-tab");
  assert.equal(
    plain(/estimate: 0\.\d+,\s+low: 0\.\d+,\s+high: 0\.\d+/).length,
    1,
    "a weighted share",
  );
  assert.equal(plain(/^\tn\tshare\tlow\thigh\ncount\t/).length, 1, "a profile");
  assert.equal(plain(/trives i deres arbejde/).length, 1, "a sentence");
  const svg = shown.filter((data) => /<svg/.test(`${data["image/svg+xml"] ?? data["text/html"]}`));
  assert.ok(svg.length >= 4, `${svg.length} charts`);
  assert.equal(shown.filter((data) => /<em>HTML<\/em>/.test(`${data["text/html"]}`)).length, 1);
  assert.equal(cells.flat().filter((output) => output.output_type === "error").length, 0);
});

Deno.test("a copy of own_analysis.ipynb with a number can be reported as it stands, on groups too", () =>
  withProjectCopy(["own_analysis"], async ({ path, run }) => {
    await Deno.rename(path("notebooks/own_analysis.ipynb"), path("notebooks/14_mine.ipynb"));
    const args = ["report", "--only", "14", "--lang", "da", "--out", path("out")];
    for (const more of [[], ["--each", "role"]]) {
      const { code, stderr } = await run(...args, ...more);
      assert.equal(code, 0, stderr);
    }
  }));
