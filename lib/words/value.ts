import { type Base, categoriesOf } from "../responses/codebook.ts";
import type { Language, Text } from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import { type Estimate, isShown, wholePercent } from "../statistics/estimate.ts";
import type { NumberEstimate } from "../statistics/number_estimates.ts";
import {
  type Association,
  associationOutcome,
  type Contrast,
  contrastOutcome,
  type FromPopulation,
  type Part,
  type Trend,
  trendOutcome,
} from "../statistics/outcome.ts";
import { word } from "./catalogue.ts";
import { formatList, isNumberEstimate, quoted } from "./format.ts";

/** An estimate that knows how the people it is of are called. */
export type NamedEstimate = Estimate & { readonly who?: Base };

/** What a message can be given. */
export type Value =
  | NamedEstimate
  | NumberEstimate
  | Contrast
  | Trend
  | Association
  | Part
  | FromPopulation
  | Difference
  | { readonly low: number; readonly high: number }
  | Counted
  | Besides
  | Text
  | readonly (Text | string)[]
  | string
  | number
  | null;

/** A difference of two shares, or of anything else in shares, with its interval where it has one. */
export interface Difference {
  /** −1 to 1. */
  readonly difference: number;
  readonly low?: number;
  readonly high?: number;
}

/** An answer that at least half gave. */
export interface Besides {
  readonly answer: Text;
  readonly given: NamedEstimate;
}

/** Something that rests on so many people. */
export interface Counted {
  readonly n: number;
  readonly weighted: boolean;
}

export const isEstimate = (value: unknown): value is NamedEstimate =>
  has(value, "suppressed") && has(value, "share");
export const isContrast = (value: unknown): value is Contrast => has(value, "tested");
export const isTrend = (value: unknown): value is Trend => has(value, "between");
export const isAssociation = (value: unknown): value is Association => has(value, "gamma");
export const isPart = (value: unknown): value is Part => has(value, "whole");
export const isFromPopulation = (value: unknown): value is FromPopulation =>
  has(value, "deviation");

/** The estimates that a value is made of. */
export function estimatesOf(value: unknown): readonly NamedEstimate[] {
  if (isEstimate(value)) return [value];
  // As much of it as tells what it is of, and whether it may be shown.
  if (isNumberEstimate(value)) return [value as unknown as NamedEstimate];
  if (isContrast(value)) return [value.first, value.second];
  return isTrend(value) ? value.groups : [];
}

/** What a value came out as, for the variants of a message; its own words where it has no kinds. */
export function outcomeOf(value: unknown): string {
  if (isContrast(value)) {
    const { first, second } = value;
    const outcome = contrastOutcome(value);
    if (!isShown(first) || !isShown(second)) return outcome;
    const [one, other] = [first, second].map(({ share }) => wholePercent(share));
    if (one !== other) return outcome;
    // Of two shares that print the same no difference is said to be due to chance, and what nobody
    // does is not done about as often.
    return outcome === "uncertain" || outcome === "alike" && one === 0 ? "same" : outcome;
  }
  if (isTrend(value)) return trendOutcome(value);
  if (isAssociation(value)) return associationOutcome(value);
  if (isPart(value)) {
    if (value.part === null) return "unknown";
    return value.part === value.whole ? "all" : value.part === 0 ? "none" : "some";
  }
  if (isFromPopulation(value)) {
    return value.deviation === null ? "unknown" : value.deviation.assumed ? "assumed" : "known";
  }
  if (has(value, "difference") && has(value, "low")) {
    return contrastOutcome({ tested: value as Contrast["tested"] });
  }
  return value === null ? "unknown" : String(value);
}

function has(value: unknown, key: string): boolean {
  return typeof value === "object" && value !== null && key in value;
}

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
  // Other groups than these may have answered.
  const isPart = Object.entries(Object.groupBy(about, ({ variable }) => variable ?? "")).some(
    ([variable, of = []]) =>
      new Set(of.map(({ group }) => group)).size <
        Object.keys(categoriesOf(codebook(), variable) ?? {}).length,
  );
  const isSome = isNobody && about.some(({ n }) => n > 0);
  // Of several questions those that have answers are left out of it.
  const missing = isSome && by.length === 0 ? hidden : about;
  const asked = names(missing.map(({ question }) => question), { ...variables, ...questions });
  const nobody = isSome && by.length > 0
    ? "nobody.group"
    : isPart
    ? "nobody.groups"
    : "nobody.sentence";
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
export type Hidden = Pick<Estimate, "question" | "variable" | "group" | "n">;

type Labels = Readonly<Record<Language, string>>;
