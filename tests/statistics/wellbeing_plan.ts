import type { AnalysisPlan } from "../../lib/statistics/rows/analysis_frame.ts";

/** Wellbeing and pressure, as 10_wellbeing.ipynb has it. */
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
