import { movementLabel, waveFigure } from "../charts/wave_figure.ts";
import { formatCount } from "../words/format_number.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { quoted } from "../words/quoted.ts";
import { tell } from "../words/tell.ts";
import type { Voice } from "../words/voice.ts";
import { movedMost, type Movement } from "../statistics/moved_most.ts";
import { proseAndFigure } from "./prose_and_figure.ts";
import { sharedTold } from "./shared_respondents.ts";
import { earlierOf } from "./change_since.ts";
import type { Baseline } from "./baseline.ts";
import type { OpenedSurvey } from "./open_survey.ts";
import type { Showable } from "./showable.ts";

/**
 * This wave beside an earlier one: the main share of every question that both asked, what moved most
 * first, in sentences, a paired chart and a table with the change, its interval and its test. The
 * tests are one family, adjusted together.
 *
 * @param survey With an earlier wave.
 * @throws {RangeError} Without one.
 */
export function waves(survey: OpenedSurvey): Showable {
  const baseline = baselineOf(survey);
  const movements = movedMost(baseline.main());
  const prose = wavesTold(survey);
  const { codebook } = survey;
  if (movements.length === 0) {
    return proseAndFigure(prose, null);
  }
  const figure = waveFigure(movements, codebook, {
    name: "waves",
    title: {
      da: "Hovedtallene før og nu, det, der har flyttet sig mest, først",
      en: "The main figures before and now, what moved most first",
    },
    notes: notesOf(survey, baseline, movements.length),
  });
  return proseAndFigure(prose, figure);
}

function baselineOf({ baseline }: OpenedSurvey): Baseline {
  if (baseline) return baseline;
  throw new RangeError("There is no earlier wave to compare with: look at `survey.baseline` first");
}

/** What moved, in sentences; what may be chance is said to be. */
export function wavesTold(survey: OpenedSurvey): Text {
  const baseline = baselineOf(survey);
  const { codebook } = survey;
  const earlier = earlierOf(baseline);
  const movements: readonly Movement[] = movedMost(baseline.main());
  if (movements.length === 0) {
    return tell({
      da: (say) => `Der er for få svar til at sammenligne med ${say.text(earlier)}.`,
      en: (say) => `There are too few answers to compare with ${say.text(earlier)}.`,
    });
  }
  const moved = movements.filter((movement) => movement.moved !== "none");
  const list = (way: "up" | "down", say: Voice) => {
    const to = say.language === "da" ? "til" : "to";
    const from = say.language === "da" ? "fra" : "from";
    return say.list(
      moved.filter((each) => each.moved === way).map((each) =>
        `${quoted(movementLabel(each, codebook)[say.language], say.language)} (${from} ${
          say.share(each.before)
        } ` +
        `${to} ${say.share(each.now)}, ${say.points(each, "signed")})`
      ),
    );
  };
  const has = (way: "up" | "down") => moved.some((each) => each.moved === way);
  const still = movements.length - moved.length;
  return tell(
    {
      da: (say) =>
        moved.length === 0
          ? `Ingen af de ${
            say.number(movements.length)
          } hovedtal har flyttet sig mere, end tilfældet kan forklare, siden ${say.text(earlier)}.`
          : `${say.number(moved.length)} af de ${
            say.number(movements.length)
          } hovedtal har flyttet sig mere, end tilfældet kan forklare, siden ${say.text(earlier)}.`,
      en: (say) =>
        moved.length === 0
          ? `None of the ${
            say.number(movements.length)
          } main figures has moved by more than chance can explain since ${say.text(earlier)}.`
          : `${say.number(moved.length)} of the ${say.number(movements.length)} main figures ${
            moved.length === 1 ? "has" : "have"
          } moved by more than chance can explain since ${say.text(earlier)}.`,
    },
    has("up")
      ? { da: (say) => `Op er ${list("up", say)}.`, en: (say) => `Up: ${list("up", say)}.` }
      : NOTHING,
    has("down")
      ? { da: (say) => `Ned er ${list("down", say)}.`, en: (say) => `Down: ${list("down", say)}.` }
      : NOTHING,
    moved.length > 0 && still > 0
      ? {
        da: () => "Ændringerne i de øvrige kan være tilfældige.",
        en: () => "The changes of the others may be due to chance.",
      }
      : NOTHING,
  );
}

const NOTHING: Text = inEveryLanguage(() => "");

function notesOf(survey: OpenedSurvey, baseline: Baseline, tests: number): Text[] {
  const tested = inEveryLanguage((language) => {
    const count = formatCount(tests, language);
    return language === "da"
      ? `Hovedtallet for hvert spørgsmål, som begge runder har, er prøvet: ${count} ændringer i én ` +
        `familie (Benjamini og Hochberg). Kun dem, der holder, når der er taget højde for alle, ` +
        `siges at have flyttet sig.`
      : `The main figure of every question that both waves have is tested: ${count} changes in ` +
        `one family (Benjamini and Hochberg). Only those that hold with all of them taken into ` +
        `account are said to have moved.`;
  });
  return [
    tested,
    ...baseline.survey === null ? [PUBLISHED_NOTE] : [],
    ...isWeightedNowOnly(survey, baseline) ? [WEIGHTED_NOW_NOTE] : [],
    sharedTold(survey, baseline),
  ];
}

function isWeightedNowOnly({ weights }: OpenedSurvey, { survey }: Baseline): boolean {
  return weights !== null && !survey?.weights;
}

const PUBLISHED_NOTE: Text = {
  da:
    "De tidligere tal er de offentliggjorte i hele procent over de offentliggjorte baser. Et trykt " +
    "tal kan stå for enhver andel, der rundes til det: den usikkerhed er regnet med i intervaller " +
    "og prøver, en gang for hvert trykt tal, der er lagt sammen.",
  en: "The earlier figures are the published ones in whole per cent over the published bases. A " +
    "printed number may stand for any share that rounds to it: that uncertainty is in the " +
    "intervals and tests, once for each printed number that is added up.",
};

const WEIGHTED_NOW_NOTE: Text = {
  da: "Denne rundes andele er vægtede, de tidligere er ikke.",
  en: "The shares of this wave are weighted, the earlier ones are not.",
};
