import { formatCount } from "../language/format_number.ts";
import { formatDates } from "../language/format_date.ts";
import type { Language } from "../language/language.ts";
import { categoriesOf } from "../survey/codebook.ts";
import type { Survey } from "../survey/survey.ts";

const NOTICE = {
  da: "Syntetiske data: svarene er lavet af et program, så de offentliggjorte tal kommer ud. " +
    "De er ikke givet af nogen.",
  en:
    "Synthetic data: the answers were made by a program so that the published figures come out. " +
    "Nobody gave them.",
};

/** What no reader may miss: that the answers are made up. Null where they are real. */
export function reportNotice(survey: Survey, language: Language): string | null {
  return survey.source.synthetic ? NOTICE[language] : null;
}

const LABELS = {
  invited: { da: "Inviteret", en: "Invited" },
  fieldwork: { da: "Indsamlet", en: "Fieldwork" },
  group: { da: "Kun denne gruppe", en: "Only this group" },
  weights: { da: "Vægte", en: "Weights" },
  unweighted: { da: "uvægtet", en: "unweighted" },
  weighted: { da: "vægtet", en: "weighted" },
};

/** Facts for the report's first screen, as label and value. */
export function reportDetails(survey: Survey, language: Language): [string, string][] {
  const { study } = survey.codebook;
  return [
    [LABELS.invited[language], formatCount(study.invited, language)],
    [
      LABELS.fieldwork[language],
      formatDates(study.fieldwork.from, study.fieldwork.to, language),
    ],
    [
      LABELS.weights[language],
      (survey.weights === null ? LABELS.unweighted : LABELS.weighted)[language],
    ],
    ...Object.entries(survey.within ?? {}).map(([variable, categories]): [string, string] => [
      LABELS.group[language],
      `${nameOf(survey, variable, language)}: ${
        categories
          .map((category) => categoriesOf(survey.codebook, variable)?.[category]?.[language])
          .join(", ")
      }`,
    ]),
  ];
}

function nameOf({ codebook }: Survey, name: string, language: Language): string {
  return (codebook.variables[name] ?? codebook.questions[name])?.label[language] ?? name;
}
