import { InputError } from "../responses/input_error.ts";
import { nearest } from "../responses/nearest.ts";
import type { Text } from "../responses/language.ts";
import type { Base, Codebook, Question, Scale, Variable } from "../responses/codebook.ts";
import type { Estimate } from "../statistics/estimate.ts";

/** A set of a question's scale, or a category of it: as an estimate has them. */
type Answer = Partial<Pick<Estimate, "set" | "category">>;

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
export function answerLabel(
  codebook: Codebook,
  question: string,
  { set, category }: Answer,
): Text {
  if (set) return setOf(codebook, question, set).label;
  const { categories } = scaleOf(codebook, question);
  return entry(categories, category ?? "", `category of the question "${question}"`);
}

/**
 * The one estimate of a question's category or set, overall or in a group.
 *
 * @throws {InputError} If it is not among the estimates, or twice.
 */
export function findEstimate(
  estimates: readonly Estimate[],
  { question, variable, group, set = null, category = null }:
    & Pick<Estimate, "question" | "variable" | "group">
    & Answer,
): Estimate {
  const found = estimates.filter((each) =>
    each.question === question && each.variable === variable && each.group === group &&
    each.set === set && each.category === category
  );
  if (found.length === 1) return found[0]!;
  const part = variable === null ? "overall" : `for ${variable} = ${group}`;
  throw new InputError(
    `Cannot draw the figure: ${found.length === 0 ? "no estimate" : `${found.length} estimates`} ` +
      `of ${question} (${category ?? set}) ${part} among the ${estimates.length} given. ` +
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
