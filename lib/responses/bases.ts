import { InputError } from "./input_error.ts";
import type { Survey } from "./survey.ts";
import { whereMask } from "./where.ts";

/**
 * Who was asked, by the codebook's routing alone: whether they answered does not matter.
 *
 * @param survey The survey.
 * @param base A base of its codebook.
 * @returns One number per respondent: 1 asked, 0 not.
 * @throws {InputError} If there is no such base, or the file lacks a column to tell it by.
 */
export function askedOf(survey: Survey, base: string): Uint8Array {
  const found = survey.codebook.bases[base];
  if (!found) {
    throw new InputError(
      `The codebook has no base "${base}". It has: ${
        Object.keys(survey.codebook.bases).join(", ")
      }.`,
    );
  }
  return whereMask(
    survey.codes,
    survey.codebook,
    found.where,
    survey.source.respondents,
  );
}
