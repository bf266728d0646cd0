import { escapeHtml } from "../../words/escape_html.ts";

// The escape sequences by which a terminal is coloured, as in a kernel's traceback.
// deno-lint-ignore no-control-regex
const TERMINAL_SEQUENCE = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;

// Control characters that HTML forbids; tab, line feed and carriage return are allowed.
// deno-lint-ignore no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/**
 * Makes a program's text fit to stand in a `pre`: escaped, without terminal colours.
 *
 * @param text Text from a stream, a traceback or a `text/plain` output.
 * @returns Escaped HTML content.
 */
export function plainText(text: string): string {
  return escapeHtml(text.replace(TERMINAL_SEQUENCE, "").replace(FORBIDDEN, "\ufffd"));
}
