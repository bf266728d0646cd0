/**
 * All that a notebook's cell needs, from one import.
 *
 * What comes back are plain Arquero tables, plain estimates and Plot figures: go on with Arquero's
 * verbs and Plot's marks.
 */
import { registerDisplays } from "./notebook/show.ts";

registerDisplays();

export { benchmarks } from "./notebook/benchmarks.ts";
export { breakdown } from "./notebook/breakdown.ts";
export { changeSince } from "./notebook/change_since.ts";
export { plotted } from "./notebook/chart_rendered.ts";
export {
  associationLabel,
  associationTable,
  associationTold,
  crossTab,
} from "./notebook/cross_tab.ts";
export { danfo, fromDanfo, toDanfo } from "./notebook/danfo.ts";
export { estimateTable, valuesTable } from "./notebook/data_table.ts";
export {
  askedTold,
  besideTheRest,
  dataHeading,
  dataTold,
  disclosureTold,
  howReadTold,
  intervalHeading,
  intervalTold,
  NEEDS_ROWS,
  waves,
  weightedIntervalsTable,
  weightedTable,
  weightingTold,
  weightingWords,
} from "./notebook/data_told.ts";
export { columns, comparison, likert } from "./notebook/figures.ts";
export { gists, interviewThemes, interviewThemesTable } from "./notebook/interviews.ts";
export { type KeyFigure, keyFigureOf, keyFigures } from "./notebook/key_figures.ts";
export {
  mostChosen,
  numberOf,
  numbers,
  numbersTold,
  openText,
  scoreTold,
  several,
} from "./notebook/kinds.ts";
export { answerOf, labelOf, questionText } from "./notebook/labels.ts";
export { chapter, claimsTable, finding, narrate, showsClaims } from "./notebook/narrate.ts";
export { openSurvey } from "./notebook/open_survey.ts";
export { readReplicates, replicated } from "./notebook/replicated.ts";
export {
  countReproduced,
  reproduce,
  type Reproduction,
  reproductionTable,
  summariseReproduction,
} from "./notebook/reproduce.ts";
export { details, show } from "./notebook/show.ts";
export { surveyPlan } from "./notebook/survey_plan.ts";
export { priorityMap, whatMatters } from "./notebook/what_matters.ts";
export { office } from "./commands/office.ts";
export { palette } from "./charts/palette.ts";
export * as Plot from "./charts/plot.ts";
export { allClaims, claim, claims, summariseClaims, tell, testedTogether } from "./words/claims.ts";
export { intervalName } from "./words/figure_texts.ts";
export { formatPercentShort } from "./words/format.ts";
export { message } from "./words/message.ts";
export { backgroundFactors } from "./statistics/breakdown_rows.ts";
export { routing } from "./statistics/count_answers.ts";
export { cronbachAlpha } from "./statistics/cronbach_alpha.ts";
export { wilsonInterval } from "./statistics/intervals.ts";
export {
  gap,
  gapOfOverlapping,
  gapOfQuestions,
  gapToRest,
  share,
  shareByGroup,
  shares,
} from "./statistics/look_up.ts";
export { deviationsFromPopulation, populationOf } from "./statistics/outcome.ts";
export {
  associationAnalysis,
  type AssociationRow,
} from "./statistics/rows/association_analysis.ts";
export { rake } from "./statistics/rows/rake.ts";
export { gammaOf, tableAssociation } from "./statistics/table_association.ts";
export { unweighted } from "./responses/counted_answers.ts";
export type { Language } from "./responses/language.ts";
export { population, readPublished } from "./responses/study.ts";
