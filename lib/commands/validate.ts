import { basename } from "node:path";
import { formatProblems } from "../survey/format_problems.ts";
import { validateFile } from "../survey/load_survey.ts";
import { codebook } from "../survey/shipped_codebook.ts";

/**
 * Prints every problem of a response file.
 *
 * @param file The response file.
 * @returns 0: it can be used. 2: it cannot.
 */
export async function validate(file: string): Promise<number> {
  const { problems, warnings, survey } = await validateFile(file, codebook());
  const name = basename(file);
  if (problems.length > 0) console.log(`Cannot use ${name}\n\n${formatProblems(problems)}`);
  if (warnings.length > 0) console.log(`\nWorth knowing\n\n${formatProblems(warnings)}`);
  if (survey === null) return 2;
  const { respondents, sha256, synthetic } = survey.source;
  console.log(
    `${name} can be used: ${respondents} respondents${synthetic ? ", synthetic" : ""}, ` +
      `SHA-256 ${sha256}.`,
  );
  return 0;
}
