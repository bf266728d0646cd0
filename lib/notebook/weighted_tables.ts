import { from } from "arquero";
import type { Text } from "../responses/language.ts";
import type { Survey } from "../responses/survey.ts";
import { type WeightedShareRow, weightedShares } from "../statistics/rows/weighted_shares.ts";
import { sampleOf } from "../statistics/sample.ts";
import { texts } from "../words/catalogue.ts";
import { intervalName } from "../words/how_counted.ts";
import { ownText } from "../words/message.ts";
import { type ValuesColumn, valuesTable } from "./data_table.ts";
import type { Showable } from "./showable.ts";

const WORDS = texts("weighted_table");
const TABLE = texts("table");

/** The main share of every question weighted beside unweighted, with design effect and effective n. */
export function weightedTable(survey: Survey): Showable {
  const rows = sampleOf(survey).weighted ? weightedShares(survey) : [];
  return valuesTable(
    from(rows.map(({ effective, ...row }) => ({
      ...row,
      answer: row.question,
      effective: effective && Math.round(effective),
    }))),
    {
      name: "method-weighted",
      title: WORDS.title,
      base: WORDS.base,
      columns: {
        ...questionColumns(survey),
        n: { label: TABLE.n, kind: "count" },
        unweighted: { label: WORDS.unweighted, kind: "share" },
        weighted: { label: WORDS.weighted, kind: "share" },
        points: { label: WORDS.points, kind: "number" },
        designEffect: { label: WORDS.effect, kind: "number" },
        effective: { label: WORDS.effective, kind: "count" },
      },
    },
  );
}

/** The intervals that there are for a weighted share, in per cent, by name. */
export function weightedIntervalsTable(survey: Survey): Showable {
  const rows = sampleOf(survey).weighted ? weightedShares(survey) : [];
  const interval = intervalName(survey.codebook.study.confidence);
  const ends = (name: string, interval: { low: number; high: number } | null) => ({
    [`${name}Low`]: interval && interval.low * 100,
    [`${name}High`]: interval && interval.high * 100,
  });
  const names: [id: keyof WeightedShareRow, name: Text][] = [
    ["wilson", WORDS.wilson],
    ["logit", WORDS.logit],
    ["kornGraubard", WORDS.kornGraubard],
  ];
  const columns = names.flatMap(([id, name]) =>
    (["Low", "High"] as const).map((end): [string, ValuesColumn] => {
      const key = end === "Low" ? "interval.from" : "interval.to";
      const label = ownText(key, { interval: name });
      return [`${id}${end}`, { label, kind: "number" }];
    })
  );
  return valuesTable(
    from(rows.map(({ wilson, logit, kornGraubard, ...row }) => ({
      ...row,
      answer: row.question,
      ...ends("wilson", wilson),
      ...ends("logit", logit),
      ...ends("kornGraubard", kornGraubard),
    }))),
    {
      name: "method-weighted-intervals",
      title: ownText("weighted_table.intervals", { interval }),
      base: WORDS.intervals_base,
      columns: { ...questionColumns(survey), ...Object.fromEntries(columns) },
    },
  );
}

function questionColumns({ codebook }: Survey): Record<string, ValuesColumn> {
  const { questions, scales } = codebook;
  return {
    question: {
      label: TABLE.question,
      words: (id, language) => questions[id]!.label[language],
    },
    answer: {
      label: TABLE.set,
      words: (id, language) => {
        const scale = scales[questions[id]!.scale]!;
        return scale.sets[scale.main_set]!.label[language];
      },
    },
  };
}
