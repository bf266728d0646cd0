import { baseOfEveryone } from "../responses/codebook.ts";
import type { Language } from "../responses/language.ts";
import type { Survey } from "../responses/survey.ts";
import { peopleAmong } from "../statistics/people_among.ts";
import { texts, word } from "../words/catalogue.ts";
import { domainWords } from "../words/domain_words.ts";
import { words } from "../words/message.ts";
import { quoted } from "../words/quoted.ts";
import { weightingWords } from "./weighting_told.ts";

const LABELS = texts("run");

/** What no reader may miss: that it is on one group only, that people count by
 * weights, that the answers are made up. Or null. */
export function reportNotice(survey: Survey, language: Language): string | null {
  const notices = [
    ...survey.within === undefined
      ? []
      : [`${LABELS.only[language]} ${groupWords(survey, language)}.`],
    ...survey.weights === null
      ? []
      : [`${LABELS.weighted[language]} ${weightingWords(survey)[language]}.`],
    ...survey.source.synthetic ? [word("run.synthetic", language)] : [],
  ];
  return notices.length === 0 ? null : notices.join(" ");
}

/** The group that a report is on, with the number of people who answered unless that is hidden. */
export function groupWords(survey: Survey, language: Language): string {
  const group = quoted(domainWords(survey.codebook, survey.within ?? {})[language], language);
  const people = peopleReported(survey);
  return Number.isNaN(people) ? group : words("run.counted", language, { group, people });
}

/** The people whom a report is on; NaN where their number is hidden. */
export function peopleReported(survey: Survey): number {
  return peopleAmong(survey, { base: baseOfEveryone(survey.codebook), where: {} });
}
