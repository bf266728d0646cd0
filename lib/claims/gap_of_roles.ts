import { addUp, differenceOfOverlapping } from "../statistics/difference_of_shares.ts";
import { countAnswers } from "../statistics/count_answers.ts";
import { baseOf, countOf, type Counts } from "../statistics/counts.ts";
import { answersNamed, type Gap, type Of } from "../statistics/look_up.ts";
import { isAnswerShown, shownOf } from "../statistics/disclosure/suppress.ts";
import type { QuestionId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";

/**
 * The difference between those who make rulings and those who serve politicians, first minus second,
 * with interval and test. Many do both, so neither group is "the others" of the other: what they
 * share is counted once, as the part that the two have in common.
 *
 * @returns null where one of the two groups is too small to be shown.
 * @throws {InputError} Where the question has no such set or category, or the file no such column.
 */
export function gapOfRoles(survey: Survey, question: QuestionId, of: Of): Gap | null {
  const deciders = countAnswers(survey, question, {
    by: "serves_politicians",
    within: { makes_decisions: ["yes"] },
  });
  const servers = countAnswers(survey, question, {
    by: "makes_decisions",
    within: { serves_politicians: ["yes"] },
  });
  const answers = answersNamed(deciders, of);
  const both = partOf(deciders, (group) => group === "yes", answers);
  // Whoever left the other task open is in one group for certain, and so among "the rest" here.
  const onlyDeciders = partOf(deciders, (group) => group !== "yes", answers);
  const onlyServers = partOf(servers, (group) => group !== "yes", answers);
  const isHidden = (role: "makes_decisions" | "serves_politicians") =>
    !isAnswerShown(countAnswers(survey, question, { by: role }), "yes", answers);
  if (isHidden("makes_decisions") || isHidden("serves_politicians")) return null;
  // The interval tells what those who do both answered.
  if (shownOf(deciders).groups.size === 0) return null;
  const { pValue, ...rest } = differenceOfOverlapping(
    onlyDeciders,
    both,
    onlyServers,
    deciders.sample,
  );
  return { ...rest, p: pValue };
}

function partOf(
  counts: Counts,
  among: (group: string | null) => boolean,
  answers: readonly string[],
) {
  const groups = counts.groups.filter(among);
  return {
    part: addUp(groups.map((group) => countOf(counts, group, answers))),
    base: addUp(groups.map((group) => baseOf(counts, group))),
  };
}
