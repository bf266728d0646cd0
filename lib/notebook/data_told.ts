import { movementLabel, waveFigure } from "../charts/wave_figure.ts";
import { baseOfEveryone } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { codebook as shippedCodebook } from "../responses/study.ts";
import type { Survey, Weighting } from "../responses/survey.ts";
import { countAnswers, peopleAmong } from "../statistics/count_answers.ts";
import { countOf, isLinearised } from "../statistics/counts.ts";
import { limitsOf } from "../statistics/disclosure/enough.ts";
import { domainCodes } from "../statistics/domain.ts";
import { TOLD_MOVE } from "../statistics/estimate.ts";
import { kishDesignEffect } from "../statistics/intervals.ts";
import { groupAndRest, movedMost, type Movement, testTogether } from "../statistics/moved_most.ts";
import { publishedBases } from "../statistics/published_wave.ts";
import {
  type WeightedShareRow,
  weightedShares,
  weightSummary,
} from "../statistics/rows/weighted_shares.ts";
import { sampleOf } from "../statistics/sample.ts";
import { texts, word } from "../words/catalogue.ts";
import { domainWords, GROUP_AND_REST, type PairWords, WAVES } from "../words/change_columns.ts";
import { NOTHING, tell, type Told } from "../words/claims.ts";
import { describeData, type EarlierData } from "../words/describe_data.ts";
import { intervalName } from "../words/figure_texts.ts";
import { quoted } from "../words/format.ts";
import { ownText, type Values, words } from "../words/message.ts";
import { escapeProse, plainProse, renderProse } from "../words/prose.ts";
import { comparabilityTold, earlierOf, publishedYear } from "./change_since.ts";
import { figureRendered } from "./chart_rendered.ts";
import { type Column, dataTable, number, tabulated, text } from "./data_table.ts";
import { answerOf, labelOf } from "./labels.ts";
import { type Showable, Shown } from "./notebook_file.ts";
import type { OpenedSurvey } from "./open_survey.ts";
import type { Baseline } from "./read_waves.ts";

const RUN = texts("run");

/** What the data are compared with before the answers are. */
function earlierData({ baseline }: OpenedSurvey): EarlierData {
  if (!baseline) return null;
  return baseline.survey === null
    ? { survey: null, bases: publishedBases(shippedCodebook()) }
    : { survey: baseline.survey };
}

/** Who was asked and when, and how many of those invited answered, in a sentence. */
export function askedTold(survey: Survey): Text {
  const { invited, population, fieldwork: { from, to } } = survey.codebook.study;
  const { respondents } = survey.source;
  const values = { invited, population, respondents, fieldwork: `${from}/${to}` };
  if (survey.within !== undefined) {
    const group = inEveryLanguage((language) => groupWords(survey, language));
    return ownText("data.asked_group", { ...values, group });
  }
  // With more answers the number invited is of another study.
  return respondents > invited
    ? ownText("data.asked_some", values)
    : ownText("data.asked", { ...values, rate: respondents / invited });
}

/** A heading for {@link dataTold}. */
export function dataHeading({ baseline }: OpenedSurvey): Text {
  return ownText(baseline ? "data.heading_changed" : "data.heading");
}

/** What changed in the data before what changed in the answers, against the earlier wave or the codebook. */
export function dataTold(survey: OpenedSurvey): Text {
  const { baseline, source, within } = survey;
  const facts = describeData(survey, earlierData(survey), shippedCodebook());
  const shared = baseline ? [sharedTold(survey, baseline)] : [];
  const { file } = source;
  const earlier = baseline?.survey?.source.file ?? "";
  const wave = baseline?.survey?.codebook.study.wave;
  const key = !baseline
    ? "data.codebook"
    : earlier === ""
    ? "data.published"
    : wave === undefined
    ? "data.wave"
    : "data.named_wave";
  const names = { file, earlier, wave: baseline ? earlierOf(baseline) : "" };
  return inEveryLanguage((language) => {
    const whole = within === undefined ? "" : word("data.whole", language);
    const list = [...facts, ...shared].map((fact) => `- ${escapeProse(fact[language])}`);
    return `${words(key, language, names)}${whole}:\n${list.join("\n")}`;
  });
}

/** How the answers were counted; null where they were read into memory. */
export function howRead({ counted }: Survey): Text | null {
  if (counted === undefined) return null;
  const { files } = counted;
  return files === undefined ? ownText("read.counts") : ownText("read.files", { files });
}

/** The same as a sentence; nothing where the answers were read into memory. */
export function howReadTold(survey: Survey): Text {
  const how = howRead(survey);
  return how === null ? NOTHING : ownText("read.sentence", { how });
}

/** What a section says that cannot be made of counts. */
export const NEEDS_ROWS: Text = ownText("needs_rows");

