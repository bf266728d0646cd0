import { forEachPlace } from "../../responses/counted_answers.ts";
import type { CountedTable, Survey } from "../../responses/survey.ts";
import { columnOf } from "../column.ts";
import { sampleOf } from "../sample.ts";

/**
 * Weighs respondents so that each stratum counts as it does among those invited: by invited over
 * respondents, the mean weight being 1. Without these weights a share leans to the strata that answered
 * more. In R `survey`: `svydesign(~1, strata = ~s, fpc = ~N)`, whose weights are these.
 * Source: W. G. Cochran (1977), Sampling Techniques, 3rd ed., 5.3.
 *
 * Of counts, the tables that do not tell the strata apart are left out.
 *
 * @returns The survey as it is where it has weights, where its codebook names no strata or not how many
 *   were invited, or where all strata answered at the same rate.
 * @throws {InputError} As `sampleOf()`.
 */
export function weighByStrata(survey: Survey): Survey {
  const { strata: named } = survey.codebook.study;
  if (named?.invited === undefined || survey.weights || survey.counted?.weighted) return survey;
  const { strata, respondents } = sampleOf(survey);
  if (!strata || strata.some(({ invited }) => invited === null)) return survey;
  const invited = strata.reduce((sum, { invited }) => sum + invited!, 0);
  const weights = strata.map((each) =>
    (each.invited! / invited) / (each.respondents / respondents)
  );
  if (weights.every((weight) => Math.abs(weight - 1) < 1e-12)) return survey;
  const { categories, codes } = columnOf(survey, named.variable);
  const byCode = new Float64Array(256);
  strata.forEach(({ id }, s) => byCode[categories.indexOf(id) + 1] = weights[s]!);
  const weighting = { by: "strata", variable: named.variable } as const;
  if (!survey.counted) {
    return { ...survey, weights: Float64Array.from(codes, (code) => byCode[code]!), weighting };
  }
  const tables = [...survey.counted.tables].flatMap(([key, table]): [string, CountedTable][] => {
    const at = table.names.indexOf(named.variable);
    if (at < 0) return [];
    const [w, w2] = [table.n.slice(), table.n.slice()];
    forEachPlace(table, survey.codebook, (i, places) => {
      const weight = byCode[places[at]! + 1]!;
      w[i]! *= weight;
      w2[i]! *= weight ** 2;
    });
    return [[key, { ...table, w, w2 }]];
  });
  return {
    ...survey,
    weighting,
    counted: { ...survey.counted, weighted: true, tables: new Map(tables) },
  };
}
