import type { MimeBundle, Output } from "../notebook/notebook_file.ts";
import type { KernelMessage } from "./notebook_job.ts";

/** An output that later messages may still change. */
type Draft = Record<string, unknown>;

interface CellDrafts {
  readonly count: number;
  readonly drafts: Draft[];
  clearsNext: boolean;
}

/**
 * Turns messages as a kernel sends them into the outputs of cells, as a notebook file holds them.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html (stream, display_data,
 * update_display_data, execute_result, clear_output, error).
 */
export class NotebookOutputs {
  /** Outputs with a display id, in whichever cell: an update changes all of them. */
  readonly #displays = new Map<unknown, Draft[]>();
  readonly #cells = new Map<number, CellDrafts>();

  /**
   * Begins a new cell.
   *
   * @param cell Its number in the notebook.
   * @param count Its number among the executed ones.
   * @returns The cell's outputs, which grow with the messages.
   */
  startCell(cell: number, count: number): readonly Output[] {
    const drafts: Draft[] = [];
    this.#cells.set(cell, { count, drafts, clearsNext: false });
    return drafts as unknown as readonly Output[];
  }

  /** Adds what a message shows to a cell that has begun. */
  add(number: number, { type, content }: KernelMessage): void {
    const cell = this.#cells.get(number);
    if (cell === undefined) return;
    const { name, text, ename, evalue, traceback, transient } = content;
    const data = (content["data"] ?? {}) as MimeBundle;
    const metadata = (content["metadata"] ?? {}) as MimeBundle;
    const id = (transient as { display_id?: unknown } | null | undefined)?.display_id;
    switch (type) {
      case "stream":
        return this.#write(cell, name === "stderr" ? name : "stdout", String(text ?? ""));
      case "display_data":
        return this.#push(cell, { output_type: type, data, metadata }, id);
      case "execute_result": {
        const execution_count = cell.count;
        return this.#push(cell, { output_type: type, execution_count, data, metadata }, id);
      }
      case "update_display_data":
        for (const draft of this.#displays.get(id) ?? []) Object.assign(draft, { data, metadata });
        return;
      case "error":
        return this.#push(cell, {
          output_type: type,
          ename: String(ename ?? ""),
          evalue: String(evalue ?? ""),
          traceback: Array.isArray(traceback) ? traceback.map(String) : [],
        });
      case "clear_output":
        cell.clearsNext = content["wait"] === true;
        if (!cell.clearsNext) cell.drafts.length = 0;
    }
  }

  #write(cell: CellDrafts, name: "stdout" | "stderr", text: string): void {
    const last = cell.clearsNext ? undefined : cell.drafts.at(-1);
    if (last?.["output_type"] === "stream" && last["name"] === name) {
      last["text"] = String(last["text"]) + text;
    } else this.#push(cell, { output_type: "stream", name, text });
  }

  #push(cell: CellDrafts, draft: Draft, id?: unknown): void {
    if (cell.clearsNext) cell.drafts.length = 0;
    cell.clearsNext = false;
    cell.drafts.push(draft);
    if (typeof id === "string") this.#displays.set(id, [...this.#displays.get(id) ?? [], draft]);
  }
}
