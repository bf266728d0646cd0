import { InputError } from "../responses/input_error.ts";
import type { Language } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import type { Codebook } from "../responses/codebook.ts";
import { type Bar, barsOf, estimatesOf, hiddenNotes, hiddenShare, isBarShown } from "./bars.ts";
import { captionOf, type CaptionOptions } from "./caption.ts";
import { type Figure, figureName, type Looks, makeFigure, ordered } from "./figure.ts";
import { figureTable } from "./figure_table.ts";
import { answerLabel, questionOf, scaleOf, setOf, variableOf } from "./lookup.ts";
import { missingInWords, shareInWords } from "../words/estimate_in_words.ts";
import { spreadInWords } from "../words/spread_in_words.ts";
import { likertChart } from "./likert_chart.ts";
import { capitalised, fullStop, TEXT } from "../words/figure_texts.ts";

export interface LikertOptions extends CaptionOptions, Looks {
  /** Questions on the same scale, one bar each, or one question with `variable`. */
  readonly questions: readonly string[];
  /** One bar for each group of this variable. */
  readonly variable?: string;
  /** With `variable`: also a bar for everyone; true by default. */
  readonly overall?: boolean;
  /** The set whose share stands beside the bars; null for none, by default the scale's main one. */
  readonly set?: string | null;
  /** By default made of the questions and the variable. */
  readonly name?: string;
}

/** The most bars whose shares the text alternative goes through one by one. */
const SPOKEN = 6;

/**
 * Stacked bars, one for each of several questions on the same scale, or one for each group.
 *
 * @param estimates At least those of every category, and of the set, of every bar.
 * @throws {InputError} If scales differ, a name is not in the codebook, or an estimate is missing.
 */
export function likertFigure(
  estimates: readonly Estimate[],
  codebook: Codebook,
  options: LikertOptions,
): Figure {
  const { questions, variable, overall = true } = options;
  const [first] = questions;
  if (first === undefined) throw new InputError("A figure of bars needs at least one question.");
  const scale = scaleOf(codebook, first);
  requireOneScale(codebook, questions);
  if (variable !== undefined && questions.length > 1) {
    throw new InputError(
      `Bars by ${variable} show one question, not ${questions.length}. Make a figure for each of ` +
        `${questions.join(", ")}.`,
    );
  }
  const set = options.set === undefined ? scale.main_set : options.set;
  const all = questions.flatMap((question) =>
    barsOf(estimates, codebook, question, { set, variable, overall: overall || !variable })
  );
  const isTotal = ({ group }: Bar) => variable !== undefined && group === null;
  const bars = [
    ...all.filter(isTotal),
    ...ordered(
      all.filter((bar) => !isTotal(bar)),
      options.order,
      ({ question, group }) => group ?? question,
      ({ set, parts }) => (set ?? parts[0])?.share ?? null,
    ),
  ];
  const shown = estimatesOf(bars);
  const name = options.name ?? figureName("likert", questions, variable && `by_${variable}`);
  const caption = (language: Language) =>
    captionOf(shown, codebook, language, options, hiddenNotes(bars));
  return makeFigure({
    kind: "likert",
    name,
    estimates: shown,
    caption,
    alt: (language) => altText(bars, codebook, set, variable, language),
    table: (language) =>
      figureTable(name, caption(language).title, shown, codebook, language, options.changeOf),
    chart: (language, width) =>
      likertChart(
        {
          bars,
          scale,
          colours: options.colours,
          set: set === null ? null : {
            label: setOf(codebook, first, set).label[language],
            categories: setOf(codebook, first, set).categories,
          },
          heading: variable === undefined ? null : variableOf(codebook, variable).label[language],
        },
        language,
        width,
      ),
  }, options);
}

function requireOneScale(codebook: Codebook, questions: readonly string[]): void {
  const scales = questions.map((id) => `${id}: ${questionOf(codebook, id).scale}`);
  if (new Set(questions.map((id) => questionOf(codebook, id).scale)).size > 1) {
    throw new InputError(
      `Questions in one figure have one scale, but these differ (${scales.join(", ")}). ` +
        `Make a figure for each scale.`,
    );
  }
}

function altText(
  bars: readonly Bar[],
  codebook: Codebook,
  set: string | null,
  variable: string | undefined,
  language: Language,
): string {
  const [first] = bars;
  if (first === undefined) return "";
  const what = variable === undefined
    ? TEXT.stackedBars[language]
    : `${TEXT.stackedBars[language]}: ${questionOf(codebook, first.question).label[language]} ` +
      `(${TEXT.by[language]}: ${variableOf(codebook, variable).label[language]})`;
  const share = set === null
    ? ""
    : `${capitalised(setOf(codebook, first.question, set).label[language])} – `;
  const groups = bars.flatMap(({ label, group, set }) =>
    group === null || set === null ? [] : [{ label, estimate: set }]
  );
  const said = bars.length > SPOKEN && set !== null
    ? extremes(bars, language).join("; ")
    : bars.map((bar) => `${bar.label[language]}: ${answersInWords(bar, codebook, language)}`)
      .join("; ") + spreadInWords(groups, language);
  return fullStop(`${what}. ${share}${said}`);
}

function answersInWords(bar: Bar, codebook: Codebook, language: Language): string {
  if (!isBarShown(bar)) return missingInWords(bar.n, language);
  const set = bar.set === null ? [] : [shareInWords(bar.set, language)];
  const hidden = hiddenShare(bar);
  const most = bar.parts.reduce((a, b) => (b.share ?? 0) > (a.share ?? 0) ? b : a);
  const answer = answerLabel(codebook, bar.question, { category: most.category ?? "" })[language];
  // Among those hidden there may be a more common one.
  const said = hidden > (most.share ?? 0)
    ? `${answer} ${shareInWords(most, language)}`
    : `${TEXT.mostSay[language]} ${answer} (${shareInWords(most, language)})`;
  return [...set, said].join(", ");
}

/** Of many bars the highest and the lowest one. */
function extremes(bars: readonly Bar[], language: Language): string[] {
  const known = bars.flatMap(({ label, set }) =>
    set !== null && isShown(set) ? [{ label, set }] : []
  ).sort((a, b) => b.set.share - a.set.share);
  const [highest, lowest] = [known[0], known.at(-1)];
  if (!highest || !lowest) return [TEXT.tooFew[language]];
  return [[TEXT.highest, highest], [TEXT.lowest, lowest]].map((pair) => {
    const [word, bar] = pair as [typeof TEXT.highest, typeof highest];
    return `${word[language]} ${bar.label[language]}: ${shareInWords(bar.set, language)}`;
  });
}
