import type { Codebook } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import type { Movement } from "../statistics/moved_most.ts";
import {
  changeColumns,
  changeValues,
  type PairWords,
  pointsRange,
  signedPoints,
  WAVES,
} from "../words/change_columns.ts";
import {
  capitalised,
  fullStop,
  intervalInWords,
  intervalTexts,
  shareInWords,
  TEXT,
} from "../words/figure_texts.ts";
import { ownText } from "../words/message.ts";
import { captionOf, type CaptionOptions } from "./caption.ts";
import { type Comparison, comparisonParts } from "./comparison.ts";
import { type Figure, makeFigure } from "./figure.ts";
import { answerLabel, answerOf, questionOf } from "./lookup.ts";
import { palette } from "./palette.ts";

/**
 * Shares of two waves in pairs, or of a group and everybody else: a dot with its interval for each,
 * the earlier one (the rest) above.
 *
 * @param movements In the order of the figure.
 * @param options `name`: fit for a file name. `words`: what the two are called; two waves by default.
 * @throws {InputError} For a name that is not in the codebook.
 */
export function waveFigure(
  movements: readonly Movement[],
  codebook: Codebook,
  { name, words = WAVES, ...options }: CaptionOptions & {
    readonly name: string;
    readonly words?: PairWords;
  },
): Figure {
  const { confidence } = codebook.study;
  const texts = intervalTexts(confidence);
  const shown = movements.flatMap(({ before, now }) => [before, now]);
  const heading = (movement: Movement, language: Language) =>
    movementLabel(movement, codebook)[language];
  // Every pair has its question as a heading.
  const caption = (language: Language) => ({
    ...captionOf(shown, codebook, language, options, [texts.intervals, shortNote(words)]),
    questions: [],
  });
  const comparison = (language: Language): Comparison => ({
    overall: null,
    confidence,
    sections: movements.map((movement) => ({
      heading: heading(movement, language),
      groups: [
        { label: words.before[language], estimate: movement.before, colour: palette.quiet },
        {
          label: `${words.now[language]}: ${shortChange(movement, words, language)}`,
          estimate: movement.now,
        },
      ],
    })),
  });
  return makeFigure({
    kind: "comparison",
    name,
    estimates: shown,
    codebook,
    notes: [],
    caption,
    alt: (language) => {
      const said = movements.map((movement) => {
        const parts = (["before", "now"] as const).map((wave) =>
          `${words[wave][language].toLowerCase()} ${shareInWords(movement[wave], language)} (${
            intervalInWords(movement[wave], language)
          })`
        );
        const range = pointsRange(movement, language);
        return `${heading(movement, language)}: ${parts.join(", ")}, ` +
          `${words.change[language].toLowerCase()} ${
            signedPoints(movement, language)
          } (${range}), ` +
          words[movement.moved][language];
      });
      return [`${texts.dots[language]}: ${caption(language).title}`, ...said].map(fullStop)
        .join(" ");
    },
    table: (language) => ({
      name,
      title: caption(language).title,
      base: caption(language).base,
      columns: [
        { label: TEXT.question[language], kind: "text" },
        { label: words.before[language], kind: "share" },
        { label: words.nBefore[language], kind: "count" },
        { label: words.now[language], kind: "share" },
        { label: words.nNow[language], kind: "count" },
        ...changeColumns(language, words),
      ],
      rows: movements.map((movement) => {
        const { before, now } = movement;
        return [
          heading(movement, language),
          before.share,
          before.n,
          now.share,
          now.n,
          ...changeValues(movement, language, words),
        ];
      }),
    }),
    ...comparisonParts(comparison),
    marks: () => [],
  }, {});
}

function shortNote({ now, theChange }: PairWords): Text {
  return ownText("wave.short", { now, change: theChange });
}

/** The change in percentage points with its arrow: "+8 ▲"; without one where it may be chance. */
function shortChange(movement: Movement, words: PairWords, language: Language): string {
  const arrow = movement.moved === "none" ? "" : ` ${words[movement.moved][language].charAt(0)}`;
  return `${signedPoints(movement, language)}${arrow}`;
}

/** What moved: "Felt pressure to change: once in a while or more often". */
export function movementLabel({ now }: Movement, codebook: Codebook): Text {
  // Of several answers the question stands before the one that is meant.
  const { item, label } = questionOf(codebook, now.question);
  const question = codebook.several?.[item?.of ?? ""]?.label ?? label;
  const answer = answerLabel(codebook, now.question, answerOf(now));
  return inEveryLanguage((language) => capitalised(`${question[language]}: ${answer[language]}`));
}
