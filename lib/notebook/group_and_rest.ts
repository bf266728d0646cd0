import { movementLabel, waveFigure } from "../charts/wave_figure.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { groupAndRest } from "../statistics/group_and_rest.ts";
import { movedMost, type Movement, testTogether } from "../statistics/moved_most.ts";
import { GROUP_AND_REST } from "../words/change_columns.ts";
import { formatList } from "../words/format_list.ts";
import { ownText, words } from "../words/message.ts";
import { NOTHING, tell } from "../words/tell.ts";
import type { Showable } from "./showable.ts";
import { proseAndFigure } from "./waves.ts";

/**
 * The group that a run is about beside everybody else: the main share of every question, what differs
 * most first, in sentences, a paired chart and a table with the difference, its interval and its test.
 * The tests are one family, adjusted together.
 *
 * @param survey With a domain.
 */
export function besideTheRest(survey: Survey): Showable {
  const differences = movedMost(
    testTogether(groupAndRest(survey), 1 - survey.codebook.study.confidence),
  );
  const prose = differencesTold(differences, survey);
  if (differences.length === 0) {
    return proseAndFigure(prose, null);
  }
  // The survey's own has the group in the names of the bases, and the rest are not of it.
  const figure = waveFigure(differences, codebook(), {
    name: "group-and-rest",
    words: GROUP_AND_REST,
    title: ownText("rest.title"),
    notes: [ownText("rest.tested")],
  });
  return proseAndFigure(prose, figure);
}

/** Where the group differs from the rest, in sentences; what may be chance is said to be. */
export function differencesTold(
  differences: readonly Movement[],
  { codebook }: Pick<Survey, "codebook">,
): Text {
  if (differences.length === 0) return ownText("rest.too_few");
  const list = (way: "up" | "down"): Text => {
    const among = differences.filter(({ moved }) => moved === way);
    if (among.length === 0) return NOTHING;
    return inEveryLanguage((language) => {
      const each = among.map((movement) =>
        words("rest.against", language, {
          name: movementLabel(movement, codebook),
          now: movement.now,
          before: movement.before,
        })
      );
      return words(`rest.${way}`, language, { list: formatList(each, language) });
    });
  };
  const apart = differences.filter(({ moved }) => moved !== "none").length;
  return tell(
    ownText(apart === 0 ? "rest.none" : "rest.some", {
      apart,
      all: differences.length,
      which: { part: apart, whole: differences.length },
    }),
    list("up"),
    list("down"),
    apart > 0 && apart < differences.length ? ownText("rest.others") : NOTHING,
  );
}
