import type { MimeBundle, Output } from "../notebook/notebook_file.ts";
import type { KernelMessage } from "./notebook_job.ts";

/** An output that later messages may still change. */
type Draft = { -readonly [K in keyof Output]: Output[K] } & Record<string, unknown>;

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
  readonly #displays = new Map<string, Draft[]>();
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
    switch (type) {
      case "stream":
        return this.#write(
          cell,
          content["name"] === "stderr" ? "stderr" : "stdout",
          String(content["text"] ?? ""),
        );
      case "display_data":
        return this.#push(cell, { output_type: "display_data", ...shown(content) }, content);
      case "execute_result":
        return this.#push(cell, {
          output_type: "execute_result",
          execution_count: cell.count,
          ...shown(content),
        }, content);
      case "update_display_data":
        for (const draft of this.#displays.get(displayId(content) ?? "") ?? []) {
          Object.assign(draft, shown(content));
        }
        return;
      case "error":
        return this.#push(cell, {
          output_type: "error",
          ename: String(content["ename"] ?? ""),
          evalue: String(content["evalue"] ?? ""),
          traceback: Array.isArray(content["traceback"]) ? content["traceback"].map(String) : [],
        }, content);
      case "clear_output":
        cell.clearsNext = content["wait"] === true;
        if (!cell.clearsNext) cell.drafts.length = 0;
    }
  }

  #write(cell: CellDrafts, name: "stdout" | "stderr", text: string): void {
    const last = cell.clearsNext ? undefined : cell.drafts.at(-1);
    if (last?.output_type === "stream" && last["name"] === name) {
      last["text"] = String(last["text"]) + text;
    } else {
      this.#push(cell, { output_type: "stream", name, text }, {});
    }
  }

  #push(cell: CellDrafts, draft: Draft, content: KernelMessage["content"]): void {
    if (cell.clearsNext) cell.drafts.length = 0;
    cell.clearsNext = false;
    cell.drafts.push(draft);
    const id = displayId(content);
    if (id !== null) this.#displays.set(id, [...this.#displays.get(id) ?? [], draft]);
  }
}

function shown(content: KernelMessage["content"]): { data: MimeBundle; metadata: MimeBundle } {
  return {
    data: (content["data"] ?? {}) as MimeBundle,
    metadata: (content["metadata"] ?? {}) as MimeBundle,
  };
}

function displayId(content: KernelMessage["content"]): string | null {
  const id = (content["transient"] as { display_id?: unknown } | null | undefined)?.display_id;
  return typeof id === "string" ? id : null;
}
