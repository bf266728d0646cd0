/** The thread in which notebooks run, one after the other; `NotebookThread` starts it. */
import { AsyncLocalStorage } from "node:async_hooks";
import { basename } from "node:path";
import process from "node:process";
import { setImmediate } from "node:timers";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { formatValue, internals, jupyterApi } from "./jupyter_api.ts";
import {
  type CellFailure,
  type FromThread,
  type NotebookJob,
  OUT_OF_MEMORY,
  type Prepare,
  type ThreadCall,
  type ThreadOptions,
} from "./notebook_job.ts";
import { NotebookScope } from "./notebook_scope.ts";
import { type CellScript, CellSyntaxError, importsOf, rewriteCell } from "./rewrite_cell.ts";
import { changedGlobals, type Globals, makePrivate, noteGlobals } from "./thread_privacy.ts";

/** More than this many characters of output from one cell is a mistake. */
const FLOOD = 50_000_000;
/** What is written in small pieces is sent on together, so many characters or milliseconds of it. */
const PIECE = 16_384;
const PIECE_MS = 50;

const port = parentPort!;
// The port is the thread's global object, whose properties a cell may change.
const [postMessage, ref, unref] = [port.postMessage, port.ref, port.unref]
  .map((method) => method.bind(port)) as [typeof port.postMessage, () => void, () => void];
const { library, prepare, secret, heapMb } = workerData as ThreadOptions & {
  readonly secret: string;
  readonly heapMb: number;
};
// A cell may post messages of its own; only those with the secret are this program's.
delete workerData.secret;
// Cells may call something of their own by these names.
const { setTimeout, Promise: Later, Error: AnyError } = globalThis;
Error.stackTraceLimit = 50;

const NOTHING_CAN_COME = "the cell waits for a promise that nothing can settle";
/** The part of its memory that a thread has at least taken when the engine drops what runs. */
const NEAR = 0.7;
const { memoryUsage } = Deno;

/** The cell that code belongs to, however late it runs. */
const ownCell = new AsyncLocalStorage<number>();
let current = 0;
let notebook = "";
let isOver = false;
let lastPiece = 0;
/** Whether the engine is within a cell, or has left it without coming back. */
let isInCell = false;
let pending: { cell: number; stream: string; text: string; since: number } | null = null;
/** Characters that each cell has shown. */
const shown = new Map<number, number>();
const linesOf = new Map<number, CellScript["lineAt"]>();

const begin = makePrivate({
  write(stream, written) {
    const cell = cellNow();
    const text = withoutOwnFrames(written);
    count(cell, text.length);
    const now = performance.now();
    if (pending?.cell === cell && pending.stream === stream) {
      pending.text += text;
      if (pending.text.length > PIECE || now - pending.since > PIECE_MS) flush();
      return;
    }
    flush();
    pending = { cell, stream, text, since: now };
    if (now - lastPiece > PIECE_MS) flush();
  },
  exit(how) {
    fail(reasonOnly(cellNow(), `the cell ended the program with ${how}`));
  },
});
// A kernel is no thread.
for (const name of ["require", "postMessage", "onmessage", "onmessageerror", "location"]) {
  Reflect.deleteProperty(globalThis, name);
}
Object.assign(globalThis, { self: globalThis });
Object.assign(Deno, { jupyter: jupyterApi(publish) });
// Nothing gets lost on the way out of a thread: there is nothing to wait for. See wire_barrier.ts.
Object.assign(globalThis, {
  [Symbol.for("wire-barrier")]: { pass: () => Promise.resolve(), holdsCells: true },
});
globalThis.addEventListener("error", (event) => {
  event.preventDefault();
  fail(failureOf(event.error ?? event.message));
});
globalThis.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  fail(failureOf(event.reason));
});

post({
  type: "thread",
  children: Deno.build.os === "linux"
    ? `/proc/${Deno.readLinkSync("/proc/thread-self")}/children`
    : null,
});

/** What a notebook listens to it would hear in the next one too. */
const heard = new Set<string>();
const { addEventListener } = globalThis;
globalThis.addEventListener = (...args: Parameters<typeof addEventListener>) => {
  heard.add(`a listener to ${args[0]}`);
  addEventListener(...args);
};

/** Loads what all notebooks need, and hands over what they work on. */
const prepared = load();
// What it cannot load, a cell cannot load either, and says so.
prepared.catch(() => {});
let clean: Globals | null = null;
let cleanListeners: readonly string[] = [];

async function load(): Promise<Prepare | null> {
  if (library !== null) await import(library);
  return prepare === null ? null : await import(prepare);
}

port.on("message", (message: ReadonlyMap<"job", NotebookJob | ThreadCall>) => {
  const job = message.get("job")!;
  void ("module" in job ? call(job) : run(job));
});

async function call({ module, name, argument }: ThreadCall): Promise<void> {
  try {
    const { [name]: made } = await import(module);
    post({ type: "returned", value: await made(argument), error: null });
  } catch (error) {
    post({ type: "returned", error: error as Error, name: (error as Error).name });
  }
}

