import { type SocketType, ZmtpConnection } from "../jupyter/zmtp_connection.ts";
import { Kernel } from "./kernel.ts";
import { KernelChannel, type Limits } from "./kernel_channel.ts";
import { KernelEndedError, KernelError, KernelTimeoutError } from "./kernel_error.ts";
import { KernelProcess, type KernelProcessOptions } from "./kernel_process.ts";

/** How a kernel is started and how long that may take. */
export interface KernelOptions extends KernelProcessOptions {
  /** Milliseconds until a kernel that does not answer is given up; by default a minute. */
  readonly startTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** A process that ends at once may have found one of its ports taken: others are tried. */
const ATTEMPTS = 3;

const SILENT = "it did not answer in time";

/**
 * Starts a Deno kernel and waits until it is ready for a cell.
 *
 * @returns The kernel; close it, or it stays until this process ends.
 * @throws {KernelError} It ended at once or did not answer in time; the message holds the end of its
 *   stderr.
 * @throws The signal's reason when that was aborted.
 */
export async function startKernel(options: KernelOptions): Promise<Kernel> {
  for (let attempt = 1;; attempt++) {
    options.signal?.throwIfAborted();
    const started = performance.now();
    const process = await KernelProcess.start(options);
    try {
      return await connect(process, started, options);
    } catch (error) {
      await process.kill();
      if (!(error instanceof KernelError)) throw error;
      if (error instanceof KernelEndedError && attempt < ATTEMPTS) continue;
      throw neverStarted(error, process);
    }
  }
}

async function connect(
  process: KernelProcess,
  started: number,
  { startTimeoutMs = 60_000, signal }: KernelOptions,
): Promise<Kernel> {
  const { ip, key, shell_port, iopub_port } = process.connection;
  const ended = process.ended.then((status) => Promise.reject(new KernelEndedError(status)));
  ended.catch(() => {});
  const limits = (): Limits => {
    const timeoutMs = started + startTimeoutMs - performance.now();
    if (timeoutMs <= 0) throw new KernelTimeoutError(SILENT);
    return signal === undefined ? { timeoutMs } : { timeoutMs, signal };
  };
  const open = (port: number, type: SocketType) => whenListening(ip, port, type, ended, limits);
  const shell = await open(shell_port, "DEALER");
  const iopub = await open(iopub_port, "SUB").catch((error: unknown) => {
    shell.close();
    throw error;
  });
  const channel = new KernelChannel(key, shell, iopub, ended);
  try {
    await greet(channel, limits);
    return await Kernel.prepare(process, channel, started, limits());
  } catch (error) {
    await process.kill();
    await channel.close();
    throw error;
  }
}

/** A refused connection is tried again: nobody is told when the kernel begins to listen. */
async function whenListening(
  hostname: string,
  port: number,
  type: SocketType,
  ended: Promise<never>,
  limits: () => Limits,
): Promise<ZmtpConnection> {
  while (true) {
    const { timeoutMs, signal } = limits();
    signal?.throwIfAborted();
    const stopped = Promise.withResolvers<never>();
    const timer = setTimeout(() => stopped.reject(new KernelTimeoutError(SILENT)), timeoutMs);
    try {
      const connection = ZmtpConnection.connect(hostname, port, type);
      return await Promise.race([ended, stopped.promise, connection]);
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
    } finally {
      clearTimeout(timer);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Asks until the kernel answers on both connections: what it publishes before, nobody hears. */
async function greet(channel: KernelChannel, limits: () => Limits): Promise<void> {
  for (let patienceMs = 25;; patienceMs = Math.min(2 * patienceMs, 1_000)) {
    const { timeoutMs = Infinity, ...rest } = limits();
    const listener = { onMessage: () => {}, isLast: () => true };
    try {
      await channel.request("kernel_info_request", {}, listener, {
        ...rest,
        timeoutMs: Math.min(timeoutMs, patienceMs),
      });
      return;
    } catch (error) {
      if (!(error instanceof KernelTimeoutError)) throw error;
    }
  }
}

function neverStarted(error: KernelError, process: KernelProcess): KernelError {
  const said = process.tail === "" ? "" : `. It said:\n${process.tail}`;
  return new KernelError(`the kernel never became ready: ${error.message}${said}`, {
    cause: error,
  });
}
