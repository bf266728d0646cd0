import type { OrdinalData } from "../../lib/statistics/rows/proportional_odds.ts";

/** A regression's data as R has it: one row per person. */
export interface People {
  /** The answer of each person, 1 to `categories`. */
  readonly answers: readonly number[];
  readonly categories: number;
  readonly names: readonly string[];
  readonly x: readonly (readonly number[])[];
  readonly weights?: readonly number[];
}

/** Takes each person as a pattern, whoever else is alike. */
export function asPatterns({ answers, categories, names, x, weights }: People): OrdinalData {
  const counts = new Float64Array(x.length * categories);
  answers.forEach((answer, i) => counts[i * categories + answer - 1] = weights?.[i] ?? 1);
  return { counts, categories, names, x: Float64Array.from(x.flat()) };
}

/** Puts people together who are alike in x, in the order in which they come. */
export function together(people: People, weigh = (weight: number) => weight): OrdinalData {
  const { answers, categories, names, x, weights } = people;
  const patterns = new Map<string, { row: readonly number[]; counts: number[] }>();
  x.forEach((row, i) => {
    const key = JSON.stringify(row);
    const counts = patterns.get(key)?.counts ?? new Array<number>(categories).fill(0);
    counts[answers[i]! - 1]! += weigh(weights?.[i] ?? 1);
    patterns.set(key, { row, counts });
  });
  const all = [...patterns.values()];
  return {
    counts: Float64Array.from(all.flatMap(({ counts }) => counts)),
    categories,
    names,
    x: Float64Array.from(all.flatMap(({ row }) => row)),
  };
}
