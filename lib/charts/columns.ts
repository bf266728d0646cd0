import type { Codebook } from "../responses/codebook.ts";
import type { Language } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import { intervalTexts, TEXT } from "../words/figure_texts.ts";
import { capitalise } from "../words/prose.ts";
import { type CaptionOptions, questionOf, scaleOf, setOf } from "./caption.ts";
import { type ChartRow, shareRow } from "./chart.ts";
import { type Figure, figureName, type Looks, makeFigure, ordered } from "./figure.ts";
import { barsOf, estimatesOf, hiddenNotes, isBarShown } from "./likert.ts";
import { coloursOf, palette } from "./palette.ts";

export interface ColumnsOptions extends CaptionOptions, Looks {
  readonly question: string;
  /** The set that is added up below; null for none, by default the scale's main one. */
  readonly set?: string | null;
  /** Whether each bar carries its interval; false by default. */
  readonly intervals?: boolean;
}

/**
 * One question's answers as bars, and below them those that are read together.
 *
 * @param estimates At least those of the categories, and of the set, overall.
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
  const { label, numbers } = questionOf(codebook, question);
  // Bands of numbers are told apart by where they stand.
  const ofNumbers = numbers?.bands?.map(() => palette.accent) ?? {};
  const fills = coloursOf(scale, options.colours ?? ofNumbers);
  const [all] = barsOf(estimates, codebook, question, { set, overall: true });
  const idOf = ({ category }: Estimate) => category ?? "";
  const bar = { ...all!, parts: ordered(all!.parts, options.order, idOf, ({ share }) => share) };
  const texts = intervalTexts(codebook.study.confidence);
  const rowOf = (
    name: string,
    estimate: Estimate,
    colour: string,
    language: Language,
  ): ChartRow => {
    const row = shareRow(name, estimate, language, colour);
    const hidden = TEXT.hidden[language];
    return {
      ...row,
      ...!isShown(estimate) && isBarShown(bar) && { missing: hidden, said: hidden },
      ...!intervals && { interval: "", aside: "" },
    };
  };
  return makeFigure({
    name: options.name ?? figureName("columns", [question]),
    estimates: estimatesOf([bar]),
    codebook,
    notes: [...intervals ? [texts.intervals] : [], ...hiddenNotes([bar])],
    chart: (language) => ({
      kind: "columns",
      what: `${TEXT.columns[language]}: ${label[language]}`,
      header: TEXT.share[language],
      ...intervals && { interval: texts.interval[language] },
      sections: [
        {
          heading: "",
          rows: bar.parts.map((part) => {
            const { category } = part;
            const name = scale.categories[category!]![language];
            return rowOf(name, part, fills.get(category!)!, language);
          }),
        },
        ...set === null ? [] : [{
          heading: capitalise(TEXT.together[language]),
          rows: [
            rowOf(
              capitalise(setOf(codebook, question, set).label[language]),
              bar.set!,
              palette.quiet,
              language,
            ),
          ],
        }],
      ],
    }),
  }, options);
}
