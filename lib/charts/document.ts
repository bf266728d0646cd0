/// <reference lib="dom" />
import { JSDOM } from "jsdom";

let shared: Document | undefined;

/**
 * The document that charts are drawn in: one per process, made when the first chart asks for it.
 *
 * Making one takes about a tenth of a second, drawing in it a few milliseconds. Nothing is ever
 * attached to it, so charts don't see each other. It loads and runs nothing.
 *
 * @returns A jsdom document; hand it to Plot as `document`.
 */
export function chartDocument(): Document {
  return shared ??= new JSDOM("").window.document;
}
