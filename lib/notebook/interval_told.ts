import type { Text } from "../responses/language.ts";
import type { Survey } from "../responses/survey.ts";
import { isLinearised } from "../statistics/counts.ts";
import { sampleOf } from "../statistics/sample.ts";
import { ownText } from "../words/message.ts";
import { NOTHING, tell } from "../words/tell.ts";

/** Which interval the shares of a survey have, fit to stand as a heading. */
export function intervalHeading(survey: Survey): Text {
  if (isLinearised(sampleOf(survey))) return ownText("interval.effective_heading");
  return ownText(isFinite(survey) ? "interval.finite_heading" : "interval.heading");
}

/** Why that interval, and what it is of. */
export function intervalTold(survey: Survey): Text {
  const { weighted } = sampleOf(survey);
  return tell(
    ownText("interval.stays"),
    isLinearised(sampleOf(survey))
      ? ownText(weighted ? "interval.effective_weights" : "interval.effective_strata")
      : NOTHING,
    ownText(isFinite(survey) ? "interval.finite" : "interval.infinite"),
    ownText("interval.least"),
  );
}

/** Whether variances have a finite population correction, in some stratum at least. */
function isFinite(survey: Survey): boolean {
  const { invited, strata } = sampleOf(survey);
  return strata === undefined ? invited !== null : strata.some(({ invited }) => invited !== null);
}
