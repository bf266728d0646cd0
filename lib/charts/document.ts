/// <reference lib="dom" />
import { parseHTML } from "linkedom/worker";

let shared: Document | undefined;

/**
 * The document that charts are drawn in: one per process, made when the first chart asks for it.
 *
 * Plot needs no more than elements that hold elements, and every notebook draws: a document of jsdom
 * takes ten times as long to load as all the drawing. Nothing is ever attached to this one, so charts
 * don't see each other. It loads and runs nothing.
 *
 * @returns A light document; hand it to Plot as `document`.
 */
export function chartDocument(): Document {
  return shared ??= parseHTML("<!doctype html><html><head></head><body></body></html>").document;
}
