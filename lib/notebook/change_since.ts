import { WAVES } from "../charts/change_columns.ts";
import { movementLabel } from "../charts/wave_figure.ts";
import { capitalised } from "../charts/texts.ts";
import { answerLabel } from "../charts/lookup.ts";
import { answerOf } from "../charts/figure_table.ts";
import { formatDecimal } from "../language/format_number.ts";
import { inEveryLanguage, type Text } from "../language/language.ts";
import { chanceSentence, changePhrase, EARLIER, pointsRange } from "../narrative/change_phrase.ts";
import { inPercent } from "../narrative/choose_fraction.ts";
import { tell } from "../narrative/tell.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { type Group, type Of, share } from "../statistics/look_up.ts";
import type { QuestionId, SetId } from "../survey/names.ts";
import type { Survey } from "../survey/survey.ts";
import type { Baseline } from "./open_baseline.ts";
import type { OpenedSurvey } from "./open_survey.ts";

const NOTHING: Text = { da: "", en: "" };

/** What the changes of a report are since. */
export function earlierOf({ survey }: Pick<Baseline, "survey">): Text {
  return survey === null ? EARLIER.published : EARLIER.wave;
}

/**
 * How a share has changed since the earlier wave, in a sentence or two: from what, by how much, and
 * whether chance explains it. Without an earlier wave it is empty, and so shows nothing.
 *
 * @param of The set or category; the main set of the question's scale if not given.
 * @param among The group; without it everyone who was asked.
 * @throws {InputError} Where there is no such estimate.
 */
export function changeSince(
  survey: OpenedSurvey,
  question: QuestionId,
  of: Of = { set: mainSetOf(survey, question) },
  among?: Group,
): Text {
  const { baseline } = survey;
  // That it was not part of this wave is said where its figures would be.
  if (!baseline || survey.left_out.includes(question)) return NOTHING;
  const now = share(survey, question, of, among);
  const change = baseline.changeOf(now);
  if (change === null) return whyNot(now, baseline);
  const answer = answerLabel(survey.codebook, question, answerOf(now));
  return tell({
    da: (say) =>
      `${capitalised(say.text(answer))}: ${say.share(now)}, ` +
      `${changePhrase(change, earlierOf(baseline), "da")} (${say.share(change.before)}). ` +
      chanceSentence(change, "da"),
    en: (say) =>
      `${capitalised(say.text(answer))}: ${say.share(now)}, ` +
      `${changePhrase(change, earlierOf(baseline), "en")} (${say.share(change.before)}). ` +
      chanceSentence(change, "en"),
  });
}

/** Why a change cannot be told: not asked, not printed, or too few answers in one of the waves. */
function whyNot({ question, variable }: Estimate, { survey: before }: Baseline): Text {
  if (before === null) {
    return {
      da: "I de offentliggjorte tal er der intet at sammenligne med.",
      en: "The published figures have nothing to compare this with.",
    };
  }
  if (before.left_out.includes(question)) {
    return {
      da: "Spørgsmålet blev ikke stillet i den tidligere runde.",
      en: "The question was not asked in the earlier wave.",
    };
  }
  if (variable !== null && !before.codes.has(variable)) {
    return {
      da: "Den tidligere runde har ikke denne opdeling.",
      en: "The earlier wave does not have this breakdown.",
    };
  }
  return {
    da: "Der er for få svar til at sammenligne med den tidligere runde.",
    en: "There are too few answers to compare with the earlier wave.",
  };
}

/**
 * How the main shares of a figure's questions have changed, as a remark below it; none without an
 * earlier wave.
 *
 * @param set The set the figure speaks of; null or not given: the main one.
 */
export function changeNotes(
  survey: OpenedSurvey,
  questions: readonly string[],
  set?: string | null,
): Text[] {
  const { baseline, codebook } = survey;
  if (!baseline) return [];
  const changes = questions.flatMap((question) => {
    const of = { set: (set ?? mainSetOf(survey, question as QuestionId)) as SetId };
    const change = survey.left_out.includes(question)
      ? null
      : baseline.changeOf(share(survey, question as QuestionId, of));
    return change === null ? [] : [change];
  });
  if (changes.length === 0) return [];
  return [inEveryLanguage((language) => {
    const said = changes.map((change) => {
      const label = movementLabel(change, codebook)[language];
      const points = formatDecimal(inPercent(change.difference), 0, language);
      const signed = change.difference > 0 && points !== "0" ? `+${points}` : points;
      return `${label} ${signed} (${pointsRange(change, language)}, ` +
        `${WAVES[change.moved][language]})`;
    });
    const since = earlierOf(baseline)[language];
    return language === "da"
      ? `Ændring siden ${since} i procentpoint, med 95%-interval: ${said.join("; ")}.`
      : `Change since ${since} in percentage points, with 95% interval: ${said.join("; ")}.`;
  })];
}

function mainSetOf({ codebook: { questions, scales } }: Survey, question: QuestionId): SetId {
  return scales[questions[question]?.scale ?? ""]?.main_set as SetId;
}
