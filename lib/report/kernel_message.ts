import { createHmac, timingSafeEqual } from "node:crypto";

/** A message of a kernel, as far as a runner needs it. */
export interface KernelMessage {
  readonly type: string;
  /** The id of the request it belongs to; "" where it belongs to none. */
  readonly parent: string;
  readonly content: Readonly<Record<string, unknown>>;
}

const TEXT = new TextEncoder();
const DELIMITER = "<IDS|MSG>";

/**
 * Packs a request to a kernel.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
 *
 * @param key The key of the connection file.
 * @param type Such as `execute_request`.
 * @param content What the protocol says for this type.
 * @returns The message's id, which answers refer to, and its frames.
 */
export function encodeMessage(
  key: string,
  type: string,
  content: unknown,
): { id: string; frames: Uint8Array[] } {
  const id = crypto.randomUUID();
  const header = {
    msg_id: id,
    session: id,
    username: "notebook",
    date: new Date().toISOString(),
    msg_type: type,
    version: "5.3",
  };
  const parts = [header, {}, {}, content].map((part) => TEXT.encode(JSON.stringify(part)));
  return { id, frames: [TEXT.encode(DELIMITER), TEXT.encode(sign(key, parts)), ...parts] };
}

/**
 * Unpacks a message of a kernel.
 *
 * @throws {Error} The frames are not a message, or not one signed with the key: they come from
 *   somebody else's kernel, or were damaged on the way.
 */
export function decodeMessage(key: string, frames: readonly Uint8Array[]): KernelMessage {
  const texts = frames.map((part) => new TextDecoder().decode(part));
  const start = texts.indexOf(DELIMITER);
  const parts = frames.slice(start + 2, start + 6);
  const signature = TEXT.encode(texts[start + 1] ?? "");
  const expected = TEXT.encode(sign(key, parts));
  if (
    start < 0 || signature.length !== expected.length || !timingSafeEqual(signature, expected)
  ) {
    throw new Error("A message of the kernel is damaged or not signed with its key");
  }
  const [header, parent, , content] = texts.slice(start + 2, start + 6).map((text) =>
    JSON.parse(text) as Record<string, unknown>
  );
  return {
    type: String(header?.["msg_type"]),
    parent: String(parent?.["msg_id"] ?? ""),
    content: content ?? {},
  };
}

function sign(key: string, parts: readonly Uint8Array[]): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}
