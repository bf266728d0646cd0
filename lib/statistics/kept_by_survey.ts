import type { Survey } from "../responses/survey.ts";

/**
 * Makes a store of what was worked out of surveys: asked for again, it is not worked out again. It
 * is kept as long as the survey is.
 *
 * @returns A function of the survey, of a key that tells apart what is asked, and of how to work it
 *   out.
 */
export function keptBySurvey<T>(): (survey: Survey, key: string, make: () => T) => T {
  const store = new WeakMap<Survey, Map<string, T>>();
  return (survey, key, make) => {
    let kept = store.get(survey);
    if (kept === undefined) store.set(survey, kept = new Map());
    if (!kept.has(key)) kept.set(key, make());
    return kept.get(key)!;
  };
}
