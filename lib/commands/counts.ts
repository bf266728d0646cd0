import { basename, relative, resolve } from "node:path";
import { categoriesOf } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { NO_MAPPING, readMapping } from "../responses/mapping.ts";
import { formatProblems } from "../responses/problem.ts";
import { COUNT_COLUMNS } from "../responses/read_counts.ts";
import { codebook } from "../responses/study.ts";
import { countAll, countsCsv } from "../statistics/counts_csv.ts";
import { countsSql } from "../statistics/counts_sql.ts";
import { loadAnswers } from "../statistics/load_answers.ts";
import { writeOver } from "./write_over.ts";

/** The options of `deno task counts`. */
export interface CountsOptions {
  /** Where to write; undefined: the terminal. */
  readonly out?: string;
  /** Variables that a report on these counts is to be restricted by. */
  readonly where?: readonly string[];
  /** "column": the file's weights count. */
  readonly weights?: string;
  readonly mapping?: string;
  /** Print the SQL that makes the table in a database instead. */
  readonly sql?: boolean;
  /** The database's table with the answers. */
  readonly table: string;
}

/**
 * Writes all that a report counts of a response file as a table, or the SQL that makes the same table
 * in a database.
 *
 * @param file The response file; undefined with `sql`.
 * @returns 0.
 * @throws {InputError} Where the file or a name is refused.
 */
export async function counts(file: string | undefined, options: CountsOptions): Promise<number> {
  const book = codebook();
  const within = Object.fromEntries((options.where ?? []).map((condition) => {
    const [name = "", category] = condition.split("=");
    const categories = categoriesOf(book, name);
    if (categories === undefined || (category !== undefined && !(category in categories))) {
      throw new InputError(
        `--where: the codebook has no "${condition}". Give a variable such as ${
          Object.keys(book.variables)[0]
        }.`,
      );
    }
    return [name, []];
  }));
  if (options.weights !== undefined && !["column", "none"].includes(options.weights)) {
    throw new InputError(`--weights: "${options.weights}" is neither "column" nor "none".`);
  }
  const weights = options.weights === "column";
  if (options.sql) {
    const sql = countsSql({ codebook: book, within }, options.table, weights);
    await write(sql, options.out, /^-- The counts of a report/, "such SQL");
    return 0;
  }
  if (file === undefined) {
    throw new InputError("Give a response file, or --sql for a table of a database.");
  }
  const mapping = options.mapping === undefined
    ? NO_MAPPING
    : await readMapping(resolve(options.mapping), book);
  const survey = await loadAnswers(file, book, {
    mapping,
    within,
    weights,
    onWarnings: (warnings) => console.error(`${basename(file)}\n${formatProblems(warnings)}\n`),
  });
  const counted = survey.counted ?? countAll(survey, within);
  const columns = new RegExp(`^${COUNT_COLUMNS.join(",")}\n`);
  await write(countsCsv(counted, book, survey.source), options.out, columns, "a table of counts");
  return 0;
}

async function write(
  text: string,
  out: string | undefined,
  beginning: RegExp,
  what: string,
): Promise<void> {
  if (out === undefined) {
    try {
      await new Blob([text]).stream().pipeTo(Deno.stdout.writable, { preventClose: true });
    } catch (error) {
      // Whoever reads has seen enough, as `head` has.
      if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
    }
    return;
  }
  await writeOver(out, text, beginning, what);
  console.log(relative(Deno.cwd(), resolve(out)));
}
