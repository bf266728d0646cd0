import type { Baseline } from "../notebook/read_waves.ts";
import { earlierOf } from "../notebook/change_since.ts";
import { groupWords, howRead, weightingWords } from "../notebook/data_told.ts";
import type { OpenedSurvey } from "../notebook/open_survey.ts";
import type { Language } from "../responses/language.ts";
import { texts } from "../words/catalogue.ts";
import { formatDates } from "../words/format_date.ts";
import { formatCount } from "../words/format_number.ts";
import { words } from "../words/message.ts";

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