/** What is not shown so that nobody's answers can be told, with the codebook's limits. */
export function disclosureTold(survey: Survey): Told {
  const sample = sampleOf(survey);
  const { leastBase, leastAnswer, leastOthers } = limitsOf(sample);
  return tell(
    ownText("disclosure.base", { least: leastBase }),
    ownText("disclosure.answer", { least: leastAnswer }),
    ownText("disclosure.others", { least: leastOthers }),
    sample.isStrict
      ? ownText("disclosure.part")
      : ownText("disclosure.rounded", { least: leastBase }),
  );
}

/** How many people answered both times and what that does to the changes, or why nobody can tell. */
export function sharedTold({ codebook, source }: Survey, { shared }: Baseline): Text {
  if (shared.people === null) {
    return tell(ownText(`shared.${shared.why}`), ownText("shared.independent"));
  }
  const { people } = shared;
  const { least_base: least } = codebook.disclosure;
  if (people === 0) return ownText("shared.nobody");
  if (people < least) return ownText("shared.few", { least });
  return ownText("shared.people", { people, share: people / source.respondents, least });
}

/** What no reader may miss: that it is on one group only, weighted, of made-up answers. Or null. */
export function reportNotice(survey: Survey, language: Language): string | null {
  const notices = [
    ...survey.within === undefined
      ? []
      : [`${RUN.only[language]} ${groupWords(survey, language)}.`],
    ...survey.weights === null
      ? []
      : [`${RUN.weighted[language]} ${weightingWords(survey)[language]}.`],
    ...survey.source.synthetic ? [word("run.synthetic", language)] : [],
  ];
  return notices.length === 0 ? null : notices.join(" ");
}

/** The group that a report is on, with the number of people who answered unless that is hidden. */
export function groupWords(survey: Survey, language: Language): string {
  const group = quoted(domainWords(survey.codebook, survey.within ?? {})[language], language);
  const people = peopleReported(survey);
  return Number.isNaN(people) ? group : words("run.counted", language, { group, people });
}

/** The people whom a report is on; NaN where their number is hidden. */
export function peopleReported(survey: Survey): number {
  return peopleAmong(survey, { base: baseOfEveryone(survey.codebook), where: {} });
}

const TABLE = texts("table");
const WEIGHTED = texts("weighted_table");

/** Where weights are from, in a few words: `by gender (assumed distribution)`. */
export function weightingWords(survey: Survey): Text {
  const { codebook, weighting } = survey;
  if (!sampleOf(survey).weighted) return ownText("unweighted");
  if (weighting === undefined || weighting.by === "column") return ownText("weights.file");
  const [key, variables] = weighting.by === "strata"
    ? ["weights.by_strata" as const, [weighting.variable]]
    : [
      weighting.population.assumed ? "weights.by_assumed" as const : "weights.by" as const,
      Object.keys(weighting.population.margins),
    ];
  const names = variables.map((name) =>
    inEveryLanguage((language) => codebook.variables[name]?.label[language].toLowerCase() ?? name)
  );
  return ownText(key, { names });
}

/** What the weights are, what they cost, and what they move; or why there are none. */
export function weightingTold(survey: Survey): Text {
  const { weighting } = survey;
  if (!sampleOf(survey).weighted) return ownText("weights.why_none");
  const { leastBase } = sampleOf(survey);
  const { mean, spread, designEffect, effective, respondents } = summaryOf(survey, leastBase);
  const rows = weightedShares(survey);
  const moved = rows.filter(({ points }) => Math.abs(points) > TOLD_MOVE * 100).length;
  return tell(
    originTold(survey, weighting),
    spread === null ? NOTHING : ownText("weights.spread", { mean, ...spread }),
    respondents < leastBase ? NOTHING : ownText("weights.cost", {
      effect: designEffect,
      respondents,
      effective: Math.round(effective),
    }),
    ownText(moved === 0 ? "weights.moved_none" : "weights.moved", { moved, all: rows.length }),
  );
}

/** What the weights of those in the domain are like; of counts, what sums tell of them. */
function summaryOf(survey: Survey, leastBase: number) {
  const { weights } = survey;
  if (weights !== null) {
    const inside = domainCodes(survey, {});
    const own = inside === null ? weights : weights.filter((_, i) => inside[i] === 1);
    if (own.length > 0) return weightSummary(own, leastBase);
  }
  const [any = ""] = survey.codes.keys();
  const counts = countAnswers(survey, any);
  const everyone = countOf(counts, null, counts.answers);
  const { n, w } = everyone;
  const cost = n > 0 ? kishDesignEffect(everyone) : { designEffect: 1, effective: 0 };
  return { mean: n > 0 ? w / n : 1, spread: null, respondents: n, ...cost };
}