async function run({ path, cells, env, data, lateMs, folder }: NotebookJob): Promise<void> {
  // Waiting for the next notebook is no work: so is seen whether anything goes on.
  unref();
  begin({ folder, env });
  isOver = false;
  notebook = basename(path);
  shown.clear();
  linesOf.clear();
  const known = await prepared.catch(() => null);
  known?.prepareNotebook(data);
  if (clean === null) {
    clean = noteGlobals();
    cleanListeners = nodeListeners();
  }
  const scope = new NotebookScope(
    `${pathToFileURL(folder).href}/`,
    (specifier, options) => import(specifier, options),
  );
  // Before the first one runs: a cell may change what rewriting the next one needs.
  const scripts = cells.map(({ source }) => rewritten(source));
  for (const [index, { number, source }] of cells.entries()) {
    current = number;
    send({ type: "cell", cell: number });
    const began = performance.now();
    const isDone = { value: false };
    void unlessNothingCanCome(isDone, number);
    await ownCell.run(number, () => runCell(scope, source, scripts[index]!));
    isDone.value = true;
    // What fails with nobody waiting is known once the engine has taken a breath.
    await new Later<void>((resolve) => setImmediate(resolve));
    flush();
    send({ type: "ran", cell: number, ms: performance.now() - began });
  }
  const left = await lateWork(lateMs);
  flush();
  const wrong = known?.wronglyChanged() ?? null;
  if (wrong !== null) fail(reasonOnly(current, wrong));
  scope.clear();
  const listeners = [...heard, ...nodeListeners().filter((each) => !cleanListeners.includes(each))];
  const changed = [...changedGlobals(clean), ...foreign(scope), ...open(), ...listeners, ...left];
  ref();
  isOver = true;
  send({ type: "done", left, changed });
}

function rewritten(source: string): CellScript | CellSyntaxError {
  try {
    return rewriteCell(source);
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    return error;
  }
}

async function runCell(
  scope: NotebookScope,
  source: string,
  script: CellScript | CellSyntaxError,
): Promise<void> {
  try {
    if (script instanceof CellSyntaxError) throw script;
    const { source: code, lineAt } = script;
    linesOf.set(current, lineAt);
    const filename = `${notebook}, cell ${current}`;
    const cell = new Script(code, { filename, lineOffset: -1 }).runInThisContext();
    isInCell = true;
    const end = cell(scope);
    isInCell = false;
    await end;
    if (isShown(scope.value)) {
      const data = await formatValue(scope.value);
      const text = data["text/plain"];
      const shown = typeof text === "string" ? { "text/plain": withoutOwnFrames(text) } : {};
      publish("execute_result", { data: { ...data, ...shown }, metadata: {} });
    }
  } catch (error) {
    const failed = scope.failedImport;
    fail(
      error instanceof CellSyntaxError
        ? { ...failureOf(error), line: error.line, traceback: [] }
        : failed !== null && failed.error === error
        ? importFailure(error, failed.specifier, source)
        : failureOf(error),
    );
  }
}

/** The kernel shows no value that cannot stand in JSON. */
function isShown(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  return value !== undefined && value !== null && typeof value !== "bigint";
}

function cellNow(): number {
  return ownCell.getStore() ?? current;
}

function publish(type: string, content: Readonly<Record<string, unknown>>): void {
  flush();
  const cell = cellNow();
  if (type === "stream") count(cell, String(content?.["text"]).length);
  const data = content?.["data"] as Readonly<Record<string, unknown>> | undefined;
  for (const value of Object.values(data ?? {})) {
    count(cell, typeof value === "string" ? value.length : 0);
  }
  const message = { type, content };
  try {
    send({ type: "shown", cell, message });
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    // The kernel's outputs go the way of JSON, which leaves functions out.
    send({ type: "shown", cell, message: JSON.parse(JSON.stringify(message)) });
  }
}

/** Sends on what was written. */
function flush(): void {
  if (pending === null) return;
  const { cell, stream: name, text } = pending;
  pending = null;
  lastPiece = performance.now();
  send({ type: "shown", cell, message: { type: "stream", content: { name, text } } });
}

function send(message: FromThread): void {
  // What belongs to no notebook any more is nobody's.
  if (isOver && message.type !== "done") return;
  post(message);
}

function post(message: FromThread): void {
  postMessage({ secret, message });
}

function count(cell: number, characters: number): void {
  const all = (shown.get(cell) ?? 0) + characters + 100;
  shown.set(cell, all);
  if (all > FLOOD) {
    shown.set(cell, 0);
    fail(reasonOnly(cell, `the cell showed more than ${FLOOD / 1e6} million characters`));
  }
}

