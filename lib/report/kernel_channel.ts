import type { ZmtpConnection } from "../jupyter/zmtp_connection.ts";
import { KernelError, KernelTimeoutError } from "./kernel_error.ts";
import { decodeMessage, encodeMessage, type KernelMessage } from "./kernel_message.ts";

/** What ends the waiting for an answer. */
export interface Limits {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** What to do with the messages that belong to a request. */
export interface Listener {
  /** Gets what the kernel publishes, in order. */
  onMessage(message: KernelMessage): void;
  /** Whether this is the last message that is published for the request. */
  isLast(message: KernelMessage): boolean;
}

/** The two connections on which a kernel takes requests and publishes what comes of them. */
export class KernelChannel {
  readonly #key: string;
  readonly #shell: ZmtpConnection;
  readonly #iopub: ZmtpConnection;
  readonly #failed = Promise.withResolvers<never>();
  readonly #listeners = new Map<string, (message: KernelMessage) => void>();
  readonly #reading: Promise<unknown>;
  /** The request that was answered last. */
  #answered: string | null = null;

  /**
   * @param key The key that messages are signed with.
   * @param shell Connected to the kernel's shell socket.
   * @param iopub Connected to the socket on which it publishes.
   * @param ended Rejects when the kernel has ended.
   */
  constructor(key: string, shell: ZmtpConnection, iopub: ZmtpConnection, ended: Promise<never>) {
    this.#key = key;
    this.#shell = shell;
    this.#iopub = iopub;
    // While nobody waits for an answer there is nobody to tell.
    this.#failed.promise.catch(() => {});
    ended.catch((error: unknown) => this.#failed.reject(error));
    this.#reading = Promise.all([this.#read(shell), this.#read(iopub)]);
  }

  /**
   * Sends a request and waits for its reply and for the last message published for it.
   *
   * @returns The reply.
   * @throws {KernelTimeoutError} The time is up.
   * @throws {KernelError} The kernel ended or its messages are damaged.
   * @throws The signal's reason when that was aborted.
   */
  async request(
    type: string,
    content: unknown,
    listener: Listener,
    limits: Limits,
  ): Promise<KernelMessage> {
    const { id, frames } = encodeMessage(this.#key, type, content);
    const reply = Promise.withResolvers<KernelMessage>();
    const last = Promise.withResolvers<void>();
    this.#listeners.set(id, (message) => {
      if (message.type.endsWith("_reply")) return reply.resolve(message);
      listener.onMessage(message);
      if (listener.isLast(message)) last.resolve();
    });
    try {
      return await this.#within(limits, async () => {
        await this.#shell.send(frames);
        await last.promise;
        return await reply.promise;
      });
    } finally {
      // What a failed cell has shown may come after its last message: until another has been asked
      // and answered, it still has a listener.
      if (this.#answered !== null) this.#listeners.delete(this.#answered);
      this.#answered = id;
    }
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    this.#shell.close();
    this.#iopub.close();
    await this.#reading;
  }

  async #within<T>({ signal, timeoutMs = Infinity }: Limits, ask: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    const stopped = Promise.withResolvers<never>();
    const onAbort = () => stopped.reject(signal?.reason);
    signal?.addEventListener("abort", onAbort);
    const onTimeout = () => stopped.reject(new KernelTimeoutError("no answer in time"));
    const timer = timeoutMs === Infinity ? undefined : setTimeout(onTimeout, timeoutMs);
    try {
      return await Promise.race([this.#failed.promise, stopped.promise, ask()]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    }
  }

  async #read(connection: ZmtpConnection): Promise<void> {
    try {
      for (let frames; (frames = await connection.receive()) !== null;) {
        const message = decodeMessage(this.#key, frames);
        this.#listeners.get(message.parent)?.(message);
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#failed.reject(new KernelError(`its messages cannot be read: ${reason}`));
    }
  }
}
