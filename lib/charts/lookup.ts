import { InputError } from "../responses/input_error.ts";
import { nearest } from "../responses/nearest.ts";
import type { Text } from "../responses/language.ts";
import type { Base, Codebook, Question, Scale, Variable } from "../responses/codebook.ts";
import type { Estimate } from "../statistics/estimate.ts";

/** What an estimate is of. */
export interface Wanted {
  readonly question: string;
  /** A category or a set of the question's scale. */
  readonly answer: { readonly category: string } | { readonly set: string };
  readonly variable: string | null;
  readonly group: string | null;
}

/** An entry of the codebook. All of these throw an `InputError` where it has none of that name. */
export function questionOf(codebook: Codebook, id: string): Question {
  return entry(codebook.questions, id, "question");
}

export function scaleOf(codebook: Codebook, question: string): Scale {
  return entry(codebook.scales, questionOf(codebook, question).scale, "scale");
}

export function variableOf(codebook: Codebook, id: string): Variable {
  return entry(codebook.variables, id, "variable");
}

export function baseOf(codebook: Codebook, id: string): Base {
  return entry(codebook.bases, id, "base");
}

export function setOf(codebook: Codebook, question: string, id: string): Scale["sets"][string] {
  return entry(scaleOf(codebook, question).sets, id, `set of the question "${question}"`);
}

/** What an answer is called: the category's label, or the set's. */
export function answerLabel(codebook: Codebook, question: string, answer: Wanted["answer"]): Text {
  if ("set" in answer) return setOf(codebook, question, answer.set).label;
  const { categories } = scaleOf(codebook, question);
  return entry(categories, answer.category, `category of the question "${question}"`);
}

/** What an estimate is a share of, as a question for the codebook. */
export function answerOf({ category, set }: Estimate): { category: string } | { set: string } {
  return set === null ? { category: category ?? "" } : { set };
}

/**
 * The one estimate of a question's category or set, overall or in a group.
 *
 * @throws {InputError} If it is not among the estimates, or twice.
 */
export function findEstimate(estimates: readonly Estimate[], wanted: Wanted): Estimate {
  const category = "category" in wanted.answer ? wanted.answer.category : null;
  const set = "set" in wanted.answer ? wanted.answer.set : null;
  const found = estimates.filter((estimate) =>
    estimate.question === wanted.question && estimate.category === category &&
    estimate.set === set && estimate.variable === wanted.variable && estimate.group === wanted.group
  );
  const [estimate] = found;
  if (estimate !== undefined && found.length === 1) return estimate;
  const part = wanted.variable === null ? "overall" : `for ${wanted.variable} = ${wanted.group}`;
  throw new InputError(
    `Cannot draw the figure: ${found.length === 0 ? "no estimate" : `${found.length} estimates`} ` +
      `of ${wanted.question} (${category ?? set}) ${part} among the ${estimates.length} given. ` +
      `Give the figure the estimates of this question, overall and by every variable it shows, once.`,
  );
}

function entry<T>(entries: Readonly<Record<string, T>>, id: string, kind: string): T {
  const found = Object.hasOwn(entries, id) ? entries[id] : undefined;
  if (found !== undefined) return found;
  const [meant] = nearest(id, Object.keys(entries));
  throw new InputError(
    `Cannot draw the figure: the codebook has no ${kind} named "${id}".` +
      `${meant === undefined ? "" : ` Is "${meant}" meant?`} ` +
      `There is: ${Object.keys(entries).join(", ")}.`,
  );
}

/** What a mark is of: by it the page finds the marks of a row of the table. Only answers have it. */
export function markOf(estimate: Partial<Estimate>): string | undefined {
  const { question, variable, group, set, category } = estimate;
  if (question === undefined || !(set || category)) return undefined;
  return [question, variable ?? "", group ?? "", set ? `set:${set}` : category].join("/");
}
