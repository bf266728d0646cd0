import assert from "node:assert/strict";
import { cellsAsModule } from "../../lib/commands/check_notebooks.ts";
import { parseNotebook } from "../../lib/report/notebook_json.ts";

Deno.test("cellsAsModule() joins code cells and knows where each line came from", () => {
  const cell = (cell_type: string, source: string) => ({
    cell_type,
    source,
    metadata: {},
    ...cell_type === "code" ? { outputs: [], execution_count: null } : {},
  });
  const book = parseNotebook(
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [
        cell("markdown", "# A"),
        cell("code", "const a = 1;\nconst b = 2;"),
        cell("code", "a"),
      ],
    }),
    "a.ipynb",
  );
  const { source, lines } = cellsAsModule(book);
  assert.equal(source, "const a = 1;\nconst b = 2;\na\nexport {};\n");
  assert.deepEqual(lines, [{ cell: 2, line: 1 }, { cell: 2, line: 2 }, { cell: 3, line: 1 }]);
});
