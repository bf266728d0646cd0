import { deepStrictEqual } from "node:assert/strict";
import { NotebookOutputs } from "../../lib/report/run_notebooks.ts";
import { textsOf } from "./notebook_of.ts";

const message = (type: string, content: Record<string, unknown>) => ({ type, content });
const stream = (name: string, text: string) => message("stream", { name, text });
const display = (text: string, id?: string) =>
  message("display_data", {
    data: { "text/plain": text },
    metadata: {},
    transient: id === undefined ? {} : { display_id: id },
  });
const update = (text: string, id: string) => ({
  ...display(text, id),
  type: "update_display_data",
});

Deno.test("NotebookOutputs joins what is written to one stream without a break", () => {
  const outputs = new NotebookOutputs();
  const cell = outputs.startCell(1, 1);
  outputs.add(1, stream("stdout", "a"));
  outputs.add(1, stream("stdout", "b\n"));
  outputs.add(1, stream("stderr", "c"));
  outputs.add(1, stream("stdout", "d"));
  deepStrictEqual(textsOf(cell), ["stdout: ab\n", "stderr: c", "stdout: d"]);
});

Deno.test("NotebookOutputs updates a display in every cell that shows it, and adds none", () => {
  const outputs = new NotebookOutputs();
  const first = outputs.startCell(1, 1);
  outputs.add(1, display("0 of 2", "bar"));
  outputs.add(1, display("other"));
  const second = outputs.startCell(2, 2);
  outputs.add(2, display("1 of 2", "bar"));
  outputs.add(2, update("2 of 2", "bar"));
  outputs.add(2, update("nowhere", "unknown"));
  deepStrictEqual(textsOf(first), ["display_data: 2 of 2", "display_data: other"]);
  deepStrictEqual(textsOf(second), ["display_data: 2 of 2"]);
});

Deno.test("NotebookOutputs clears at once, or when the next output comes", () => {
  const outputs = new NotebookOutputs();
  const cell = outputs.startCell(1, 1);
  outputs.add(1, display("a"));
  outputs.add(1, message("clear_output", { wait: false }));
  deepStrictEqual(textsOf(cell), []);
  outputs.add(1, display("b"));
  outputs.add(1, message("clear_output", { wait: true }));
  deepStrictEqual(textsOf(cell), ["display_data: b"]);
  outputs.add(1, stream("stdout", "c"));
  outputs.add(1, stream("stdout", "d"));
  deepStrictEqual(textsOf(cell), ["stdout: cd"]);
});

Deno.test("NotebookOutputs counts results by the cell, not by the kernel", () => {
  const outputs = new NotebookOutputs();
  const cell = outputs.startCell(1, 3);
  outputs.add(1, message("execute_result", { execution_count: 9, data: { "text/plain": "x" } }));
  deepStrictEqual([...cell], [{
    output_type: "execute_result",
    execution_count: 3,
    data: { "text/plain": "x" },
    metadata: {},
  }]);
});

Deno.test("NotebookOutputs counts what comes late to the cell that it belongs to", () => {
  const outputs = new NotebookOutputs();
  const first = outputs.startCell(1, 1);
  outputs.add(1, stream("stdout", "a"));
  const second = outputs.startCell(3, 2);
  outputs.add(3, stream("stdout", "b"));
  outputs.add(1, stream("stdout", "c"));
  deepStrictEqual([textsOf(first), textsOf(second)], [["stdout: ac"], ["stdout: b"]]);
});
