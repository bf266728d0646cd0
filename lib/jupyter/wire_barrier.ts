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
interface WireBarrier {
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
const DECODER = new TextDecoder();

/** Where the kernel cannot be listened to, cells wait this long: measured to lose 0 of 750. */
const UNHEARD_WAIT_MS = 25;

/** A client that takes nothing for this long is taken to be gone. */
const PATIENCE_MS = 60_000;

/** The kernel this code runs in, or null where it runs in none. */
function currentKernel(): Kernel | null {
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
function installWireBarrier(): WireBarrier | null {
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
      const marker = DECODER.decode(content).match(/"marker":"([^"]+)"/)?.[1];
      if (marker !== undefined) this.#waiting.get(marker)?.();
    }
    this.#connected = Promise.resolve(false);
    for (const resolve of this.#waiting.values()) resolve();
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Reads the connection file of the kernel that this code runs in.
 *
 * Deno does not hand it to cells; the kernel's command line says it.
 *
 * @returns Address and port on which the kernel publishes outputs.
 * @throws {Error} The file is not named anywhere, or is gone.
 */
async function findConnection(): Promise<{ ip: string; iopub_port: number }> {
  const file = connectionArgument(await commandLine());
  return JSON.parse(await Deno.readTextFile(file));
}

/** The arguments of this process, NUL between them where the system keeps them apart. */
async function commandLine(): Promise<string> {
  if (Deno.build.os === "linux") return await Deno.readTextFile("/proc/self/cmdline");
  const [program, ...args] = Deno.build.os === "windows"
    ? [
      "powershell",
      "-NoProfile",
      "-Command",
      `(Get-CimInstance Win32_Process -Filter "ProcessId=${Deno.pid}").CommandLine`,
    ]
    : ["ps", "-ww", "-o", "args=", "-p", String(Deno.pid)];
  const { stdout } = await new Deno.Command(program!, { args, stderr: "null" }).output();
  return new TextDecoder().decode(stdout);
}

/**
 * Finds the value of `--conn` in a command line.
 *
 * @param line Arguments with NUL after each, or one line as `ps` prints it, where a path with
 *   spaces ends with `.json`.
 * @returns The path.
 * @throws {Error} There is no such argument.
 */
export function connectionArgument(line: string): string {
  const apart = line.match(/\0--conn(?:\0|=)([^\0]+)/)?.[1];
  const joined = line.match(/\s--conn[\s=]"?(.+?\.json|\S+?)"?(?:\s|$)/)?.[1];
  const path = apart ?? joined;
  if (path === undefined) throw new Error(`no --conn in the command line ${JSON.stringify(line)}`);
  return path;
}

const UTF8 = new TextEncoder();
const MORE = 1, LONG = 2, COMMAND = 4;

/** Signature, version 3.0, mechanism NULL, no server; then what this side is. */
const GREETING = new Uint8Array(64);
GREETING.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0, ...UTF8.encode("NULL")]);
const READY = UTF8.encode("\x05READY\x0bSocket-Type\0\0\0\x03SUB");
/** A message of an empty prefix: everything. */
const SUBSCRIPTION = Uint8Array.of(0, 1, 1);

/**
 * Hears everything that a ZeroMQ socket publishes: the subscriber's side of ZMTP 3.0 over TCP, without
 * encryption. So nothing native has to be installed, and a kernel can be its own client.
 *
 * Source: https://rfc.zeromq.org/spec/23/ (greeting, NULL mechanism, framing).
 *
 * @param hostname The publisher's address.
 * @returns The messages from now on, each as its frames, until the other side closes the connection.
 * @throws {Deno.errors.ConnectionRefused} Nobody listens there (yet).
 */
export async function subscribe(
  hostname: string,
  port: number,
): Promise<AsyncGenerator<Uint8Array[]>> {
  const connection = await Deno.connect({ hostname, port });
  if (connection.localAddr.port === port) {
    // A connect to a free port of the range for outgoing connections can meet itself.
    connection.close();
    throw new Deno.errors.ConnectionRefused(`Port ${port} answered itself`);
  }
  connection.setNoDelay(true);
  const bytes = new Bytes(connection);
  try {
    await bytes.write(GREETING);
    await bytes.read(GREETING.length);
    await bytes.write(Uint8Array.of(COMMAND, READY.length, ...READY));
    await bytes.readFrame();
    await bytes.write(SUBSCRIPTION);
  } catch (error) {
    connection.close();
    throw error;
  }
  bytes.areAnswered = true;
  return messagesOf(bytes);
}

