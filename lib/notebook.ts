/**
 * All that a notebook's cell needs, from one import.
 *
 * What comes back are plain Arquero tables, plain estimates and Plot figures: go on with Arquero's
 * verbs and Plot's marks.
 */
import { registerDisplays } from "./notebook/show.ts";

registerDisplays();

export { changeSince } from "./notebook/change_since.ts";
export { danfo, fromDanfo, toDanfo } from "./notebook/danfo.ts";
export { askedTold, dataHeading, dataTold, disclosureTold } from "./notebook/data_told.ts";
export { openSurvey } from "./notebook/open_survey.ts";
export { waves } from "./notebook/data_told.ts";
export { surveyPlan } from "./notebook/survey_plan.ts";
export { readReplicates, replicated } from "./notebook/replicated.ts";
export { priorityMap, whatMatters } from "./notebook/what_matters.ts";
export { gap, gapToRest, share, shareByGroup, shares } from "./statistics/look_up.ts";
export {
  associationAnalysis,
  type AssociationRow,
} from "./statistics/rows/association_analysis.ts";
export { howReadTold, NEEDS_ROWS } from "./notebook/data_told.ts";
export { unweighted } from "./responses/counted_answers.ts";
export { cronbachAlpha } from "./statistics/cronbach_alpha.ts";
export { routing } from "./statistics/count_answers.ts";
export { rake } from "./statistics/rows/rake.ts";
export { wilsonInterval } from "./statistics/intervals.ts";
export { population, readPublished } from "./responses/study.ts";
export { deviationsFromPopulation, populationOf } from "./statistics/outcome.ts";
export { gammaOf, tableAssociation } from "./statistics/table_association.ts";
export { columns, comparison, likert } from "./notebook/figures.ts";
export { answerOf, labelOf, questionText } from "./notebook/labels.ts";
export { mostChosen, numberOf, numbers, numbersTold } from "./notebook/kinds.ts";
export { openText, scoreTold, several } from "./notebook/kinds.ts";
export { associationLabel, associationTable, associationTold } from "./notebook/cross_tab.ts";
export { breakdown } from "./notebook/breakdown.ts";
export { backgroundFactors } from "./statistics/breakdown_rows.ts";
export { benchmarks } from "./notebook/benchmarks.ts";
export { crossTab } from "./notebook/cross_tab.ts";
export { estimateTable } from "./notebook/data_table.ts";
export { weightedIntervalsTable, weightedTable } from "./notebook/data_told.ts";
export { intervalHeading, intervalTold } from "./notebook/data_told.ts";
export { weightingTold, weightingWords } from "./notebook/data_told.ts";
export { gists } from "./notebook/interviews.ts";
export { chapter, finding } from "./notebook/narrate.ts";
export { besideTheRest } from "./notebook/data_told.ts";
export { interviewThemes, interviewThemesTable } from "./notebook/interviews.ts";
export { type KeyFigure, keyFigureOf, keyFigures } from "./notebook/key_figures.ts";
export { narrate } from "./notebook/narrate.ts";
export { valuesTable } from "./notebook/data_table.ts";
export { plotted } from "./notebook/chart_rendered.ts";
export { details, show } from "./notebook/show.ts";
export * as Plot from "./charts/plot.ts";
export { office } from "./commands/office.ts";
export { palette } from "./charts/palette.ts";
export type { Language } from "./responses/language.ts";
export { intervalName } from "./words/figure_texts.ts";
export { formatPercentShort } from "./words/format.ts";
export { allClaims, claim, claims } from "./words/claims.ts";
export { message } from "./words/message.ts";
export { tell } from "./words/claims.ts";
export { claimsTable, showsClaims } from "./notebook/narrate.ts";
export { summariseClaims, testedTogether } from "./words/claims.ts";
export { reproduce, type Reproduction } from "./notebook/reproduce.ts";
export { countReproduced, reproductionTable, summariseReproduction } from "./notebook/reproduce.ts";
export { gapOfOverlapping, gapOfQuestions } from "./statistics/look_up.ts";
