import { InputError } from "../../responses/input_error.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../../responses/survey.ts";
import { type Column, columnOf, withoutCodes } from "../column.ts";
import type { Domain } from "../count_answers.ts";
import { EITHER_CATEGORIES, EITHER_JOINT, NO, toldOfEither, YES } from "../either_id.ts";

/**
 * A column that says of each respondent whether at least one of several answers is among those
 * named ("often on either of two items"), to be counted like any question. Needs rows, or counts of
 * the questions together: how they overlap cannot be seen from the counts of each.
 *
 * Whoever was asked one of the questions was asked. Yes: one of the answers is among those named.
 * No: every question that was asked has another answer. No answer: neither, as one was left empty.
 *
 * @param survey The survey.
 * @param either By question or variable, the categories that count.
 * @returns A column with the categories yes and no; its id joins the questions with "+".
 * @throws {InputError} Where a name is not in the codebook, the file has no such column, or no
 *   question is named.
 */
export function eitherColumn(survey: Survey, either: Domain): Column {
  const parts = Object.entries(either).map(([name, wanted]) => {
    const column = columnOf(survey, name);
    const { categories } = column;
    const meaning = new Uint8Array(256).fill(NO);
    meaning[NO_ANSWER] = NO_ANSWER;
    meaning[NOT_ASKED] = NOT_ASKED;
    for (const category of wanted) {
      const at = categories.indexOf(category);
      if (at < 0) {
        throw new InputError(
          `"${category}" is no category of "${name}". Use one of: ${categories.join(", ")}.`,
        );
      }
      meaning[at + 1] = YES;
    }
    return { column, meaning };
  });
  if (parts.length === 0) {
    throw new InputError(
      "Name at least one question, as in { pressure_change: ['often'] }.",
    );
  }
  const bases = [...new Set(parts.map(({ column }) => column.base))];
  const made = {
    id: parts.map(({ column }) => column.id).join(EITHER_JOINT),
    base: bases.join(EITHER_JOINT),
    categories: EITHER_CATEGORIES,
    sets: {},
    either,
  };
  if (survey.counted) return withoutCodes(made);
  const columns = parts.map(({ column, meaning }) => ({ codes: column.codes, meaning }));
  const codes = new Uint8Array(survey.source.respondents).map((_, i) =>
    toldOfEither(columns.map(({ codes, meaning }) => meaning[codes[i]!]!))
  );
  return { ...made, codes };
}
