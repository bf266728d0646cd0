import { InputError } from "./input_error.ts";

/**
 * Reads a JSON file that an analyst wrote.
 *
 * @param path The file.
 * @param option The option that names it, such as "--mapping", for the messages.
 * @param hint What to do about a file that is no JSON.
 * @throws {InputError} If it cannot be opened or is no JSON.
 */
export async function readJsonFile(
  path: string | URL,
  option: string,
  hint = "Correct it.",
): Promise<unknown> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw new InputError(
      `Cannot read ${path}: ${(error as Error).message}\nCheck the path of ${option}.`,
    );
  }
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InputError(`Cannot read ${path}: it is no JSON (${error.message}).\n${hint}`);
  }
}
