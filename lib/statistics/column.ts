import { categoriesOf } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { NeedsRows } from "../responses/counted_answers.ts";
import { nearest } from "../responses/nearest.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../responses/survey.ts";

/** One coded answer per respondent, with what the codes mean. */
export interface CodedColumn {
  /** Question or variable, by codebook id. */
  readonly id: string;
  /** Who was asked, by codebook id. */
  readonly base: string;
  /** The categories of the codes 1, 2, 3 …, in codebook order. */
  readonly categories: readonly string[];
  /** Named sets of categories; a variable has none. */
  readonly sets: Readonly<Record<string, readonly string[]>>;
  /** The category that means "don't know": an answer, and no step of a scale. */
  readonly dontKnow: string | null;
  /** One code per respondent, as in `Survey.codes`. */
  readonly codes: Uint8Array;
  /** Of a column made of several: the answers to each that make a "yes"; see `eitherColumn()`. */
  readonly either?: Readonly<Record<string, readonly string[]>>;
}

/**
 * The column of a question or a variable. One that the file has no column for was not part of this
 * wave: nobody was asked.
 *
 * @param name A question or variable of the survey's codebook.
 * @throws {InputError} Where the codebook has no such name.
 */
export function columnOf(survey: Survey, name: string): CodedColumn {
  const { codebook } = survey;
  const question = codebook.questions[name];
  const base = (question ?? codebook.variables[name])?.base;
  const categories = categoriesOf(codebook, name);
  if (base === undefined || categories === undefined) {
    const { items } = codebook.several?.[name] ?? {};
    if (items) {
      throw new InputError(
        `"${name}" takes several answers, each of which is counted by itself. Use one of: ` +
          `${Object.values(items).join(", ")}; or several(), share() or breakdown().`,
      );
    }
    const names = [...Object.keys(codebook.questions), ...Object.keys(codebook.variables)];
    const [meant] = nearest(name, names);
    throw new InputError(
      `There is no question or variable "${name}" in the codebook.` +
        `${meant === undefined ? "" : ` Is "${meant}" meant?`} Use one of: ${names.join(", ")}.`,
    );
  }
  const scale = question && codebook.scales[question.scale];
  const sets = Object.entries(scale?.sets ?? {})
    .map(([set, { categories }]) => [set, categories] as const);
  const column = {
    id: name,
    base,
    categories: Object.keys(categories),
    sets: Object.fromEntries(sets),
    dontKnow: scale?.dont_know ?? null,
  };
  if (survey.counted) return withoutCodes(column);
  const codes = survey.codes.get(name) ??
    new Uint8Array(survey.source.respondents).fill(NOT_ASKED);
  return { ...column, codes };
}

/** The categories in order, without "don't know". */
export function stepsOf({ categories, dontKnow }: CodedColumn): string[] {
  return categories.filter((category) => category !== dontKnow);
}

/** A column of a survey that was read as counts: whoever looks at its codes needs rows. */
function withoutCodes(column: Omit<CodedColumn, "codes">): CodedColumn {
  return {
    ...column,
    get codes(): never {
      throw new NeedsRows(column.id);
    },
  };
}

/** Joins the questions that a made column is of. No codebook id has it. */
const JOINT = "+";
const [YES, NO] = [1, 2];

/**
 * A column that says of each respondent whether at least one of several answers is among those named,
 * to be counted like any question. It needs rows, or counts of the questions together.
 *
 * Whoever was asked one of the questions was asked. Yes: one of the answers is among those named.
 * No: every question that was asked has another answer. No answer: one was left empty.
 *
 * @param either By question or variable, the categories that count.
 * @returns A column with the categories yes and no; its id joins the questions with "+".
 * @throws {InputError} Where a name is not in the codebook, or no question is named.
 */
export function eitherColumn(
  survey: Survey,
  either: Readonly<Record<string, readonly string[]>>,
): CodedColumn {
  const columns = Object.keys(either).map((name) => columnOf(survey, name));
  const meanings = columns.map((column) => meaningOf(column, either[column.id]!));
  if (columns.length === 0) {
    throw new InputError(
      "Name at least one question and the answers to it: { question: ['category'] }.",
    );
  }
  const made = {
    id: columns.map(({ id }) => id).join(JOINT),
    base: [...new Set(columns.map(({ base }) => base))].join(JOINT),
    categories: ["yes", "no"],
    sets: {},
    dontKnow: null,
    either,
  };
  if (survey.counted) return withoutCodes(made);
  const codes = new Uint8Array(survey.source.respondents).map((_, i) =>
    eitherOf(columns.map(({ codes }, c) => meanings[c]![codes[i]!]!))
  );
  return { ...made, codes };
}

/** By code of a question, what it says: one of some answers, another, or none. */
function meaningOf({ id, categories }: CodedColumn, wanted: readonly string[]): Uint8Array {
  const meaning = new Uint8Array(256).fill(NO);
  meaning[NO_ANSWER] = NO_ANSWER;
  meaning[NOT_ASKED] = NOT_ASKED;
  for (const category of wanted) {
    const at = categories.indexOf(category);
    if (at < 0) {
      throw new InputError(
        `"${category}" is no category of "${id}". Use one of: ${categories.join(", ")}.`,
      );
    }
    meaning[at + 1] = YES;
  }
  return meaning;
}

/** Yes to one is yes; otherwise a question left empty leaves it open; asked one of them is asked. */
function eitherOf(said: readonly number[]): number {
  return [YES, NO_ANSWER, NO].find((code) => said.includes(code)) ?? NOT_ASKED;
}
