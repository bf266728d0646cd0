import { basename, resolve } from "node:path";
import { InputError } from "../responses/input_error.ts";
import { DataProblems, formatProblems } from "../responses/problem.ts";
import { type Mapping, NO_MAPPING, readMapping } from "../responses/mapping.ts";
import { peekFile } from "../responses/open_file.ts";
import { proposeMapping } from "../responses/propose_mapping.ts";
import { areCountColumns } from "../responses/read_counts.ts";
import { validateAnswers } from "../statistics/load_answers.ts";
import { requireCounts } from "../statistics/needed_counts.ts";
import { codebook } from "../responses/study.ts";

/**
 * Prints every problem of a response file. Where columns or values are unknown and it is asked for, writes a
 * proposal of what they may stand for, to be looked through and passed as `--mapping`.
 *
 * @param file The response file.
 * @returns 0: it can be used. 2: it cannot.
 * @throws {MissingCounts} Where it is a table of counts that lacks some that a report needs.
 */
export async function validate(
  file: string,
  options: { readonly mapping?: string; readonly propose?: string } = {},
): Promise<number> {
  const mapping = options.mapping === undefined
    ? NO_MAPPING
    : await readMapping(resolve(options.mapping), codebook());
  const { problems, warnings, survey } = await validateAnswers(file, codebook(), { mapping });
  const name = basename(file);
  if (problems.length > 0) console.log(`Cannot use ${name}\n\n${formatProblems(problems)}`);
  if (warnings.length > 0) console.log(`\nWorth knowing\n\n${formatProblems(warnings)}`);
  const peek = await peekFile(file);
  const isCounts = peek !== null && areCountColumns(peek.header);
  if (!isCounts && problems.length + warnings.length > 0) {
    await propose(file, mapping, options.propose);
  }
  if (survey === null) return 2;
  requireCounts(survey);
  const { respondents, sha256, synthetic } = survey.source;
  console.log(
    `${name} can be used: ${respondents} respondents${synthetic ? ", synthetic" : ""}, ` +
      `SHA-256 ${sha256}.`,
  );
  return 0;
}

async function propose(file: string, mapping: Mapping, path: string | undefined): Promise<void> {
  const proposal = await proposeMapping(file, codebook(), { mapping }).catch((error) => {
    // What is wrong with a file that cannot be read at all has been printed.
    if (error instanceof DataProblems) return null;
    throw error;
  });
  if (proposal === null) return;
  if (path === undefined) {
    console.log(
      `\nFor a proposal of what they may stand for: deno task validate ${file} --propose mapping.json`,
    );
    return;
  }
  const text = JSON.stringify(proposal, null, 2) + "\n";
  await Deno.writeTextFile(path, text, { createNew: true }).catch((error: Error) => {
    const why = error instanceof Deno.errors.AlreadyExists ? "it is there already" : error.message;
    throw new InputError(`Cannot write ${path}: ${why}. Give --propose a new file.`);
  });
  console.log(
    `\nA proposal of what they may stand for: ${path}\n` +
      `Look through it, then: deno task report --data ${file} --mapping ${path}`,
  );
}
