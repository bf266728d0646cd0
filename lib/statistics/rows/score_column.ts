import { InputError } from "../../responses/input_error.ts";
import type { Survey } from "../../responses/survey.ts";
import { type CodedColumn, columnOf } from "../column.ts";

/** A question and the scores of its answers. */
export interface ScoreColumn {
  readonly column: CodedColumn;
  /** By code: 1 for the weakest answer, and 0 for "don't know" and whatever is no answer. */
  readonly score: readonly number[];
  readonly dontKnow: string | null;
}

/**
 * The column of a question on an ordered scale, with scores. Scales are turned round, since the
 * codebook has the strongest answer first: the higher the score, the more agreement.
 *
 * @param survey The survey.
 * @param name A question of its codebook.
 * @throws {InputError} Where the codebook has no such question.
 */
export function scoreColumn(survey: Survey, name: string): ScoreColumn {
  const column = columnOf(survey, name);
  const question = survey.codebook.questions[name];
  if (question === undefined) {
    throw new InputError(`"${name}" is not a question, so it has no scale. Use a question.`);
  }
  const dontKnow = survey.codebook.scales[question.scale]?.dont_know ?? null;
  const steps = column.categories.filter((category) => category !== dontKnow);
  const score = new Array<number>(256).fill(0);
  column.categories.forEach((category, i) => {
    const at = steps.indexOf(category);
    score[i + 1] = at < 0 ? 0 : steps.length - at;
  });
  return { column, score, dontKnow };
}
