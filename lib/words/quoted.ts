import type { Codebook } from "../responses/codebook.ts";
import type { Language } from "../responses/language.ts";
import { word } from "./catalogue.ts";
import { formatList } from "./format_list.ts";

/** A name or an answer as it was put, in the language's own marks: »ofte«, “often”. */
export function quoted(text: string, language: Language): string {
  return `${word("quote.open", language)}${text}${word("quote.close", language)}`;
}

/** Questions and variables by their labels: “A”, “B” and “C”. What the codebook does not have is told by its id. */
export function quotedLabels(
  { questions, variables }: Codebook,
  ids: readonly string[],
  language: Language,
): string {
  const labels = ids.map((id) => (questions[id] ?? variables[id])?.label[language] ?? id);
  return formatList(labels.map((label) => quoted(label, language)), language);
}
