import { answerLabel } from "../charts/lookup.ts";
import { InputError } from "../responses/input_error.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { nearest } from "../responses/nearest.ts";
import type { Survey } from "../responses/survey.ts";

/**
 * What a question, a score or a variable is called in the codebook.
 *
 * @throws {InputError} Where there is no such name.
 */
export function labelOf({ codebook }: Pick<Survey, "codebook">, name: string): Text {
  const { questions, several, variables } = codebook;
  const all = { ...variables, ...questions, ...several };
  const found = Object.hasOwn(all, name) ? all[name]! : null;
  if (found) return textOf(found.label);
  const [near] = nearest(name, Object.keys(all));
  throw new InputError(
    `The codebook has no question or variable "${name}".` +
      (near === undefined ? "" : ` Is "${near}" meant?`),
  );
}

/** A question as it was put, or in short where nobody has filled that in. */
export function questionText({ codebook }: Survey, name: string): Text {
  const { asked, text } = codebook.several?.[name] ?? codebook.questions[name] ?? { text: null };
  return textOf(asked ?? text ?? labelOf({ codebook }, name));
}

/**
 * What an answer to a question is called: a category, a set, or the main set of its scale.
 *
 * @throws {InputError} Where there is none.
 */
export function answerOf(
  { codebook }: Survey,
  question: string,
  of?: { readonly set: string } | { readonly category: string },
): Text {
  const main = codebook.scales[codebook.questions[question]?.scale ?? ""]?.main_set ?? "";
  return textOf(answerLabel(codebook, question, of ?? { set: main }));
}

/** A text of the codebook by itself, without what stands beside it. */
function textOf(text: Text): Text {
  return inEveryLanguage((language) => text[language]);
}
