const TEXT = new TextEncoder();
const MORE = 1, LONG = 2, COMMAND = 4;

/** Signature, version 3.0, mechanism NULL, no server; then what this side is. */
const GREETING = new Uint8Array(64);
GREETING.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0, ...TEXT.encode("NULL")]);
const READY = TEXT.encode("\x05READY\x0bSocket-Type\0\0\0\x03SUB");
/** A message of an empty prefix: everything. */
const SUBSCRIPTION = Uint8Array.of(0, 1, 1);

/**
 * Hears everything that a ZeroMQ socket publishes: the subscriber's side of ZMTP 3.0 over TCP, without
 * encryption. So nothing native has to be installed, and a kernel can be its own client; see
 * `wire_barrier.ts`.
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
