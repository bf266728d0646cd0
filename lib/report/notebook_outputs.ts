import type { KernelMessage } from "./kernel_message.ts";
import type { MimeBundle, Output } from "./notebook_file.ts";

/** An output that later messages may still change. */
type Draft = { -readonly [K in keyof Output]: Output[K] } & Record<string, unknown>;

/**
 * Turns the messages of a kernel into the outputs of cells, as a notebook file holds them.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html (stream, display_data,
 * update_display_data, execute_result, clear_output, error).
 */
export class NotebookOutputs {
  /** Outputs with a display id, in whichever cell: an update changes all of them. */
  readonly #displays = new Map<string, Draft[]>();
  #cell: Draft[] = [];
  #executionCount = 0;
  #clearsNext = false;

  /**
   * Begins a new cell.
   *
   * @param executionCount The cell's number among the executed ones.
   * @returns The cell's outputs, which grow with the messages.
   */
  startCell(executionCount: number): readonly Output[] {
    this.#executionCount = executionCount;
    this.#clearsNext = false;
    this.#cell = [];
    return this.#cell as unknown as readonly Output[];
  }

  /** Adds what a message shows to the current cell. */
  add({ type, content }: KernelMessage): void {
    switch (type) {
      case "stream":
        return this.#write(content["name"] === "stderr" ? "stderr" : "stdout", content["text"]);
      case "display_data":
        return this.#push({ output_type: "display_data", ...shown(content) }, content);
      case "execute_result":
        return this.#push({
          output_type: "execute_result",
          execution_count: this.#executionCount,
          ...shown(content),
        }, content);
      case "update_display_data":
        for (const draft of this.#displays.get(displayId(content) ?? "") ?? []) {
          Object.assign(draft, shown(content));
        }
        return;
      case "error":
        return this.#push({
          output_type: "error",
          ename: String(content["ename"] ?? ""),
          evalue: String(content["evalue"] ?? ""),
          traceback: Array.isArray(content["traceback"]) ? content["traceback"].map(String) : [],
        }, content);
      case "clear_output":
        this.#clearsNext = content["wait"] === true;
        if (!this.#clearsNext) this.#cell.length = 0;
    }
  }

  #write(name: "stdout" | "stderr", text: unknown): void {
    const last = this.#clearsNext ? undefined : this.#cell[this.#beforeErrors() - 1];
    if (last?.output_type === "stream" && last["name"] === name) {
      last["text"] = String(last["text"]) + String(text ?? "");
    } else {
      this.#push({ output_type: "stream", name, text: String(text ?? "") }, {});
    }
  }

  #push(draft: Draft, content: KernelMessage["content"]): void {
    if (this.#clearsNext) this.#cell.length = 0;
    this.#clearsNext = false;
    if (draft.output_type === "error") this.#cell.push(draft);
    else this.#cell.splice(this.#beforeErrors(), 0, draft);
    const id = displayId(content);
    if (id !== null) this.#displays.set(id, [...this.#displays.get(id) ?? [], draft]);
  }

  /**
   * Where the errors begin that end the cell: they stay last. A kernel sends what a cell has written
   * another way than its error, and under load later.
   */
  #beforeErrors(): number {
    return this.#cell.findLastIndex(({ output_type }) => output_type !== "error") + 1;
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
