import { isAnsweredAlike } from "./codebook.ts";
import { fileColumns } from "./file_columns.ts";
import { InputError } from "./input_error.ts";
import type { Survey } from "./survey.ts";

/**
 * Refuses two waves that are the same answers but for a few people, such as two exports of one wave:
 * what those few answered could be told by subtracting one from the other.
 *
 * @throws {InputError} Where fewer people than the least base, and some, are in one of the two only.
 */
export function requireApart(now: Survey, before: Survey): void {
  // Counts alone do not tell who is who.
  if (now.counted || before.counted) return;
  const names = namesInBoth(now, before);
  const [mine, theirs] = [peopleByAnswers(now, names), peopleByAnswers(before, names)];
  const { least_base } = now.codebook.disclosure;
  for (const [one, other, { source }] of [[mine, theirs, now], [theirs, mine, before]] as const) {
    let alone = 0;
    for (const [answers, people] of one) alone += Math.max(0, people - (other.get(answers) ?? 0));
    if (alone === 0 || alone >= least_base) continue;
    throw new InputError(
      `${now.source.file} and ${before.source.file} hold the same answers but for fewer than ` +
        `${least_base} people in ${source.file}. What those answered could be told by comparing ` +
        `the two. Give the file of another wave as --baseline, or make the report without one.`,
    );
  }
}

/** The questions and variables that two waves asked and that have the same categories in both. */
export function namesInBoth(now: Survey, before: Survey): string[] {
  return fileColumns(now.codebook).filter((name) =>
    now.codes.has(name) && before.codes.has(name) &&
    isAnsweredAlike(now.codebook, before.codebook, name)
  );
}

/** How many people gave the same answers to everything, by their codes. */
export function peopleByAnswers(survey: Survey, names: readonly string[]): Map<string, number> {
  const people = new Map<string, number>();
  for (const answers of wholeAnswers(survey, names)) {
    people.set(answers, (people.get(answers) ?? 0) + 1);
  }
  return people;
}

/** Everything that each respondent answered, as a text of its codes. */
export function* wholeAnswers(
  { codes, source }: Survey,
  names: readonly string[],
): Generator<string> {
  const columns = names.map((name) => codes.get(name)!);
  for (let i = 0; i < source.respondents; i++) {
    yield String.fromCharCode(...columns.map((column) => column[i]!));
  }
}
