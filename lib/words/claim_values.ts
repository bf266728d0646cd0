import { categoriesOf } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { readPublished } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { eitherColumn } from "../statistics/column.ts";
import { countAnswers } from "../statistics/count_answers.ts";
import { type Estimate, isExact } from "../statistics/estimate.ts";
import { estimates } from "../statistics/estimates.ts";
import {
  answersNamed,
  type Gap,
  gap,
  gapOfOverlapping,
  gapOfQuestions,
  type Of,
} from "../statistics/look_up.ts";
import { deviationsFromPopulation, type Part, trendTest } from "../statistics/outcome.ts";
import { gammaOf } from "../statistics/table_association.ts";
import { checkRule, isAsked, responseRate } from "../statistics/verdict.ts";
import type { ClaimEntry, ValueSource } from "./claims_schema.ts";
import type { Values } from "./message.ts";
import { type Besides, isEstimate, type NamedEstimate, type Value } from "./value.ts";

/**
 * The values of a claim, worked out from the answers.
 *
 * @throws {InputError} Where there is no such answer, figure or fact.
 */
export function valuesOf(survey: Survey, sources: ClaimEntry["values"]): Values {
  const found: Record<string, Value> = {};
  for (const [name, source] of Object.entries(sources)) {
    found[name] = valueOf(survey, source, found);
  }
  return found;
}

function valueOf(survey: Survey, source: ValueSource, found: Values): Value {
  if ("by" in source) return trendOf(survey, source);
  if ("question" in source) return shareOf(survey, source);
  if ("either" in source) {
    const column = eitherColumn(survey, source.either);
    return estimates(survey, column).find(({ category }) => category === "yes")!;
  }
  if ("difference" in source) {
    const [first, second] = source.difference.map((name) => found[name]);
    if (!isEstimate(first) || !isEstimate(second)) {
      throw new InputError(
        `A difference is of two shares that stand above it: ${source.difference.join(", ")}.`,
      );
    }
    return { first, second, tested: differenceOf(survey, first, second) };
  }
  if ("besides" in source) {
    const named = [source.besides, source.or ?? source.besides].map((name) => found[name]);
    return besides(survey, named);
  }
  if ("gamma" in source) return { of: source.gamma, gamma: gammaOf(survey, ...source.gamma) };
  if ("figure" in source) return publishedShare(source.figure);
  if ("fact" in source) return publishedFact(source.fact);
  if ("study" in source) return studyFact(survey, source.study);
  if ("from_population" in source) {
    return { deviation: deviationsFromPopulation(survey, source.from_population)[0] ?? null };
  }
  return profilesThere(survey);
}

/**
 * The most common answer that the shares told leave out, where at least half of all gave it: nine of ten
 * who are neutral are not passed over in silence.
 */
export function besides(survey: Survey, told: readonly (Value | undefined)[]): Besides | null {
  const [of] = told;
  if (!isEstimate(of) || !told.every(isEstimate)) {
    throw new InputError("What is said besides is besides a share that stands above it.");
  }
  const { question, variable, group } = of;
  const { scales, questions } = survey.codebook;
  const scale = scales[questions[question]?.scale ?? ""];
  const own = told.flatMap(({ set, category }) =>
    set === null ? [category] : scale?.sets[set]?.categories ?? []
  );
  const most = estimates(survey, question, { by: variable }).find((other) =>
    other.group === group && other.category !== null && !own.includes(other.category) &&
    (other.share ?? 0) >= 0.5
  );
  return most ? { answer: scale!.categories[most.category!]!, given: most } : null;
}

type TrendSource = Extract<ValueSource, { by: string }>;
type ShareSource = Exclude<Extract<ValueSource, { question: string }>, TrendSource>;

function shareOf(survey: Survey, source: ShareSource): NamedEstimate {
  const [variable = null, group = null] = Object.entries(source.among ?? {})[0] ?? [];
  const found = estimates(survey, source.question, { by: variable })
    .find((each) => each.group === group && isOf(each, source));
  if (found === undefined) {
    throw new InputError(`There is no such share: ${JSON.stringify(source)}.`);
  }
  const base = survey.codebook.bases[found.base];
  return group === null && base ? { ...found, who: base } : found;
}

