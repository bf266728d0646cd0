import { answerLabel } from "../charts/caption.ts";
import { type Codebook, comparisonOf, isAnsweredAlike } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { type QuestionId, readPublished, type SetId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { type Estimate, wholePercent } from "../statistics/estimate.ts";
import { type Group, type Of, share } from "../statistics/look_up.ts";
import type { Movement } from "../statistics/moved_most.ts";
import { pointsRange, signedPoints, WAVES } from "../words/change_columns.ts";
import { NOTHING, tell } from "../words/claims.ts";
import { intervalName } from "../words/figure_texts.ts";
import { quoted } from "../words/format.ts";
import { ownText, words } from "../words/message.ts";
import { capitalise } from "../words/prose.ts";
import { namedNote } from "./labels.ts";
import type { OpenedSurvey } from "./open_survey.ts";
import type { Baseline } from "./read_waves.ts";

/** What the changes of a report are since. */
export function earlierOf({ survey }: Pick<Baseline, "survey">): Text {
  if (survey === null) {
    const year = publishedYear();
    return year === "" ? ownText("earlier.published") : ownText("earlier.published_in", { year });
  }
  const { wave } = survey.codebook.study;
  return wave === undefined ? ownText("earlier.wave") : ownText("earlier.named", { wave });
}

/**
 * How a share has changed since the earlier wave, and whether chance explains it; empty without one.
 *
 * @param of The set or category; the main set of the question's scale if not given.
 * @param among The group; without it everyone who was asked.
 * @throws {InputError} Where there is no such estimate.
 */
export function changeSince(
  survey: OpenedSurvey,
  question: QuestionId,
  of: Of = mainSetOf(survey, question),
  among?: Group,
): Text {
  const { baseline, codebook } = survey;
  // That it was not part of this wave is said where its figures would be.
  if (!baseline || survey.left_out.includes(question)) return NOTHING;
  const now = share(survey, question, of, among);
  const change = baseline.changeOf(now);
  if (change === null) return whyNot(now, codebook, baseline);
  const answer = answerLabel(codebook, question, now);
  return tell(
    inEveryLanguage((language) =>
      words("since.now", language, {
        answer: capitalise(answer[language]),
        now,
        change: sinceSentence(change, baseline, codebook, language),
      })
    ),
    ...comparabilityTold(survey, [question]),
  );
}

/** A change from the share before, and whether chance explains it. */
function sinceSentence(
  change: Movement,
  baseline: Baseline,
  codebook: Codebook,
  language: Language,
): string {
  const { difference, low, high, moved, now, before } = change;
  const interval = words("since.interval", language, {
    name: intervalName(codebook.study.confidence),
    range: pointsRange(change, language),
  });
  const about = { earlier: earlierOf(baseline), before, interval, difference: { difference } };
  // Shares that print as the same number are not said to differ by one.
  const isSame = wholePercent(Math.abs(difference)) === 0 ||
    wholePercent(now.share) === wholePercent(before.share);
  if (isSame && moved === "none") return words("since.same", language, about);
  const than = words(difference > 0 ? "since.more" : "since.less", language, about);
  const why = moved !== "none" ? "moved" : low > 0 || high < 0 ? "among" : "chance";
  return `${than} ${words(`since.${why}`, language, about)}`;
}

/** The wave that the changes are since, as the codebook calls it; undefined where it has no name. */
function waveOf({ study }: Codebook, { survey }: Pick<Baseline, "survey">): string | undefined {
  return survey === null ? study.earlier?.wave : survey.codebook.study.wave;
}

/** Which of some questions were put differently in the earlier wave, and whether they are compared. */
export function comparabilityTold(
  { codebook, baseline, left_out }: OpenedSurvey,
  questions: readonly string[],
): Text[] {
  if (!baseline) return [];
  const earlier = earlierOf(baseline);
  return ([["notice", "since.notice"], ["no", "since.apart"]] as const).flatMap(([how, key]) => {
    const names = questions.filter((name) =>
      !left_out.includes(name) && comparisonOf(codebook, name, waveOf(codebook, baseline)) === how
    );
    return namedNote(codebook, names, key, earlier);
  });
}

/** Which of some variables had other groups in the earlier wave. */
export function otherGroupsTold(
  { codebook, baseline }: OpenedSurvey,
  variables: readonly string[],
): Text[] {
  const before = baseline?.survey;
  if (!before) return [];
  const names = variables.filter((name) =>
    before.codes.has(name) && !isAnsweredAlike(codebook, before.codebook, name)
  );
  return namedNote(codebook, names, "since.other_groups", earlierOf({ survey: before }));
}

/** Why a change cannot be told: not asked, not printed, or too few answers in one of the waves. */
function whyNot(
  { question, variable }: Estimate,
  codebook: Codebook,
  { survey: before }: Baseline,
): Text {
  const earlier = earlierOf({ survey: before });
  const isApart = comparisonOf(codebook, question, waveOf(codebook, { survey: before })) === "no";
  if (isApart) return ownText("since.other_words", { earlier });
  if (before === null) return ownText("since.not_published");
  if (before.left_out.includes(question)) return ownText("since.not_asked", { earlier });
  const isThere = variable === null || before.codes.has(variable);
  return ownText(isThere ? "since.too_few" : "since.no_breakdown", { earlier });
}

/**
 * How the shares that a figure speaks of have changed, as a remark below it.
 *
 * @param of The set or category; the main set of each question if not given.
 */
export function changeNotes(
  survey: OpenedSurvey,
  questions: readonly string[],
  of?: { readonly set: string } | { readonly category: string },
): Text[] {
  const { baseline, codebook } = survey;
  if (!baseline) return [];
  const earlier = earlierOf(baseline);
  const asked = questions.filter((question) => !survey.left_out.includes(question)) as QuestionId[];
  const added = asked.filter((question) => baseline.survey?.left_out.includes(question));
  const notes = [
    ...namedNote(codebook, added, "since.added", earlier),
    ...comparabilityTold(survey, questions),
  ];
  const changes = asked.flatMap((question) =>
    baseline.changeOf(share(survey, question, (of ?? mainSetOf(survey, question)) as Of)) ?? []
  );
  if (changes.length === 0) return notes;
  const told = inEveryLanguage((language) => {
    const answers = changes.map(({ now }) => answerLabel(codebook, now.question, now)[language]);
    const isSame = new Set(answers).size === 1;
    const said = changes.map((change, i) => {
      const label = codebook.questions[change.now.question]!.label[language];
      const question = isSame || answers[i] === label
        ? label
        : `${label}, ${quoted(answers[i]!, language)}`;
      const range = `${pointsRange(change, language)}, ${chanceWords(change, language)}`;
      return `${question} ${signedPoints(change, language)} (${range})`;
    });
    return words("since.several", language, {
      earlier,
      common: isSame ? `, ${quoted(answers[0]!, language)}` : "",
      name: intervalName(codebook.study.confidence),
      said: said.join("; "),
    });
  });
  return [...notes, told];
}

/** Whether a change has moved; where its own interval says so and the family's test does not, why. */
function chanceWords({ low, high, moved }: Movement, language: Language): string {
  return moved === "none" && (low > 0 || high < 0)
    ? words("since.together", language)
    : WAVES[moved][language];
}

function mainSetOf({ codebook: { questions, scales } }: Survey, question: QuestionId): Of {
  return { set: scales[questions[question]?.scale ?? ""]?.main_set as SetId };
}

/** The year of the published report; empty where data/published.json has none. */
export function publishedYear(): string {
  return String(readPublished().facts.find(({ id }) => id === "year_of_study")?.value ?? "");
}
