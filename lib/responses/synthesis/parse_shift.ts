import { InputError } from "../input_error.ts";

/**
 * Reads shifts as written on the command line.
 *
 * @param texts Each `question=points`, as in `pressure_change=+8`; a decimal comma will do.
 * @returns Percentage points by question, for `synthesize()`, which checks the names.
 * @throws {InputError} If one is not written like that, or a question comes twice.
 */
export function parseShift(texts: readonly string[]): Record<string, number> {
  const shifts = new Map<string, number>();
  for (const text of texts) {
    const parts = /^\s*([a-z][a-z0-9_]*)\s*=\s*([+-]?\d+(?:[.,]\d+)?)\s*$/.exec(
      text,
    );
    const [, question, points] = parts ?? [];
    if (question === undefined || points === undefined) {
      throw new InputError(
        `Cannot read the shift "${text}": write question=points, as in --shift pressure_change=+8.`,
      );
    }
    if (shifts.has(question)) {
      throw new InputError(
        `The question ${question} is shifted twice: give --shift ${question}=… once.`,
      );
    }
    shifts.set(question, Number(points.replace(",", ".")));
  }
  return Object.fromEntries(shifts);
}
