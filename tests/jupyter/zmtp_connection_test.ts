import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { ZmtpConnection } from "../../lib/jupyter/zmtp_connection.ts";

/** Takes one client, shakes hands, and gives every byte that comes after that back. */
async function echo(listener: Deno.TcpListener): Promise<void> {
  const connection = await listener.accept();
  const hello = new Uint8Array(64);
  hello.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0, 0x4e, 0x55, 0x4c, 0x4c]);
  await connection.write(hello);
  const ready = new TextEncoder().encode("\x05READY\x0bSocket-Type\0\0\0\x06ROUTER");
  await connection.write(new Uint8Array([4, ready.length, ...ready]));
  let skip = 64 + 2 + ready.length;
  const buffer = new Uint8Array(1_000);
  for (let read; (read = await connection.read(buffer)) !== null;) {
    const rest = buffer.slice(Math.min(skip, read), read);
    skip -= Math.min(skip, read);
    // In pieces, so that frames arrive torn apart.
    for (let at = 0; at < rest.length;) at += await connection.write(rest.subarray(at, at + 700));
  }
  connection.close();
}

Deno.test("ZmtpConnection receives messages of any size as they were sent", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served = echo(listener);
  const connection = await ZmtpConnection.connect("127.0.0.1", listener.addr.port, "DEALER");
  const frame = (size: number) => Uint8Array.from({ length: size }, (_, i) => i * size % 251);
  const messages = [
    [frame(0)],
    [frame(1), frame(0), frame(255)],
    [frame(256), frame(70_000)],
    [frame(300_001), frame(2)],
  ];
  // Together: none may be written into the middle of another.
  const sent = Promise.all(messages.map((message) => connection.send(message)));
  for (const message of messages) {
    const received = await connection.receive();
    deepStrictEqual(received?.map((part) => [...part]), message.map((part) => [...part]));
  }
  await sent;
  connection.close();
  strictEqual(await connection.receive(), null);
  await served;
  listener.close();
});

Deno.test("ZmtpConnection.connect() says that nobody listens", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  await rejects(ZmtpConnection.connect("127.0.0.1", port, "SUB"), Deno.errors.ConnectionRefused);
});
