import { inEveryLanguage, type Text } from "../responses/language.ts";
import { formatList } from "./format_list.ts";
import { quoted } from "./quoted.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { codebook } from "../responses/study.ts";
import { NOBODY_SENTENCE, TOO_FEW_SENTENCE } from "./too_few.ts";

/**
 * A claim's sentence; where that only says that there are too few answers, it also says to what, so
 * that a reader of several in a row knows what each would have been about.
 *
 * @param text The sentence.
 * @param estimates What the claim rests on.
 */
export function tooFewAbout(text: Text, estimates: readonly Estimate[]): Text {
  return inEveryLanguage((language) => {
    const told = text[language];
    if (told !== TOO_FEW_SENTENCE[language] && told !== NOBODY_SENTENCE[language]) return told;
    const { questions, variables } = codebook();
    const names = (ids: readonly string[], from: Readonly<Record<string, { label: Text }>>) =>
      [...new Set(ids)].flatMap((id) =>
        from[id] ? [quoted(from[id].label[language], language)] : []
      );
    const about = names(estimates.map(({ question }) => question), questions);
    const by = names(estimates.flatMap(({ variable }) => variable ?? []), variables);
    if (about.length === 0 || about.length > 2) return told;
    const joined = formatList(about, language);
    const words = by.length !== 1
      ? joined
      : language === "da"
      ? `${joined} efter ${by[0]}`
      : `${joined} by ${by[0]}`;
    return `${told.replace(/\.$/, "")}: ${words}.`;
  });
}
