const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Makes a value from a file fit to stand in a message: control and other invisible characters as
 * `\u{…}`, and cut after 60 characters.
 *
 * @param value Any text, however long.
 * @returns One line of plain text, without quotes.
 */
export function showValue(value: string): string {
  const head = [...value.slice(0, 240)].slice(0, 60).join("");
  const shown = head.replace(CONTROL, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\r") return "\\r";
    if (character === "\t") return "\\t";
    return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
  return head.length < value.length ? `${shown}… (${value.length} characters)` : shown;
}
