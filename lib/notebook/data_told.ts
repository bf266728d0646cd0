import { publishedBases } from "../statistics/published_wave.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { word } from "../words/catalogue.ts";
import { ownText, words } from "../words/message.ts";
import { escapeProse } from "../words/prose.ts";
import { describeData, type EarlierData } from "../words/describe_data.ts";
import { codebook } from "../responses/study.ts";
import { earlierOf } from "./change_since.ts";
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
  return ownText(baseline ? "data.heading_changed" : "data.heading");
}

/**
 * What changed in the data before what changed in the answers, as a list: bases, questions, answers,
 * answers left out, respondents who answered alike. Against the earlier wave, or the codebook.
 */
export function dataTold(survey: OpenedSurvey): Text {
  const { baseline, source, within } = survey;
  const facts = describeData(survey, earlierData(survey), codebook());
  const shared = baseline ? [sharedTold(survey, baseline)] : [];
  const { file } = source;
  const earlier = baseline?.survey?.source.file ?? "";
  const wave = baseline?.survey?.codebook.study.wave;
  const key = !baseline
    ? "data.codebook"
    : earlier === ""
    ? "data.published"
    : wave === undefined
    ? "data.wave"
    : "data.named_wave";
  const names = { file, earlier, wave: baseline ? earlierOf(baseline) : "" };
  return inEveryLanguage((language) => {
    const whole = within === undefined ? "" : word("data.whole", language);
    const list = [...facts, ...shared].map((fact) => `- ${escapeProse(fact[language])}`);
    return `${words(key, language, names)}${whole}:\n${list.join("\n")}`;
  });
}
