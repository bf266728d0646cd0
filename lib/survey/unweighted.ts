import type { Survey } from "./survey.ts";

/** The same survey with everyone counting the same. */
export function unweighted(survey: Survey): Survey {
  const { weighting: _, ...rest } = survey;
  return { ...rest, weights: null };
}
