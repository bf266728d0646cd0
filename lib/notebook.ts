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
export { dataHeading, dataTold } from "./notebook/data_told.ts";
export { disclosureTold } from "./notebook/disclosure_told.ts";
export { openSurvey } from "./notebook/open_survey.ts";
export { waves } from "./notebook/waves.ts";
export { gap, gapToRest, share, shareByGroup, shares } from "./statistics/look_up.ts";
export {
  associationAnalysis,
  type AssociationRow,
} from "./statistics/rows/association_analysis.ts";
export { howReadTold } from "./notebook/how_read.ts";
export { NEEDS_ROWS, unweighted } from "./responses/counted_answers.ts";
export { cronbachAlpha } from "./statistics/cronbach_alpha.ts";
export { routing } from "./statistics/routing.ts";
export { rake } from "./statistics/rows/rake.ts";
export { wilsonInterval } from "./statistics/wilson_interval.ts";
export { population, readPublished } from "./responses/study.ts";
export { deviationsFromPopulation, populationOf } from "./claims/deviations_from_population.ts";
export { tableAssociation } from "./statistics/table_association.ts";
export { columns, comparison, likert } from "./notebook/figures.ts";
export { associationLabel, associationTable } from "./notebook/association_table.ts";
export { breakdown } from "./notebook/breakdown.ts";
export { estimateTable } from "./notebook/estimate_table.ts";
export { weightedIntervalsTable, weightedTable } from "./notebook/weighted_tables.ts";
export { intervalHeading, intervalTold } from "./notebook/interval_told.ts";
export { weightingTold, weightingWords } from "./notebook/weighting_told.ts";
export { gists } from "./notebook/gists.ts";
export { chapter, finding } from "./notebook/heading.ts";
export { besideTheRest } from "./notebook/group_and_rest.ts";
export { interviewThemes } from "./notebook/interview_themes.ts";
export { interviewThemesTable } from "./notebook/interview_themes_table.ts";
export { type KeyFigure, keyFigures } from "./notebook/key_figures.ts";
export { ledgerTable } from "./notebook/ledger_table.ts";
export { narrate } from "./notebook/narrate.ts";
export { dataTable, valuesTable } from "./notebook/values_table.ts";
export { verdicts } from "./notebook/verdicts.ts";
export { plotted } from "./notebook/plot_rendered.ts";
export { reproductionTable } from "./notebook/reproduction_table.ts";
export { show } from "./notebook/show.ts";
export { headline } from "./words/claim.ts";
export { negative } from "./words/finding_of_measure.ts";
export { pointsApart } from "./words/points_apart.ts";
export { falls, more, rises } from "./words/finding_of_difference.ts";
export { tell } from "./words/tell.ts";
export * as Plot from "./charts/plot.ts";
export { palette } from "./charts/palette.ts";
export type { Language } from "./responses/language.ts";
export { intervalName } from "./words/interval_name.ts";
export { formatPercentShort } from "./words/format_number.ts";
export { allClaims, placedClaims } from "./claims/all_claims.ts";
export { reproduce, type Reproduction } from "./claims/reproduce.ts";
export { countReproduced, summariseReproduction } from "./claims/summarise_reproduction.ts";
export { countVerdict, summariseLedger } from "./words/ledger.ts";
export { balancingClaims } from "./claims/balancing_claims.ts";
export { cooperationClaims } from "./claims/cooperation_claims.ts";
export { decisionClaims } from "./claims/decision_claims.ts";
export { draftClaims } from "./claims/draft_claims.ts";
export { gapOfRoles } from "./claims/gap_of_roles.ts";
export { leadershipClaims } from "./claims/leadership_claims.ts";
export { methodClaims } from "./claims/method_claims.ts";
export { timeAndWorkloadClaims } from "./claims/time_and_workload_claims.ts";
export { wellbeingClaims } from "./claims/wellbeing_claims.ts";
export { interviewClaims, interviewClaimsOf } from "./claims/interview_claims.ts";
export { oftenPressed } from "./claims/summary_pressure_claims.ts";
export { summaryClaims } from "./claims/summary_claims.ts";
