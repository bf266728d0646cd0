import { deepStrictEqual } from "node:assert/strict";
import { NotebookOutputs } from "../../lib/report/notebook_outputs.ts";
import { textsOf } from "./notebook_of.ts";

const message = (type: string, content: Record<string, unknown>) => ({ type, parent: "", content });
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
  const cell = outputs.startCell(1);
  outputs.add(stream("stdout", "a"));
  outputs.add(stream("stdout", "b\n"));
  outputs.add(stream("stderr", "c"));
  outputs.add(stream("stdout", "d"));
  deepStrictEqual(textsOf(cell), ["stdout: ab\n", "stderr: c", "stdout: d"]);
});

Deno.test("NotebookOutputs updates a display in every cell that shows it, and adds none", () => {
  const outputs = new NotebookOutputs();
  const first = outputs.startCell(1);
  outputs.add(display("0 of 2", "bar"));
  outputs.add(display("other"));
  const second = outputs.startCell(2);
  outputs.add(display("1 of 2", "bar"));
  outputs.add(update("2 of 2", "bar"));
  outputs.add(update("nowhere", "unknown"));
  deepStrictEqual(textsOf(first), ["display_data: 2 of 2", "display_data: other"]);
  deepStrictEqual(textsOf(second), ["display_data: 2 of 2"]);
});

Deno.test("NotebookOutputs clears at once, or when the next output comes", () => {
  const outputs = new NotebookOutputs();
  const cell = outputs.startCell(1);
  outputs.add(display("a"));
  outputs.add(message("clear_output", { wait: false }));
  deepStrictEqual(textsOf(cell), []);
  outputs.add(display("b"));
  outputs.add(message("clear_output", { wait: true }));
  deepStrictEqual(textsOf(cell), ["display_data: b"]);
  outputs.add(stream("stdout", "c"));
  outputs.add(stream("stdout", "d"));
  deepStrictEqual(textsOf(cell), ["stdout: cd"]);
});

Deno.test("NotebookOutputs counts results by the cell, not by the kernel", () => {
  const outputs = new NotebookOutputs();
  const cell = outputs.startCell(3);
  outputs.add(message("execute_result", { execution_count: 9, data: { "text/plain": "x" } }));
  deepStrictEqual([...cell], [{
    output_type: "execute_result",
    execution_count: 3,
    data: { "text/plain": "x" },
    metadata: {},
  }]);
});

Deno.test("NotebookOutputs keeps the error last that ends a cell, whichever way comes first", () => {
  const error = message("error", { ename: "TypeError", evalue: "none", traceback: [] });
  const shown = (...messages: Parameters<NotebookOutputs["add"]>[0][]) => {
    const outputs = new NotebookOutputs();
    const cell = outputs.startCell(1);
    messages.forEach((each) => outputs.add(each));
    return textsOf(cell);
  };
  const [a, b] = [stream("stdout", "a"), stream("stdout", "b")];
  const inOrder = shown(a, b, display("x"), error);
  deepStrictEqual(inOrder.at(-1), "error: TypeError: none");
  deepStrictEqual(shown(a, error, b, display("x")), inOrder);
  deepStrictEqual(shown(error, a, b, display("x")), inOrder);
});
