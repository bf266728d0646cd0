import { findConnection } from "./find_connection.ts";
import { subscribe } from "./subscribe.ts";

/**
 * Why outputs get lost, and what holds them.
 *
 * Deno's kernel runs cells on one thread and speaks with its clients on another. What a cell shows
 * goes from the first to the second through a queue; the message that the cell has ended does not.
 * It overtakes what is still in the queue, and clients that stop listening at that message (nbclient,
 * nbconvert, papermill) never see the rest. A cell that shows five things in a row loses four.
 *
 * The queue keeps its order and one message is sent to every client before the next one is taken
 * out. So this thread becomes a client too: it queues a marker, and once the marker has come back,
 * everything queued before it has been handed to every client. A cell that ends only after that has
 * lost nothing. No time is guessed.
 *
 * Read in Deno 2.9: cli/js/jupyter_kernel.js (iopubDrainer, handleExecute, PubSocket.send) and
 * cli/tools/jupyter/mod.rs (the call of broadcastResult at the end of each cell).
 */
export interface WireBarrier {
  /** Waits until everything shown so far has been handed to every client. */
  pass(): Promise<void>;
  /** True where every cell waits by itself before it ends. */
  readonly holdsCells: boolean;
}

/** What of Deno's kernel is used here. */
interface Kernel {
  broadcast(type: string, content: unknown): void;
}

interface KernelInternals {
  broadcastResult(executionCount: number, result: unknown): Promise<void>;
}

const BARRIER = Symbol.for("wire-barrier");
const TEXT = new TextDecoder();

/** Where the kernel cannot be listened to, cells wait this long: measured to lose 0 of 750. */
const UNHEARD_WAIT_MS = 25;

/** A client that takes nothing for this long is taken to be gone. */
const PATIENCE_MS = 60_000;

/** The kernel this code runs in, or null where it runs in none. */
export function currentKernel(): Kernel | null {
  try {
    // Outside a kernel the property is there too, and throws.
    return (Deno as unknown as { jupyter: Kernel }).jupyter;
  } catch {
    return null;
  }
}

/**
 * Makes every cell of this kernel end only after its outputs have been handed to every client.
 *
 * Calling it again gives the same barrier, also from another copy of this module.
 *
 * @returns The barrier; null where this code does not run in a kernel.
 */
export function installWireBarrier(): WireBarrier | null {
  const kernel = currentKernel();
  if (kernel === null) return null;
  const shared = globalThis as { [BARRIER]?: WireBarrier };
  return shared[BARRIER] ??= holdCells(kernel);
}

function holdCells(kernel: Kernel): WireBarrier {
  const echo = new Echo(kernel);
  const pass = () => echo.pass();
  const internals = kernelInternals();
  if (internals === null) return { pass, holdsCells: false };
  const broadcastResult = internals.broadcastResult;
  const rejections = reportRejections(kernel);
  internals.broadcastResult = async (executionCount, result) => {
    await broadcastResult(executionCount, result);
    let reported: number;
    do {
      reported = rejections.count;
      await pass();
    } while (rejections.count > reported);
  };
  return { pass, holdsCells: true };
}

/**
 * Shows promises that failed with nobody waiting, such as a `show()` without `await`. The kernel
 * drops them, and with them any sign that something is missing.
 */
function reportRejections(kernel: Kernel): { readonly count: number } {
  const reported = { count: 0 };
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    reported.count++;
    const reason: unknown = event.reason;
    const error = reason instanceof Error ? reason : new Error(String(reason));
    kernel.broadcast("error", {
      ename: error.name,
      evalue: error.message,
      traceback: (error.stack ?? "").split("\n"),
    });
  });
  return reported;
}

/** The function that the kernel calls after each cell, if this version of Deno has it. */
function kernelInternals(): KernelInternals | null {
  const deno = Deno as unknown as Record<symbol, { jupyter?: KernelInternals }> & {
    internal: symbol;
  };
  const internals = deno[deno.internal]?.jupyter;
  return typeof internals?.broadcastResult === "function" ? internals : null;
}

/** Sends markers through the kernel's queue and hears them come back. */
class Echo {
  readonly #kernel: Kernel;
  readonly #name = crypto.randomUUID();
  readonly #waiting = new Map<string, () => void>();
  #connected: Promise<boolean> | null = null;
  #next: Promise<void> | null = null;
  #count = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Callers of the same moment share one marker. */
  pass(): Promise<void> {
    this.#next ??= (async () => {
      this.#connected ??= this.#connect();
      const heard = await this.#connected;
      this.#next = null;
      await (heard ? this.#sendMarker() : delay(UNHEARD_WAIT_MS));
    })();
    return this.#next;
  }

  async #sendMarker(): Promise<void> {
    const marker = `${this.#name}:${++this.#count}`;
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      this.#waiting.set(marker, resolve);
      timer = setTimeout(resolve, PATIENCE_MS);
      // To other clients it says what is true: the kernel is still busy with this cell.
      this.#kernel.broadcast("status", { execution_state: "busy", marker });
    });
    clearTimeout(timer);
    this.#waiting.delete(marker);
  }

  async #connect(): Promise<boolean> {
    try {
      const { ip, iopub_port } = await findConnection();
      this.#listen(await subscribe(ip, iopub_port));
      return await this.#isSubscribed();
    } catch (error) {
      console.error(`The kernel's own outputs cannot be listened to, cells wait instead: ${error}`);
      return false;
    }
  }

  /** The kernel may take a moment to count this connection in, so markers are repeated. */
  async #isSubscribed(): Promise<boolean> {
    for (let wait = 2; wait < 10_000; wait *= 2) {
      const heard = this.#sendMarker().then(() => true);
      if (await Promise.race([heard, delay(wait).then(() => false)])) return true;
    }
    return false;
  }

  async #listen(messages: AsyncIterable<Uint8Array[]>): Promise<void> {
    for await (const frames of messages) {
      const content = frames.at(-1)!;
      if (content.length > 256) continue;
      const marker = TEXT.decode(content).match(/"marker":"([^"]+)"/)?.[1];
      if (marker !== undefined) this.#waiting.get(marker)?.();
    }
    this.#connected = Promise.resolve(false);
    for (const resolve of this.#waiting.values()) resolve();
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
