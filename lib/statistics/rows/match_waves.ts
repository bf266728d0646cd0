import { InputError } from "../../language/input_error.ts";
import type { Survey } from "../../survey/survey.ts";
import { type Column, columnOf } from "../column.ts";
import { type Domain, domainCodes } from "../count_answers.ts";
import type { Matched, Overlap } from "../difference_of_waves.ts";

/** A wave whose respondents can be told apart. */
export interface IdentifiedWave {
  readonly survey: Survey;
  /** One per respondent, the same for the same person in both waves. */
  readonly ids: readonly string[];
  /** The question asked in this wave. */
  readonly question: string | Column;
  readonly answers: readonly string[];
  readonly within?: Domain;
}

/**
 * The cross-table of those who answered in both waves, by whether their answer is among those
 * counted. Needs rows, and ids that go across waves.
 *
 * @throws {InputError} Where an id is there twice in a wave, or a name is not in the codebook.
 * @throws {RangeError} Where there is not one id per respondent, or an answer is none of the
 *   question's.
 */
export function matchWaves(now: IdentifiedWave, before: IdentifiedWave): Overlap {
  const then = answersById(before);
  const overlap = {
    both: { n: 0, ww: 0 },
    onlyNow: { n: 0, ww: 0 },
    onlyBefore: { n: 0, ww: 0 },
    neither: { n: 0, ww: 0 },
  } satisfies Record<keyof Overlap, Matched>;
  for (const [id, { agrees, weight }] of answersById(now)) {
    const other = then.get(id);
    if (other === undefined) continue;
    const matched = overlap[
      agrees ? (other.agrees ? "both" : "onlyNow") : other.agrees ? "onlyBefore" : "neither"
    ];
    matched.n++;
    matched.ww += weight * other.weight;
  }
  return overlap;
}

function answersById(
  { survey, ids, question, answers, within = {} }: IdentifiedWave,
): Map<string, { agrees: boolean; weight: number }> {
  const column = typeof question === "string" ? columnOf(survey, question) : question;
  const { respondents, file } = survey.source;
  if (ids.length !== respondents) {
    throw new RangeError(`${ids.length} ids for ${respondents} respondents`);
  }
  const unknown = answers.find((answer) => !column.categories.includes(answer));
  if (unknown !== undefined) throw new RangeError(`"${unknown}" is no answer to ${column.id}`);
  const inside = domainCodes(survey, within);
  const seen = new Set<string>();
  const people = new Map<string, { agrees: boolean; weight: number }>();
  ids.forEach((id, i) => {
    if (seen.has(id)) {
      throw new InputError(
        `${file} has two respondents "${id}" (the second in row ${
          i + 1
        }). Give each person one id.`,
      );
    }
    seen.add(id);
    const category = column.categories[column.codes[i]! - 1];
    if (category === undefined || (inside && !inside[i])) return;
    people.set(id, { agrees: answers.includes(category), weight: survey.weights?.[i] ?? 1 });
  });
  return people;
}
