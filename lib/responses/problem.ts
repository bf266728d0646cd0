import { InputError } from "./input_error.ts";
import { formatProblems } from "./format_problems.ts";
import { type Rule, RULES } from "./rules.ts";
import { showValue } from "./show_value.ts";

/** One thing that is wrong with a response file, however many rows it concerns. */
export interface Problem {
  readonly rule: Rule;
  /** Number of the first respondent concerned, from 1; null where no row is to blame. */
  readonly row: number | null;
  /** Line in the file of that respondent, from 1; null where there are no lines. */
  readonly line: number | null;
  /** Name of the column as it stands in the file, or as the codebook has it where it is missing. */
  readonly column: string | null;
  /** What stands there, cut and made visible; never an answer to an open question in full. */
  readonly value: string | null;
  /** What was expected, the nearest legal values first. */
  readonly expected: string;
  /** How many rows have the same problem. */
  readonly count: number;
}

/** Makes a problem; what is left out is null, and the count 1. */
export function problem(
  rule: Rule,
  expected: string,
  at: Partial<Omit<Problem, "rule" | "expected">> = {},
): Problem {
  const { row = null, line = null, column = null, count = 1 } = at;
  const value = at.value ?? null;
  return {
    rule,
    row,
    line,
    column: column === null ? null : showValue(column),
    value: value === null ? null : showValue(value),
    expected,
    count,
  };
}

/** Whether a problem stops the run. */
export function isError({ rule }: Problem): boolean {
  return RULES[rule].severity === "error";
}

/** A response file that cannot be used, with everything that is wrong with it. */
export class DataProblems extends InputError {
  /**
   * @param file The file's name.
   * @param problems Errors and warnings; at least one error.
   */
  constructor(readonly file: string, readonly problems: readonly Problem[]) {
    super(
      `Cannot use ${file}\n\n${formatProblems(problems.filter(isError))}`,
    );
  }
}
