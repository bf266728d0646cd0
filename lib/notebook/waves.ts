import { movementLabel, waveFigure } from "../charts/wave_figure.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { codebook as shippedCodebook } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { groupAndRest } from "../statistics/group_and_rest.ts";
import { movedMost, type Movement, testTogether } from "../statistics/moved_most.ts";
import { GROUP_AND_REST, type PairWords, WAVES } from "../words/change_columns.ts";
import { ownText, type Values } from "../words/message.ts";
import { plainProse, renderProse } from "../words/prose.ts";
import { NOTHING, tell } from "../words/tell.ts";
import type { Baseline } from "./read_waves.ts";
import { comparabilityTold, earlierOf, publishedYear } from "./change_since.ts";
import { figureRendered } from "./chart_rendered.ts";
import { sharedTold } from "./data_told.ts";
import type { OpenedSurvey } from "./open_survey.ts";
import { type Showable, Shown } from "./showable.ts";

/**
 * This wave beside an earlier one: the main share of every question that both asked, what moved most first, in
 * sentences, a paired chart and a table. The tests are one family, adjusted together.
 *
 * @param survey With an earlier wave.
 * @throws {RangeError} Without one.
 */
export function waves(survey: OpenedSurvey): Showable {
  const baseline = baselineOf(survey);
  const movements = movedMost(baseline.main());
  const { codebook } = survey;
  const isWeightedNowOnly = survey.weights !== null && !baseline.survey?.weights;
  return pairsShown(movements, wavesTold(survey), codebook, {
    name: "waves",
    title: ownText("waves.title"),
    words: wordsOf(survey, baseline),
    notes: [
      ownText("waves.tested", { count: movements.length }),
      ...baseline.survey === null ? [ownText("waves.published")] : [],
      ...isWeightedNowOnly ? [ownText("waves.weighted")] : [],
      ...comparabilityTold(survey, Object.keys(codebook.questions)),
      sharedTold(survey, baseline),
    ],
  });
}

/** The same of the group that a run is about beside everybody else. @param survey With a domain. */
export function besideTheRest(survey: Survey): Showable {
  const { codebook } = survey;
  const differences = movedMost(testTogether(groupAndRest(survey), 1 - codebook.study.confidence));
  // The survey's own codebook has the group in the names of the bases, and the rest are not of it.
  return pairsShown(differences, movedTold("rest", differences, codebook), shippedCodebook(), {
    name: "group-and-rest",
    title: ownText("rest.title"),
    words: GROUP_AND_REST,
    notes: [ownText("rest.tested")],
  });
}

/** What the two waves are called: by their names where both have one of their own. */
function wordsOf({ codebook }: OpenedSurvey, { survey }: Baseline): PairWords {
  const { wave: now } = codebook.study;
  const before = survey ? survey.codebook.study.wave : publishedYear();
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
  return movedTold("waves", movedMost(baseline.main()), survey.codebook, {
    earlier: earlierOf(baseline),
  });
}

/** Which main figures moved, or differ from the rest, in sentences. */
function movedTold(
  pair: "waves" | "rest",
  movements: readonly Movement[],
  codebook: Survey["codebook"],
  about: Values = {},
): Text {
  if (movements.length === 0) return ownText(`${pair}.too_few`, about);
  const list = (way: "up" | "down"): Text => {
    const among = movements.filter(({ moved }) => moved === way);
    const each = among.map((movement) => {
      const { before, now, difference } = movement;
      const name = movementLabel(movement, codebook);
      return ownText(`${pair}.from_to`, { name, before, now, change: { difference } });
    });
    return each.length === 0 ? NOTHING : ownText(`${pair}.${way}`, { list: each });
  };
  const all = movements.length;
  const moved = movements.filter((movement) => movement.moved !== "none").length;
  const which = { part: moved, whole: all };
  return tell(
    ownText(moved === 0 ? `${pair}.none` : `${pair}.some`, { ...about, moved, all, which }),
    list("up"),
    list("down"),
    moved > 0 && moved < all ? ownText(`${pair}.others`) : NOTHING,
  );
}

/** Sentences, and behind "Details" the figure that they are about where there is one. */
function pairsShown(
  movements: readonly Movement[],
  prose: Text,
  codebook: Survey["codebook"],
  options: Parameters<typeof waveFigure>[2],
): Showable {
  const figure = movements.length === 0 ? null : waveFigure(movements, codebook, options);
  return new Shown((language) => {
    const html = renderProse(prose[language]);
    const said = { "text/html": html, "text/plain": plainProse(prose[language]) };
    if (figure === null) return { outputs: [said], part: { html } };
    const { outputs, part } = figureRendered(figure, language);
    const details = `${part.html}\n${part.details ?? ""}`;
    return { outputs: [said, ...outputs], part: { ...part, charts: [], html, details } };
  });
}
