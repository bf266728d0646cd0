/**
 * The style that repeats the title above and the notice below every printed page.
 *
 * @param title Plain text.
 * @param notice Plain text; without it only the page number stands below.
 * @returns CSS.
 */
export function printNotice(title: string, notice: string | undefined): string {
  const left = notice === undefined ? "" : `  @bottom-left { content: ${cssString(notice)}; }\n`;
  return `@page {\n  @top-left { content: ${cssString(title)}; }\n${left}}\n`;
}

// Everything but plain letters and digits is escaped, so that no text can end the string or the
// style element.
function cssString(text: string): string {
  const escaped = Array.from(
    text,
    (character) =>
      /[\p{L}\p{N} .,:–-]/u.test(character)
        ? character
        : `\\${character.codePointAt(0)!.toString(16)} `,
  );
  return `"${escaped.join("")}"`;
}
