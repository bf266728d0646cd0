import { InputError } from "../responses/input_error.ts";

/**
 * Writes a file, over one that the same command wrote before, and over nothing else.
 *
 * @param out Where to.
 * @param beginning How every file begins that the command writes.
 * @param what What that is, for the message: "a table of counts".
 * @throws {InputError} Where there is another file, or none can be written.
 */
export async function writeOver(
  out: string,
  text: string,
  beginning: RegExp,
  what: string,
): Promise<void> {
  const refused = (why: string) =>
    new InputError(`Cannot write to ${out}: ${why}. Give --out another name.`);
  try {
    const found = await Deno.stat(out).catch(() => null);
    if (found?.isFile && found.size > 0) {
      const before = await Deno.readTextFile(out);
      if (!beginning.test(before)) throw refused(`there is a file that is not ${what}`);
    }
    await Deno.writeTextFile(out, text);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    throw refused(error.message);
  }
}
