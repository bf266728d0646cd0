import { InputError } from "../input_error.ts";
import { DataProblems, problem } from "../problem.ts";

/** A file that is what its name says, with content that cannot be. */
export function damaged(file: string, expected: string): DataProblems {
  return new DataProblems(file, [problem("damaged", expected)]);
}

/**
 * Runs a library that reads a file's bytes. Whatever it throws means that it cannot read them: the
 * formats' libraries throw errors of every kind at a damaged file.
 *
 * @throws {DataProblems} Where the library throws, with its reason.
 */
export async function damagedBy<T>(file: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataProblems(file, [
      problem("damaged", "content that can be read", { value: reason }),
    ]);
  }
}

/** No format packs respondents so tightly that a byte holds more of them. */
const MOST_PER_BYTE = 100;

/**
 * Refuses a number of respondents that a file of its size cannot hold, before anything of that length
 * is made.
 *
 * @param rows The number that the file states.
 * @param bytes The file's size.
 * @throws {DataProblems}
 */
export function checkRows(rows: number, bytes: number, file: string): void {
  if (rows >= 0 && rows <= MOST_PER_BYTE * bytes) return;
  throw damaged(file, `a number of respondents that fits its ${bytes} bytes, but it says ${rows}`);
}