function trendOf(survey: Survey, source: TrendSource): Value {
  const { by, question } = source;
  const categories = categoriesOf(survey.codebook, by) ?? {};
  const wanted = source.groups ?? Object.keys(categories);
  const all = estimates(survey, question, { by }).filter((each) => isOf(each, source));
  const groups = wanted.map((group) => all.find((each) => each.group === group)!);
  return {
    groups,
    who: wanted.map((group) =>
      survey.codebook.variables[by]?.categories[group]?.who ?? categories[group] ??
        { da: group, en: group }
    ),
    between: (first, second) => differenceOf(survey, groups[first]!, groups[second]!),
    test: groups.every(isExact) ? testedTrend(survey, source, wanted) : null,
  };
}

function testedTrend(survey: Survey, source: TrendSource, groups: readonly string[]) {
  const { question, by, set, category } = source;
  const counts = countAnswers(survey, question, { by });
  return trendTest(counts, groups, answersNamed(counts, { set, category } as Of));
}

const isOf = (estimate: Estimate, { set, category }: Pick<ShareSource, "set" | "category">) =>
  set === undefined ? estimate.category === category : estimate.set === set;

/** The tested difference of two shares, whichever way they differ; null where there is none to make. */
function differenceOf(survey: Survey, a: Estimate, b: Estimate): Gap | null {
  const of = ({ set, category }: Estimate) => (set === null ? { category } : { set }) as Of;
  if (a.variable === null && b.variable === null) {
    const [one, other] = [a, b].map((each) => ({ question: each.question, ...of(each) }));
    return gapOfQuestions(survey, one!, other!);
  }
  if (a.question !== b.question || a.variable === null || b.variable === null) {
    throw new InputError(
      "Shares are compared of two questions among everyone, or of one question between two groups.",
    );
  }
  const [one, other] = [a, b].map(({ variable, group }) => [variable!, group!] as const);
  return a.variable === b.variable
    ? gap(
      survey,
      a.question as never,
      of(a),
      ...[a.variable, a.group, b.group] as never[] as [never, never, never],
    )
    : gapOfOverlapping(survey, a.question, of(a), [...one!], [...other!]);
}

function publishedShare(id: string): number {
  const found = readPublished().indicators.find((indicator) => indicator.id === id);
  if (found?.unit !== "percent" || found.value === null) {
    throw new InputError(`data/published.json has no published per cent called "${id}".`);
  }
  return Number(found.value) / 100;
}

function publishedFact(id: string): number | string {
  const found = readPublished().facts.find((fact) => fact.id === id);
  if (found === undefined) {
    throw new InputError(`data/published.json has no fact called "${id}".`);
  }
  const isShare = found.unit === "percent" || found.unit === "percentage points";
  return isShare ? Number(found.value) / 100 : found.value;
}

function studyFact(
  survey: Survey,
  name: Extract<ValueSource, { study: string }>["study"],
): number | string | null {
  const { invited, reminders, fieldwork, interviews } = survey.codebook.study;
  const rate = responseRate(survey);
  return {
    ...{ respondents: survey.source.respondents, invited, reminders },
    response_rate: rate === null ? null : rate / 100,
    ...{ interviews: interviews.count, minutes: interviews.minutes },
    fieldwork: `${fieldwork.from}/${fieldwork.to}`,
  }[name];
}

function profilesThere(survey: Survey): Part {
  const published = readPublished();
  const profiles = published.indicators.filter(({ kind }) => kind === "profile");
  if (survey.within !== undefined || !profiles.every((profile) => isAsked(survey, profile))) {
    return { part: null, whole: profiles.length };
  }
  const met = profiles.map((profile) =>
    profile.rules.map((rule) => checkRule(survey, published, profile, rule).met)
  );
  const isUnknown = met.flat().includes(null);
  const there = met.filter((rules) => !rules.includes(false)).length;
  return { part: isUnknown ? null : there, whole: profiles.length };
}
