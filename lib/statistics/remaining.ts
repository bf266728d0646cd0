/**
 * What the finite population correction leaves of a variance: the share that did not answer.
 *
 * @param invited Number of people invited, or null: all of it.
 * @throws {RangeError} Where more responded than were invited.
 */
export function remaining(respondents: number, invited: number | null): number {
  if (invited === null) return 1;
  if (!(invited >= respondents)) {
    throw new RangeError(
      `A population of ${invited} cannot have ${respondents} people in its sample`,
    );
  }
  return 1 - respondents / invited;
}
