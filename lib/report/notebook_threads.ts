import { totalmem } from "node:os";
import { Worker } from "node:worker_threads";
import { InputError } from "../responses/input_error.ts";
import type { FromThread, NotebookJob, ThreadCall, ThreadOptions } from "./notebook_job.ts";

/** How a notebook ended in its thread. */
export type ThreadEnd =
  | Extract<FromThread, { type: "failed" | "done" | "returned" }>
  /** The thread is gone without having said why: of an error, or of too little memory. */
  | { readonly type: "ended"; readonly error: Error | null };

/** What else a thread says of a notebook. */
export type ThreadProgress = Extract<FromThread, { type: "cell" | "shown" | "ran" }>;

const THREAD = new URL("./notebook_thread.ts", import.meta.url);

/** No notebook gets more memory than this, in MB. */
const MOST_MB = 2_048;

/** So much garbage of its own, in MB, a thread may hold: with the engine's own limit a report takes 80 MB more. */
const YOUNG_MB = 12;

/** One thread that runs notebooks. */
class NotebookThread {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #listen: (message: ThreadProgress | ThreadEnd) => void = () => {};
  isOver = false;
  /** Where the system says what this thread has started; null where it does not. */
  #children: string | null = null;

  constructor(options: ThreadOptions, heapMb: number) {
    const secret = crypto.randomUUID();
    this.#worker = new Worker(THREAD, {
      workerData: { ...options, secret, heapMb },
      // Beyond it the thread ends, and not the process.
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    let error: Error | null = null;
    this.#worker.on("message", (given: { secret?: string; message: FromThread } | null) => {
      if (given?.secret !== secret) return;
      const { message } = given;
      if (message.type === "thread") this.#children = message.children;
      else this.#listen(message);
    });
    this.#worker.on("error", (reason: Error) => error = reason);
    this.#ended = new Promise((resolve) =>
      this.#worker.on("exit", () => {
        this.isOver = true;
        this.#listen({ type: "ended", error });
        resolve();
      })
    );
  }

  /** Runs a notebook or calls a function. What the thread says until its end is told in order. */
  run(
    job: NotebookJob | ThreadCall,
    onProgress: (progress: ThreadProgress) => void,
  ): Promise<ThreadEnd> {
    return new Promise((resolve) => {
      this.#listen = (message) => {
        if (message.type === "cell" || message.type === "shown" || message.type === "ran") {
          return onProgress(message);
        }
        this.#listen = () => {};
        resolve(message);
      };
      // Deno goes through every element of an array that a message has, but not into a map: with the
      // answers of a million people that takes seconds for each notebook.
      this.#worker.postMessage(new Map([["job", job]]));
    });
  }

  /** Ends the thread whatever it does, and what it has started. */
  async end(): Promise<void> {
    const children = this.#children === null
      ? ""
      : await Deno.readTextFile(this.#children).catch(() => "");
    for (const pid of children.split(" ").filter(Boolean)) await endTree(Number(pid));
    await this.#worker.terminate();
    await this.#ended;
  }
}

/** Ends a process and all that it has started. */
async function endTree(pid: number): Promise<void> {
  const file = `/proc/${pid}/task/${pid}/children`;
  const children = await Deno.readTextFile(file).catch(() => "");
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof Deno.errors.NotFound || error instanceof TypeError)) throw error;
  }
  for (const child of children.split(" ").filter(Boolean)) await endTree(Number(child));
}

/** The threads of a run, as many as there are cores; one that a notebook has changed is replaced. */
export class NotebookThreads {
  readonly #idle: NotebookThread[] = [];
  readonly #busy = new Set<NotebookThread>();
  readonly #heapMb: number;

  /**
   * @param options What they load.
   * @param count How many are to run at once.
   */
  constructor(
    private readonly options: ThreadOptions = { library: null, prepare: null },
    readonly count: number = navigator.hardwareConcurrency,
  ) {
    this.#heapMb = Math.min(MOST_MB, Math.floor(totalmem() / 1e6 / (count + 1)));
  }

  /** Starts threads that are not needed yet, so that they have loaded the library when they are. */
  prepare(count: number = this.count): void {
    while (this.#idle.length + this.#busy.size < Math.min(count, this.count)) {
      this.#idle.push(new NotebookThread(this.options, this.#heapMb));
    }
  }

  /**
   * Runs a notebook in a thread that no other one has changed.
   *
   * @param stop Ends the thread when it is aborted.
   */
  async run(
    job: NotebookJob,
    onProgress: (progress: ThreadProgress) => void,
    stop: AbortSignal,
  ): Promise<ThreadEnd> {
    const waiting = this.#idle.shift();
    const thread = waiting ?? new NotebookThread(this.options, this.#heapMb);
    this.#busy.add(thread);
    const onStop = () => void thread.end();
    stop.addEventListener("abort", onStop);
    try {
      stop.throwIfAborted();
      const end = await thread.run(job, onProgress);
      const isClean = end.type === "done" && end.changed.length === 0;
      if (isClean && !thread.isOver) this.#idle.push(thread);
      else await thread.end();
      return end;
    } finally {
      stop.removeEventListener("abort", onStop);
      this.#busy.delete(thread);
    }
  }

  /**
   * Calls a function of this program in a thread, beside what else is done.
   *
   * @param module Where it is exported from, in full.
   * @throws {InputError} What it refuses.
   * @throws What else it throws.
   */
  async call(module: string, name: string, argument: unknown): Promise<unknown> {
    const thread = this.#idle.shift() ?? new NotebookThread(this.options, this.#heapMb);
    this.#busy.add(thread);
    const end = await thread.run({ module, name, argument }, () => {});
    this.#busy.delete(thread);
    if (end.type === "returned" && !thread.isOver) this.#idle.push(thread);
    else await thread.end();
    if (end.type === "returned" && end.error === null) return end.value;
    const error = "error" in end ? end.error : null;
    if (error && "name" in end && end.name === "InputError") throw new InputError(error.message);
    throw error ?? new Error(`The thread ended before ${name}() did`);
  }

  /** Does something, and ends all threads however that ends. */
  async closedAfter<T>(use: () => Promise<T>): Promise<T> {
    try {
      return await use();
    } finally {
      await this.close();
    }
  }

  /** Ends all threads, those that run a notebook too. */
  async close(): Promise<void> {
    const threads = [...this.#idle, ...this.#busy];
    this.#idle.length = 0;
    await Promise.all(threads.map((thread) => thread.end()));
  }
}
