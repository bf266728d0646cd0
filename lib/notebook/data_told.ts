import { publishedBases } from "../claims/published_estimates.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { escapeProse } from "../words/prose.ts";
import { describeData, type EarlierData } from "../responses/describe_data.ts";
import { codebook } from "../responses/study.ts";
import type { OpenedSurvey } from "./open_survey.ts";
import { sharedTold } from "./shared_respondents.ts";

/** What the data are compared with before the answers are. */
export function earlierData({ baseline }: OpenedSurvey): EarlierData {
  if (!baseline) return null;
  return baseline.survey === null
    ? { survey: null, bases: publishedBases(codebook()) }
    : { survey: baseline.survey };
}

/** A heading for {@link dataTold}. */
export function dataHeading({ baseline }: OpenedSurvey): Text {
  return baseline
    ? { da: "Hvad der er anderledes i data", en: "What is different in the data" }
    : { da: "Data over for kodebogen", en: "The data against the codebook" };
}

/**
 * What changed in the data before what changed in the answers, as a list: bases, questions, answers,
 * answers left out, respondents who answered alike. Against the earlier wave, or the codebook.
 */
export function dataTold(survey: OpenedSurvey): Text {
  const { baseline, source, within } = survey;
  const facts = describeData(survey, earlierData(survey), codebook());
  const shared = baseline ? [sharedTold(survey, baseline)] : [];
  return inEveryLanguage((language) => {
    const file = escapeProse(source.file);
    const earlier = escapeProse(baseline?.survey?.source.file ?? "");
    const whole = within === undefined ? "" : WHOLE[language];
    const against = !baseline
      ? AGAINST.codebook[language](file)
      : earlier === ""
      ? AGAINST.published[language](file)
      : AGAINST.wave[language](file, earlier);
    const list = [...facts, ...shared].map((fact) => `- ${escapeProse(fact[language])}`);
    return `${against}${whole}:\n${list.join("\n")}`;
  });
}

const WHOLE: Text = {
  da: " (hele filen, ikke kun gruppen)",
  en: " (the whole file, not only the group)",
};

const AGAINST = {
  codebook: {
    da: (file: string) => `Filen ${file} sammenlignet med kodebogen`,
    en: (file: string) => `The file ${file} compared with the codebook`,
  },
  published: {
    da: (file: string) => `Filen ${file} sammenlignet med kodebogen og de offentliggjorte baser`,
    en: (file: string) => `The file ${file} compared with the codebook and the published bases`,
  },
  wave: {
    da: (file: string, earlier: string) =>
      `${file} sammenlignet med den tidligere rundes ${earlier}`,
    en: (file: string, earlier: string) => `${file} compared with the earlier wave's ${earlier}`,
  },
};
