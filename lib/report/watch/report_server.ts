import type { Language, Text } from "../../responses/language.ts";
import { texts } from "../../words/catalogue.ts";
import { contentHash } from "../html/render_report.ts";
import { reportFileName } from "../html/report_options.ts";
import script from "./live_script.js" with { type: "text" };

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

const WORDS = texts("watch");

/** Shows the reports of this machine's reader in a browser, and tells the pages of newer ones. */
export class ReportServer {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #listeners = new Set<ReadableStreamDefaultController<Uint8Array>>();
  #pages: ReadonlyMap<string, string> = new Map();
  #version: string = crypto.randomUUID();
  #state: LiveState = { failure: null, broken: null, running: [] };

  /**
   * Begins to listen, for this machine alone, on a port that is free.
   *
   * @param languages Those of the reports, the one to begin with first.
   */
  constructor(private readonly languages: readonly Language[]) {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#answer(request),
    );
  }

  /** Where a browser finds the first report. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/${reportFileName(this.languages[0]!)}`;
  }

  /** Shows other reports: the open pages take over what is new in them, and what had failed is over. */
  publish(pages: ReadonlyMap<string, string>): void {
    this.#pages = pages;
    this.#version = crypto.randomUUID();
    this.say({ failure: null, running: null });
  }

  /** Tells the open pages what is going on, as far as that is other than before. */
  say(state: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...state };
    for (const listener of this.#listeners) listener.enqueue(this.#message());
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
      return new Response(null, { status: 302, headers: { location: this.url } });
    }
    const language = this.languages.find((each) => pathname === `/${reportFileName(each)}`);
    if (language === undefined) {
      return new Response("There is no such page.", { status: 404, headers: HEADERS });
    }
    const page = this.#pages.get(pathname.slice(1)) ?? firstPage(language);
    return new Response(livePage(page, this.#version, language), {
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
      cancel: () => void this.#listeners.delete(own),
    });
    return new Response(body, { headers: { ...HEADERS, "content-type": "text/event-stream" } });
  }

  #message(): Uint8Array {
    const data = JSON.stringify({ version: this.#version, ...this.#state });
    return new TextEncoder().encode(`data: ${data}\n\n`);
  }
}

/**
 * A report with the script that follows the server. Its policy then allows that script, by its hash,
 * and requests to the server it came from; the file that is written keeps the strict one.
 */
function livePage(html: string, version: string, language: Language): string {
  const words = Object.entries(WORDS).map(([key, text]) => [key, text[language]]);
  const added = `const VERSION = ${JSON.stringify(version)};
const WORDS = ${JSON.stringify(Object.fromEntries(words))};
${script}`;
  const end = html.lastIndexOf("</body>");
  return `${html.slice(0, end)}<script>${added}</script>\n${html.slice(end)}`
    .replace("script-src ", () => `connect-src 'self'; script-src ${contentHash(added)} `);
}

/** What is shown until there is a first report. */
function firstPage(language: Language): string {
  const text = WORDS.firstReport[language];
  return `<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; script-src ">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${text}</title><link rel="icon" href="data:,">
</head><body><p>${text}</p></body></html>`;
}
