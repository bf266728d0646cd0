import { DataProblems, problem } from "../../problem.ts";

/** Turns bytes of a field into text; `fixed`: the field has a fixed width, so a long text was cut. */
export type Decoder = (bytes: Uint8Array, fixed?: boolean) => string;

/** Character codes of record 7/3 that have a name; others are taken as code pages of Windows. */
const CODES: Record<number, string> = {
  2: "windows-1252",
  3: "windows-1252",
  20127: "us-ascii",
  28591: "iso-8859-1",
  28605: "iso-8859-15",
  65001: "utf-8",
};

/**
 * Makes the decoder of a file: by the name in its record 7/20, else by the code in record 7/3, else
 * windows-1252, which is what SPSS wrote in Denmark before it said.
 *
 * @throws {DataProblems} If the encoding is none that can be decoded.
 */
export function decoderOf(
  name: string | null,
  code: number | null,
  file: string,
): Decoder {
  const said = name?.replaceAll("\0", "").trim().toLowerCase() ||
    (code === null ? "" : CODES[code] ?? `windows-${code}`) || "windows-1252";
  const page = /^(?:cp|ms|ibm|windows|code ?page)?[-_ ]?(\d{3,5})$/.exec(said)?.[1];
  const label = page === undefined ? said : CODES[Number(page)] ?? `windows-${page}`;
  const make = (): TextDecoder => {
    try {
      return new TextDecoder(label, { fatal: true, ignoreBOM: true });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new DataProblems(file, [
        problem("encoding", "an encoding such as UTF-8 or windows-1252", { value: said }),
      ]);
    }
  };
  const decoder = make();
  return (bytes, fixed = false) => {
    const trimmed = withoutPadding(bytes);
    // A width in bytes may end inside a letter; what is left of that letter is no text.
    const most = fixed && trimmed.length > 0 ? 3 : 0;
    for (let cut = 0; cut <= most; cut++) {
      try {
        return decoder.decode(trimmed.subarray(0, trimmed.length - cut)).trimEnd();
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
    }
    throw new DataProblems(file, [
      problem("encoding", `text in ${label}, as the file says its letters are`, {
        value: new TextDecoder("windows-1252").decode(trimmed.subarray(0, 40)),
      }),
    ]);
  };
}

/** Text is filled up with spaces, by some programs with zeros. */
function withoutPadding(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 32 || bytes[end - 1] === 0)) end--;
  return bytes.subarray(0, end);
}
