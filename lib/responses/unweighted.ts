import type { CountedAnswers } from "./counted_answers.ts";
import type { Survey } from "./survey.ts";

/** The same survey with everyone counting the same. */
export function unweighted(survey: Survey): Survey {
  const { weighting: _, counted, ...rest } = survey;
  return { ...rest, weights: null, ...counted && { counted: unweightedCounts(counted) } };
}

function unweightedCounts(counted: CountedAnswers): CountedAnswers {
  if (!counted.weighted) return counted;
  return {
    ...counted,
    weighted: false,
    tables: new Map(
      [...counted.tables].map(([key, table]) => [key, { ...table, w: table.n, w2: table.n }]),
    ),
  };
}
