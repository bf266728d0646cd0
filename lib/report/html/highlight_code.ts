import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";

hljs.registerLanguage("typescript", typescript);

/**
 * Colours TypeScript source at export, so that the report needs no script for it.
 *
 * @param source The source of a code cell.
 * @returns Escaped HTML with spans of the classes `hljs-…`.
 */
export function highlightCode(source: string): string {
  return hljs.highlight(source, { language: "typescript", ignoreIllegals: true }).value;
}
