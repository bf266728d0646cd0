import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { findNotebooks, NOTEBOOKS } from "../../lib/commands/project.ts";
import type { Cell, Notebook } from "../../lib/notebook/notebook_file.ts";
import { readNotebook } from "../../lib/report/notebook_json.ts";
import { codebook } from "../../lib/responses/study.ts";
import { LanguageServer } from "./language_server.ts";

function codeCell(id: string, source: string): Cell {
  return { cell_type: "code", id, metadata: {}, source, execution_count: null, outputs: [] };
}

function withCell(notebook: Notebook, source: string): Notebook {
  return { ...notebook, cells: [...notebook.cells, codeCell("added-here", source)] };
}

async function withServer(run: (server: LanguageServer) => Promise<void>): Promise<void> {
  const server = await LanguageServer.start();
  try {
    await run(server);
  } finally {
    await server.close();
  }
}

Deno.test("an editor underlines nothing in the cells of any notebook", () =>
  withServer(async (server) => {
    for (const path of findNotebooks()) {
      // A mistake of our own shows that the server has looked.
      const notebook = withCell(await readNotebook(path), 'const wrong: number = "text";');
      const addresses = await server.open(path, notebook);
      await server.complains(addresses.at(-1)!, /'string' is not assignable to type 'number'/);
      addresses.slice(0, -1).forEach((address, index) =>
        assert.deepEqual(
          server.diagnostics(address),
          [],
          `${basename(path)}, cell ${index + 1}`,
        )
      );
    }
  }));

Deno.test("an editor completes the questions of the codebook and underlines a misspelt one", () =>
  withServer(async (server) => {
    const notebook = withCell({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [
        codeCell(
          "opens",
          'import { columns, openSurvey } from "../lib/notebook.ts";\nconst survey = await openSurvey();',
        ),
        codeCell("misspelt", 'const title = 1;\n\ncolumns(survey, "welbeing", {\n  title,\n});'),
      ],
    }, 'columns(survey, "");');
    const [opens, misspelt, empty] = await server.open(
      join(NOTEBOOKS, "99_editor.ipynb"),
      notebook,
    );
    await server.complains(misspelt!, /"welbeing"/);
    const found = server.diagnostics(misspelt!).find(({ message }) => /"welbeing"/.test(message));
    const { line, character } = found!.range.start;
    assert.deepEqual([line, character], [2, "columns(survey, ".length], "where it stands");
    assert.match(found!.message, /Did you mean '"wellbeing"'|"wellbeing"/);
    assert.deepEqual(server.diagnostics(opens!), [], "the other cells are in order");

    const labels = await server.completions(empty!, 0, 'columns(survey, "'.length);
    assert.deepEqual(labels.sort(), Object.keys(codebook().questions).sort());

    const told = await server.hover(empty!, 0, 2);
    assert.match(told, /columns(<[^(]*>)?\(survey: /);
    assert.match(told, /answers as bars/, "the words above the function");
  }));
