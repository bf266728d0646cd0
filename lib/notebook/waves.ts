import { movementLabel, waveFigure } from "../charts/wave_figure.ts";
import { inEveryLanguage, type Text } from "../language/language.ts";
import { plainProse, renderProse } from "../narrative/prose.ts";
import { tell } from "../narrative/tell.ts";
import type { Voice } from "../narrative/voice.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { estimates } from "../statistics/estimates.ts";
import { movedMost, type Movement } from "../statistics/moved_most.ts";
import type { Survey } from "../survey/survey.ts";
import { figureRendered } from "./figure_rendered.ts";
import type { Baseline } from "./open_baseline.ts";
import { htmlRendered, type Showable, showable } from "./showable.ts";

/**
 * This wave beside an earlier one: the main share of every question that both asked, what moved most
 * first, in sentences, a paired chart and a table with the change, its interval and its test. The
 * tests are one family, adjusted together.
 *
 * @param baseline From `openBaseline()`.
 */
export function waves(survey: Survey, baseline: Baseline): Showable {
  const movements = mainMovements(survey, baseline);
  const { codebook } = survey;
  const prose = wavesTold(movements, survey, baseline);
  if (movements.length === 0) {
    return showable((language) =>
      htmlRendered(renderProse(prose[language]), plainProse(prose[language]))
    );
  }
  const figure = waveFigure(movements, codebook, {
    name: "waves",
    title: {
      da: "Hovedtallene før og nu, det, der har flyttet sig mest, først",
      en: "The main figures before and now, what moved most first",
    },
    notes: notesOf(baseline),
  });
  return showable((language) => {
    const drawn = figureRendered(figure, language);
    const said = htmlRendered(renderProse(prose[language]), plainProse(prose[language]));
    return {
      outputs: [...said.outputs, ...drawn.outputs],
      part: { ...drawn.part, html: `${said.part.html}\n${drawn.part.html}` },
    };
  });
}

/** How the main share of each question that both waves asked has moved, what moved most first. */
export function mainMovements(survey: Survey, { estimates: before }: Baseline): Movement[] {
  const { questions, scales } = survey.codebook;
  const isMain = ({ question, set, variable }: Estimate) =>
    variable === null && set === scales[questions[question]?.scale ?? ""]?.main_set;
  const now = Object.keys(questions).flatMap((question) => estimates(survey, question));
  return movedMost(now.filter(isMain), before.filter(isMain));
}

/** What moved, in sentences; what may be chance is said to be. */
export function wavesTold(
  movements: readonly Movement[],
  { codebook }: Survey,
  { survey: before }: Baseline,
): Text {
  const earlier: Text = before === null
    ? { da: "de offentliggjorte tal", en: "the published figures" }
    : { da: "den tidligere runde", en: "the earlier wave" };
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
        `"${movementLabel(each, codebook)[say.language]}" (${from} ${say.share(each.before)} ` +
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

function notesOf({ survey }: Baseline): Text[] {
  const tested: Text = {
    da:
      "Ændringerne er prøvet samlet (Benjamini og Hochberg): kun dem, der holder, når der er taget højde for alle, siges at have flyttet sig.",
    en:
      "The changes are tested together (Benjamini and Hochberg): only those that hold with all of them taken into account are said to have moved.",
  };
  const published: Text = {
    da:
      "De tidligere tal er de offentliggjorte i hele procent; intervallerne er beregnet af de offentliggjorte baser.",
    en:
      "The earlier figures are the published ones in whole per cent; their intervals are computed from the published bases.",
  };
  const shared: Text = {
    da:
      "De samme personer kan have svaret begge gange. Prøven regner runderne som uafhængige; svarer de samme ens, er ændringerne sikrere, end det står her.",
    en:
      "The same people may have answered both times. The test takes the waves as independent; where the same people answer alike, changes are surer than is said here.",
  };
  return [tested, ...survey === null ? [published] : [], shared];
}
