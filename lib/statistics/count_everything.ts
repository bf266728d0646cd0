import type { Survey } from "../survey/survey.ts";
import { type Column, columnOf } from "./column.ts";
import { countAnswers, type Domain, domainCodes } from "./count_answers.ts";
import { type Bins, countBins } from "./count_bins.ts";
import { type Counts, sampleOf } from "./counts.ts";
import { codesOf, countsOfBins, requireLegal } from "./counts_of_bins.ts";
import { largerParts } from "./larger_parts.ts";
import { type Pack, packColumns } from "./pack_columns.ts";
import { withContext } from "./with_context.ts";

/**
 * The counts of many questions by many variables: what {@link countAnswers} gives for each pair,
 * with one pass over a question for several variables.
 *
 * @param survey The survey.
 * @param pairs Questions, each with a variable or null.
 * @param within Only these respondents.
 * @returns One `Counts` per pair, in the order of the pairs.
 * @throws {InputError} As `countAnswers()`.
 */
export function countEverything(
  survey: Survey,
  pairs: readonly (readonly [question: string, by: string | null])[],
  within: Domain = {},
): Counts[] {
  const larger = largerParts(survey, within)
    .map((part) => countEverything(part.survey, pairs, part.within));
  const inside = domainCodes(survey, within);
  return countParts(survey, pairs, within).map((counts, i) =>
    withContext(counts, {
      survey,
      question: counts.question,
      within,
      inside,
      larger: larger.map((part) => part[i]!),
      byCondition: (whole, variable) => countAnswers(whole, counts.question, { by: variable }),
    })
  );
}

/** The counts alone, without what tells whether they may be shown. */
function countParts(
  survey: Survey,
  pairs: readonly (readonly [question: string, by: string | null])[],
  within: Domain,
): Counts[] {
  const { weights, source } = survey;
  const sample = sampleOf(survey);
  const names = new Set(pairs.flat().filter((name) => name !== null));
  const columns = new Map([...names].map((name) => [name, columnOf(survey, name)]));
  columns.forEach((column) =>
    requireLegal(column, countBins(column.codes, null, 1, null).n, (code) => code)
  );
  const variables = new Set(pairs.map(([, by]) => by).filter((by) => by !== null));
  const packs = packColumns(
    [...variables].map((name) => columns.get(name)!),
    domainCodes(survey, within),
    source.respondents,
  );
  const counted = new Map<string, Map<Pack, Bins>>();
  return pairs.map(([question, by]) => {
    const answers = columns.get(question)!;
    const groups = by === null ? null : columns.get(by)!;
    const pack = packs.find(({ columns }) => groups === null || columns.includes(groups))!;
    const bits = Math.ceil(Math.log2(answers.categories.length + 2));
    const done = counted.get(question) ?? new Map<Pack, Bins>();
    counted.set(question, done);
    const bins = done.get(pack) ??
      countBins(answers.codes, pack.codes, pack.size + 1, weights, bits);
    done.set(pack, bins);
    return countsOfBins(sumBy(bins, pack, groups, answers, bits), answers, groups, 0, sample);
  });
}

/** Bins by group and answer, summed over the other columns of the pack. */
function sumBy(bins: Bins, pack: Pack, groups: Column | null, answers: Column, bits: number): Bins {
  const size = (groups ? 256 : 1) << 8;
  const [n, w, w2] = [new Uint32Array(size), new Float64Array(size), new Float64Array(size)];
  const groupOf = groups && pack.codesOf(groups);
  const mask = (1 << bits) - 1;
  const answerCodes = codesOf(answers);
  // The number after the pack's last is outside the domain.
  for (let number = 0; number < pack.size; number++) {
    const group = groupOf ? groupOf[number]! : 0;
    for (const answer of answerCodes) {
      const from = number << bits | answer & mask;
      if (bins.n[from] === 0) continue;
      const to = group << 8 | answer;
      n[to]! += bins.n[from]!;
      w[to]! += (bins.w ?? bins.n)[from]!;
      w2[to]! += (bins.w2 ?? bins.n)[from]!;
    }
  }
  return { n, w, w2 };
}
