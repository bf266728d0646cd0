import { pathToFileURL } from "node:url";
import { PROJECT } from "../../lib/commands/project.ts";
import type { Notebook } from "../../lib/notebook/notebook_file.ts";

/** Beyond this the server is ended, and whatever is waited for fails. */
const PATIENCE_MS = 120_000;

/** A complaint of the language server, as an editor underlines it. */
export interface Diagnostic {
  readonly message: string;
  readonly severity?: number;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  // deno-lint-ignore no-explicit-any -- as loose as the protocol
  readonly params?: any;
  // deno-lint-ignore no-explicit-any -- as loose as the protocol
  readonly result?: any;
  readonly error?: { readonly message: string };
}

/**
 * The language server that editors start (`deno lsp`), driven as they drive it.
 *
 * Source: Language Server Protocol 3.17, https://microsoft.github.io/language-server-protocol/
 */
export class LanguageServer {
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #guard: ReturnType<typeof setTimeout>;
  readonly #reading: Promise<void>;
  readonly #waiting = new Map<number | string, PromiseWithResolvers<Message>>();
  readonly #diagnostics = new Map<string, Diagnostic[]>();
  #asked = 0;
  #isEnded = false;

  private constructor() {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["lsp", "--quiet"],
      cwd: PROJECT,
      env: { DENO_NO_UPDATE_CHECK: "1" },
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#writer = this.#child.stdin.getWriter();
    this.#guard = setTimeout(() => this.#child.kill("SIGKILL"), PATIENCE_MS);
    this.#reading = this.#read();
  }

  /** Starts the server for this project, with the settings of .vscode/settings.json. */
  static async start(): Promise<LanguageServer> {
    const server = new LanguageServer();
    const settings = JSON.parse(await Deno.readTextFile(`${PROJECT}/.vscode/settings.json`));
    const rootUri = pathToFileURL(PROJECT).href;
    await server.request("initialize", {
      processId: Deno.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: "project" }],
      initializationOptions: { enable: settings["deno.enable"], lint: settings["deno.lint"] },
      capabilities: {
        workspace: { workspaceFolders: true, configuration: true },
        notebookDocument: { synchronization: { dynamicRegistration: false } },
        textDocument: { publishDiagnostics: {}, completion: {}, hover: {} },
      },
    });
    await server.#notify("initialized", {});
    return server;
  }

  /** Opens a notebook. @returns The address of each cell. */
  async open(path: string, { cells }: Notebook): Promise<string[]> {
    const uri = pathToFileURL(path).href;
    const addresses = cells.map((_, index) =>
      `${uri.replace(/^file:/, "vscode-notebook-cell:")}#C${String(index).padStart(6, "0")}`
    );
    await this.#notify("notebookDocument/didOpen", {
      notebookDocument: {
        uri,
        notebookType: "jupyter-notebook",
        version: 1,
        cells: cells.map((cell, index) => ({
          kind: cell.cell_type === "code" ? 2 : 1,
          document: addresses[index],
        })),
      },
      cellTextDocuments: cells.flatMap((cell, index) =>
        cell.cell_type !== "code" ? [] : [{
          uri: addresses[index],
          languageId: "typescript",
          version: 1,
          text: cell.source,
        }]
      ),
    });
    return addresses;
  }

  /**
   * Waits until the server complains of a cell as expected. It looks at all cells of a notebook at
   * once, so that what it has to say of the others is known then.
   */
  async complains(address: string, pattern: RegExp): Promise<void> {
    while (!this.diagnostics(address).some(({ message }) => pattern.test(message))) {
      if (this.#isEnded) throw new Error(`The server ended and never said ${pattern}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** What the server complains of in a cell. */
  diagnostics(address: string): readonly Diagnostic[] {
    return this.#diagnostics.get(address) ?? [];
  }

  /** The completions at a place, by label. */
  async completions(address: string, line: number, character: number): Promise<string[]> {
    const { result } = await this.request("textDocument/completion", {
      textDocument: { uri: address },
      position: { line, character },
      context: { triggerKind: 1 },
    });
    const items: { label: string }[] = Array.isArray(result) ? result : result?.items ?? [];
    return items.map(({ label }) => label);
  }

  /** What the server tells of the thing at a place. */
  async hover(address: string, line: number, character: number): Promise<string> {
    const { result } = await this.request("textDocument/hover", {
      textDocument: { uri: address },
      position: { line, character },
    });
    return JSON.stringify(result ?? "");
  }

  async request(method: string, params: unknown): Promise<Message> {
    const id = ++this.#asked;
    const answer = Promise.withResolvers<Message>();
    this.#waiting.set(id, answer);
    await this.#send({ jsonrpc: "2.0", id, method, params });
    const message = await answer.promise;
    if (message.error) throw new Error(`${method}: ${message.error.message}`);
    return message;
  }

  /** Ends the server. */
  async close(): Promise<void> {
    clearTimeout(this.#guard);
    if (!this.#isEnded) this.#child.kill("SIGKILL");
    await this.#child.status;
    await this.#reading;
    await this.#writer.close().catch(() => {});
  }

  async #notify(method: string, params: unknown): Promise<void> {
    await this.#send({ jsonrpc: "2.0", method, params });
  }

  async #send(message: unknown): Promise<void> {
    const body = new TextEncoder().encode(JSON.stringify(message));
    const head = new TextEncoder().encode(`Content-Length: ${body.length}\r\n\r\n`);
    await this.#writer.write(new Uint8Array([...head, ...body]));
  }

  async #read(): Promise<void> {
    let bytes = new Uint8Array();
    for await (const chunk of this.#child.stdout) {
      bytes = new Uint8Array([...bytes, ...chunk]);
      while (true) {
        const text = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
        const head = /^Content-Length: (\d+)[\s\S]*?\r\n\r\n/.exec(text);
        const length = Number(head?.[1]);
        if (head === null || bytes.length < head[0].length + length) break;
        const body = bytes.subarray(head[0].length, head[0].length + length);
        bytes = bytes.slice(head[0].length + length);
        await this.#take(JSON.parse(new TextDecoder().decode(body)));
      }
    }
    this.#isEnded = true;
    for (const { reject } of this.#waiting.values()) reject(new Error("the server has ended"));
  }

  async #take({ id, method, params, result, error }: Message): Promise<void> {
    if (method === "textDocument/publishDiagnostics") {
      this.#diagnostics.set(params.uri, params.diagnostics);
    } else if (method === "workspace/configuration") {
      const answer = params.items.map(() => ({ enable: true, lint: true }));
      await this.#send({ jsonrpc: "2.0", id, result: answer });
    } else if (method !== undefined) {
      if (id !== undefined) await this.#send({ jsonrpc: "2.0", id, result: null });
    } else if (id !== undefined) {
      this.#waiting.get(id)?.resolve({ result, ...error ? { error } : {} });
      this.#waiting.delete(id);
    }
  }
}
