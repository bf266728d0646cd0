import { FIRST_PAGE, livePage } from "./live_page.ts";

/** What the open pages are told beside the report itself. */
export interface LiveState {
  /** Why there is no newer report; null where there is nothing to say. */
  readonly failure: string | null;
  /** What is being done; null: nothing. */
  readonly running: string | null;
}

const HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** Shows the reports of this machine's reader in a browser, and tells the pages of newer ones. */
export class ReportServer {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #listeners = new Set<ReadableStreamDefaultController<Uint8Array>>();
  readonly #first: string;
  #pages: ReadonlyMap<string, string> = new Map();
  #version: string = crypto.randomUUID();
  #state: LiveState = { failure: null, running: null };

  /**
   * Begins to listen, for this machine alone, on a port that is free.
   *
   * @param files The names of the reports, the one to begin with first.
   */
  constructor(private readonly files: readonly string[]) {
    this.#first = `/${files[0]}`;
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#answer(request),
    );
  }

  /** Where a browser finds the first report. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}${this.#first}`;
  }

  /** Shows other reports: the open pages load themselves anew, and what had failed is over. */
  publish(pages: ReadonlyMap<string, string>): void {
    this.#pages = pages;
    this.#state = { failure: null, running: null };
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

  #answer(request: Request): Response {
    const { pathname } = new URL(request.url);
    // A page from elsewhere may have a name that leads here; it is not to read the report.
    const { port } = this.#server.addr;
    if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(request.headers.get("host") ?? "")) {
      return new Response("Not for this host.", { status: 421, headers: HEADERS });
    }
    if (pathname === "/events") return this.#events();
    if (pathname === "/") {
      return new Response(null, { status: 302, headers: { location: this.#first } });
    }
    if (!this.files.includes(pathname.slice(1))) {
      return new Response("There is no such page.", { status: 404, headers: HEADERS });
    }
    const page = livePage(this.#pages.get(pathname.slice(1)) ?? FIRST_PAGE, this.#version);
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
