import { basename, extname, resolve } from "node:path";
import { DataProblems, formatProblems } from "../responses/problem.ts";
import { NO_MAPPING, readMapping } from "../responses/mapping.ts";
import { peekFile } from "../responses/open_file.ts";
import { proposeMapping } from "../responses/propose_mapping.ts";
import { areCountColumns } from "../responses/read_counts.ts";
import { validateAnswers } from "../statistics/load_answers.ts";
import { requireCounts } from "../statistics/needed_counts.ts";
import { codebook } from "../responses/study.ts";

/** The options of `deno task validate`. */
export interface ValidateOptions {
  /** What columns and values stand for that the codebook does not know. */
  readonly mapping?: string;
}

/**
 * Prints every problem of a response file. Where columns or values are unknown, writes a proposal of
 * what they may stand for beside the file, to be looked through and passed as `--mapping`.
 *
 * @param file The response file.
 * @returns 0: it can be used. 2: it cannot.
 * @throws {MissingCounts} Where it is a table of counts that lacks some that a report needs.
 */
export async function validate(file: string, options: ValidateOptions = {}): Promise<number> {
  const mapping = options.mapping === undefined
    ? NO_MAPPING
    : await readMapping(resolve(options.mapping), codebook());
  const { problems, warnings, survey } = await validateAnswers(file, codebook(), { mapping });
  const name = basename(file);
  if (problems.length > 0) console.log(`Cannot use ${name}\n\n${formatProblems(problems)}`);
  if (warnings.length > 0) console.log(`\nWorth knowing\n\n${formatProblems(warnings)}`);
  const peek = await peekFile(file);
  const isCounts = peek !== null && areCountColumns(peek.header);
  if (!isCounts && options.mapping === undefined && problems.length + warnings.length > 0) {
    await writeProposal(file);
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

async function writeProposal(file: string): Promise<void> {
  const proposal = await proposeMapping(file, codebook()).catch((error) => {
    // What is wrong with a file that cannot be read at all has been printed.
    if (error instanceof DataProblems) return null;
    throw error;
  });
  if (proposal === null) return;
  const path = `${file.slice(0, file.length - extname(file).length)}.mapping.json`;
  try {
    await Deno.writeTextFile(path, JSON.stringify(proposal, null, 2) + "\n", { createNew: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    console.log(`\n${path} is there already and was left as it is.`);
    return;
  }
  console.log(
    `\nA proposal of what they may stand for: ${path}\n` +
      `Look through it, then: deno task report --data ${file} --mapping ${path}`,
  );
}
