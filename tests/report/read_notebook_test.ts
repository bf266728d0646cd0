import { deepStrictEqual, rejects, strictEqual, throws } from "node:assert/strict";
import { InputError } from "../../lib/responses/input_error.ts";
import { parseNotebook, readNotebook } from "../../lib/report/read_notebook.ts";

const file = (cells: unknown, rest = {}) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: {}, cells, ...rest });

Deno.test("parseNotebook() joins lines and gives every cell an id of its own", () => {
  const notebook = parseNotebook(
    file([
      { cell_type: "markdown", source: ["# A\n", "b"], metadata: {} },
      { cell_type: "code", id: "x", source: "1", metadata: {}, outputs: [], execution_count: 2 },
      { cell_type: "code", id: "x", source: [], metadata: {}, outputs: [], execution_count: null },
      { cell_type: "code", id: "not valid!", source: [], outputs: [] },
    ]),
    "a.ipynb",
  );
  deepStrictEqual(notebook.cells.map(({ id }) => id), ["cell-1", "x", "cell-3", "cell-4"]);
  deepStrictEqual(notebook.cells.map(({ source }) => source), ["# A\nb", "1", "", ""]);
  strictEqual(notebook.nbformat_minor, 5);
});

Deno.test("parseNotebook() joins text of outputs and leaves JSON values as they are", () => {
  const notebook = parseNotebook(
    file([{
      cell_type: "code",
      source: "",
      outputs: [
        { output_type: "stream", name: "stderr", text: ["a\n", "b"] },
        {
          output_type: "display_data",
          data: { "text/html": ["<p>\n", "</p>"], "application/json": ["x", "y"] },
          metadata: {},
        },
        { output_type: "error", ename: "E", evalue: "v", traceback: ["t"] },
      ],
    }]),
    "a.ipynb",
  );
  const [cell] = notebook.cells;
  deepStrictEqual(cell?.cell_type === "code" && cell.outputs, [
    { output_type: "stream", name: "stderr", text: "a\nb" },
    {
      output_type: "display_data",
      data: { "text/html": "<p>\n</p>", "application/json": ["x", "y"] },
      metadata: {},
    },
    { output_type: "error", ename: "E", evalue: "v", traceback: ["t"] },
  ]);
});

for (
  const [what, text, message] of [
    ["text that is not JSON", "{", /a\.ipynb cannot be read as a notebook: it is not JSON/],
    ["JSON without cells", '{"a":1}', /it has no list of cells/],
    ["an old format", file([], { nbformat: 3 }), /its nbformat is 3, not 4/],
    ["a raw cell", file([{ cell_type: "raw", source: "" }]), /cell 1 is of type raw; make it/],
    ["a cell without source", file([{ cell_type: "code" }]), /cell 1 has no source/],
    [
      "an unknown output",
      file([{ cell_type: "code", source: "", outputs: [{ output_type: "smell" }] }]),
      /cell 1 has an output of the unknown type smell/,
    ],
  ] as const
) {
  Deno.test(`parseNotebook() refuses ${what}`, () => {
    throws(() => parseNotebook(text, "a.ipynb"), (error) => {
      strictEqual(error instanceof InputError, true);
      return message.test((error as Error).message);
    });
  });
}

Deno.test("readNotebook() says which file is not there", async () => {
  await rejects(readNotebook("/nowhere/a.ipynb"), /There is no notebook \/nowhere\/a\.ipynb/);
});
