import { type ColumnTable, from } from "arquero";
import type { Survey } from "../responses/survey.ts";
import { columnOf } from "./column.ts";
import { countAnswers } from "./count_answers.ts";
import { baseOf, countOf, NO_ANSWER_ID, NOT_ASKED_ID } from "./counts.ts";
import { isAnswerShown } from "./disclosure/suppress.ts";

/**
 * The way through the questionnaire as an Arquero table, one row per question of the file, in people,
 * unweighted. Not asked, no answer (`skipped`) and don't know are three things; don't know is an answer, and
 * null where the scale has none or fewer answered than may be shown.
 */
export function routing(survey: Survey): ColumnTable {
  const questions = Object.keys(survey.codebook.questions).filter((name) => survey.codes.has(name));
  return from(questions.map((question) => {
    const column = columnOf(survey, question);
    const { base, dontKnow } = column;
    const counts = countAnswers(survey, column);
    const count = (answer: string) => countOf(counts, null, [answer]).n;
    const [answered, skipped] = [baseOf(counts).n, count(NO_ANSWER_ID)];
    const isTold = dontKnow !== null && isAnswerShown(counts, null, [dontKnow]);
    return {
      ...{ question, base, asked: answered + skipped, not_asked: count(NOT_ASKED_ID) },
      ...{ answered, skipped, dont_know: isTold ? count(dontKnow) : null },
    };
  }));
}
