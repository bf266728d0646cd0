import { baseOfEveryone } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { limitsOf } from "../statistics/disclosure/enough.ts";
import { peopleAmong } from "../statistics/people_among.ts";
import { publishedBases } from "../statistics/published_wave.ts";
import { sampleOf } from "../statistics/sample.ts";
import { texts, word } from "../words/catalogue.ts";
import { domainWords } from "../words/domain_words.ts";
import { describeData, type EarlierData } from "../words/describe_data.ts";
import { ownText, words } from "../words/message.ts";
import { escapeProse } from "../words/prose.ts";
import { quoted } from "../words/quoted.ts";
import { NOTHING, tell, type Told } from "../words/tell.ts";
import type { Baseline } from "./read_waves.ts";
import { earlierOf } from "./change_since.ts";
import type { OpenedSurvey } from "./open_survey.ts";
import { weightingWords } from "./weighting_told.ts";

const RUN = texts("run");

/** What the data are compared with before the answers are. */
export function earlierData({ baseline }: OpenedSurvey): EarlierData {
  if (!baseline) return null;
  return baseline.survey === null
    ? { survey: null, bases: publishedBases(codebook()) }
    : { survey: baseline.survey };
}

/** Who was asked and when, and how many of those invited answered, in a sentence. */
export function askedTold({ codebook: { study }, source, within }: Survey): Text {
  const { invited, population, fieldwork: { from, to } } = study;
  const { respondents } = source;
  const values = { invited, population, respondents, fieldwork: `${from}/${to}` };
  if (within !== undefined) return ownText("data.asked_group", values);
  // With more answers the number invited is of another study.
  return respondents > invited
    ? ownText("data.asked_some", values)
    : ownText("data.asked", { ...values, rate: respondents / invited });
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

/**
 * What counted the answers, where it was not the program itself: a table of counts that was given, or
 * DuckDB from files that do not fit into memory.
 *
 * @returns null where the answers were read into memory.
 */
export function howRead({ counted }: Survey): Text | null {
  if (counted === undefined) return null;
  const { files } = counted;
  return files === undefined ? ownText("read.counts") : ownText("read.files", { files });
}

/** The same as a sentence; nothing where the answers were read into memory. */
export function howReadTold(survey: Survey): Text {
  const how = howRead(survey);
  return how === null ? NOTHING : ownText("read.sentence", { how });
}

/** What a section says that cannot be made of counts. */
export const NEEDS_ROWS: Text = ownText("needs_rows");

/** What is not shown so that nobody's answers can be told, with the codebook's limits. */
export function disclosureTold(survey: Survey): Told {
  const sample = sampleOf(survey);
  const { leastBase, leastAnswer, leastOthers } = limitsOf(sample);
  return tell(
    ownText("disclosure.base", { least: leastBase }),
    ownText("disclosure.answer", { least: leastAnswer }),
    ownText("disclosure.others", { least: leastOthers }),
    sample.isStrict
      ? ownText("disclosure.part")
      : ownText("disclosure.rounded", { least: leastBase }),
  );
}

/** How many people answered both times and what that does to the changes, or why nobody can tell. */
export function sharedTold({ codebook, source }: Survey, { shared }: Baseline): Text {
  if (shared.people === null) {
    return tell(ownText(`shared.${shared.why}`), ownText("shared.independent"));
  }
  const { people } = shared;
  const { least_base: least } = codebook.disclosure;
  if (people === 0) return ownText("shared.nobody");
  if (people < least) return ownText("shared.few", { least });
  return ownText("shared.people", { people, share: people / source.respondents, least });
}

/** What no reader may miss: that it is on one group only, that people count by
 * weights, that the answers are made up. Or null. */
export function reportNotice(survey: Survey, language: Language): string | null {
  const notices = [
    ...survey.within === undefined
      ? []
      : [`${RUN.only[language]} ${groupWords(survey, language)}.`],
    ...survey.weights === null
      ? []
      : [`${RUN.weighted[language]} ${weightingWords(survey)[language]}.`],
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
