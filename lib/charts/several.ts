import type { Codebook } from "../responses/codebook.ts";
import { inEveryLanguage, type Language } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import {
  capitalised,
  fullStop,
  intervalInWords,
  intervalTexts,
  shareInWords,
  spreadInWords,
  TEXT,
} from "../words/figure_texts.ts";
import { ownText } from "../words/message.ts";
import type { CaptionOptions } from "./caption.ts";
import { comparisonParts } from "./comparison.ts";
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
  const chosen = estimates.filter(({ set, variable: by }) =>
    set !== null && by === (variable ?? null)
  );
  const { confidence } = codebook.study;
  const texts = intervalTexts(confidence);
  const all = Object.entries(items).map(([id, item]) => ({
    id,
    label: questionOf(codebook, item).label,
    own: chosen.filter((estimate) => estimate.question === item),
  }));
  const answers = ordered(all, order, ({ id }) => id, ({ own }) => own[0]?.share ?? null);
  const rowsOf = ({ label, own }: typeof answers[number]) =>
    own.map((estimate) => ({
      estimate,
      label: estimate.variable === null
        ? label
        : variableOf(codebook, estimate.variable).categories[estimate.group!]!,
    }));
  const shown = answers.flatMap(({ own }) => own);
  const whole = estimates.filter((each) => each.set !== null && each.variable === null);
  const sum = whole.reduce((sum, { share }) => sum + (share ?? 0), 0);
  const isMore = whole.every(isShown) && sum > 1;
  const sections = (language: Language) => {
    const groups = (rows: ReturnType<typeof rowsOf>) =>
      rows.map(({ label, estimate }) => ({ label: capitalised(label[language]), estimate }));
    return variable
      ? answers.map((answer) => ({
        heading: answer.label[language],
        groups: groups(rowsOf(answer)),
      }))
      : [{ heading: "", groups: groups(answers.flatMap(rowsOf)) }];
  };
  return makeFigure({
    kind: "comparison",
    name: options.name ??
      figureName("comparison", [question], ...variable ? [`by_${variable}`] : []),
    estimates: shown,
    codebook,
    notes: [texts.intervals, ownText(isMore ? "several.more" : "several.choice")],
    alt: (language) => {
      const rows = answers.flatMap(rowsOf);
      const said = rows.map(({ label, estimate }) => {
        const answer = variable
          ? `${questionOf(codebook, estimate.question).label[language]}, `
          : "";
        const interval = isShown(estimate) ? ` (${intervalInWords(estimate, language)})` : "";
        return `${answer}${label[language]}: ${shareInWords(estimate, language)}${interval}`;
      });
      const spread = variable ? "" : spreadInWords(rows, language);
      return `${texts.dots[language]}: ${fullStop(label[language])} ` +
        fullStop(said.join("; ") + spread);
    },
    ...comparisonParts((language) => ({
      sections: sections(language),
      overall: null,
      confidence,
    })),
  }, {
    title: variable
      ? inEveryLanguage((language) =>
        `${label[language]} ${TEXT.by[language]} ${
          variableOf(codebook, variable).label[language].toLowerCase()
        }`
      )
      : label,
    ...options,
  });
}
