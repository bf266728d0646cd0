import { codebook } from "../../lib/responses/study.ts";
import { type AnswersOptions, validateAnswers } from "../../lib/statistics/load_answers.ts";

/** Runs with a temporary file of the given name and content, and removes it. */
export async function withFile<T>(
  name: string,
  content: string | Uint8Array,
  run: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/${name}`;
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(path, bytes);
    return await run(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Checks a temporary file against the shipped codebook. */
export function validated(
  content: string | Uint8Array,
  name = "answers.csv",
  options: AnswersOptions = {},
) {
  return withFile(name, content, (path) => validateAnswers(path, codebook(), options));
}

/** The address of a stored file; fixtures/remake.ts tells how they are made. */
export function fixture(name: string): URL {
  return new URL(`fixtures/${name}`, import.meta.url);
}

/** Bytes of a text in windows-1252 (only letters that Latin-1 has too). */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Bytes of a text in UTF-16 with its mark. */
export function utf16(text: string, littleEndian = true): Uint8Array {
  const bytes = new Uint8Array(2 + 2 * text.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, littleEndian);
  for (let i = 0; i < text.length; i++) {
    view.setUint16(2 + 2 * i, text.charCodeAt(i), littleEndian);
  }
  return bytes;
}

/** A small response file that is in order: four people, routing and don't know included. */
export const SMALL = [
  "respondent,gender,serves_politicians,makes_decisions,managers_between,pressure_change,balance_difficult,wellbeing",
  "a1,Kvinde,1,0,0,Sjældent,Helt enig,Helt enig",
  "a2,Mand,0,1,,Meget ofte,,Meget uenig",
  "a3,Kvinde,1,1,3+,En gang i mellem,Ved ikke,Enig",
  "a4,Mand,0,0,,Aldrig,,Ved ikke",
].join("\n") + "\n";
