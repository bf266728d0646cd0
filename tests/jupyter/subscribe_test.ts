import { deepStrictEqual, rejects } from "node:assert/strict";
import { subscribe } from "../../lib/jupyter/wire_barrier.ts";

function frame(data: Uint8Array, hasMore: boolean): number[] {
  const more = hasMore ? 1 : 0;
  if (data.length < 256) return [more, data.length, ...data];
  const size = new DataView(new ArrayBuffer(8));
  size.setBigUint64(0, BigInt(data.length));
  return [more | 2, ...new Uint8Array(size.buffer), ...data];
}

/** Takes one client, shakes hands, waits for its subscription and publishes in pieces. */
async function publish(listener: Deno.TcpListener, messages: Uint8Array[][]): Promise<number[]> {
  const connection = await listener.accept();
  const hello = new Uint8Array(64);
  hello.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0, 0x4e, 0x55, 0x4c, 0x4c]);
  await connection.write(hello);
  const ready = new TextEncoder().encode("\x05READY\x0bSocket-Type\0\0\0\x03PUB");
  await connection.write(new Uint8Array([4, ready.length, ...ready]));
  const said: number[] = [];
  const buffer = new Uint8Array(1_000);
  while (said.length < 64 + 2 + 25 + 3) {
    said.push(...buffer.subarray(0, (await connection.read(buffer))!));
  }
  const bytes = Uint8Array.from(
    messages.flatMap((frames) => frames.flatMap((data, i) => frame(data, i < frames.length - 1))),
  );
  // In pieces, so that frames arrive torn apart.
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at, at + 700));
  await connection.closeWrite();
  while (await connection.read(buffer) !== null);
  connection.close();
  return said;
}

Deno.test("subscribe() hears messages of any size as they were sent, until the connection ends", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const made = (size: number) => Uint8Array.from({ length: size }, (_, i) => i * size % 251);
  const messages = [
    [made(0)],
    [made(1), made(0), made(255)],
    [made(256), made(70_000)],
    [made(300_001), made(2)],
  ];
  const published = publish(listener, messages);
  const heard: Uint8Array[][] = [];
  for await (const frames of await subscribe("127.0.0.1", listener.addr.port)) heard.push(frames);
  deepStrictEqual(
    heard.map((frames) => frames.map((data) => [...data])),
    messages.map((frames) => frames.map((data) => [...data])),
  );
  // Its subscription is a message of one frame: 1 and an empty prefix.
  deepStrictEqual((await published).slice(-3), [0, 1, 1]);
  listener.close();
});

Deno.test("subscribe() says that nobody listens", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  await rejects(subscribe("127.0.0.1", port), Deno.errors.ConnectionRefused);
});
