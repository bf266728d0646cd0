import { inEveryLanguage, type Language, type Text } from "../language/language.ts";
import type { Movement } from "../statistics/moved_most.ts";
import { pointsRange, signedPoints } from "./change_columns.ts";
import type { Codebook } from "../survey/codebook.ts";
import { changeColumns, changeValues, WAVES } from "./change_columns.ts";
import { captionOf, type CaptionOptions } from "./caption.ts";
import { layComparison } from "./comparison_layout.ts";
import type { Figure } from "./figure.ts";
import { answerOf } from "./figure_table.ts";
import { answerLabel, questionOf } from "./lookup.ts";
import { makeFigure } from "./make_figure.ts";
import { intervalInWords, shareInWords } from "./numbers.ts";
import { capitalised, fullStop, TEXT } from "./texts.ts";

/**
 * Shares of two waves in pairs: a dot with its 95% interval for each, the earlier one above.
 *
 * @param movements In the order of the figure.
 * @param options `name`: fit for a file name.
 * @throws {InputError} For a name that is not in the codebook.
 */
export function waveFigure(
  movements: readonly Movement[],
  codebook: Codebook,
  { name, ...options }: CaptionOptions & { readonly name: string },
): Figure {
  const shown = movements.flatMap(({ before, now }) => [before, now]);
  const heading = (movement: Movement, language: Language) =>
    movementLabel(movement, codebook)[language];
  // Every pair has its question as a heading.
  const caption = (language: Language) => ({
    ...captionOf(shown, codebook, language, options, [TEXT.intervals, SHORT_CHANGE]),
    questions: [],
  });
  return makeFigure({
    kind: "comparison",
    name,
    estimates: shown,
    caption,
    alt: (language) => {
      const said = movements.map((movement) => {
        const parts = (["before", "now"] as const).map((wave) =>
          `${WAVES[wave][language].toLowerCase()} ${shareInWords(movement[wave], language)} (${
            intervalInWords(movement[wave], language)
          })`
        );
        const range = pointsRange(movement, language);
        return `${heading(movement, language)}: ${parts.join(", ")}, ` +
          `${WAVES.change[language].toLowerCase()} ${
            signedPoints(movement, language)
          } (${range}), ` +
          WAVES[movement.moved][language];
      });
      return [`${TEXT.dots[language]}: ${caption(language).title}`, ...said].map(fullStop)
        .join(" ");
    },
    table: (language) => ({
      name,
      title: caption(language).title,
      base: caption(language).base,
      columns: [
        { label: TEXT.question[language], kind: "text" },
        { label: WAVES.before[language], kind: "share" },
        { label: WAVES.nBefore[language], kind: "count" },
        { label: WAVES.now[language], kind: "share" },
        { label: WAVES.nNow[language], kind: "count" },
        ...changeColumns(language),
      ],
      rows: movements.map((movement) => {
        const { before, now } = movement;
        return [
          heading(movement, language),
          before.share,
          before.n,
          now.share,
          now.n,
          ...changeValues(movement, language),
        ];
      }),
    }),
    scene: (language, layout) =>
      layComparison(
        {
          overall: null,
          sections: movements.map((movement) => ({
            heading: heading(movement, language),
            groups: [
              { label: WAVES.before[language], estimate: movement.before, kind: "quiet" },
              {
                label: `${WAVES.now[language]}: ${shortChange(movement, language)}`,
                estimate: movement.now,
              },
            ],
          })),
        },
        language,
        layout,
      ),
  });
}

const SHORT_CHANGE: Text = {
  da: "Efter »Nu« står ændringen i procentpoint, med en pil, hvor den er mere, end tilfældet kan " +
    "forklare.",
  en: "After “Now” stands the change in percentage points, with an arrow where it is more than " +
    "chance explains.",
};

/** The change in percentage points with its arrow: "+8 ▲"; without one where it may be chance. */
function shortChange(movement: Movement, language: Language): string {
  const arrow = movement.moved === "none" ? "" : ` ${WAVES[movement.moved][language].charAt(0)}`;
  return `${signedPoints(movement, language)}${arrow}`;
}

/** What moved: "Felt pressure to change: at least once in a while". */
export function movementLabel({ now }: Movement, codebook: Codebook): Text {
  const question = questionOf(codebook, now.question).label;
  const answer = answerLabel(codebook, now.question, answerOf(now));
  return inEveryLanguage((language) => capitalised(`${question[language]}: ${answer[language]}`));
}
