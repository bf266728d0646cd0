const TEXT = new TextEncoder();

/** The roles a client of a kernel can take on a connection. */
export type SocketType = "DEALER" | "SUB";

/**
 * One connection to a ZeroMQ socket over TCP, the client's side of ZMTP 3.0 without encryption.
 *
 * A Jupyter kernel needs no more of ZeroMQ than this. Speaking it directly means that a refused
 * connection and a closed one are seen at once, that nothing native has to be installed, and that a
 * kernel can be its own client (see `wire_barrier.ts`).
 *
 * Source: https://rfc.zeromq.org/spec/23/ (greeting, NULL mechanism, framing).
 */
export class ZmtpConnection {
  readonly #connection: Deno.TcpConn;
  /** Writes go out one after the other: a large one is written in several pieces. */
  #written: Promise<void> = Promise.resolve();
  #buffer = new Uint8Array(0);
  #answers = false;

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  /**
   * Connects and shakes hands; a SUB connection is subscribed to everything.
   *
   * @param hostname The kernel's address.
   * @param port The port of one of its sockets.
   * @param socketType What this side is.
   * @returns A connection that is ready for messages.
   * @throws {Deno.errors.ConnectionRefused} Nobody listens there (yet).
   */
  static async connect(
    hostname: string,
    port: number,
    socketType: SocketType,
  ): Promise<ZmtpConnection> {
    const connection = await Deno.connect({ hostname, port });
    if (connection.localAddr.port === port) {
      // A connect to a free port of the range for outgoing connections can meet itself.
      connection.close();
      throw new Deno.errors.ConnectionRefused(`Port ${port} answered itself`);
    }
    connection.setNoDelay(true);
    const socket = new ZmtpConnection(connection);
    try {
      await socket.#write(greeting());
      await socket.#read(64);
      await socket.#write(frame(readyCommand(socketType), COMMAND));
      await socket.#readFrame();
      if (socketType === "SUB") {
        await socket.#subscribe();
        socket.#answers = true;
      }
    } catch (error) {
      socket.close();
      throw error;
    }
    return socket;
  }

  /** Sends one message of several frames, after all that were sent before. */
  send(frames: readonly Uint8Array[]): Promise<void> {
    const last = frames.length - 1;
    const encoded = frames.map((data, i) => frame(data, i < last ? MORE : 0));
    return this.#write(concat(encoded));
  }

  /**
   * Waits for the next message.
   *
   * @returns Its frames; null when the other side has closed the connection.
   */
  async receive(): Promise<Uint8Array[] | null> {
    const frames: Uint8Array[] = [];
    while (true) {
      const next = await this.#readFrame();
      if (next === null) return null;
      if (next.flags & COMMAND) continue;
      frames.push(next.data);
      if (!(next.flags & MORE)) return frames;
    }
  }

  /** Closes the connection; what waits on it sees the end. */
  close(): void {
    try {
      this.#connection.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  /** Lets the process end although somebody still waits for a message. */
  unref(): void {
    this.#connection.unref();
  }

  /** An empty prefix: every message. */
  #subscribe(): Promise<void> {
    return this.send([new Uint8Array([1])]);
  }

  #write(bytes: Uint8Array): Promise<void> {
    this.#written = this.#written.then(async () => {
      for (let sent = 0; sent < bytes.length;) {
        sent += await this.#connection.write(bytes.subarray(sent));
      }
    });
    return this.#written;
  }

  async #readFrame(): Promise<{ flags: number; data: Uint8Array } | null> {
    const head = await this.#read(2);
    if (head === null) return null;
    const flags = head[0]!;
    let size = head[1]!;
    if (flags & LONG) {
      const rest = await this.#read(7);
      if (rest === null) return null;
      size = Number(new DataView(concat([head.subarray(1), rest]).buffer).getBigUint64(0));
    }
    const data = await this.#read(size);
    return data === null ? null : { flags, data };
  }

  /** Exactly `size` bytes, or null at the end of the connection. */
  async #read(size: number): Promise<Uint8Array | null> {
    const pieces = [this.#buffer];
    let held = this.#buffer.length;
    while (held < size) {
      const piece = new Uint8Array(65_536);
      const read = await this.#connection.read(piece).catch((error: unknown) => {
        if (isClosed(error)) return null;
        throw error;
      });
      if (read === null) return null;
      pieces.push(piece.subarray(0, read));
      held += read;
      // Without an answer the kernel's system holds the next small message back for 40 ms (Nagle's
      // algorithm and delayed acknowledgements); subscribing once more is an answer without effect.
      if (this.#answers) this.#subscribe().catch(ignoreClosed);
    }
    const all = pieces.length === 1 ? this.#buffer : concat(pieces);
    this.#buffer = all.subarray(size);
    return all.subarray(0, size);
  }
}

const MORE = 1;
const LONG = 2;
const COMMAND = 4;

function isClosed(error: unknown): boolean {
  return error instanceof Deno.errors.BadResource ||
    error instanceof Deno.errors.Interrupted ||
    error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.BrokenPipe;
}

/** The reader reports the end of a connection; a writer has nothing to add. */
function ignoreClosed(error: unknown): void {
  if (!isClosed(error)) throw error;
}

/** Signature, version 3.0, mechanism NULL, not a server. */
function greeting(): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes[0] = 0xff;
  bytes[9] = 0x7f;
  bytes[10] = 3;
  bytes.set(TEXT.encode("NULL"), 12);
  return bytes;
}

function readyCommand(socketType: SocketType): Uint8Array {
  const value = TEXT.encode(socketType);
  return concat([
    TEXT.encode("\x05READY\x0bSocket-Type"),
    new Uint8Array([0, 0, 0, value.length]),
    value,
  ]);
}

function frame(data: Uint8Array, flags: number): Uint8Array {
  if (data.length < 256) return concat([new Uint8Array([flags, data.length]), data]);
  const head = new Uint8Array(9);
  head[0] = flags | LONG;
  new DataView(head.buffer).setBigUint64(1, BigInt(data.length));
  return concat([head, data]);
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
