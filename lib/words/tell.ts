import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { capitalise } from "./prose.ts";
import { NOBODY_SENTENCE, TOO_FEW_SENTENCE } from "./too_few.ts";
import { Voice } from "./voice.ts";

/** A sentence in every language, its numbers said by the voice. */
export type Telling = Readonly<Record<Language, (say: Voice) => string>>;

/** A sentence that is told or already there. */
export type Sentence = Telling | Text;

/**
 * Tells sentences in every language, one after another.
 *
 * Each sentence begins with a capital. One that asks a suppressed estimate for a number is told as a
 * whole as "Here there are too few answers to show anything", in one go for several in a row. A
 * blank line or a list in the result is a sentence that begins with a line break.
 *
 * @param sentences `{ da: (say) => …, en: (say) => … }`, or texts.
 */
export function tell(...sentences: readonly Sentence[]): Text {
  return inEveryLanguage((language) =>
    sentences
      .map((sentence) => tellOne(sentence, language))
      .filter((told, i, all) => told !== "" && told !== all[i - 1])
      .reduce((before, told) =>
        before === "" || told.startsWith("\n") ? before + told : `${before} ${told}`, "")
  );
}

/** Sentences in paragraphs of their own. */
export function paragraphs(...texts: readonly Text[]): Text {
  return inEveryLanguage((language) =>
    texts.map((text) => text[language]).filter((text) => text !== "").join(
      "\n\n",
    )
  );
}

function tellOne(sentence: Sentence, language: Language): string {
  const words = sentence[language];
  if (typeof words === "string") return words;
  const say = new Voice(language);
  const told = words(say);
  // An abbreviation at the end ("33 pct.") brings the full stop with it.
  if (say.saidTooFew) return (say.saidNobody ? NOBODY_SENTENCE : TOO_FEW_SENTENCE)[language];
  return capitalise(told).replace(/pct\.\.(?!\.)/g, "pct.");
}
