import { InputError } from "../responses/input_error.ts";
import type { Language } from "../responses/language.ts";
import type { Estimate } from "../statistics/estimate.ts";
import type { Codebook } from "../responses/codebook.ts";
import { captionOf, type CaptionOptions } from "./caption.ts";
import { comparisonChart } from "./comparison_chart.ts";
import { present } from "./bars.ts";
import { type Figure, figureName, type Looks, makeFigure, ordered } from "./figure.ts";
import { figureTable } from "./figure_table.ts";
import {
  answerLabel,
  findEstimate,
  questionOf,
  scaleOf,
  variableOf,
  type Wanted,
} from "./lookup.ts";
import { intervalInWords, shareInWords } from "../words/estimate_in_words.ts";
import { spreadInWords } from "../words/spread_in_words.ts";
import { capitalised, fullStop, intervalTexts, TEXT } from "../words/figure_texts.ts";

export interface ComparisonOptions extends CaptionOptions, Looks {
  readonly question: string;
  /** Variables whose groups are compared, in this order. */
  readonly variables: readonly string[];
  /** The set whose share is compared; by default the scale's main one. */
  readonly set?: string;
  /** A single category instead of a set. */
  readonly category?: string;
  /** Whether everyone's share is there to compare with; true by default. */
  readonly overall?: boolean;
  /** By default made of the question, the set and the variables. */
  readonly name?: string;
}

/**
 * The share of one set or category by groups: a dot with its interval for each.
 *
 * @param estimates At least those of the set or category for every group, and overall.
 * @throws {InputError} If a name is not in the codebook, or an estimate is missing.
 */
export function comparisonFigure(
  estimates: readonly Estimate[],
  codebook: Codebook,
  options: ComparisonOptions,
): Figure {
  const { question, variables } = options;
  if (variables.length === 0) throw new InputError("A comparison needs at least one variable.");
  if (options.set !== undefined && options.category !== undefined) {
    throw new InputError(
      `A comparison is of one share: give the set "${options.set}" or the category ` +
        `"${options.category}", not both.`,
    );
  }
  const answer: Wanted["answer"] = options.category === undefined
    ? { set: options.set ?? scaleOf(codebook, question).main_set }
    : { category: options.category };
  answerLabel(codebook, question, answer); // Refuses what is not on the scale.
  const overall = options.overall === false
    ? null
    : findEstimate(estimates, { question, answer, variable: null, group: null });
  const groups = variables.map((variable) => ({
    variable: variableOf(codebook, variable),
    rows: ordered(
      present(
        Object.keys(variableOf(codebook, variable).categories),
        estimates.map((estimate) => estimate.variable === variable ? estimate.group : null),
      ).map((group) => ({
        group,
        label: variableOf(codebook, variable).categories[group]!,
        estimate: findEstimate(estimates, { question, answer, variable, group }),
      })),
      options.order,
      ({ group }) => group,
      ({ estimate }) => estimate.share,
    ),
  }));
  const shown = [
    ...(overall === null ? [] : [overall]),
    ...groups.flatMap(({ rows }) => rows.map(({ estimate }) => estimate)),
  ];
  const [first = "", ...more] = variables;
  const by = more.length === 0 ? `by_${first}` : `by_${first}_and_${more.length}_more`;
  const name = options.name ??
    figureName("comparison", [question], Object.values(answer)[0], by);
  const { confidence } = codebook.study;
  const texts = intervalTexts(confidence);
  const said = (language: Language) => answerLabel(codebook, question, answer)[language];
  const title = (language: Language) =>
    `${questionOf(codebook, question).label[language]}: ${said(language)}`;
  const caption = (language: Language) =>
    captionOf(
      shown,
      codebook,
      language,
      { title: { da: title("da"), en: title("en") }, ...options },
      overall === null ? [texts.intervals] : [texts.intervals, TEXT.dashed],
    );
  return makeFigure({
    kind: "comparison",
    name,
    estimates: shown,
    caption,
    alt: (language) => {
      const parts = groups.map(({ variable, rows }) =>
        `${variable.label[language]} – ` +
        rows.map(({ label, estimate }) => `${label[language]}: ${numbers(estimate, language)}`)
          .join("; ") +
        spreadInWords(rows, language)
      );
      const all = overall === null
        ? []
        : [`${TEXT.total[language]}: ${numbers(overall, language)}`];
      return [`${texts.dots[language]}: ${title(language)}`, ...all, ...parts].map(fullStop).join(
        " ",
      );
    },
    table: (language) =>
      figureTable(name, caption(language).title, shown, codebook, language, options.changeOf),
    chart: (language, width) =>
      comparisonChart(
        {
          overall,
          confidence,
          sections: groups.map(({ variable, rows }) => ({
            heading: variable.label[language],
            groups: rows.map(({ group, label, estimate }) => ({
              label: capitalised(label[language]),
              estimate,
              colour: colourOf(options.colours, group),
            })),
          })),
        },
        language,
        width,
      ),
  }, options);
}

function colourOf(colours: Looks["colours"] = {}, group: string): string | undefined {
  return Array.isArray(colours) ? colours[0] : (colours as Readonly<Record<string, string>>)[group];
}

function numbers(estimate: Estimate, language: Language): string {
  const share = shareInWords(estimate, language);
  return estimate.share === null ? share : `${share} (${intervalInWords(estimate, language)})`;
}
