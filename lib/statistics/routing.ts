import { type ColumnTable, from } from "arquero";
import type { Survey } from "../responses/survey.ts";
import { columnOf } from "./column.ts";
import { countAnswers } from "./count_answers.ts";
import type { Domain } from "./domain.ts";
import { baseOf, countOf, NO_ANSWER_ID, NOT_ASKED_ID } from "./counts.ts";
import { isAnswerShown } from "./disclosure/suppress.ts";

/** Who got to a question and what became of it there, in people, unweighted. */
export interface RoutingRow {
  readonly question: string;
  /** Who was asked, by codebook id. */
  readonly base: string;
  readonly asked: number;
  readonly not_asked: number;
  /** "Don't know" is an answer. */
  readonly answered: number;
  readonly skipped: number;
  /** Null where the scale has no "don't know", or fewer answered than may be shown. */
  readonly dont_know: number | null;
}

/**
 * The way through the questionnaire as an Arquero table, one row per question of the file: not
 * asked, no answer and don't know are three things.
 */
export function routing(survey: Survey, within: Domain = {}): ColumnTable {
  const rows = Object.keys(survey.codebook.questions)
    .filter((question) => survey.codes.has(question))
    .map((question): RoutingRow => {
      const column = columnOf(survey, question);
      const { base, dontKnow } = column;
      const counts = countAnswers(survey, column, { within });
      const count = (answer: string) => countOf(counts, null, [answer]).n;
      const answered = baseOf(counts).n;
      const skipped = count(NO_ANSWER_ID);
      return {
        question,
        base,
        asked: answered + skipped,
        not_asked: count(NOT_ASKED_ID),
        answered,
        skipped,
        dont_know: dontKnow === null || !isAnswerShown(counts, null, [dontKnow])
          ? null
          : count(dontKnow),
      };
    });
  return from(rows);
}