/** Says what failed, and stands still until this thread is ended: no more code of the notebook runs. */
function fail(failure: CellFailure): never {
  flush();
  const { ename, evalue, traceback } = failure;
  if (failure.reason === null) publish("error", { ename, evalue, traceback });
  send({ type: "failed", failure });
  while (true) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function reasonOnly(cell: number, reason: string): CellFailure {
  return { cell, line: null, ename: "", evalue: "", traceback: [], reason };
}

function failureOf(error: unknown): CellFailure {
  const isError = error instanceof AnyError;
  const textOf = (read: () => unknown) => {
    try {
      return String(read());
    } catch {
      // A cell can throw what does not say what it is.
      return "";
    }
  };
  const ename = isError && textOf(() => error.name) || "Error";
  const evalue = textOf(() => isError ? error.message : error ?? null) || "(none)";
  const stack = isError ? textOf(() => error.stack ?? "") : "";
  const lines = stack === "" ? [] : stack.split("\n");
  // What called the cell says nothing about it.
  const last = lines.findLastIndex((line) => line.includes(`${notebook}, cell `));
  const traceback = last < 0
    ? lines.filter((line) => !line.includes(OWN))
    : lines.slice(0, last + 1);
  return { ...placeOf(traceback), ename, evalue, traceback, reason: null };
}

/** Frames of this program say nothing about a notebook. */
const OWN = import.meta.url.slice(0, import.meta.url.lastIndexOf("/"));

/** A text without the lines of stacks that name this program, which stand below those of the cell. */
function withoutOwnFrames(text: string): string {
  if (!text.includes(OWN)) return text;
  const kept: string[] = [];
  for (const line of text.split("\n")) {
    const isOwn = /^\s+at /.test(line) && (line.includes(OWN) || line.includes(LOCAL_STORAGE)) ||
      /^\s+\.{3} \d+ lines matching cause stack trace \.{3}$/.test(line);
    if (!isOwn) kept.push(line);
    // What an error has besides stands behind its stack in braces.
    else if (line.endsWith(" {")) kept.push(`${kept.pop()} {`);
  }
  return kept.join("\n");
}

/** What calls a cell, and stands in a stack below it. */
const LOCAL_STORAGE = " (ext:deno_node/async_hooks.ts:";

/** The outermost line of the cell that ran, which may have called into earlier ones. */
function placeOf(traceback: readonly string[]): Pick<CellFailure, "cell" | "line"> {
  const frames = traceback.flatMap((frame) => {
    const [before, after] = frame.split(`${notebook}, cell `);
    if (before === undefined || after === undefined) return [];
    const [cell = NaN, line = NaN, column = NaN] = after.split(":").map((part) => parseInt(part));
    return [{ cell, line, column }];
  });
  const frame = frames.findLast(({ cell }) => cell === cellNow()) ?? frames.at(-1);
  if (frame === undefined) return { cell: cellNow(), line: null };
  const lineAt = linesOf.get(frame.cell);
  return { cell: frame.cell, line: lineAt?.(frame.line, frame.column - 1) ?? frame.line };
}

function importFailure(error: unknown, specifier: string, source: string): CellFailure {
  const failure = failureOf(error);
  const line = importsOf(source).find((each) => each.specifier === specifier)?.line ?? null;
  const isFile = /^(\.{0,2}\/|file:)/.test(specifier);
  return {
    ...failure,
    line: failure.line ?? line,
    reason: isFile ? null : `import of "${specifier}" failed: ${failure.evalue}`,
  };
}

/** Fails a cell that waits while nothing goes on by which its waiting could end. */
async function unlessNothingCanCome(isDone: { value: boolean }, cell: number): Promise<void> {
  for (let still = 0; still < 2;) {
    await new Later<void>((resolve) => setTimeout(resolve, 25));
    if (isDone.value) return;
    still = internals.core.eventLoopHasMoreWork() ? 0 : still + 1;
  }
  // At its limit the engine drops what runs, and says nothing.
  const isFull = isInCell || memoryUsage().heapUsed / 1e6 > NEAR * heapMb;
  fail(reasonOnly(cell, isFull ? OUT_OF_MEMORY : NOTHING_CAN_COME));
}

/** Waits for what the cells have begun and not waited for. @returns What still went on then. */
async function lateWork(lateMs: number): Promise<string[]> {
  const until = performance.now() + lateMs;
  for (let wait = 0;; wait = Math.min(wait + 1, 20)) {
    await new Later<void>((resolve) => setTimeout(resolve, wait));
    if (!internals.core.eventLoopHasMoreWork()) return [];
    if (performance.now() > until) return open().length > 0 ? open() : ["a timer"];
  }
}

/** What is open in this thread that a notebook has opened. */
function open(): string[] {
  const names = Object.entries(internals.core.resources()).filter(([id]) => Number(id) > 2)
    .map(([, name]) => OPEN[name] ?? name);
  return [...new Set(names)];
}

const OPEN: Readonly<Record<string, string>> = {
  child: "a child process",
  childStdin: "a child process",
  http: "a server",
  fsFile: "an open file",
};

function nodeListeners(): string[] {
  return process.eventNames().map((name) =>
    `${process.listenerCount(name)} listeners to ${String(name)}`
  );
}

/** Modules beside the library, which keep what a cell has put into them. */
function foreign({ imported }: NotebookScope): string[] {
  return [...imported].filter((url) => url !== library && !url.startsWith("node:"));
}
