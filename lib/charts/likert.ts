import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import type { Language } from "../responses/language.ts";
import { isShown, wholePercent } from "../statistics/estimate.ts";
import type { Estimate } from "../statistics/estimate.ts";
import {
  capitalised,
  missingInWords,
  shareInChart,
  shareInWords,
  TEXT,
} from "../words/figure_texts.ts";
import { type Bar, barsOf, estimatesOf, hiddenNotes, hiddenShare, isBarShown } from "./bars.ts";
import type { CaptionOptions } from "./caption.ts";
import type { Answer, ChartRow, Part } from "./chart.ts";
import { type Figure, figureName, type Looks, makeFigure, ordered } from "./figure.ts";
import { answerLabel, markOf, questionOf, scaleOf, setOf, variableOf } from "./lookup.ts";
import { coloursOf } from "./palette.ts";

export interface LikertOptions extends CaptionOptions, Looks {
  /** Questions on the same scale, one bar each, or one question with `variable`. */
  readonly questions: readonly string[];
  /** One bar for each group of this variable. */
  readonly variable?: string;
  /** With `variable`: also a bar for everyone; true by default. */
  readonly overall?: boolean;
  /** The set whose share stands beside the bars; null for none, by default the scale's main one. */
  readonly set?: string | null;
}

/** Of the whole bar, what lies between the scale and "don't know". */
const APART = 0.015;

/**
 * Stacked bars, one for each of several questions on the same scale, or one for each group.
 *
 * @param estimates At least those of the categories, and of the set, of every bar.
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
  const scales = questions.map((id) => `${id}: ${questionOf(codebook, id).scale}`);
  if (questions.some((id) => scaleOf(codebook, id) !== scale)) {
    throw new InputError(
      `Questions in one figure have one scale, but these differ (${scales.join(", ")}). ` +
        `Make a figure for each scale.`,
    );
  }
  if (variable !== undefined && questions.length > 1) {
    throw new InputError(
      `Bars by ${variable} show one question, not ${questions.length}. Make a figure for each of ` +
        `${questions.join(", ")}.`,
    );
  }
  const set = options.set === undefined ? scale.main_set : options.set;
  const beside = set === null ? null : setOf(codebook, first, set);
  const fills = coloursOf(scale, options.colours);
  const all = questions.flatMap((question) =>
    barsOf(estimates, codebook, question, { set, variable, overall: overall || !variable })
  );
  const isTotal = ({ group }: Bar) => variable !== undefined && group === null;
  const shareOf = ({ set, parts }: Bar) => (set ?? parts[0])?.share ?? null;
  const idOf = ({ question, group }: Bar) => group ?? question;
  const totals = all.filter(isTotal);
  const groups = ordered(all.filter((bar) => !isTotal(bar)), options.order, idOf, shareOf);
  const bars = [...totals, ...groups];

  const answersIn = (language: Language): Answer[] => {
    const asked = (all[0]?.parts ?? []).map(({ category }): Answer => ({
      id: category!,
      name: scale.categories[category!]![language],
      colour: fills.get(category!)!,
      ...category === scale.dont_know && { apart: true },
    }));
    const isHidden = bars.some((bar) => isBarShown(bar) && hiddenShare(bar) > 0);
    const hidden = { id: HIDDEN, name: capitalised(TEXT.hidden[language]), colour: "none" };
    return [
      ...asked.filter(({ apart }) => !apart),
      ...isHidden ? [hidden] : [],
      ...asked.filter(({ apart }) => apart),
    ];
  };
  const partsOf = (bar: Bar, language: Language): Part[] => {
    const hidden = hiddenShare(bar);
    const parts = answersIn(language).map(({ id, colour }): Part => {
      const estimate = bar.parts.find(({ category }) => category === id);
      const share = id === HIDDEN ? hidden : estimate?.share ?? null;
      return {
        ...{ id, share, colour },
        text: id === HIDDEN ? TEXT.hidden[language] : `${wholePercent(share ?? 0) || "<1"}`,
        counted: beside?.categories.includes(id) ?? false,
        of: estimate && markOf(estimate),
      };
    });
    const last = parts.at(-1);
    if (last?.id !== scale.dont_know) return parts;
    const room = 1 + APART - parts.reduce((sum, { share }) => sum + (share ?? 0), 0);
    const apart = { id: "", share: room, colour: null, text: "", counted: false };
    return [...parts.slice(0, -1), apart, last];
  };
  const rowOf = (bar: Bar, language: Language): ChartRow => ({
    ...{ label: bar.label[language], n: bar.n, number: bar.set?.share ?? null, interval: "" },
    ...isBarShown(bar)
      ? { parts: partsOf(bar, language) }
      : { missing: missingInWords(bar.n, language) },
    value: bar.set === null ? "" : shareInChart(bar.set, language),
    said: bar.set === null ? "" : shareInWords(bar.set, language),
    aside: isBarShown(bar) ? mostSaid(bar, codebook, language) : "",
  });
  return makeFigure({
    name: options.name ?? figureName("likert", questions, variable && `by_${variable}`),
    estimates: estimatesOf(bars),
    codebook,
    notes: hiddenNotes(bars),
    chart: (language) => {
      const header = capitalised(beside?.label[language] ?? "");
      const by = variable && variableOf(codebook, variable).label[language];
      const what = by
        ? `${questionOf(codebook, first).label[language]} (${TEXT.by[language]}: ${by})`
        : "";
      return {
        kind: "likert",
        what: [TEXT.stackedBars[language], what, header].filter(Boolean).join(": "),
        header,
        answers: answersIn(language),
        sections: [
          ...totals.length === 0
            ? []
            : [{ heading: "", rows: totals.map((bar) => rowOf(bar, language)) }],
          { heading: by ?? "", rows: groups.map((bar) => rowOf(bar, language)) },
        ],
      };
    },
  }, options);
}

/** The id of the answers that are hidden, which are one part: how they share it is what is hidden. */
const HIDDEN = "hidden";

/** What most answered; nothing where there may be a more common one among those hidden. */
function mostSaid(bar: Bar, codebook: Codebook, language: Language): string {
  const most = bar.parts.filter(isShown).reduce((a, b) => b.share > a.share ? b : a);
  if (hiddenShare(bar) > most.share) return "";
  const answer = answerLabel(codebook, bar.question, most)[language];
  const said = `${TEXT.mostSay[language]} ${answer} (${shareInWords(most, language)})`;
  return bar.set === null ? said : `, ${said}`;
}
