import type { Codebook } from "../responses/codebook.ts";
import { inEveryLanguage } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import { capitalised, intervalTexts, TEXT } from "../words/figure_texts.ts";
import { ownText } from "../words/message.ts";
import type { CaptionOptions } from "./caption.ts";
import { shareRow } from "./chart.ts";
import { type Figure, figureName, type Looks, makeFigure, ordered } from "./figure.ts";
import { questionOf, variableOf } from "./lookup.ts";

export interface SeveralOptions extends CaptionOptions, Looks {
  /** The question of several answers. */
  readonly question: string;
  /** Whose groups are compared, answer by answer. */
  readonly variable?: string | undefined;
}

/**
 * A question of several answers: how many chose each, with intervals, most first; or each by groups.
 *
 * @param estimates Those who chose each answer, overall or by the variable; see `Several`.
 */
export function severalFigure(
  estimates: readonly Estimate[],
  codebook: Codebook,
  options: SeveralOptions,
): Figure {
  const { question, variable, order = variable ? undefined : "descending" } = options;
  const { label, items } = codebook.several![question]!;
  const by = variable ? variableOf(codebook, variable) : null;
  const chosen = estimates.filter(({ set }) => set !== null);
  const whole = chosen.filter((each) => each.variable === null);
  const all = Object.entries(items).map(([id, item]) => ({
    id,
    label: questionOf(codebook, item).label,
    own: chosen.filter((each) => each.question === item && each.variable === (variable ?? null)),
  }));
  const answers = ordered(all, order, ({ id }) => id, ({ own }) => own[0]?.share ?? null);
  const sum = whole.reduce((sum, { share }) => sum + (share ?? 0), 0);
  const isMore = whole.every(isShown) && sum > 1;
  const texts = intervalTexts(codebook.study.confidence);
  return makeFigure({
    name: options.name ??
      figureName("comparison", [question], ...variable ? [`by_${variable}`] : []),
    estimates: answers.flatMap(({ own }) => own),
    codebook,
    notes: [texts.intervals, ownText(isMore ? "several.more" : "several.choice")],
    chart: (language) => {
      const sections = answers.map(({ label, own }) => ({
        heading: by ? label[language] : "",
        rows: own.map((estimate) => {
          const name = by ? by.categories[estimate.group!]! : label;
          return shareRow(capitalised(name[language]), estimate, language);
        }),
      }));
      return {
        kind: "comparison",
        what: `${texts.dots[language]}: ${label[language]}`,
        header: TEXT.share[language],
        interval: texts.interval[language],
        sections: by ? sections : [{ heading: "", rows: sections.flatMap(({ rows }) => rows) }],
      };
    },
  }, {
    title: by
      ? inEveryLanguage((language) =>
        `${label[language]} ${TEXT.by[language]} ${by.label[language].toLowerCase()}`
      )
      : label,
    ...options,
  });
}
