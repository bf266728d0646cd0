/** A variable of a regression, by category. */
export interface CategoricalTerm {
  readonly variable: string;
  /** By covariate pattern, the place of its category in the levels. */
  readonly of: Uint8Array;
  /** The categories that somebody has, in order. The first is the reference. */
  readonly levels: readonly string[];
  /** People by level. */
  readonly people: readonly number[];
}

/** A question of a regression, by score. */
export interface ScoreTerm {
  readonly variable: string;
  /** By covariate pattern, the score; 0 for "don't know". */
  readonly of: Uint8Array;
  /** People by score, from 0. */
  readonly people: readonly number[];
  /** The category that means "don't know". */
  readonly dontKnow: string | null;
}

/** One column of a design matrix. */
export interface DesignColumn {
  /** `variable:category` of a dummy and of "don't know", `variable` of a score. */
  readonly term: string;
  readonly variable: string;
  /** Null for a score. */
  readonly category: string | null;
  readonly kind: "dummy" | "score" | "dont_know";
}

/**
 * The design matrix of an analysis: dummies for categories, standardised scores.
 *
 * A variable of k categories that somebody has gives k − 1 columns of 0 and 1, none for its
 * reference. A score is taken less its mean over its standard deviation, both of the people who
 * have one, as `scale()` in R; where all have the same, there is no column. Whoever answers "don't know"
 * gets the mean, 0, and a 1 in a column of its own: the score's coefficient is that of people with a
 * score.
 *
 * @returns Columns in order: each factor's levels but the first, and then each score with its
 *   "don't know"; and x by covariate pattern and, within it, by column.
 */
export function designMatrix(
  patterns: number,
  factors: readonly CategoricalTerm[],
  scores: readonly ScoreTerm[],
): { columns: DesignColumn[]; x: Float64Array } {
  const columns: DesignColumn[] = [];
  const values: { readonly of: Uint8Array; readonly numbers: readonly number[] }[] = [];
  const add = (column: Omit<DesignColumn, "term">, of: Uint8Array, numbers: readonly number[]) => {
    const { variable, category } = column;
    columns.push({ term: category === null ? variable : `${variable}:${category}`, ...column });
    values.push({ of, numbers });
  };
  for (const { variable, of, levels } of factors) {
    for (const category of levels.slice(1)) {
      add({ variable, category, kind: "dummy" }, of, levels.map((level) => +(level === category)));
    }
  }
  for (const { variable, of, people, dontKnow } of scores) {
    const profile = describeScores(people);
    if (profile !== null && profile.deviation > 0) {
      const { mean, deviation } = profile;
      const standard = people.map((_, score) => score === 0 ? 0 : (score - mean) / deviation);
      add({ variable, category: null, kind: "score" }, of, standard);
    }
    if (people[0]! > 0) {
      const unknown = people.map((_, score) => +(score === 0));
      add({ variable, category: dontKnow, kind: "dont_know" }, of, unknown);
    }
  }
  const x = new Float64Array(patterns * columns.length);
  values.forEach(({ of, numbers }, j) => {
    for (let i = 0; i < patterns; i++) x[i * columns.length + j] = numbers[of[i]!]!;
  });
  return { columns, x };
}

/** What the scores of a variable are like before they are standardised. */
export interface ScoreProfile {
  /** People with a score. */
  readonly n: number;
  readonly mean: number;
  /** Standard deviation, of n − 1; 0 for one person. */
  readonly deviation: number;
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/**
 * Describes the scores of a variable.
 *
 * @param people People by score, from 0, which is no score.
 * @returns The description, or null where nobody has a score.
 */
export function describeScores(people: readonly number[]): ScoreProfile | null {
  const counts = people.flatMap((n, score) => score > 0 && n > 0 ? [{ score, n }] : []);
  const [least, most] = [counts.at(0), counts.at(-1)];
  if (!least || !most) return null;
  const sum = (of: (score: number) => number) =>
    counts.reduce((sum, { score, n }) => sum + of(score) * n, 0);
  const n = sum(() => 1);
  const mean = sum((score) => score) / n;
  // The person in the middle, or the two there.
  const at = (person: number) => {
    let upTo = 0;
    return counts.find(({ n }) => (upTo += n) >= person)!.score;
  };
  return {
    n,
    mean,
    deviation: n > 1 ? Math.sqrt(sum((score) => (score - mean) ** 2) / (n - 1)) : 0,
    least: least.score,
    median: (at(Math.ceil(n / 2)) + at(Math.floor(n / 2) + 1)) / 2,
    most: most.score,
  };
}
