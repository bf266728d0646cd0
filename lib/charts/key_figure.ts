import { wholePercent } from "../statistics/estimate.ts";
import type { Language } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import type { Codebook } from "../responses/codebook.ts";
import type { CaptionOptions } from "./caption.ts";
import { cornerText, EMPTY } from "./chart_parts.ts";
import { type Figure, figureName, makeFigure } from "./figure.ts";
import { answerLabel, answerOf, questionOf, variableOf } from "./lookup.ts";
import {
  baseSize,
  intervalInWords,
  missingInWords,
  shareInWords,
} from "../words/estimate_in_words.ts";
import { palette } from "./palette.ts";
import * as Plot from "./plot.ts";
import { intervalTexts } from "../words/figure_texts.ts";

/** A hundred squares in five rows, 12 px each with the gap between them. */
const [COLUMNS, ROWS, PLACE] = [20, 5, 12];

/**
 * A single share as a hundred squares, one for each per cent: the small chart of a key number, which
 * itself stands beside it. Drawn alike for wide and narrow pages.
 *
 * @throws {InputError} If a name is not in the codebook.
 */
export function keyFigure(
  estimate: Estimate,
  codebook: Codebook,
  options: CaptionOptions = {},
): Figure {
  const { question, variable, group } = estimate;
  const name = options.name ??
    figureName("key", [question], estimate.set ?? estimate.category, variable, group);
  return makeFigure({
    kind: "key",
    name,
    estimates: [estimate],
    codebook,
    notes: [],
    alt: (language) => altText(estimate, codebook, language),
    marks: (language) => squares(estimate, language).marks ?? [],
    chart: (language) => squares(estimate, language),
  }, options);
}

function squares(estimate: Estimate, language: Language): Plot.PlotOptions {
  const size = { width: COLUMNS * PLACE, height: ROWS * PLACE, margin: 0 };
  if (!isShown(estimate)) {
    const text = missingInWords(estimate.n, language);
    return {
      ...size,
      marks: [
        Plot.frame({ ...EMPTY, inset: 1.5 }),
        cornerText(text, {
          frameAnchor: "middle",
          textAnchor: "middle",
          fontSize: 12,
          fill: palette.muted,
        }),
      ],
    };
  }
  const filled = wholePercent(estimate.share);
  // Column by column, so that the filled part grows from the left like a bar.
  const cells = Array.from({ length: COLUMNS * ROWS }, (_, index) => ({
    x: Math.floor(index / ROWS),
    y: index % ROWS,
    isFilled: index < filled,
  }));
  const look = { x: "x", y: "y", inset: 1 } as const;
  return {
    ...size,
    x: { axis: null, padding: 0 },
    y: { axis: null, padding: 0 },
    marks: [
      Plot.cell(cells.filter(({ isFilled }) => isFilled), { ...look, fill: palette.accent }),
      Plot.cell(cells.filter(({ isFilled }) => !isFilled), {
        ...look,
        fill: palette.quiet,
        fillOpacity: 0.25,
      }),
    ],
  };
}

function altText(estimate: Estimate, codebook: Codebook, language: Language): string {
  const answer = answerLabel(codebook, estimate.question, answerOf(estimate))[language];
  const { variable, group } = estimate;
  const who = variable === null || group === null
    ? ""
    : ` (${variableOf(codebook, variable).label[language]}: ${
      variableOf(codebook, variable).categories[group]?.[language] ?? group
    })`;
  const question = questionOf(codebook, estimate.question).label[language];
  const numbers = isShown(estimate)
    ? ` (${intervalTexts(codebook.study.confidence).interval[language]}: ${
      intervalInWords(estimate, language)
    }, ` +
      `${baseSize(estimate.n, language)})`
    : ` (${baseSize(estimate.n, language)})`;
  return `${question}${who}: ${answer} ${shareInWords(estimate, language)}${numbers}.`;
}
