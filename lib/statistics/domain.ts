import { categoriesOf } from "../responses/codebook.ts";
import type { Survey } from "../responses/survey.ts";
import { whereMask } from "../responses/where.ts";

/**
 * A part of the respondents: those whose answers are among these, for every question and variable
 * named. It restricts who is counted, and leaves the sample as it is: a domain, not a new survey.
 */
export type Domain = Readonly<Record<string, readonly string[]>>;

/** The survey's own domain and another one, as conditions that all hold. */
export function conditionsOf(
  { within: own = {} }: Survey,
  within: Domain,
): [name: string, among: readonly string[]][] {
  return [own, within].flatMap((domain) => Object.entries(domain));
}

/**
 * 1 for each respondent inside the domain and the survey's own, 0 outside; null where everyone is inside.
 * Needs rows.
 *
 * @throws {InputError} Where a name or a category is not in the codebook.
 */
export function domainCodes(survey: Survey, within: Domain): Uint8Array | null {
  const { codes, codebook, source } = survey;
  let inside: Uint8Array | null = null;
  for (const [name, among] of conditionsOf(survey, within)) {
    // Nobody gave an answer to what was not part of the wave.
    const isAsked = codes.has(name) || categoriesOf(codebook, name) === undefined;
    const mask = isAsked
      ? whereMask(codes, codebook, { [name]: among }, source.respondents)
      : new Uint8Array(source.respondents);
    if (inside !== null) { for (let i = 0; i < mask.length; i++) mask[i]! &= inside[i]!; }
    inside = mask;
  }
  return inside;
}
