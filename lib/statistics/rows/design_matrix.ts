/** Categories of a variable, one per person. */
export interface Factor {
  readonly variable: string;
  readonly given: readonly string[];
  /** The categories that somebody has, in order. The first is the reference. */
  readonly levels: readonly string[];
}

/** Scores of a variable, one per person; null for whoever answered "don't know". */
export interface Scores {
  readonly variable: string;
  readonly given: readonly (number | null)[];
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
  /** One row per person, one number per column. */
  readonly x: readonly (readonly number[])[];
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
 * The design matrix of an analysis: dummies for categories, standardised scores. Needs rows.
 *
 * A variable of k categories that somebody has gives k − 1 columns of 0 and 1, none for its
 * reference. A score is taken less its mean over its standard deviation, both of the people who
 * have one, as `scale()` in R. Whoever answers "don't know" gets the mean, 0, and a 1 in a column
 * of its own: nobody is left out, and the score's coefficient is that of the people with a score.
 * Where all have the same score, or none has any, there is no column of scores.
 *
 * Dummies and descriptions are Danfo.js's. Its `StandardScaler` is not used: it computes with 32
 * bits, and is off by 1e-8.
 *
 * @param factors Categories, of one length.
 * @param scores Scores, of the same length.
 * @returns Columns in order: each factor's levels but the first, and then each score with its
 *   "don't know".
 */
export async function designMatrix(
  factors: readonly Factor[],
  scores: readonly Scores[],
): Promise<DesignMatrix> {
  const columns: DesignColumn[] = [];
  const values: (readonly number[])[] = [];
  const add = (column: Omit<DesignColumn, "term">, numbers: readonly number[]) => {
    columns.push({ term: termOf(column.variable, column.category), ...column });
    values.push(numbers);
  };
  const { DataFrame, getDummies } = await danfo();
  for (const { variable, given, levels } of factors) {
    const dummies = getDummies(new DataFrame({ [variable]: given }), {
      columns: [variable],
      prefixSeparator: TERM_SEPARATOR,
    });
    for (const category of levels.slice(1)) {
      const numbers = dummies.column(termOf(variable, category)).values as number[];
      add({ variable, category, kind: "dummy" }, numbers);
    }
  }
  for (const { variable, given, dontKnow } of scores) {
    const profile = await describeScores(given);
    if (profile !== null && profile.deviation > 0) {
      const { mean, deviation } = profile;
      const numbers = given.map((score) => score === null ? 0 : (score - mean) / deviation);
      add({ variable, category: null, kind: "score" }, numbers);
    }
    if (given.includes(null)) {
      const numbers = given.map((score) => score === null ? 1 : 0);
      add({ variable, category: dontKnow, kind: "dont_know" }, numbers);
    }
  }
  const people = [...factors, ...scores][0]?.given.length ?? 0;
  return {
    columns,
    x: Array.from({ length: people }, (_, i) => values.map((numbers) => numbers[i]!)),
  };
}

function termOf(variable: string, category: string | null): string {
  return category === null ? variable : variable + TERM_SEPARATOR + category;
}

/**
 * Describes the scores of a variable, with Danfo's `describe()`. Needs rows.
 *
 * @param scores One per person, null for "don't know".
 * @returns The description, or null where nobody has a score.
 */
export async function describeScores(
  scores: readonly (number | null)[],
): Promise<ScoreProfile | null> {
  const known = scores.filter((score) => score !== null);
  if (known.length === 0) return null;
  const { Series } = await danfo();
  const described = new Series(known).describe();
  const value = (name: string) => described.values[described.index.indexOf(name)] as number;
  return {
    n: value("count"),
    mean: value("mean"),
    deviation: value("std"),
    least: value("min"),
    median: value("median"),
    most: value("max"),
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
