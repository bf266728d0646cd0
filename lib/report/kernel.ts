import type { KernelChannel, Limits, Listener } from "./kernel_channel.ts";
import type { KernelMessage } from "./kernel_message.ts";
import type { KernelProcess } from "./kernel_process.ts";

/** How one piece of code is run. */
export interface ExecuteOptions extends Limits {
  /** Gets what the code shows, in order. */
  readonly onMessage?: (message: KernelMessage) => void;
  /** Not counted as a cell and without a result. */
  readonly silent?: boolean;
}

/** How the code ended. */
export interface ExecuteReply {
  readonly status: "ok" | "error";
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

const WIRE_BARRIER = import.meta.resolve("../jupyter/wire_barrier.ts");

/** Begins all code that is run beside the cells, by which it can be told from them. */
export const OWN_CODE = "/* beside the cells */";

/** Makes the kernel hold its cells, and says whether it can: see `wire_barrier.ts`. */
const HOLD_CELLS = `${OWN_CODE} await (async () => {
  const { installWireBarrier } = await import(${JSON.stringify(WIRE_BARRIER)});
  const barrier = installWireBarrier();
  await barrier.pass();
  Deno.jupyter.broadcast("status", { execution_state: "busy", held: barrier.holdsCells });
})();`;

/** Goes the way of all outputs: once it is there, those before it are too. */
const MARKER =
  `${OWN_CODE} Deno.jupyter.broadcast("status", { execution_state: "busy", marker: true });`;

/** A Deno kernel that runs one piece of code after the other and loses none of their outputs. */
export class Kernel {
  /** Milliseconds from the start of its process until it was ready for a cell. */
  readonly startMs: number;
  readonly #process: KernelProcess;
  readonly #channel: KernelChannel;
  readonly #holdsCells: boolean;

  private constructor(
    process: KernelProcess,
    channel: KernelChannel,
    holdsCells: boolean,
    startMs: number,
  ) {
    this.#process = process;
    this.#channel = channel;
    this.#holdsCells = holdsCells;
    this.startMs = startMs;
  }

  /**
   * Makes a kernel that answers ready for cells.
   *
   * @param started When its process was started, as `performance.now()` says.
   */
  static async prepare(
    process: KernelProcess,
    channel: KernelChannel,
    started: number,
    limits: Limits,
  ): Promise<Kernel> {
    let held = false;
    await execute(channel, HOLD_CELLS, true, limits, {
      onMessage: ({ content }) => held ||= content["held"] === true,
      isLast: isIdle,
    });
    return new Kernel(process, channel, held, performance.now() - started);
  }

  /** The id of the process, for whoever wants to watch it. */
  get pid(): number {
    return this.#process.pid;
  }

  /** The end of what the kernel has said outside of its cells. */
  get stderr(): string {
    return this.#process.tail;
  }

  /**
   * Runs code, and returns when it has ended and all it has shown has been given to `onMessage`.
   *
   * @param code TypeScript, as in a cell.
   * @returns How it ended: an error in the code is a reply, not an exception.
   * @throws {KernelTimeoutError} The time is up; the kernel still runs and is to be closed.
   * @throws {KernelError} The kernel has died.
   * @throws The signal's reason when that was aborted.
   */
  async execute(code: string, options: ExecuteOptions = {}): Promise<ExecuteReply> {
    const { onMessage = () => {}, silent = false } = options;
    const reply = await execute(this.#channel, code, silent, options, {
      onMessage,
      isLast: isIdle,
    });
    // What is run beside the cells and a cell that fails end without being held, and so does every
    // cell of an unknown Deno.
    if (silent || !this.#holdsCells || reply.status === "error") {
      await execute(this.#channel, MARKER, true, options, { onMessage, isLast: isMarker });
    }
    return reply;
  }

  /** Ends the kernel. Returns when its process is gone. */
  async close(): Promise<void> {
    await this.#process.kill();
    await this.#channel.close();
  }
}

async function execute(
  channel: KernelChannel,
  code: string,
  silent: boolean,
  limits: Limits,
  listener: Listener,
): Promise<ExecuteReply> {
  const { content } = await channel.request(
    "execute_request",
    {
      code,
      silent,
      store_history: !silent,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: false,
    },
    listener,
    limits,
  );
  return {
    status: content["status"] === "ok" ? "ok" : "error",
    ename: String(content["ename"] ?? ""),
    evalue: String(content["evalue"] ?? ""),
    traceback: Array.isArray(content["traceback"]) ? content["traceback"].map(String) : [],
  };
}

function isIdle({ type, content }: KernelMessage): boolean {
  return type === "status" && content["execution_state"] === "idle";
}

function isMarker({ type, content }: KernelMessage): boolean {
  return type === "status" && content["marker"] === true;
}
