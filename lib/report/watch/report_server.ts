import type { Language, Text } from "../../responses/language.ts";
import { reportFileName } from "../html/report_options.ts";
import { firstPage, livePage } from "./live_page.ts";

/** What the open pages are told beside the report itself. */
export interface LiveState {
  /** Why there is no newer report; null where there is nothing to say. */
  readonly failure: string | null;
  /** Claims that do not hold; null where that was not asked for, or all hold. */
  readonly broken: Text | null;
  /** The notebooks that run, none while the report is made of them; null: nothing is being done. */
  readonly running: readonly string[] | null;
}

const HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** Shows the reports of this machine's reader in a browser, and tells the pages of newer ones. */
export class ReportServer {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #listeners = new Set<ReadableStreamDefaultController<Uint8Array>>();
  readonly #languages: ReadonlyMap<string, Language>;
  #pages: ReadonlyMap<string, string> = new Map();
  #version: string = crypto.randomUUID();
  #state: LiveState = { failure: null, broken: null, running: [] };

  /**
   * Begins to listen, for this machine alone, on a port that is free.
   *
   * @param languages Those of the reports, the one to begin with first.
   */
  constructor(languages: readonly Language[]) {
    this.#languages = new Map(languages.map((language) => [reportFileName(language), language]));
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#answer(request),
    );
  }

  /** Where a browser finds the first report. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/${this.#first}`;
  }

  /** Shows other reports: the open pages take over what is new in them, and what had failed is over. */
  publish(pages: ReadonlyMap<string, string>): void {
    this.#pages = pages;
    this.#state = { ...this.#state, failure: null, running: null };
    this.#version = crypto.randomUUID();
    this.#tellAll();
  }

  /** Tells the open pages what is going on. */
  say(state: LiveState): void {
    this.#state = state;
    this.#tellAll();
  }

  /** Lets go of every page, and returns when nothing listens any more. */
  async close(): Promise<void> {
    for (const listener of this.#listeners) listener.close();
    this.#listeners.clear();
    await this.#server.shutdown();
  }

  get #first(): string {
    return this.#languages.keys().next().value ?? "";
  }

  #answer(request: Request): Response {
    const { pathname } = new URL(request.url);
    // A page from elsewhere may have a name that leads here; it is not to read the report.
    const { port } = this.#server.addr;
    if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(request.headers.get("host") ?? "")) {
      return new Response("Not for this host.", { status: 421, headers: HEADERS });
    }
    if (pathname === "/events") return this.#events();
    if (pathname === "/") {
      return new Response(null, { status: 302, headers: { location: `/${this.#first}` } });
    }
    const language = this.#languages.get(pathname.slice(1));
    if (language === undefined) {
      return new Response("There is no such page.", { status: 404, headers: HEADERS });
    }
    const html = this.#pages.get(pathname.slice(1)) ?? firstPage(language);
    const page = livePage(html, this.#version, language);
    return new Response(page, {
      headers: { ...HEADERS, "content-type": "text/html; charset=utf-8" },
    });
  }

  #events(): Response {
    let own: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        this.#listeners.add(controller);
        controller.enqueue(this.#message());
      },
      cancel: () => {
        this.#listeners.delete(own);
      },
    });
    return new Response(body, { headers: { ...HEADERS, "content-type": "text/event-stream" } });
  }

  #tellAll(): void {
    for (const listener of this.#listeners) listener.enqueue(this.#message());
  }

  #message(): Uint8Array {
    const data = JSON.stringify({ version: this.#version, ...this.#state });
    return new TextEncoder().encode(`data: ${data}\n\n`);
  }
}
