import { pointsRange, signedPoints, WAVES } from "../words/change_columns.ts";
import { capitalised } from "../words/figure_texts.ts";
import { answerLabel } from "../charts/lookup.ts";
import { answerOf } from "../charts/lookup.ts";
import { formatList } from "../words/format_list.ts";
import { formatPoints } from "../words/format_number.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { quoted } from "../words/quoted.ts";
import { intervalName } from "../words/interval_name.ts";
import { EARLIER, sinceSentence } from "../words/change_phrase.ts";
import { tell } from "../words/tell.ts";
import type { Voice } from "../words/voice.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { type Group, type Of, share } from "../statistics/look_up.ts";
import type { Movement } from "../statistics/moved_most.ts";
import type { QuestionId, SetId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import type { Baseline } from "./baseline.ts";
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
  const told = (say: Voice) =>
    `${capitalised(say.text(answer))}: ${say.share(now)}, ` +
    sinceSentence(change, earlierOf(baseline), survey.codebook.study.confidence, say);
  return tell({ da: told, en: told });
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
 * How the shares that a figure speaks of have changed, as a remark below it; none without an earlier
 * wave.
 *
 * @param of The set or category the figure speaks of; the main set of each question if not given.
 */
export function changeNotes(
  survey: OpenedSurvey,
  questions: readonly string[],
  of?: { readonly set: string } | { readonly category: string },
): Text[] {
  const { baseline, codebook } = survey;
  if (!baseline) return [];
  const changes = (questions as QuestionId[]).flatMap((question) => {
    const wanted = (of ?? { set: mainSetOf(survey, question) }) as Of;
    const change = survey.left_out.includes(question)
      ? null
      : baseline.changeOf(share(survey, question, wanted));
    return change === null ? [] : [change];
  });
  const asked = questions.filter((question) => !survey.left_out.includes(question));
  const added = asked.filter((question) => baseline.survey?.left_out.includes(question));
  const notes = added.length === 0 ? [] : [addedNote(survey, added)];
  const [first, ...others] = changes;
  if (first === undefined) return notes;
  return [
    ...notes,
    inEveryLanguage((language) => {
      const { since, points } = NOTE[language];
      const interval = intervalName(codebook.study.confidence)[language];
      const earlier = earlierOf(baseline)[language];
      const answer = ({ now }: Movement) =>
        quoted(answerLabel(codebook, now.question, answerOf(now))[language], language);
      const range = (change: Movement) =>
        `${pointsRange(change, language)}, ${chanceWords(change, language)}`;
      if (others.length === 0) {
        return `${since} ${earlier}, ${answer(first)}: ${
          formatPoints(first.difference, language)
        } ` +
          `(${interval} ${range(first)}).`;
      }
      const isSame = others.every((change) => answer(change) === answer(first));
      const said = changes.map((change) => {
        const label = codebook.questions[change.now.question]?.label[language] ?? "";
        const name = isSame ? label : `${label}, ${answer(change)}`;
        return `${name} ${signedPoints(change, language)} (${range(change)})`;
      });
      const common = isSame ? `, ${answer(first)}` : "";
      return `${since} ${earlier}${common}, ${language === "da" ? "i" : "in"} ${points} ` +
        `(${interval}): ${said.join("; ")}.`;
    }),
  ];
}

function addedNote({ codebook }: Survey, added: readonly string[]): Text {
  return inEveryLanguage((language) => {
    const names = formatList(
      added.map((name) => quoted(codebook.questions[name]?.label[language] ?? name, language)),
      language,
    );
    return language === "da"
      ? `${names} indgik ikke i den tidligere runde.`
      : `${names} ${added.length === 1 ? "was" : "were"} not part of the earlier wave.`;
  });
}

const NOTE = {
  da: {
    since: "Ændring siden",
    points: "procentpoint",
    together: "kan være tilfældigt, når ændringerne prøves samlet",
  },
  en: {
    since: "Change since",
    points: "percentage points",
    together: "may be chance with the changes tested together",
  },
} as const satisfies Readonly<Record<Language, unknown>>;

/** Whether a change has moved; where its own interval says so and the family's test does not, why. */
function chanceWords({ low, high, moved }: Movement, language: Language): string {
  return moved === "none" && (low > 0 || high < 0)
    ? NOTE[language].together
    : WAVES[moved][language];
}

function mainSetOf({ codebook: { questions, scales } }: Survey, question: QuestionId): SetId {
  return scales[questions[question]?.scale ?? ""]?.main_set as SetId;
}