async function* messagesOf(bytes: Bytes): AsyncGenerator<Uint8Array[]> {
  let frames: Uint8Array[] = [];
  try {
    for (let frame; (frame = await bytes.readFrame()) !== null;) {
      if (frame.flags & COMMAND) continue;
      frames.push(frame.data);
      if (frame.flags & MORE) continue;
      yield frames;
      frames = [];
    }
  } finally {
    bytes.connection.close();
  }
}

/** What comes over a connection, in pieces of the size that is asked for. */
class Bytes {
  #held = new Uint8Array(0);
  /** Whether the other side is told that something came. */
  areAnswered = false;

  constructor(readonly connection: Deno.TcpConn) {}

  async write(bytes: Uint8Array): Promise<void> {
    for (let sent = 0; sent < bytes.length;) {
      sent += await this.connection.write(bytes.subarray(sent));
    }
  }

  async readFrame(): Promise<{ flags: number; data: Uint8Array } | null> {
    const head = await this.read(2);
    if (head === null) return null;
    const [flags = 0, short = 0] = head;
    const long = flags & LONG ? await this.read(7) : new Uint8Array();
    const size = long?.reduce((size, byte) => size * 256 + byte, short);
    const data = size === undefined ? null : await this.read(size);
    return data && { flags, data };
  }

  /** Exactly so many bytes, or null at the end of the connection. */
  async read(size: number): Promise<Uint8Array | null> {
    const pieces = [this.#held];
    for (let held = this.#held.length; held < size;) {
      const piece = new Uint8Array(65_536);
      const read = await this.connection.read(piece).catch(ifClosed);
      if (read === null) return null;
      pieces.push(piece.subarray(0, read));
      held += read;
      // Without an answer the kernel's system holds the next small message back for 40 ms (Nagle's
      // algorithm and delayed acknowledgements); subscribing once more is an answer without effect.
      if (this.areAnswered) this.write(SUBSCRIPTION).catch(ifClosed);
    }
    const all = pieces.length === 1 ? this.#held : new Uint8Array(await new Blob(pieces).bytes());
    this.#held = all.subarray(size) as Uint8Array<ArrayBuffer>;
    return all.subarray(0, size);
  }
}

/** The end of a connection is nothing more to read; anything else is an error. */
function ifClosed(error: unknown): null {
  const { BadResource, Interrupted, ConnectionReset, BrokenPipe } = Deno.errors;
  if ([BadResource, Interrupted, ConnectionReset, BrokenPipe].some((end) => error instanceof end)) {
    return null;
  }
  throw error;
}

/** By MIME type. */
type Shown = Readonly<Record<string, unknown>>;

/** Makes each cell of a notebook end only after all it has shown has been handed to every client. */
const barrier = installWireBarrier();

/** Above this many characters an output is awaited by itself: see {@link putOnWire}. */
const LARGE = 65_536;

/**
 * Shows something below the cell in such a way that no client loses it: outputs are on their way in the order
 * of the calls, and waited for once, at the end of the cell. A large one is waited for at
 * once: an error of the same cell would be written into the middle of it.
 *
 * Outside a kernel its plain text is printed.
 */
export async function putOnWire(data: Shown, metadata: Shown = {}): Promise<void> {
  const kernel = currentKernel();
  if (kernel === null || barrier === null) {
    return console.log(data["text/plain"] ?? `[${Object.keys(data).join(", ")}]`);
  }
  kernel.broadcast("display_data", { data, metadata, transient: {} });
  if (!barrier.holdsCells || isLarge(data)) await barrier.pass();
}

function isLarge(data: Shown): boolean {
  const sizes = Object.values(data).map((value) =>
    typeof value === "string" ? value.length : JSON.stringify(value).length
  );
  return sizes.reduce((sum, size) => sum + size, 0) > LARGE;
}
