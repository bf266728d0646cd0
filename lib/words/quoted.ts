import type { Codebook } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { word } from "./catalogue.ts";
import { formatList } from "./format_list.ts";

/** A name or an answer as it was put, in the language's own marks: »ofte«, “often”. */
export function quoted(text: string, language: Language): string {
  return `${word("quote.open", language)}${text}${word("quote.close", language)}`;
}

/** The same in every language. */
export function quotedText(text: Text): Text {
  return inEveryLanguage((language) => quoted(text[language], language));
}

/** Questions and variables by their labels: “A”, “B” and “C”. What the codebook does not have is told by its id. */
export function quotedLabels(
  { questions, variables }: Pick<Codebook, "questions" | "variables">,
  ids: readonly string[],
): Text {
  return inEveryLanguage((language) =>
    formatList(
      ids.map((id) => quoted((questions[id] ?? variables[id])?.label[language] ?? id, language)),
      language,
    )
  );
}
