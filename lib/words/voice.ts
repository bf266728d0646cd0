import { formatDate } from "./format_date.ts";
import { formatList } from "./format_list.ts";
import {
  formatCount,
  formatDecimal,
  formatInterval,
  formatPercent,
  formatPoints,
  formatPValue,
} from "./format_number.ts";
import type { Language, Text } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import type { ShownEstimate } from "../statistics/estimate.ts";
import { comparisonPhrase } from "./compare_shares.ts";
import type { Difference } from "./difference.ts";
import { type FractionOptions, fractionPhrase, isSingular } from "./fraction_phrase.ts";
import { majorityPhrase } from "./majority_phrase.ts";
import { escapeProse } from "./prose.ts";
import { TOO_FEW } from "./too_few.ts";
import { trendPhrase } from "./trend_phrase.ts";

/**
 * Says estimates in one language. Every number of a sentence comes through here, from an estimate.
 *
 * Whatever is asked of a suppressed estimate, the answer is "too few answers to show", and
 * `saidTooFew` is true from then on, so that the sentence around it can give way.
 */
export class Voice {
  #saidTooFew = false;
  #saidNobody = false;

  /** @param language The language that is spoken. */
  constructor(readonly language: Language) {}

  /** Whether a suppressed estimate was asked for. */
  get saidTooFew(): boolean {
    return this.#saidTooFew;
  }

  /** Whether an estimate of nobody was asked for. */
  get saidNobody(): boolean {
    return this.#saidNobody;
  }

  /** `33 pct.`, `33%`. */
  share(estimate: Estimate): string {
    return this.#of([estimate], ([{ share }]) => formatPercent(share, this.language));
  }

  /** `hver tredje`, `knap halvdelen (47 pct.)`, `two thirds of the members`. */
  fraction(estimate: Estimate, options: FractionOptions = {}): string {
    return this.#of(
      [estimate],
      ([{ share }]) => fractionPhrase(share, this.language, this.#asText(options)),
    );
  }

  /** The word that fits the number of a Danish fraction: `hver tredje er enig`, `halvdelen er enige`. */
  fitting(
    estimate: Estimate,
    singular: string,
    plural: string,
    options: FractionOptions = {},
  ): string {
    return this.#of(
      [estimate],
      ([{ share }]) => this.language === "da" && isSingular(share, options) ? singular : plural,
    );
  }

  /** `et flertal`, `a minority`; the fraction where the answers cannot tell which. */
  majority(estimate: Estimate, options: FractionOptions = {}): string {
    return this.#of(
      [estimate],
      ([shown]) => majorityPhrase(shown, this.language, this.#asText(options)),
    );
  }

  /** The interval: `31–35 pct.`, `31–35%`. */
  interval(estimate: Estimate): string {
    return this.#of([estimate], ([{ low, high }]) => formatInterval(low, high, this.language));
  }

  /** How many gave the answer, unweighted: `426`. */
  count(estimate: Estimate): string {
    return this.#of([estimate], ([{ count }]) => formatCount(count, this.language));
  }

  /** How many answered the question, unweighted: `1.288 svar`, `1 answer`. */
  base({ n }: Pick<Estimate, "n">): string {
    // A number of people that is an answer by itself may be hidden.
    if (!Number.isFinite(n)) {
      return this.language === "da" ? "et skjult antal svar" : "a hidden number of answers";
    }
    const noun = this.language === "da" ? "svar" : n === 1 ? "answer" : "answers";
    return `${formatCount(n, this.language)} ${noun}`;
  }

  /** How the first lies to the second: `næsten lige så mange`; with a test, whether chance explains it. */
  comparison(first: Estimate, second: Estimate, tested?: Difference | null): string {
    return this.#of(
      [first, second],
      ([a, b]) => comparisonPhrase(a.share, b.share, this.language, tested),
    );
  }

  /** The trend over ordered groups: `stiger fra 31 pct. til 47 pct.`. */
  trend(estimates: readonly Estimate[]): string {
    return this.#of(
      estimates,
      (shown) => trendPhrase(shown.map(({ share }) => share), this.language),
    );
  }

  /** The size of a difference: `16 procentpoint`; signed only where asked for. */
  points({ difference }: Difference, sign: "signed" | "size" = "size"): string {
    return formatPoints(difference, this.language, sign);
  }

  /** `p = 0,03`. */
  p(p: number): string {
    return formatPValue(p, this.language);
  }

  /** A whole number that is computed: `1.288`. */
  number(value: number): string {
    return formatCount(value, this.language);
  }

  /** A computed number with decimals: `0,38`. */
  decimal(value: number, digits: number): string {
    return formatDecimal(value, digits, this.language);
  }

  /** A share that is not an estimate, such as a response rate: `20 pct.`. */
  percent(share: number): string {
    return formatPercent(share, this.language);
  }

  /** `22. marts 2023`. */
  date(day: string): string {
    return formatDate(day, this.language);
  }

  /** Text from the codebook or the data, never read as markup. */
  text(text: Text | string): string {
    return escapeProse(typeof text === "string" ? text : text[this.language]);
  }

  /** `a, b og c`. */
  list(items: readonly (Text | string)[]): string {
    return formatList(items.map((item) => this.text(item)), this.language);
  }

  // Whom a share is of comes from the codebook, so it is text and never markup.
  #asText(options: FractionOptions): FractionOptions {
    const { of } = options;
    return of ? { ...options, of: { da: escapeProse(of.da), en: escapeProse(of.en) } } : options;
  }

  #of<const E extends readonly Estimate[]>(
    estimates: E,
    say: (shown: { readonly [K in keyof E]: ShownEstimate }) => string,
  ): string {
    if (estimates.every(isShown)) {
      return say(estimates as { readonly [K in keyof E]: ShownEstimate });
    }
    this.#saidTooFew = true;
    if (estimates.some(({ n }) => n === 0)) this.#saidNobody = true;
    return TOO_FEW[this.language];
  }
}
