import type { Language } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import type { Codebook } from "../responses/codebook.ts";
import { barsOf, estimatesOf, hiddenNotes } from "./bars.ts";
import { captionOf, type CaptionOptions } from "./caption.ts";
import { columnsChart } from "./columns_chart.ts";
import { type Figure, figureName, type Looks, makeFigure, ordered } from "./figure.ts";
import { answerOf, figureTable } from "./figure_table.ts";
import { answerLabel, questionOf, scaleOf, setOf } from "./lookup.ts";
import { missingInWords, shareInWords } from "../words/estimate_in_words.ts";
import { capitalised, fullStop, intervalTexts, TEXT } from "../words/figure_texts.ts";

export interface ColumnsOptions extends CaptionOptions, Looks {
  readonly question: string;
  /** The set that a bracket is put around; null for none, by default the scale's main one. */
  readonly set?: string | null;
  /** Whether each column carries its interval; false by default. */
  readonly intervals?: boolean;
  /** By default made of the question. */
  readonly name?: string;
}

/**
 * One question's answers as columns, bars where it is narrow.
 *
 * @param estimates At least those of every category, and of the set, overall.
 * @throws {InputError} If a name is not in the codebook, or an estimate is missing.
 */
export function columnsFigure(
  estimates: readonly Estimate[],
  codebook: Codebook,
  options: ColumnsOptions,
): Figure {
  const { question, intervals = false } = options;
  const scale = scaleOf(codebook, question);
  const set = options.set === undefined ? scale.main_set : options.set;
  const bars = barsOf(estimates, codebook, question, { set, overall: true }).map((bar) => ({
    ...bar,
    parts: ordered(
      bar.parts,
      options.order,
      ({ category }) => category ?? "",
      ({ share }) => share,
    ),
  }));
  const shown = estimatesOf(bars);
  const name = options.name ?? figureName("columns", [question]);
  const caption = (language: Language) =>
    captionOf(shown, codebook, language, options, [
      ...intervals ? [intervalTexts(codebook.study.confidence).intervals] : [],
      ...hiddenNotes(bars),
    ]);
  return makeFigure({
    kind: "columns",
    name,
    estimates: shown,
    caption,
    alt: (language) => altText(shown, codebook, question, language),
    table: (language) =>
      figureTable(name, caption(language).title, shown, codebook, language, options.changeOf),
    chart: (language, width) =>
      columnsChart(
        {
          bar: bars[0]!,
          scale,
          colours: options.colours,
          intervals,
          set: set === null ? null : {
            label: setOf(codebook, question, set).label[language],
            categories: setOf(codebook, question, set).categories,
          },
        },
        language,
        width,
      ),
  }, options);
}

function altText(
  estimates: readonly Estimate[],
  codebook: Codebook,
  question: string,
  language: Language,
): string {
  const title = `${TEXT.columns[language]}: ${questionOf(codebook, question).label[language]}.`;
  const [first] = estimates;
  if (first === undefined || estimates.every(({ share }) => share === null)) {
    return `${title} ${capitalised(missingInWords(first?.n ?? 0, language))}.`;
  }
  const said = (part: readonly Estimate[]) =>
    part.map((estimate) => {
      const answer = answerLabel(codebook, question, answerOf(estimate))[language];
      return `${answer} ${shareInWords(estimate, language)}`;
    }).join(", ");
  const sets = estimates.filter(({ set }) => set !== null);
  const categories = estimates.filter(({ category }) => category !== null);
  const most = categories.reduce((a, b) => (b.share ?? 0) > (a.share ?? 0) ? b : a, first);
  const known = categories.reduce((sum, { share }) => sum + (share ?? 0), 0);
  // Among those hidden there may be a more common one.
  const isMost = categories.every(isShown) || 1 - known <= (most.share ?? 0);
  const parts = [
    said(categories),
    ...isMost
      ? [`${TEXT.mostSay[language]} ${answerLabel(codebook, question, answerOf(most))[language]}`]
      : [],
    ...sets.length === 0 ? [] : [`${TEXT.together[language]} ${said(sets)}`],
  ];
  return fullStop(`${title} ${parts.join("; ")}`);
}
