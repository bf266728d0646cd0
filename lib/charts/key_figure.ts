import { wholePercent } from "../words/format_number.ts";
import type { Language } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import type { Codebook } from "../responses/codebook.ts";
import { captionOf, type CaptionOptions } from "./caption.ts";
import type { Figure } from "./figure.ts";
import { answerOf, figureTable } from "./figure_table.ts";
import { answerLabel, questionOf, variableOf } from "./lookup.ts";
import { figureName, makeFigure } from "./make_figure.ts";
import { baseSize, intervalInWords, missingInWords, shareInWords } from "./numbers.ts";
import { ACCENT } from "./palette.ts";
import { type Box, label, type Scene } from "./scene.ts";
import { intervalTexts } from "./texts.ts";

const COLUMNS = 20;
const SQUARE = 10;
const PLACE = 12;

export interface KeyOptions extends CaptionOptions {
  /** By default made of what the estimate is of. */
  readonly name?: string;
}

/**
 * A single share as a hundred squares, one for each per cent: the small chart of a key number, which
 * itself stands beside it. Drawn alike for wide and narrow pages.
 *
 * @throws {InputError} If a name is not in the codebook.
 */
export function keyFigure(
  estimate: Estimate,
  codebook: Codebook,
  options: KeyOptions = {},
): Figure {
  const { question, variable, group } = estimate;
  const name = options.name ??
    figureName("key", [question], estimate.set ?? estimate.category, variable, group);
  const caption = (language: Language) => captionOf([estimate], codebook, language, options);
  return makeFigure({
    kind: "key",
    name,
    estimates: [estimate],
    caption,
    alt: (language) => altText(estimate, codebook, language),
    table: (language) => figureTable(name, caption(language).title, [estimate], codebook, language),
    scene: (language) => laySquares(estimate, language),
  });
}

function laySquares(estimate: Estimate, language: Language): Scene {
  const rows = 100 / COLUMNS;
  const filled = isShown(estimate) ? wholePercent(estimate.share) : 0;
  const boxes = Array.from({ length: 100 }, (_, index): Box => {
    // Column by column, so that the filled part grows from the left like a bar.
    const [x1, y1] = [Math.floor(index / rows) * PLACE, index % rows * PLACE];
    const at = { x1, x2: x1 + SQUARE, y1, y2: y1 + SQUARE };
    return index < filled ? { ...at, kind: "mark", fill: ACCENT } : { ...at, kind: "rest" };
  });
  const [width, height] = [COLUMNS * PLACE - 2, rows * PLACE - 2];
  const empty: Box = { x1: 0.5, x2: width - 0.5, y1: 0.5, y2: height - 0.5, kind: "empty" };
  const text = missingInWords(estimate.n, language);
  return {
    width,
    height,
    grid: [],
    boxes: isShown(estimate) ? boxes : [empty],
    lines: [],
    dots: [],
    labels: isShown(estimate)
      ? []
      : [label(width / 2, height / 2, text, { size: 12, tone: "muted", anchor: "middle" })],
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
