import type { Baseline } from "../notebook/baseline.ts";
import { earlierOf } from "../notebook/change_since.ts";
import { howRead } from "../notebook/data_told.ts";
import type { OpenedSurvey } from "../notebook/open_survey.ts";
import { weightingWords } from "../notebook/weighting_told.ts";
import type { Language } from "../responses/language.ts";
import type { Survey } from "../responses/survey.ts";
import { baseOfEveryone } from "../responses/codebook.ts";
import { peopleAmong } from "../statistics/people_among.ts";
import { texts, word } from "../words/catalogue.ts";
import { domainWords } from "../words/domain_words.ts";
import { formatDates } from "../words/format_date.ts";
import { formatCount } from "../words/format_number.ts";
import { words } from "../words/message.ts";
import { quoted } from "../words/quoted.ts";

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

const LABELS = texts("run");

/** Facts for the report's first screen, as label and value. */
export function reportDetails(survey: OpenedSurvey, language: Language): [string, string][] {
  const { study } = survey.codebook;
  return [
    [LABELS.invited[language], formatCount(study.invited, language)],
    [
      LABELS.fieldwork[language],
      formatDates(study.fieldwork.from, study.fieldwork.to, language),
    ],
    [
      LABELS.weights[language],
      weightingWords(survey)[language],
    ],
    ...howRead(survey) === null
      ? []
      : [[LABELS.read[language], howRead(survey)![language]] as [string, string]],
    ...survey.baseline
      ? [[LABELS.earlier[language], earlierWords(survey.baseline, language)] as [string, string]]
      : [],
    ...survey.within === undefined
      ? []
      : [[LABELS.group[language], groupWords(survey, language)] as [string, string]],
  ];
}

/** The group that a report is on, with the number of people who answered unless that is hidden. */
function groupWords(survey: Survey, language: Language): string {
  const group = quoted(domainWords(survey.codebook, survey.within ?? {})[language], language);
  const people = peopleReported(survey);
  return Number.isNaN(people) ? group : words("run.counted", language, { group, people });
}

/** The people whom a report is on; NaN where their number is hidden. */
export function peopleReported(survey: Survey): number {
  return peopleAmong(survey, { base: baseOfEveryone(survey.codebook), where: {} });
}

/** The earlier wave: its file and how many answered, or that it is the published figures. */
function earlierWords(baseline: Baseline, language: Language): string {
  const { survey } = baseline;
  if (survey === null) return earlierOf(baseline)[language];
  const { file, respondents } = survey.source;
  const people = respondents;
  const told = `${file} (${words("run.people", language, { people })})`;
  const { wave } = survey.codebook.study;
  return wave === undefined ? told : `${wave}: ${told}`;
}
