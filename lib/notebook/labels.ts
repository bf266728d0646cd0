import { answerLabel } from "../charts/caption.ts";
import type { Codebook } from "../responses/codebook.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import type { Survey } from "../responses/survey.ts";
import { countAnswers } from "../statistics/count_answers.ts";
import { baseOf, countOf, NO_ANSWER_ID, NOT_ASKED_ID } from "../statistics/counts.ts";
import { quotedLabels } from "../words/format.ts";
import { ownText, words } from "../words/message.ts";
import { capitalise } from "../words/prose.ts";
import { requireKnown } from "./check_options.ts";

/**
 * What a question, a score or a variable is called in the codebook.
 *
 * @throws {InputError} Where there is no such name.
 */
export function labelOf({ codebook }: Pick<Survey, "codebook">, name: string): Text {
  const all = { ...codebook.variables, ...codebook.questions, ...codebook.several };
  requireKnown(name, Object.keys(all), "The codebook has no question or variable");
  return textAlone(all[name]!.label);
}

/** A question as it was put, or in short where nobody has filled that in. */
export function questionText({ codebook }: Survey, name: string): Text {
  const { asked, text } = codebook.several?.[name] ?? codebook.questions[name] ?? { text: null };
  return textAlone(asked ?? text ?? labelOf({ codebook }, name));
}

/**
 * What an answer to a question is called: a category, a set, or the main set of its scale.
 *
 * @throws {InputError} Where there is none.
 */
export function answerOf(
  { codebook }: Survey,
  question: string,
  of?: { readonly set: string } | { readonly category: string },
): Text {
  const main = codebook.scales[codebook.questions[question]?.scale ?? ""]?.main_set ?? "";
  return textAlone(answerLabel(codebook, question, of ?? { set: main }));
}

/** A sentence on questions or variables by their labels, where there are any. */
export function namedNote(
  codebook: Codebook,
  ids: readonly string[],
  key: "not_in_wave" | "since.notice" | "since.apart" | "since.other_groups" | "since.added",
  earlier: Text | null = null,
): Text[] {
  const count = ids.length;
  return count === 0 ? [] : [ownText(key, { names: quotedLabels(codebook, ids), count, earlier })];
}

/** A text of the codebook without what stands beside it. */
function textAlone(text: Text): Text {
  return inEveryLanguage((language) => text[language]);
}

/**
 * Who stands behind a figure: how many were invited, responded, were asked this, and left it empty.
 * Questions with the same numbers share a line; of a subgroup nobody knows how many were invited.
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
