import assert from "node:assert/strict";
import { formatCells } from "../../lib/commands/check_notebooks.ts";
import { readNotebook } from "../../lib/report/notebook_json.ts";
import { inFolder, runTask } from "./run_task.ts";

function notebook(...sources: string[]): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: sources.map((source, index) => ({
      cell_type: "code",
      id: `cell-${index + 1}`,
      metadata: {},
      source,
      execution_count: null,
      outputs: [],
    })),
  });
}

Deno.test("formatCells() finds the cells that deno fmt would change, and formats them when asked", () =>
  inFolder(async (folder) => {
    const path = `${folder}/book.ipynb`;
    await Deno.writeTextFile(path, notebook("const a = 1;", "const b   =  2"));
    assert.deepEqual(await formatCells(path, false), [2]);
    assert.deepEqual(await formatCells(path, true), []);
    const { cells } = await readNotebook(path);
    assert.deepEqual(cells.map(({ source }) => source), ["const a = 1;", "const b = 2;"]);
    assert.deepEqual(await formatCells(path, false), []);
  }));

Deno.test("check-notebooks names notebook, cell and line of a misspelt question", () =>
  inFolder(async (folder) => {
    const path = `${folder}/misspelt.ipynb`;
    await Deno.writeTextFile(
      path,
      notebook(
        'import { columns, openSurvey } from "../lib/notebook.ts";\n\nconst survey = await openSurvey();',
        'const first = 1;\nexport const figure = columns(survey, "welbeing");\nexport { first };',
      ),
    );
    const { code, stderr } = await runTask("check-notebooks", path);
    assert.equal(code, 1, stderr);
    assert.match(stderr, /misspelt\.ipynb, cell 2, line 2/);
    assert.match(stderr, /"welbeing"/);
  }));
