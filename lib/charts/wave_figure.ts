import type { Codebook } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import type { Movement } from "../statistics/moved_most.ts";
import { type PairWords, pointsRange, signedPoints, WAVES } from "../words/change_columns.ts";
import { intervalTexts, TEXT } from "../words/figure_texts.ts";
import { ownText } from "../words/message.ts";
import { capitalise } from "../words/prose.ts";
import { answerLabel, captionOf, type CaptionOptions, questionOf } from "./caption.ts";
import { shareRow } from "./chart.ts";
import { type Figure, makeFigure } from "./figure.ts";
import { tableOf } from "./figure_table.ts";
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
  const texts = intervalTexts(codebook.study.confidence);
  const short = ownText("wave.short", { now: words.now, change: words.theChange });
  const estimates = movements.flatMap(({ before, now }) => [before, now]);
  // Every pair has its question as a heading.
  const caption = (language: Language) => ({
    ...captionOf(estimates, codebook, language, options, [texts.intervals, short]),
    questions: [],
  });
  return makeFigure({
    name,
    estimates,
    codebook,
    caption,
    chart: (language) => ({
      kind: "comparison",
      what: `${texts.dots[language]}: ${caption(language).title}`,
      header: TEXT.share[language],
      interval: texts.interval[language],
      sections: movements.map((movement) => {
        const { before, now, moved } = movement;
        const change = signedPoints(movement, language);
        const arrow = moved === "none" ? "" : ` ${words[moved][language].charAt(0)}`;
        const row = shareRow(`${words.now[language]}: ${change}${arrow}`, now, language);
        const told = `${words.change[language].toLowerCase()} (` +
          `${pointsRange(movement, language)}), ${words[moved][language]}`;
        return {
          heading: movementLabel(movement, codebook)[language],
          rows: [
            shareRow(words.before[language], before, language, palette.quiet),
            { ...row, aside: `${row.aside}, ${told}` },
          ],
        };
      }),
    }),
    table: (language) => ({
      base: caption(language).base,
      ...tableOf<Movement>(
        [
          {
            label: TEXT.question,
            kind: "text",
            cell: (movement) => movementLabel(movement, codebook)[language],
          },
          { label: words.before, kind: "share", cell: ({ before }) => before.share },
          { label: words.nBefore, kind: "count", cell: ({ before }) => before.n },
          { label: words.now, kind: "share", cell: ({ now }) => now.share },
          { label: words.nNow, kind: "count", cell: ({ now }) => now.n },
        ],
        movements,
        language,
        (movement) => movement,
        words,
      ),
    }),
  }, {});
}

/** What moved: "Felt pressure to change: once in a while or more often". */
export function movementLabel({ now }: Movement, codebook: Codebook): Text {
  // Of several answers the question stands before the one that is meant.
  const { item, label } = questionOf(codebook, now.question);
  const question = codebook.several?.[item?.of ?? ""]?.label ?? label;
  const answer = answerLabel(codebook, now.question, now);
  return inEveryLanguage((language) => capitalise(`${question[language]}: ${answer[language]}`));
}
