import { InputError } from "../responses/input_error.ts";
import type { Survey } from "../responses/survey.ts";
import { columnOf, stepsOf } from "./column.ts";
import { countAnswers, peopleShown } from "./count_answers.ts";
import { isLinearised } from "./counts.ts";
import { sumOf } from "./cross_table.ts";
import { fQuantile } from "./distributions.ts";
import { sampleOf } from "./sample.ts";

interface Alpha {
  readonly alpha: number;
  /** People who answered every item, "don't know" being no answer; NaN as of `peopleShown()`. */
  readonly n: number;
  readonly weighted: boolean;
  /** Feldt's interval; null where there are weights or strata, or fewer than two people. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Cronbach's alpha: how far several items measure one thing, at most 1.
 *
 * α = k/(k−1) · (1 − Σ var(item)/var(sum)), answers scored 1, 2, 3 … in the order of their scale among people
 * who answered all items, "don't know" being no answer here. var(sum) is the sum of the covariances,
 * which come from the counts of each pair. Interval: L. S. Feldt (1965), Psychometrika 30, 357–370.
 * Source: L. J. Cronbach (1951), Psychometrika 16, 297–334. Assumes equal distances between categories.
 *
 * @param items At least two questions, coded in the same direction; or with `ends`, by item the end of its
 *   scale that counts most, in either and on scales of different length, each from 0 to 1.
 * @returns null where fewer than the least base answered every item, or their sum does not vary.
 * @throws {InputError} Where an item is not there, is there twice, or there is only one.
 */
export function cronbachAlpha(
  survey: Survey,
  items: readonly string[],
  { ends }: { ends?: Readonly<Record<string, "first" | "last">> } = {},
): Alpha | null {
  const k = items.length;
  if (k < 2 || new Set(items).size < k) {
    throw new InputError(
      `Cronbach's alpha needs two or more different questions: ${items.join(", ")}`,
    );
  }
  const scored = Object.fromEntries(items.map((item) => [item, stepsOf(columnOf(survey, item))]));
  const placeOf = (item: string, answer: string) => {
    const place = scored[item]!.indexOf(answer);
    if (!ends) return place + 1;
    const share = place / (scored[item]!.length - 1);
    return ends[item] === "first" ? 1 - share : share;
  };
  const covariance = (a: string, b: string) => {
    const counts = countAnswers(survey, a, { by: b, within: scored });
    let [n, w, x, y, xy] = [0, 0, 0, 0, 0];
    counts.groups.forEach((group, g) =>
      counts.answers.forEach((answer, i) => {
        const at = g * counts.answers.length + i;
        const weight = counts.w[at]!;
        const [one, other] = [placeOf(a, answer), placeOf(b, group ?? "")];
        n += counts.n[at]!;
        w += weight;
        x += weight * one;
        y += weight * other;
        xy += weight * one * other;
      })
    );
    return { n, value: w > 0 ? xy / w - x / w * (y / w) : 0 };
  };
  const variances = items.map((item) => covariance(item, item));
  const pairs = items.flatMap((a, i) => items.slice(i + 1).map((b) => covariance(a, b)));
  const n = variances[0]!.n;
  const own = sumOf(variances.map(({ value }) => value));
  const all = own + 2 * sumOf(pairs.map(({ value }) => value));
  const shown = peopleShown(survey, items, n);
  if (shown === null || !(all > 1e-12 * own)) return null;
  const alpha = k / (k - 1) * (1 - own / all);
  const sample = sampleOf(survey);
  const end = (p: number) =>
    n < 2 || isLinearised(sample) ? null : 1 - (1 - alpha) * fQuantile(p, n - 1, (n - 1) * (k - 1));
  const { weighted, confidence: level } = sample;
  return { alpha, n: shown, weighted, low: end((1 + level) / 2), high: end((1 - level) / 2) };
}
