import { createHash } from "node:crypto";

/**
 * The hash by which a Content-Security-Policy allows one inline style or script.
 *
 * @param content What stands between the tags, to the letter.
 * @returns A source expression such as `'sha256-…'`, the quotes included.
 */
export function contentHash(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}
