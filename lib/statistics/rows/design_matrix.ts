/** A variable by category. */
export interface Factor {
  readonly variable: string;
  /** By covariate pattern, the place of its category in the levels. */
  readonly of: Uint8Array;
  /** The categories that somebody has, in order. The first is the reference. */
  readonly levels: readonly string[];
  /** People by level. */
  readonly people: readonly number[];
}

/** A variable by score. */
export interface Scores {
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

export interface DesignMatrix {
  readonly columns: readonly DesignColumn[];
  /** By covariate pattern and, within it, by column. */
  readonly x: Float64Array;
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

/** The marker between a variable and its category. No codebook id has one. */
const TERM_SEPARATOR = ":";

/**
 * The design matrix of an analysis: dummies for categories, standardised scores.
 *
 * A variable of k categories that somebody has gives k − 1 columns of 0 and 1, none for its
 * reference. A score is taken less its mean over its standard deviation, both of the people who
 * have one, as `scale()` in R. Whoever answers "don't know" gets the mean, 0, and a 1 in a column
 * of its own: nobody is left out, and the score's coefficient is that of the people with a score.
 * Where all have the same score, or none has any, there is no column of scores.
 *
 * What a category or a score becomes is worked out by Danfo.js, in a table of the categories or
 * scores: the people who share one share its numbers. Its `StandardScaler` is not used: it computes
 * with 32 bits, and is off by 1e-8.
 *
 * @param patterns How many covariate patterns there are.
 * @param factors Categories of each.
 * @param scores Scores of each.
 * @returns Columns in order: each factor's levels but the first, and then each score with its
 *   "don't know".
 */
export async function designMatrix(
  patterns: number,
  factors: readonly Factor[],
  scores: readonly Scores[],
): Promise<DesignMatrix> {
  const columns: DesignColumn[] = [];
  const values: { readonly of: Uint8Array; readonly numbers: readonly number[] }[] = [];
  const add = (column: Omit<DesignColumn, "term">, of: Uint8Array, numbers: readonly number[]) => {
    columns.push({ term: termOf(column.variable, column.category), ...column });
    values.push({ of, numbers });
  };
  const { DataFrame, Series, getDummies } = await danfo();
  for (const { variable, of, levels } of factors) {
    if (levels.length < 2) continue;
    const dummies = getDummies(new DataFrame({ [variable]: levels }), {
      columns: [variable],
      prefixSeparator: TERM_SEPARATOR,
    });
    for (const category of levels.slice(1)) {
      const numbers = dummies.column(termOf(variable, category)).values as number[];
      add({ variable, category, kind: "dummy" }, of, numbers);
    }
  }
  for (const { variable, of, people, dontKnow } of scores) {
    const profile = await describeScores(people);
    if (profile !== null && profile.deviation > 0) {
      const steps = new Series(people.slice(1).map((_, i) => i + 1));
      const standard = steps.sub(profile.mean).div(profile.deviation).values as number[];
      add({ variable, category: null, kind: "score" }, of, [0, ...standard]);
    }
    if (people[0]! > 0) {
      add(
        { variable, category: dontKnow, kind: "dont_know" },
        of,
        people.map((_, i) => +(i === 0)),
      );
    }
  }
  const x = new Float64Array(patterns * columns.length);
  values.forEach(({ of, numbers }, j) => {
    for (let i = 0; i < patterns; i++) x[i * columns.length + j] = numbers[of[i]!]!;
  });
  return { columns, x };
}

function termOf(variable: string, category: string | null): string {
  return category === null ? variable : variable + TERM_SEPARATOR + category;
}

/**
 * Describes the scores of a variable, from a table in Danfo.js of how many people have each: its
 * `describe()` would want every person's, and takes minutes for the median of a million.
 *
 * @param people People by score, from 0, which is no score.
 * @returns The description, or null where nobody has a score.
 */
export async function describeScores(people: readonly number[]): Promise<ScoreProfile | null> {
  const scores = people.flatMap((n, score) => score > 0 && n > 0 ? [score] : []);
  if (scores.length === 0) return null;
  const { DataFrame } = await danfo();
  const table = new DataFrame({ score: scores, count: scores.map((score) => people[score]!) });
  const [score, count] = [table.column("score"), table.column("count")];
  const sum = (values: typeof score) => (values.mul(count) as typeof score).sum();
  const n = count.sum();
  const mean = sum(score) / n;
  const apart = score.sub(mean) as typeof score;
  const upTo = (count.cumSum() as typeof count).values as number[];
  // The person in the middle, or the two there.
  const at = (person: number) => scores[upTo.findIndex((count) => count >= person)]!;
  return {
    n,
    mean,
    deviation: n > 1 ? Math.sqrt(sum(apart.mul(apart) as typeof score) / (n - 1)) : 0,
    least: score.min(),
    median: (at(Math.ceil(n / 2)) + at(Math.floor(n / 2) + 1)) / 2,
    most: score.max(),
  };
}

/**
 * Danfo.js, loaded when an analysis first needs it: it takes half a second and 170 MB.
 *
 * Its dependencies use a deprecated module of Node, which would be said on stderr and so in a
 * notebook. What is used of it makes no tensors, so that TensorFlow's banner does not appear.
 */
let loaded: ReturnType<typeof load> | undefined;
function danfo(): ReturnType<typeof load> {
  return loaded ??= load();
}

async function load() {
  const { default: process } = await import("node:process");
  const before = process.noDeprecation;
  process.noDeprecation = true;
  try {
    return await import("danfojs-node");
  } finally {
    // Deletion is what brings back "not set".
    if (before === undefined) Reflect.deleteProperty(process, "noDeprecation");
    else process.noDeprecation = before;
  }
}
