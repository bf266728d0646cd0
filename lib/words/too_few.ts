import type { Text } from "../responses/language.ts";

/** What stands where an estimate is suppressed: words, and never a number. */
export const TOO_FEW: Text = {
  da: "for få svar til at vise",
  en: "too few answers to show",
};

/** The sentence that stands for one that needs a suppressed estimate. */
export const TOO_FEW_SENTENCE: Text = {
  da: "Her er der for få svar til at vise noget.",
  en: "Here there are too few answers to show anything.",
};

/** The sentence that stands for one that needs an estimate of nobody: of what was not asked, say. */
export const NOBODY_SENTENCE: Text = {
  da: "Her er der ingen svar i denne runde.",
  en: "Here there are no answers in this wave.",
};
