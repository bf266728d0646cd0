import assert from "node:assert/strict";
import { basename } from "node:path";
import { readCall } from "../../lib/commands/report.ts";
import { findNotebooks } from "../../lib/commands/project.ts";
import { readNotebook } from "../../lib/report/notebook_json.ts";
import { runNotebooks } from "../../lib/report/run_notebooks.ts";
import { alike, changedCells } from "./compare_outputs.ts";

Deno.test("every notebook shows what is stored in it when it is run again", async () => {
  const paths = findNotebooks();
  const runs = await runNotebooks(paths, {
    env: { ...readCall({ lang: "da" }).env, SURVEY_REPORT: "" },
  });
  const changes: string[] = [];
  for (const { path, notebook, failure } of runs) {
    assert.equal(failure, null, failure?.message ?? "");
    for (const { cell, stored, now } of changedCells(await readNotebook(path), notebook)) {
      changes.push(`${basename(path)}, cell ${cell}\n  stored: …${stored}…\n  now:    …${now}…`);
    }
  }
  assert.deepEqual(changes, [], `${changes.join("\n\n")}\nTo store them: deno task outputs`);
});

Deno.test("every code cell of a notebook that shows something has its output stored", async () => {
  for (const path of findNotebooks()) {
    const { cells } = await readNotebook(path);
    const showing = cells.filter((cell) =>
      cell.cell_type === "code" && /^await show\(/m.test(cell.source)
    );
    for (const cell of showing) {
      assert.ok(
        cell.cell_type === "code" && cell.outputs.length > 0,
        `${basename(path)}, ${cell.id} shows nothing. To store the outputs: deno task outputs`,
      );
    }
  }
});

Deno.test("alike() takes numbers as numbers and everything else to the letter", () => {
  assert.ok(alike("x 0.333333333 y", "x 0.333333334 y"));
  assert.ok(!alike("33 pct.", "34 pct."));
  assert.ok(!alike("33 pct.", "33%"));
  assert.ok(!alike("1 2", "1"));
});
