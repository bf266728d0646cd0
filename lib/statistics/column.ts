import { categoriesOf } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { nearest } from "../responses/spelling.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../responses/survey.ts";

/** One coded answer per respondent, with what the codes mean. */
export interface CodedColumn {
  readonly id: string;
  readonly base: string;
  /** The categories of the codes 1, 2, 3 …, in codebook order. */
  readonly categories: readonly string[];
  /** Named sets of categories; a variable has none. */
  readonly sets: Readonly<Record<string, readonly string[]>>;
  /** The category that means "don't know": an answer, and no step of a scale. */
  readonly dontKnow: string | null;
  readonly codes: Uint8Array;
  /** Of a column made of several: the answers to each that make a "yes"; see `eitherColumn()`. */
  readonly either?: Readonly<Record<string, readonly string[]>>;
}

/**
 * The column of a question or a variable. Of one that the file has no column for nobody was asked.
 *
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
  return withCodes(
    {
      ...{ id: name, base, categories: Object.keys(categories), sets: Object.fromEntries(sets) },
      dontKnow: scale?.dont_know ?? null,
    },
    () => survey.codes.get(name) ?? new Uint8Array(survey.source.respondents).fill(NOT_ASKED),
  );
}

/** The categories in order, without "don't know". */
export function stepsOf({ categories, dontKnow }: CodedColumn): string[] {
  return categories.filter((category) => category !== dontKnow);
}

/** A column whose codes are made when they are looked at: a survey that was read as counts has none. */
function withCodes(column: Omit<CodedColumn, "codes">, make: () => Uint8Array): CodedColumn {
  let codes: Uint8Array | undefined;
  return {
    ...column,
    get codes() {
      return codes ??= make();
    },
  };
}

/** Joins the questions that a made column is of. No codebook id has it. */
const JOINT = "+";
const [YES, NO] = [1, 2];

/**
 * A column that says of each respondent whether at least one of several answers is among those named,
 * to be counted like any question, of rows or of counts of the questions together.
 *
 * Whoever was asked one of the questions was asked. Yes: one of the answers is among those named.
 * No: every question that was asked has another answer. No answer: one was left empty.
 *
 * @param either By question or variable, one or more, the categories that count.
 * @returns A column with the categories yes and no; its id joins the questions with "+".
 * @throws {InputError} Where a name or a category is not in the codebook.
 */
export function eitherColumn(
  survey: Survey,
  either: Readonly<Record<string, readonly string[]>>,
): CodedColumn {
  const columns = Object.keys(either).map((name) => columnOf(survey, name));
  if (columns.length === 0) throw new InputError("Name a question and answers: { question: [] }.");
  const meanings = columns.map((column) => meaningOf(column, either[column.id]!));
  return withCodes(
    {
      id: columns.map(({ id }) => id).join(JOINT),
      base: [...new Set(columns.map(({ base }) => base))].join(JOINT),
      ...{ categories: ["yes", "no"], sets: {}, dontKnow: null, either },
    },
    () => {
      const all = columns.map(({ codes }) => codes);
      return new Uint8Array(survey.source.respondents).map((_, i) => {
        const said = all.map((codes, c) => meanings[c]![codes[i]!]!);
        return [YES, NO_ANSWER, NO].find((code) => said.includes(code)) ?? NOT_ASKED;
      });
    },
  );
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
