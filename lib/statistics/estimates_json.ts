import { itemOf } from "../responses/kinds.ts";
import type { QuestionId, SetId } from "../responses/study.ts";
import type { Source, Survey } from "../responses/survey.ts";
import { breakdownRows, type MarkedGroup } from "./breakdown_rows.ts";
import type { Estimate } from "./estimate.ts";
import { allEstimates } from "./estimates.ts";
import { allNumberEstimates, changeOfMean, type NumberEstimate } from "./number_estimates.ts";
import type { Change, WaveChanges } from "./wave_changes.ts";

/** An estimate as it stands in estimates.json: a set or a category, not both. */
export type EstimateEntry = ReturnType<typeof toEntry> & {
  /** With an earlier wave: null where either wave hides the estimate or has not got it. */
  readonly change?: ReturnType<typeof toChange>;
  readonly test?: ReturnType<typeof toTest>;
};

/** What estimates.json holds. */
export interface EstimatesFile {
  readonly source: Source;
  readonly estimates: EstimateEntry[];
  /** Means, quartiles and net shares of numbers and scores; absent where there are none. */
  readonly numbers?: readonly ReturnType<typeof toNumberEntry>[];
}

/**
 * What estimates.json holds, ready for `JSON.stringify`.
 *
 * @param changes What has changed since an earlier wave, where there is one.
 * @throws {RangeError} Where a number is none: JSON would write it as null, as if it were hidden.
 */
export function estimatesJson(
  survey: Survey,
  changes: Pick<WaveChanges, "changeOf"> & { readonly survey?: Survey | null } | null = null,
): EstimatesFile {
  const numbers = allNumberEstimates(survey);
  const tests = testsAgainstRest(survey);
  return {
    source: survey.source,
    ...numbers.length > 0 && {
      numbers: numbers.map((each) => toNumberEntry(survey, each, changes?.survey)),
    },
    estimates: allEstimates(survey).filter((estimate) =>
      estimate.set !== null || itemOf(estimate.question) === null
    ).map((estimate) => {
      const entry = toEntry(estimate);
      const change = changes && toChange(changes.changeOf(estimate));
      // Of a suppressed estimate the number of people may be hidden too: null in JSON, as it should be.
      const { n: _, ...others } = entry;
      const told = [entry.suppressed ? others : entry, ...change ? [change, change.before] : []];
      for (const [name, value] of told.flatMap((values) => Object.entries(values))) {
        if (typeof value === "number" && !Number.isFinite(value)) {
          throw new RangeError(`The ${name} of an estimate of ${entry.question} is ${value}`);
        }
      }
      const test = tests.get(keyOf(estimate));
      return { ...entry, ...test && { test }, ...changes && { change } };
    }),
  };
}

function toEntry(estimate: Estimate) {
  const { question, set, category, n, count, share, low, high, precision } = estimate;
  const { base, weighted, suppressed, rounded } = estimate;
  const item = itemOf(question);
  return {
    question: item?.of ?? question,
    ...(item ?? set === null ? { category: item?.category ?? category ?? "" } : { set: set! }),
    ...{ base, group: groupOf(estimate), n, count, share, low, high, weighted, suppressed },
    ...rounded !== undefined && { rounded },
    se: precision?.se ?? null,
    deff: precision?.deff ?? null,
    effective_n: precision?.effective ?? null,
    weighted_n: precision?.base ?? null,
    reliability: precision?.flags ?? [],
  };
}

function groupOf({ variable, group }: Pick<Estimate, "variable" | "group">) {
  return variable === null || group === null ? null : { variable, category: group };
}

const keyOf = ({ question, set, variable, group }: Estimate) =>
  JSON.stringify([question, set, variable, group]);

/** By estimate of a question's main set in a group, its test: those of one question are a family. */
function testsAgainstRest(survey: Survey): Map<string, ReturnType<typeof toTest>> {
  const { questions, scales } = survey.codebook;
  return new Map(
    Object.entries(questions).flatMap(([question, { scale }]) => {
      const main = scales[scale]?.main_set;
      if (main === undefined || !survey.codes.has(question)) return [];
      return breakdownRows(survey, question as QuestionId, main as SetId)
        .filter(({ test }) => test.againstRest)
        .map(({ estimate, test }) => [keyOf(estimate), toTest(test)] as const);
    }),
  );
}

/** Against everybody else who has a group; `p_adjusted` over all groups of the background variables. */
function toTest({ againstRest, adjusted, mark, letter, above }: MarkedGroup) {
  const { difference, low, high, pValue: p } = againstRest!;
  return { difference, low, high, p, p_adjusted: adjusted, mark, letter, above };
}

/** In shares: now minus before, with the p-value by itself and adjusted for its family. */
function toChange(change: Change | null) {
  if (change === null) return null;
  const { before, difference, low, high, pValue: p, adjusted, family, moved } = change;
  const { n, count, share, low: from, high: to, weighted } = before;
  return {
    before: { n, count, share, low: from, high: to, weighted },
    ...{ difference, low, high, p, p_adjusted: adjusted, family, moved },
  };
}

/**
 * In the question's unit, as finely as it is told: of the exact sum of a group's numbers, and of how many
 * gave which, single answers could follow.
 */
function toNumberEntry(survey: Survey, estimate: NumberEstimate, earlier?: Survey | null) {
  const { question, statistic, base, n, value, se, low, high } = estimate;
  const { weighted, suppressed, digits } = estimate;
  const rounded = (value: number | null) => value === null ? null : Number(value.toFixed(digits));
  const found = earlier && changeOfMean(survey, earlier, estimate);
  const change = found && {
    before: { n: found.before.n, value: rounded(found.before.value) },
    difference: rounded(found.difference),
    low: rounded(found.low),
    high: rounded(found.high),
    p: found.pValue === null ? null : Number(found.pValue.toPrecision(3)),
  };
  return {
    ...{ question, statistic, base },
    group: groupOf(estimate),
    n: Number.isNaN(n) ? null : n,
    ...{ value: rounded(value), low: rounded(low), high: rounded(high) },
    se: se === null ? null : Number(se.toPrecision(2)),
    ...{ weighted, suppressed },
    ...earlier && { change: change ?? null },
  };
}
