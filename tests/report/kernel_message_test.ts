import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { decodeMessage, encodeMessage } from "../../lib/report/kernel_message.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("encodeMessage() signs as the protocol's HMAC-SHA256 says", async () => {
  const { frames } = encodeMessage("a key", "kernel_info_request", {});
  const key = await crypto.subtle.importKey(
    "raw",
    bytes("a key"),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const signed = frames.slice(2).map((part) => new TextDecoder().decode(part)).join("");
  const signature = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes(signed)));
  strictEqual(new TextDecoder().decode(frames[1]), signature.toHex());
});

Deno.test("decodeMessage() reads what encodeMessage() wrote, whatever the content", () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (content) => {
    const { frames } = encodeMessage("key", "execute_request", content);
    const read = decodeMessage("key", frames);
    strictEqual(read.type, "execute_request");
    strictEqual(read.parent, "");
    deepStrictEqual(read.content, JSON.parse(JSON.stringify(content)));
  }));
});

Deno.test("decodeMessage() refuses a message with another key or with a changed part", () => {
  const { frames } = encodeMessage("key", "execute_request", { code: "1" });
  throws(() => decodeMessage("other key", frames), /not signed/);
  const changed = frames.with(5, bytes('{"code":"2"}'));
  throws(() => decodeMessage("key", changed), /not signed/);
  throws(() => decodeMessage("key", [bytes("noise")]), /not signed/);
});
