import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { stripAnsi } from "../report/notebook_error.ts";
import { ReportServer } from "../report/watch/report_server.ts";
import { InputError } from "../responses/input_error.ts";
import { findNotebooks, NOTEBOOKS, PROJECT } from "./project.ts";
import { readCall, type ReportOptions } from "./report.ts";
import type { FromWatched, WatchedRun, WatchedWork } from "./watch_thread.ts";

/** How long nothing more may change before a save counts as done: editors save in steps. */
const QUIET_MS = 60;

/**
 * Makes the report, shows it in a browser, and makes it anew whenever a file it depends on is saved:
 * an edited notebook runs again by itself, a file of the library or of the data begins everything
 * anew. Files saved meanwhile have their turn next.
 *
 * @returns Never: it goes on until it is stopped.
 * @throws The signal's reason when that is aborted.
 * @throws {InputError} The call was refused.
 */
export async function watchReport(given: ReportOptions, signal: AbortSignal): Promise<never> {
  const call = readCall(given);
  const { data, mapping, baseline, weights } = call;
  // Paths are from where one stands, and the notebooks run where they are.
  const paths = Object.entries({ data, mapping, baseline, weights }).filter(([, path]) => path);
  const options = { ...given, ...Object.fromEntries(paths), out: resolve(given.out) };
  if (call.each !== null) {
    throw new InputError(
      "--watch shows one report. Give --where with the group in place of --each.",
    );
  }
  findNotebooks(call.only);
  const named = paths.map(([, path]) => path!).filter(isAbsolute);
  const watchers = [
    Deno.watchFs([PROJECT, ...named.map((path) => dirname(path))], { recursive: false }),
    Deno.watchFs([NOTEBOOKS, join(PROJECT, "lib"), join(PROJECT, "data")]),
  ];
  const changed = new Set<string>();
  let wake = () => {};
  for (const watcher of watchers) void note(watcher, named, changed, () => wake());
  const stopped = new Promise<never>((_, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason))
  );
  const server = new ReportServer(call.languages);
  console.error(`The report is at ${server.url}. Ctrl-C ends it.`);
  Deno.chdir(NOTEBOOKS);
  let work: Work | null = null;
  let runs: WatchedWork["runs"] = new Map();
  let began = performance.now();
  try {
    while (true) {
      work ??= new Work({ options, runs }, server);
      runs = await Promise.race([work.update(began), stopped]);
      while (changed.size === 0) {
        await Promise.race([new Promise<void>((resolve) => wake = resolve), stopped]);
      }
      began = performance.now();
      for (let known = -1; known < changed.size;) {
        known = changed.size;
        await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
      }
      const others = [...changed].filter((path) => dirname(path) !== NOTEBOOKS);
      changed.clear();
      if (others.length === 0 && !work.isOver) continue;
      await work.end();
      work = null;
      // What the page looks like is no matter of the notebooks.
      const look = join(PROJECT, "lib", "report", "html");
      if (!others.every((path) => path.startsWith(look))) runs = new Map();
    }
  } finally {
    for (const watcher of watchers) watcher.close();
    await Promise.all([work?.end(), server.close()]);
  }
}

async function note(
  watcher: Deno.FsWatcher,
  named: readonly string[],
  changed: Set<string>,
  wake: () => void,
): Promise<void> {
  for await (const { kind, paths } of watcher) {
    // Reading a file is no change, and this program reads them all.
    if (kind === "access") continue;
    for (const path of paths) if (concernsReport(path, named)) changed.add(path);
    if (changed.size > 0) wake();
  }
}

/** Whether a file may have to do with the report, as one that the options name has. */
function concernsReport(path: string, named: readonly string[]): boolean {
  if (named.includes(path)) return true;
  const [folder = "", ...rest] = relative(PROJECT, path).split(/[\\/]/);
  const name = rest.at(-1) ?? folder;
  if (name.startsWith(".") || name.endsWith("~")) return false;
  if (folder === "notebooks") return rest.length === 1 && name.endsWith(".ipynb");
  if (folder === "data") return /\.(json|csv)$/.test(name);
  return folder === "lib" && /\.(ts|js|css|json)$/.test(name) ||
    path === join(PROJECT, "deno.json");
}

/** The thread that makes the report. */
class Work {
  readonly #worker: Worker;
  #began = 0;
  #done: (runs: WatchedWork["runs"]) => void = () => {};
  /** Whether the thread is gone: what it had to load cannot be loaded. */
  isOver = false;

  constructor(private readonly work: WatchedWork, private readonly server: ReportServer) {
    this.#worker = new Worker(new URL("./watch_thread.ts", import.meta.url), { workerData: work });
    this.#worker.on("message", (message: FromWatched) => this.#hear(message));
    this.#worker.on("error", (error: Error) => {
      this.isOver = true;
      this.#end(stripAnsi(error.message), this.work.runs);
    });
  }

  /** Makes the report of what there is now. @param began When what calls for it was saved. */
  update(began: number): Promise<ReadonlyMap<string, WatchedRun>> {
    this.#began = began;
    return new Promise((resolve) => {
      this.#done = resolve;
      if (this.isOver) resolve(this.work.runs);
      else this.#worker.postMessage("update");
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #hear(message: FromWatched): void {
    if ("running" in message) this.server.say(message);
    else if ("pages" in message) {
      this.server.publish(message.pages);
      const seconds = ((performance.now() - this.#began) / 1000).toFixed(1);
      console.error(`${this.server.url} is up to date after ${seconds} s.`);
    } else this.#end(message.done, message.runs);
  }

  #end(failure: string | null, runs: WatchedWork["runs"]): void {
    if (failure !== null) console.error(`\n${failure}\n\nThe report stays as it was.`);
    this.server.say({ failure, running: null });
    this.#done(runs);
  }
}
