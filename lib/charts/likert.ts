import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import type { Language, Text } from "../responses/language.ts";
import { type Estimate, isShown, wholePercent } from "../statistics/estimate.ts";
import { missingInWords, shareInChart, shareInWords, TEXT } from "../words/figure_texts.ts";
import { capitalise } from "../words/prose.ts";
import {
  answerLabel,
  type CaptionOptions,
  findEstimate,
  markOf,
  questionOf,
  scaleOf,
  setOf,
  variableOf,
} from "./caption.ts";
import type { Answer, ChartRow, Part } from "./chart.ts";
import { type Figure, figureName, type Looks, makeFigure, ordered } from "./figure.ts";
import { coloursOf } from "./palette.ts";

interface LikertOptions extends CaptionOptions, Looks {
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
    const hidden = { id: HIDDEN, name: capitalise(TEXT.hidden[language]), colour: "none" };
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
      const header = capitalise(beside?.label[language] ?? "");
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

/** Everyone's answers to a question, or one group's: what a bar or a set of columns is drawn from. */
interface Bar {
  readonly label: Text;
  readonly question: string;
  /** The group's category; null for everyone in the base. */
  readonly group: string | null;
  readonly n: number;
  /** The categories in the order of the scale. */
  readonly parts: readonly Estimate[];
  /** The share of the named set that stands beside the bar. */
  readonly set: Estimate | null;
}

/**
 * The data of the bars of one question: for everyone (`overall`), then for each group of a variable, in
 * codebook order. Groups and categories that none of the estimates is of are left out.
 *
 * @param options.set The set whose share stands beside the bar; null for none.
 * @throws {InputError} For a name that is not in the codebook, or an estimate that was not given.
 */
export function barsOf(
  estimates: readonly Estimate[],
  codebook: Codebook,
  question: string,
  { set, variable, overall }: {
    readonly set: string | null;
    readonly variable?: string | undefined;
    readonly overall: boolean;
  },
): Bar[] {
  if (set !== null) setOf(codebook, question, set);
  const own = estimates.filter((estimate) => estimate.question === question);
  const categories = present(
    Object.keys(scaleOf(codebook, question).categories),
    own.map(({ category }) => category),
  );
  const groups = variable === undefined ? [] : present(
    Object.keys(variableOf(codebook, variable).categories),
    own.map((estimate) => estimate.variable === variable ? estimate.group : null),
  );
  const bar = (label: Text, group: string | null): Bar => {
    const of = { question, variable: group === null ? null : variable ?? null, group };
    const parts = categories.map((category) => findEstimate(estimates, { ...of, category }));
    return {
      label,
      question,
      group,
      n: parts[0]?.n ?? 0,
      parts,
      set: set === null ? null : findEstimate(estimates, { ...of, set }),
    };
  };
  const everyone = variable === undefined ? questionOf(codebook, question).label : TEXT.total;
  return [
    ...(overall ? [bar(everyone, null)] : []),
    ...groups.map((group) => bar(variableOf(codebook, variable!).categories[group]!, group)),
  ];
}

/** Those of the ids that occur; all of them where none does, for then something is missing. */
export function present(ids: readonly string[], found: readonly (string | null)[]): string[] {
  const there = ids.filter((id) => found.includes(id));
  return there.length === 0 ? [...ids] : there;
}

/** Whether a bar has anything to show. Some of its answers may be hidden all the same. */
export function isBarShown(bar: Bar): boolean {
  return bar.parts.some(isShown);
}

/**
 * The share of those whose answers are hidden one by one, 0 to 1: what is left beside the answers that
 * are shown. 0 where none is hidden.
 */
export function hiddenShare(bar: Bar): number {
  if (bar.parts.every(isShown)) return 0;
  return Math.max(0, 1 - bar.parts.reduce((sum, { share }) => sum + (share ?? 0), 0));
}

/** What to say below bars of which some answers are hidden. */
export function hiddenNotes(bars: readonly Bar[]): Text[] {
  return bars.some((bar) => isBarShown(bar) && !bar.parts.every(isShown)) ? [TEXT.hiddenNote] : [];
}

/** The estimates that bars are drawn from. */
export function estimatesOf(bars: readonly Bar[]): Estimate[] {
  return bars.flatMap(({ parts, set }) => set === null ? parts : [...parts, set]);
}
