/** Text that somebody could read in a text: itself, and what is written in it in another way. */

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  hyphen: "-",
  dash: "-",
  lowbar: "_",
  period: ".",
  commat: "@",
};

/** So much of a base64 string is read: a text begins at its beginning. */
const MOST_ENCODED = 1 << 20;

/**
 * The readings of a text: as it is, without markup, with character references, escapes of JSON and of
 * addresses resolved, and what its base64 strings hold. What cannot be seen (a soft hyphen, a space of
 * no width) is left out.
 */
export function readingsOf(text: string): string[] {
  const visible = text.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "");
  const readings = [
    visible,
    // Not where markup is taken out: "4 %" and "52" in two cells are no address's letter.
    withoutAddresses(resolved(visible)),
    withoutMarkup(visible, ""),
    resolved(withoutMarkup(visible, "")),
    ...decoded(visible),
  ];
  return [...new Set(readings)];
}

/** The text of HTML or SVG, its attributes left out, each element on a line of its own. */
export function linesOfMarkup(text: string): string {
  return resolved(withoutMarkup(text, "\n"));
}

function withoutMarkup(text: string, between: string): string {
  return text.replace(/<[/!?a-z][^<>]*>/gi, between);
}

/** With references of HTML and escapes of JSON resolved. */
function resolved(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, code) => character(Number.parseInt(code, 16)))
    .replace(/&#(\d{1,7});?/g, (_, code) => character(Number(code)))
    .replace(/&([a-z]+);/gi, (all, name: string) => NAMED[name.toLowerCase()] ?? all)
    .replace(/\\u\{?([0-9a-f]{4,6})\}?/gi, (_, code) => character(Number.parseInt(code, 16)))
    .replace(/\\[nrt]/g, "\n");
}

/** With the escapes of addresses resolved. */
function withoutAddresses(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (all) => {
    try {
      return decodeURIComponent(all);
    } catch {
      // No address: a share such as "50%25".
      return all;
    }
  });
}

function character(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

/** More than eight characters that can be read, wherever they stand. */
const READABLE = /(?:[\x20-\x7e\xa0-\xff\s][^\x20-\x7e\xa0-\xff\s]*){9}/;

/** What base64 strings hold, as text where it is text and as bytes where it is not. */
function decoded(text: string): string[] {
  return [...text.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g)].flatMap(([encoded]) => {
    const letters = encoded.slice(0, MOST_ENCODED).replaceAll("-", "+").replaceAll("_", "/")
      .replace(/=+$/, "");
    const binary = atob(letters.slice(0, letters.length - (letters.length % 4 === 1 ? 1 : 0)));
    // A picture holds its texts between bytes that are none.
    if (!READABLE.test(binary)) return [];
    return [
      binary,
      new TextDecoder().decode(Uint8Array.from(binary, (byte) => byte.charCodeAt(0))),
    ];
  });
}
