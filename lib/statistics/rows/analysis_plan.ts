/** What an association analysis puts together, by codebook ids. */
export interface AnalysisPlan {
  /** A question on an ordered scale. */
  readonly outcome: string;
  /** A set of the outcome's answers at one end of the scale or next to each other. */
  readonly set: string;
  /** Variables by category, each with its reference; null: the first category that somebody has. */
  readonly factors: Readonly<Record<string, string | null>>;
  /** Questions on an ordered scale, taken as scores. */
  readonly scores: readonly string[];
}

/**
 * Wellbeing and pressure, as in 10_wellbeing: whether those who feel pressure to change their
 * professional judgement agree less that they thrive, other things being equal.
 */
export const WELLBEING_AND_PRESSURE: AnalysisPlan = {
  outcome: "wellbeing",
  set: "agree",
  factors: {
    pressure: "rarely_or_never",
    gender: null,
    age_group: null,
    tenure: null,
    municipality_size: null,
    role: "neither",
  },
  scores: ["leader_independence", "workload_quality", "time_pressure"],
};
