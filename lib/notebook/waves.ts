import type { Figure } from "../charts/figure.ts";
import { movementLabel, waveFigure } from "../charts/wave_figure.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { movedMost, type Movement } from "../statistics/moved_most.ts";
import { type PairWords, WAVES } from "../words/change_columns.ts";
import { formatList } from "../words/format_list.ts";
import { ownText, words } from "../words/message.ts";
import { plainProse, renderProse } from "../words/prose.ts";
import { NOTHING, tell } from "../words/tell.ts";
import type { Baseline } from "./baseline.ts";
import { comparabilityTold, earlierOf } from "./change_since.ts";
import { publishedYear } from "./claims_told.ts";
import { sharedTold } from "./data_told.ts";
import { figureRendered } from "./figure_rendered.ts";
import type { OpenedSurvey } from "./open_survey.ts";
import { htmlRendered, type Showable, showable } from "./showable.ts";

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
    title: ownText("waves.title"),
    words: wordsOf(survey),
    notes: notesOf(survey, baseline, movements.length),
  });
  return proseAndFigure(prose, figure);
}

/** What the two waves are called: by their names where both have one of their own. */
function wordsOf({ codebook, baseline }: OpenedSurvey): PairWords {
  const { wave: now } = codebook.study;
  const before = baseline?.survey ? baseline.survey.codebook.study.wave : publishedYear();
  if (!before || now === undefined || before === now) return WAVES;
  const same = (text: string): Text => inEveryLanguage(() => text);
  return {
    ...WAVES,
    ...{ before: same(before), now: same(now) },
    ...{ nBefore: same(`n ${before}`), nNow: same(`n ${now}`) },
  };
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
  if (movements.length === 0) return ownText("waves.too_few", { earlier });
  const moved = movements.filter((movement) => movement.moved !== "none");
  const list = (way: "up" | "down"): Text => {
    const among = moved.filter((each) => each.moved === way);
    if (among.length === 0) return NOTHING;
    return inEveryLanguage((language) => {
      const each = among.map(({ difference, ...change }) =>
        words("waves.from_to", language, {
          name: movementLabel({ difference, ...change }, codebook),
          before: change.before,
          now: change.now,
          change: { difference },
        })
      );
      return words(`waves.${way}`, language, { list: formatList(each, language) });
    });
  };
  return tell(
    ownText(moved.length === 0 ? "waves.none" : "waves.some", {
      moved: moved.length,
      all: movements.length,
      which: { part: moved.length, whole: movements.length },
      earlier,
    }),
    list("up"),
    list("down"),
    moved.length > 0 && moved.length < movements.length ? ownText("waves.others") : NOTHING,
  );
}

function notesOf(survey: OpenedSurvey, baseline: Baseline, tests: number): Text[] {
  return [
    ownText("waves.tested", { count: tests }),
    ...baseline.survey === null ? [ownText("waves.published")] : [],
    ...isWeightedNowOnly(survey, baseline) ? [ownText("waves.weighted")] : [],
    ...comparabilityTold(survey, Object.keys(survey.codebook.questions)),
    sharedTold(survey, baseline),
  ];
}

function isWeightedNowOnly({ weights }: OpenedSurvey, { survey }: Baseline): boolean {
  return weights !== null && !survey?.weights;
}

/** Sentences, and behind "Details" the figure that they are about where there is one. */
export function proseAndFigure(prose: Text, figure: Figure | null): Showable {
  return showable((language) => {
    const said = htmlRendered(renderProse(prose[language]), plainProse(prose[language]));
    if (figure === null) return said;
    const drawn = figureRendered(figure, language);
    return {
      outputs: [...said.outputs, ...drawn.outputs],
      part: {
        ...drawn.part,
        charts: [],
        html: said.part.html,
        details: `${drawn.part.html}\n${drawn.part.details ?? ""}`,
      },
    };
  });
}
