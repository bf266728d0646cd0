import type { Language } from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { word } from "./catalogue.ts";
import { formatList } from "./format_list.ts";
import { quoted } from "./quoted.ts";

/**
 * The sentence that stands for one that needs an estimate which may not be shown, with what it would
 * have been about: `Here there are too few answers to show anything: “…” by “…”.`
 *
 * @param hidden The estimates that may not be shown.
 * @param about All that the sentence speaks of.
 */
export function tooFewSentence(
  hidden: readonly Hidden[],
  about: readonly Hidden[],
  language: Language,
): string {
  const { questions, variables } = codebook();
  const names = (ids: readonly string[], from: Readonly<Record<string, { label: Labels }>>) =>
    [...new Set(ids)].flatMap((id) => from[id] ? [quoted(from[id].label[language], language)] : []);
  const by = names(about.flatMap(({ variable }) => variable ?? []), variables);
  const isNobody = hidden.some(({ n }) => n === 0);
  const isSome = isNobody && about.some(({ n }) => n > 0);
  // Of several questions those that have answers are left out of it.
  const missing = isSome && by.length === 0 ? hidden : about;
  const asked = names(missing.map(({ question }) => question), { ...variables, ...questions });
  const nobody = isSome && by.length > 0 ? "nobody.group" : "nobody.sentence";
  const isProtected = hidden.length > 0 && hidden.every((each) => whyHidden(each) === "protected");
  const few = isProtected ? "protected.sentence" : "too_few.sentence";
  const sentence = word(isNobody ? nobody : few, language);
  if (asked.length === 0 || asked.length > 2) return sentence.replace("{$about}", "");
  const joined = formatList(asked, language);
  const told = by.length === 0 ? joined : word("too_few.by", language).replace("{$names}", joined)
    .replace("{$variables}", formatList(by, language));
  return sentence.replace("{$about}", `: ${told}`);
}

/**
 * Why an estimate is not shown: nobody answered, fewer did than may be shown, or there are enough and the
 * number would tell what a few others answered. Where the number of people is hidden too, it is the last.
 */
export function whyHidden({ n }: Pick<Estimate, "n">): "nobody" | "too_few" | "protected" {
  if (n === 0) return "nobody";
  return n < codebook().disclosure.least_base ? "too_few" : "protected";
}

/** As much of an estimate as tells what it is of. */
export type Hidden = Pick<Estimate, "question" | "variable" | "n">;

type Labels = Readonly<Record<Language, string>>;
