import { categoriesOf, type Codebook } from "./codebook.ts";
import { InputError } from "./input_error.ts";

/** Codes by question or variable; see {@link ./survey.ts}. */
export type Codes = ReadonlyMap<string, Uint8Array>;

/**
 * Finds the respondents whose answers are among the given ones, for every variable named.
 *
 * @param codes Codes by question or variable.
 * @param codebook Says which code a category has.
 * @param where Categories by question or variable. Empty: everyone.
 * @param respondents Number of respondents.
 * @returns One number per respondent: 1 where the answers fit, otherwise 0.
 * @throws {InputError} If a variable has no codes or no such category.
 */
export function whereMask(
  codes: Codes,
  codebook: Codebook,
  where: Readonly<Record<string, readonly string[]>>,
  respondents: number,
): Uint8Array {
  const mask = new Uint8Array(respondents).fill(1);
  for (const [name, among] of Object.entries(where)) {
    const column = codes.get(name);
    const categories = Object.keys(categoriesOf(codebook, name) ?? {});
    if (!column) {
      throw new InputError(
        `The data have no column "${name}". Add it to the file, or leave it out of the call.`,
      );
    }
    const wanted = new Uint8Array(256);
    for (const category of among) {
      const position = categories.indexOf(category);
      if (position < 0) {
        throw new InputError(
          `"${name}" has no category "${category}". It has: ${categories.join(", ")}.`,
        );
      }
      wanted[position + 1] = 1;
    }
    for (let i = 0; i < respondents; i++) {
      // Without a branch, which would be guessed wrong for as many as are outside.
      mask[i]! &= wanted[column[i]!]!;
    }
  }
  return mask;
}
