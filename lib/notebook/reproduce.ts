import { formatCount } from "../words/format_number.ts";
import { wholePercent } from "../statistics/estimate.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { inPercent } from "../statistics/estimate.ts";
import type { Indicator, Published } from "../responses/published.ts";
import type { Survey } from "../responses/survey.ts";
import { unweighted } from "../responses/counted_answers.ts";
import { type Checked, checkRule, responseRate } from "../statistics/check_rule.ts";
import { indicatorEstimate, isAsked } from "../statistics/indicator_estimate.ts";
import { word } from "../words/catalogue.ts";
import { ownText } from "../words/message.ts";
import { describeIndicator } from "./indicator_label.ts";
import { peopleAmong } from "../statistics/people_among.ts";

/**
 * What became of a published figure. `reproduced`: every rule of the indicator is met. `by_chance`:
 * one is not, but the interval has room for it. `differs`: one is not, and chance does not explain
 * it. `documented`: a fact about the study that no answer can tell. `too_few`, `not_asked`: there is
 * nothing to compare with.
 */
export type Reproduced =
  | "reproduced"
  | "by_chance"
  | "differs"
  | "documented"
  | "too_few"
  | "not_asked";

/** A published figure beside the same one made from these answers. */
export interface Reproduction {
  readonly indicator: Indicator;
  /** What the figure is, in the codebook's words. */
  readonly label: Text;
  /** What the report says: the number, or the statement. */
  readonly published: Text;
  /** What these answers give, in the same form; words where nothing may be shown. */
  readonly found: Text;
  /** The share, 0 to 1, where the figure is one and may be shown. */
  readonly share: number | null;
  /** The people it is out of, unweighted; null for facts about the study. */
  readonly n: number | null;
  /** Share found minus share published, in percentage points; for counts, people. */
  readonly difference: number | null;
  readonly verdict: Reproduced;
}

/**
 * Makes every published figure again from the answers.
 *
 * Without weights, as the report has none. Numbers are compared as printed, rounded half up; words (above, most, rises) by the unrounded
 * shares. A direction is judged by the answers themselves; its test stands with the claims.
 *
 * @param survey Any survey of the codebook. Questions that it lacks are said to be missing.
 * @param published What the report published.
 * @returns One entry per indicator, in the order of the file.
 */
export function reproduce(survey: Survey, published: Published): Reproduction[] {
  const plain = unweighted(survey);
  return published.indicators.map((indicator) => reproduceOne(plain, published, indicator));
}

function reproduceOne(survey: Survey, published: Published, indicator: Indicator): Reproduction {
  const known = {
    indicator,
    ...describeIndicator(survey.codebook, published, indicator),
    share: null,
    n: null,
    difference: null,
  };
  if (indicator.rules.some(({ kind }) => kind === "documented")) {
    return { ...known, found: ownText("found.documented"), verdict: "documented" };
  }
  if (!isAsked(survey, indicator)) {
    return { ...known, found: ownText("reproduced.not_asked"), verdict: "not_asked" };
  }
  const checked = indicator.rules.map((rule) => checkRule(survey, published, indicator, rule));
  return { ...known, ...measured(survey, indicator, checked), verdict: verdictOf(checked) };
}

function verdictOf(checked: readonly Checked[]): Reproduced {
  if (checked.some(({ met }) => met === null)) return "too_few";
  const broken = checked.filter(({ met }) => met === false);
  if (broken.length === 0) return "reproduced";
  return broken.every(({ chance }) => chance) ? "by_chance" : "differs";
}

function measured(
  survey: Survey,
  indicator: Indicator,
  checked: readonly Checked[],
): Pick<Reproduction, "found" | "share" | "n" | "difference"> {
  const value = typeof indicator.value === "number" ? indicator.value : null;
  switch (indicator.unit) {
    case "percent": {
      const estimate = indicatorEstimate(survey, indicator);
      const { share, n } = estimate;
      return {
        found: share === null ? ownText("too_few") : wholePercents(wholePercent(share)),
        share,
        n,
        difference: share === null || value === null ? null : inPercent(share) - value,
      };
    }
    case "count":
      return countMeasured(survey, indicator, checked, value);
    case "meta": {
      const rate = indicator.rules.some(({ kind }) => kind === "response_rate");
      const found = rate ? responseRate(survey) : survey.source.respondents;
      return {
        found: found === null
          ? ownText("too_few")
          : rate
          ? wholePercents(found)
          : inEveryLanguage((language) => formatCount(found, language)),
        share: null,
        n: rate ? survey.codebook.study.invited : null,
        difference: rate && found !== null && value !== null ? found - value : null,
      };
    }
    case "direction":
      return {
        found: saidOf(checked),
        share: null,
        n: peopleAmong(survey, indicator),
        difference: null,
      };
  }
}

/** How many people there are; of a few, only that there are some. */
function countMeasured(
  survey: Survey,
  indicator: Indicator,
  checked: readonly Checked[],
  value: number | null,
): Pick<Reproduction, "found" | "share" | "n" | "difference"> {
  if (indicator.kind === "profile") {
    return { found: saidOf(checked), share: null, n: null, difference: null };
  }
  const people = peopleAmong(survey, indicator);
  return {
    found: Number.isNaN(people)
      ? ownText("too_few")
      : people === 0
      ? ownText("found.nobody")
      : inEveryLanguage((language) => formatCount(people, language)),
    share: null,
    n: people,
    difference: value === null || Number.isNaN(people) ? null : people - value,
  };
}

function saidOf(checked: readonly Checked[]): Text {
  if (checked.some(({ met }) => met === null)) return ownText("too_few");
  return checked.every(({ met }) => met) ? ownText("found.yes") : ownText("found.no");
}

/** A whole per cent as the report prints it. */
function wholePercents(percent: number): Text {
  return inEveryLanguage((language) => `${percent}${word("number.percent", language)}`);
}
