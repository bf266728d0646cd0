import { inEveryLanguage, type Text } from "../responses/language.ts";
import type { Survey } from "../responses/survey.ts";
import { countAnswers } from "../statistics/count_answers.ts";
import { baseOf, countOf, NO_ANSWER_ID, NOT_ASKED_ID } from "../statistics/counts.ts";
import { words } from "../words/message.ts";
import { capitalise } from "../words/prose.ts";

/**
 * Who stands behind a figure: how many were invited, responded, were asked this, and left it empty.
 *
 * Each question has its own numbers; questions with the same ones share a line. In a subgroup the
 * number invited is not known and is left out.
 */
export function baseLine(survey: Survey, questions: readonly string[]): Text {
  const counts = questions.map((question) => countAnswers(survey, question));
  const { invited } = survey.codebook.study;
  const { respondents } = survey.source;
  return inEveryLanguage((language) => {
    const lines = counts.map((each) => {
      const skipped = countOf(each, null, [NO_ANSWER_ID]).n;
      return words("base_line.asked", language, {
        asked: baseOf(each).n + skipped,
        not_asked: countOf(each, null, [NOT_ASKED_ID]).n,
        skipped,
      });
    });
    const before = survey.within === undefined && counts[0]?.sample.invited
      ? words("base_line.invited", language, { invited, respondents })
      : "";
    return `${capitalise(before + [...new Set(lines)].join(" / "))}.`;
  });
}
