import { isAnsweredAlike } from "./codebook.ts";
import { fileColumns } from "./file_columns.ts";
import type { Survey } from "./survey.ts";

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