function originTold(survey: Survey, weighting: Weighting | undefined): Text {
  if (weighting?.by === "strata") {
    const { label } = survey.codebook.variables[weighting.variable]!;
    return ownText("weights.strata", {
      names: inEveryLanguage((language) => label[language].toLowerCase()),
    });
  }
  if (weighting?.by !== "population") return ownText("weights.from_file");
  const { population, trimmed, start } = weighting;
  const { trim, assumed } = population;
  const how = weightingWords(survey);
  return tell(
    ownText(assumed ? "weights.raked_assumed" : "weights.raked", { how }),
    inEveryLanguage((language) => escapeProse(population.source[language])),
    trim === undefined
      ? NOTHING
      : ownText("weights.trimmed", { ...trim, few: few(trimmed, survey) }),
    start === "equal" ? NOTHING : ownText(`weights.start_${start}`),
    ownText("weights.calibrated"),
  );
}

/** A number of people, or that it is below the least that is shown. */
function few(people: number, survey: Survey): Text | string {
  const { leastBase } = sampleOf(survey);
  if (people === 0 || people >= leastBase) return String(people);
  return ownText("fewer_than", { n: leastBase });
}

/** Which interval the shares of a survey have, fit to stand as a heading. */
export function intervalHeading(survey: Survey): Text {
  if (isLinearised(sampleOf(survey))) return ownText("interval.effective_heading");
  return ownText(isFinite(survey) ? "interval.finite_heading" : "interval.heading");
}

/** Why that interval, and what it is of. */
export function intervalTold(survey: Survey): Text {
  const { weighted } = sampleOf(survey);
  return tell(
    ownText("interval.stays"),
    isLinearised(sampleOf(survey))
      ? ownText(weighted ? "interval.effective_weights" : "interval.effective_strata")
      : NOTHING,
    ownText(isFinite(survey) ? "interval.finite" : "interval.infinite"),
    ownText("interval.least"),
  );
}

/** Whether variances have a finite population correction, in some stratum at least. */
function isFinite(survey: Survey): boolean {
  const { invited, strata } = sampleOf(survey);
  return strata === undefined ? invited !== null : strata.some(({ invited }) => invited !== null);
}

/** The main share of every question weighted beside unweighted, with design effect and effective n. */
export function weightedTable(survey: Survey): Showable {
  const columns: Column<WeightedShareRow>[] = [
    ...ofQuestions(survey),
    number("count", TABLE.n, ({ n }) => n),
    number("share", WEIGHTED.unweighted, ({ unweighted }) => unweighted),
    number("share", WEIGHTED.weighted, ({ weighted }) => weighted),
    number("number", WEIGHTED.points, ({ points }) => points),
    number("number", WEIGHTED.effect, ({ designEffect }) => designEffect),
    number("count", WEIGHTED.effective, ({ effective }) => effective && Math.round(effective)),
  ];
  const { title, base } = WEIGHTED;
  return dataTable([
    tabulated(weightedShares(survey), columns, { name: "method-weighted", title, base }),
  ]);
}

/** The intervals that there are for a weighted share, in per cent, by name. */
export function weightedIntervalsTable(survey: Survey): Showable {
  const columns = (["wilson", "logit", "kornGraubard"] as const).flatMap((id) =>
    (["low", "high"] as const).map((end): Column<WeightedShareRow> => {
      const key = end === "low" ? "interval.from" : "interval.to";
      const label = ownText(key, { interval: WEIGHTED[id] });
      return number("number", label, (row) => row[id] && row[id][end] * 100);
    })
  );
  const interval = intervalName(survey.codebook.study.confidence);
  return dataTable([tabulated(weightedShares(survey), [...ofQuestions(survey), ...columns], {
    name: "method-weighted-intervals",
    title: ownText("weighted_table.intervals", { interval }),
    base: WEIGHTED.intervals_base,
  })]);
}

function ofQuestions(survey: Survey): Column<WeightedShareRow>[] {
  return [
    text(TABLE.question, ({ question }) => labelOf(survey, question)),
    text(TABLE.set, ({ question }) => answerOf(survey, question)),
  ];
}

/**
 * This wave beside an earlier one: the main share of every question that both asked, what moved most first, in
 * sentences, a paired chart and a table. The tests are one family, adjusted together.
 *
 * @param survey With an earlier wave.
 * @throws {RangeError} Without one.
 */
export function waves(survey: OpenedSurvey): Showable {
  const { baseline, codebook } = survey;
  if (!baseline) {
    throw new RangeError(
      "There is no earlier wave to compare with: look at `survey.baseline` first",
    );
  }
  const movements = movedMost(baseline.main());
  const isWeightedNowOnly = survey.weights !== null && !baseline.survey?.weights;
  const told = movedTold("waves", movements, codebook, { earlier: earlierOf(baseline) });
  return pairsShown(movements, told, codebook, {
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

/** Which main figures moved, or differ from the rest, in sentences; what may be chance is said to be. */
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
