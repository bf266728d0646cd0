import type { Language } from "../responses/language.ts";
import { word } from "./catalogue.ts";

/** A name or an answer as it was put, in the language's own marks: »ofte«, “often”. */
export function quoted(text: string, language: Language): string {
  return `${word("quote.open", language)}${text}${word("quote.close", language)}`;
}
