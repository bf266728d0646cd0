import { MessageFormat } from "messageformat";
import { isInWave } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text, translated } from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import { word, type WordKey } from "./catalogue.ts";
import { makeFunctions } from "./message_functions.ts";
import { capitalise } from "./prose.ts";
import { type Hidden, tooFewSentence } from "./too_few.ts";
import { estimatesOf, type Value } from "./value.ts";

/** What a message's variables stand for, by name. */
export type Values = Readonly<Record<string, Value>>;

/** The estimates that the message being said may not show; messages are said one at a time. */
let hidden: Hidden[] = [];
/** Whether the message being said tells a share that is flagged as uncertain. */
let isDoubtful = false;
const functionsOf = (language: Language) =>
  makeFunctions(language, (estimates) => hidden.push(...estimates), () => isDoubtful = true);

const compiled = new Map<string, MessageFormat<string>>();

/** A message as MessageFormat 2 reads it, kept for the next time. */
export function compile(source: string, language: Language): MessageFormat<string> {
  const key = `${language} ${source}`;
  let message = compiled.get(key);
  if (message === undefined) {
    message = new MessageFormat<string>(language, source, {
      bidiIsolation: "none",
      functions: functionsOf(language) as never,
    });
    compiled.set(key, message);
  }
  return message;
}

/**
 * Says one sentence or part of one: a Unicode MessageFormat 2 message, its numbers by the functions of
 * lib/words (`{$pressed :share}`, `{$pressed :fraction of=base share=yes}`).
 *
 * A message that asks a suppressed estimate for a number becomes, as a whole, the sentence that there
 * are too few answers, and to what. Of one that tells a share flagged as uncertain (`reliability()`) the
 * end says so.
 *
 * @throws {Error} Where the message has a fault, or a variable that is not given.
 */
export function say(source: string, language: Language, values: Values = {}): string {
  hidden = [];
  isDoubtful = false;
  const said = compile(source, language).format(values as Record<string, unknown>, (error) => {
    throw new Error(`Cannot say "${source}": ${error}`, { cause: error });
  });
  if (hidden.length > 0) {
    const all = Object.values(values).flatMap(estimatesOf);
    return tooFewSentence(hidden, all.length > 0 ? all : hidden, language);
  }
  const told = isDoubtful ? withDoubt(said, language) : said;
  // An abbreviation at the end ("33 pct.") brings the full stop with it.
  return told.replace(/pct\.\.(?!\.)/g, "pct.");
}

/** Says of a sentence that its figure is uncertain, before its full stop. */
function withDoubt(said: string, language: Language): string {
  const end = /(?<!pct)\.$/.test(said) ? said.length - 1 : said.length;
  return `${said.slice(0, end)} ${word("reliability.told", language)}${said.slice(end)}`;
}

/** A sentence in every language. */
export interface Message extends Text {
  /** What it speaks of, by codebook id, where that was not part of this wave: it says nothing else. */
  readonly missing?: readonly string[];
}

/** A sentence in every language, its first letter a capital. See {@link say}. */
export function message(texts: Text, values: Values = {}): Message {
  const all = translated(texts);
  let missing: string[] = [];
  const told = inEveryLanguage((language) => {
    const said = capitalise(say(all[language], language, values));
    missing = hidden.filter(isMissing).map(({ question }) => question);
    return said;
  });
  return missing.length > 0 ? { ...told, missing } : told;
}

/** Whether nobody answered since nobody was asked: in a group, where the codebook says so. */
function isMissing({ n, variable, question }: Hidden): boolean {
  const isThere = [question, variable].every((id) => id === null || isInWave(codebook(), id));
  return n === 0 && (variable === null || !isThere);
}

/** One of the program's own texts in one language. */
export function words(key: WordKey, language: Language, values: Values = {}): string {
  const text = word(key, language);
  return /[{.]/.test(text) ? say(text, language, values) : text;
}

/** One of the program's own texts in every language. */
export function ownText(key: WordKey, values: Values = {}): Text {
  return inEveryLanguage((language) => words(key, language, values));
}
