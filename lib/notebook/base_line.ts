import { formatCount } from "../words/format_number.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { countAnswers } from "../statistics/count_answers.ts";
import { baseOf, countOf, NO_ANSWER_ID, NOT_ASKED_ID } from "../statistics/counts.ts";
import type { Survey } from "../responses/survey.ts";

/**
 * Who stands behind a figure: how many were invited, responded, were asked this, and left it empty.
 *
 * Each question has its own numbers; questions with the same ones share a line. In a subgroup the
 * number invited is not known and is left out.
 */
export function baseLine(survey: Survey, questions: readonly string[]): Text {
  const counts = questions.map((question) => countAnswers(survey, question));
  return inEveryLanguage((language) => {
    const count = (n: number) => formatCount(n, language);
    const lines = counts.map((each) => {
      const answered = baseOf(each).n;
      const silent = countOf(each, null, [NO_ANSWER_ID]).n;
      const notAsked = countOf(each, null, [NOT_ASKED_ID]).n;
      return language === "da"
        ? `spurgt ${count(answered + silent)}, ikke spurgt ${count(notAsked)}, ` +
          `sprang spørgsmålet over ${count(silent)}`
        : `asked ${count(answered + silent)}, not asked ${count(notAsked)}, ` +
          `skipped the question ${count(silent)}`;
    });
    const invited = survey.within === undefined && counts[0]?.sample.invited
      ? language === "da"
        ? `Inviteret ${count(survey.codebook.study.invited)}, besvaret ` +
          `${count(survey.source.respondents)}; `
        : `Invited ${count(survey.codebook.study.invited)}, responded ` +
          `${count(survey.source.respondents)}; `
      : "";
    const text = `${invited}${[...new Set(lines)].join(" / ")}.`;
    return text.charAt(0).toUpperCase() + text.slice(1);
  });
}
