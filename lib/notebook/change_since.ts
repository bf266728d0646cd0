import { answerLabel, answerOf } from "../charts/lookup.ts";
import { type Codebook, comparisonOf, isAnsweredAlike } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import type { QuestionId, SetId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { type Estimate, wholePercent } from "../statistics/estimate.ts";
import { type Group, type Of, share } from "../statistics/look_up.ts";
import type { Movement } from "../statistics/moved_most.ts";
import { pointsRange, signedPoints, WAVES } from "../words/change_columns.ts";
import { capitalised } from "../words/figure_texts.ts";
import { formatPoints } from "../words/format_number.ts";
import { intervalName } from "../words/how_counted.ts";
import { ownText, words } from "../words/message.ts";
import { quoted, quotedLabels } from "../words/quoted.ts";
import { NOTHING, tell } from "../words/tell.ts";
import type { Baseline } from "./baseline.ts";
import { publishedYear } from "./claims_told.ts";
import type { OpenedSurvey } from "./open_survey.ts";

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
  if (change === null) return whyNot(now, survey.codebook, baseline);
  const answer = answerLabel(survey.codebook, question, answerOf(now));
  const earlier = earlierOf(baseline);
  const { confidence } = survey.codebook.study;
  return tell(
    inEveryLanguage((language) =>
      words("since.now", language, {
        answer: capitalised(answer[language]),
        now,
        change: sinceSentence(change, earlier, confidence, language),
      })
    ),
    ...comparabilityTold(survey, [question]),
  );
}

/**
 * A change from the share before, and whether chance explains it: `8 percentage points more than in
 * the earlier wave (33%). That is more than chance explains (95% interval of the change: 5 to 12).`
 *
 * @param earlier What the change is since, fit to follow "since".
 * @param confidence Of the interval.
 */
export function sinceSentence(
  change: Movement,
  earlier: Text,
  confidence: number,
  language: Language,
): string {
  const { difference, low, high, moved, now, before } = change;
  const interval = words("since.interval", language, {
    name: intervalName(confidence),
    range: pointsRange(change, language),
  });
  const about = { earlier, before, interval, difference: { difference } };
  // Shares that print as the same number are not said to differ by one.
  const isSame = wholePercent(Math.abs(difference)) === 0 ||
    wholePercent(now.share) === wholePercent(before.share);
  if (isSame && moved === "none") return words("since.same", language, about);
  const than = words(difference > 0 ? "since.more" : "since.less", language, about);
  const key = moved !== "none"
    ? "since.moved"
    : low > 0 || high < 0
    ? "since.among"
    : "since.chance";
  return `${than} ${words(key, language, about)}`;
}

/** The wave that the changes are since, as the codebook calls it; undefined where it has no name. */
function waveOf({ study }: Codebook, { survey }: Pick<Baseline, "survey">): string | undefined {
  return survey === null ? study.earlier?.wave : survey.codebook.study.wave;
}

/** The earlier wave, and of a question that was put differently in it that it was. */
export function earlierOfQuestion(
  codebook: Codebook,
  baseline: Pick<Baseline, "survey">,
  question: string,
): Text {
  const earlier = earlierOf(baseline);
  return comparisonOf(codebook, question, waveOf(codebook, baseline)) === "notice"
    ? ownText("earlier.other_words", { earlier })
    : earlier;
}

/**
 * Which of some questions were put differently in the earlier wave: compared all the same, and not
 * compared; a sentence each, where there are any.
 */
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
    return names.length === 0 ? [] : [namedNote(codebook, names, key, earlier)];
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
  if (names.length === 0) return [];
  return [namedNote(codebook, names, "since.other_groups", earlierOf({ survey: before }))];
}

/** A sentence on questions or variables by their labels. */
function namedNote(
  codebook: Codebook,
  ids: readonly string[],
  key: "since.notice" | "since.apart" | "since.other_groups" | "since.added",
  earlier: Text,
): Text {
  return inEveryLanguage((language) =>
    words(key, language, {
      names: quotedLabels(codebook, ids, language),
      count: ids.length,
      earlier,
    })
  );
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
  const notes = [
    ...added.length === 0 ? [] : [namedNote(codebook, added, "since.added", earlierOf(baseline))],
    ...comparabilityTold(survey, questions),
  ];
  const [first, ...others] = changes;
  if (first === undefined) return notes;
  return [
    ...notes,
    inEveryLanguage((language) => {
      const name = intervalName(codebook.study.confidence);
      const earlier = earlierOf(baseline);
      const answer = ({ now }: Movement) =>
        answerLabel(codebook, now.question, answerOf(now))[language];
      const range = (change: Movement) =>
        `${pointsRange(change, language)}, ${chanceWords(change, language)}`;
      if (others.length === 0) {
        const points = formatPoints(first.difference, language);
        const about = { earlier, answer: answer(first), points, name, range: range(first) };
        return words("since.one", language, about);
      }
      const isSame = others.every((change) => answer(change) === answer(first));
      const said = changes.map((change) => {
        const label = codebook.questions[change.now.question]?.label[language] ?? "";
        const question = isSame || answer(change) === label
          ? label
          : `${label}, ${quoted(answer(change), language)}`;
        return `${question} ${signedPoints(change, language)} (${range(change)})`;
      });
      const common = isSame ? `, ${quoted(answer(first), language)}` : "";
      return words("since.several", language, { earlier, common, name, said: said.join("; ") });
    }),
  ];
}

/** Whether a change has moved; where its own interval says so and the family's test does not, why. */
function chanceWords({ low, high, moved }: Movement, language: Language): string {
  return moved === "none" && (low > 0 || high < 0)
    ? words("since.together", language)
    : WAVES[moved][language];
}

function mainSetOf({ codebook: { questions, scales } }: Survey, question: QuestionId): SetId {
  return scales[questions[question]?.scale ?? ""]?.main_set as SetId;
}
