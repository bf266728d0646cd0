import { GROUP_AND_REST } from "../words/change_columns.ts";
import { movementLabel, waveFigure } from "../charts/wave_figure.ts";
import { quoted } from "../words/quoted.ts";
import { tell } from "../words/tell.ts";
import type { Voice } from "../words/voice.ts";
import type { Text } from "../responses/language.ts";
import { groupAndRest } from "../statistics/group_and_rest.ts";
import { movedMost, type Movement, testTogether } from "../statistics/moved_most.ts";
import { codebook } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { proseAndFigure } from "./prose_and_figure.ts";
import type { Showable } from "./showable.ts";

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
    title: {
      da: "Hovedtallene i gruppen og hos resten, det mest forskellige først",
      en: "The main figures in the group and among the rest, what differs most first",
    },
    notes: [TESTED],
  });
  return proseAndFigure(prose, figure);
}

/** Where the group differs from the rest, in sentences; what may be chance is said to be. */
export function differencesTold(
  differences: readonly Movement[],
  { codebook }: Pick<Survey, "codebook">,
): Text {
  if (differences.length === 0) {
    return tell({
      da: () => "Der er for få svar til at sammenligne gruppen med resten.",
      en: () => "There are too few answers to compare the group with the rest.",
    });
  }
  const list = (way: "up" | "down", say: Voice) => {
    const against = say.language === "da" ? "mod" : "against";
    return say.list(
      differences.filter(({ moved }) => moved === way).map((each) =>
        `${quoted(movementLabel(each, codebook)[say.language], say.language)} (${
          say.share(each.now)
        } ${against} ${say.share(each.before)})`
      ),
    );
  };
  const has = (way: "up" | "down") => differences.some(({ moved }) => moved === way);
  const apart = differences.filter(({ moved }) => moved !== "none").length;
  return tell(
    {
      da: (say) =>
        `Gruppen adskiller sig sikkert fra resten på ${
          apart === 0 ? "ingen" : say.number(apart)
        } af de ${say.number(differences.length)} hovedtal.`,
      en: (say) =>
        `The group clearly differs from the rest in ${
          apart === 0 ? "none" : say.number(apart)
        } of the ${say.number(differences.length)} main figures.`,
    },
    has("up")
      ? {
        da: (say) => `Højere er ${list("up", say)}.`,
        en: (say) => `Higher: ${list("up", say)}.`,
      }
      : NOTHING,
    has("down")
      ? {
        da: (say) => `Lavere er ${list("down", say)}.`,
        en: (say) => `Lower: ${list("down", say)}.`,
      }
      : NOTHING,
    apart > 0 && apart < differences.length
      ? {
        da: () => "Forskellene på de øvrige kan være tilfældige.",
        en: () => "The differences of the others may be due to chance.",
      }
      : NOTHING,
  );
}

const NOTHING: Text = { da: "", en: "" };

const TESTED: Text = {
  da:
    "Hvert spørgsmåls hovedtal er prøvet mod resten, alle i én familie (Benjamini og Hochberg). " +
    "»Resten« er alle andre, der fik spørgsmålet og svarede.",
  en: "The main figure of each question is tested against the rest, all in one family (Benjamini " +
    "and Hochberg). “The rest” is everybody else who was asked and answered.",
};
