import { from } from "arquero";
import type { Text } from "../responses/language.ts";
import { sampleOf } from "../statistics/sample.ts";
import { type WeightedShareRow, weightedShares } from "../statistics/rows/weighted_shares.ts";
import type { Survey } from "../responses/survey.ts";
import type { Showable } from "./showable.ts";
import { intervalName } from "../words/interval_name.ts";
import { type ValuesColumn, valuesTable } from "./values_table.ts";

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
      title: {
        da: "Hovedtallene vægtet og uvægtet",
        en: "The main figures weighted and unweighted",
      },
      base: {
        da:
          "n er uvægtet. Effektivt n er så mange uvægtede svar, som ville sige andelen lige så sikkert. –: alle eller ingen er enige.",
        en:
          "n is unweighted. Effective n is as many unweighted answers as would tell the share as surely. –: everybody or nobody agrees.",
      },
      columns: {
        ...questionColumns(survey),
        n: { label: { da: "n", en: "n" }, kind: "count" },
        unweighted: { label: { da: "Uvægtet", en: "Unweighted" }, kind: "share" },
        weighted: { label: { da: "Vægtet", en: "Weighted" }, kind: "share" },
        points: {
          label: { da: "Forskel, procentpoint", en: "Difference, percentage points" },
          kind: "number",
        },
        designEffect: { label: { da: "Designeffekt", en: "Design effect" }, kind: "number" },
        effective: { label: { da: "Effektivt n", en: "Effective n" }, kind: "count" },
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
  const isRaked = survey.weighting?.by === "population";
  const names: [id: keyof WeightedShareRow, name: Text][] = [
    ["wilson", { da: "Wilson", en: "Wilson" }],
    ["logit", { da: "Logit", en: "Logit" }],
    ["kornGraubard", { da: "Korn-Graubard", en: "Korn-Graubard" }],
    ...isRaked ? [["calibrated", { da: "Kalibreret", en: "Calibrated" }] as [never, Text]] : [],
  ];
  const columns = names.flatMap(([id, name]) =>
    (["Low", "High"] as const).map((end): [string, ValuesColumn] => {
      const words = end === "Low" ? { da: "fra", en: "from" } : { da: "til", en: "to" };
      const label = { da: `${name.da}, ${words.da}`, en: `${name.en}, ${words.en}` };
      return [`${id}${end}`, { label, kind: "number" }];
    })
  );
  return valuesTable(
    from(rows.map(({ wilson, logit, kornGraubard, calibrated, ...row }) => ({
      ...row,
      answer: row.question,
      ...ends("wilson", wilson),
      ...ends("logit", logit),
      ...ends("kornGraubard", kornGraubard),
      ...isRaked ? ends("calibrated", calibrated) : {},
    }))),
    {
      name: "method-weighted-intervals",
      title: {
        da: `Hovedtallenes ${interval.da}ler, i procent`,
        en: `The ${interval.en}s of the main figures, in per cent`,
      },
      base: {
        da:
          "Wilson er for den effektive stikprøve og er den, rapporten viser. –: alle eller ingen er enige.",
        en:
          "Wilson is for the effective sample, and the one that the report shows. –: everybody or nobody agrees.",
      },
      columns: { ...questionColumns(survey), ...Object.fromEntries(columns) },
    },
  );
}

function questionColumns({ codebook }: Survey): Record<string, ValuesColumn> {
  const { questions, scales } = codebook;
  return {
    question: {
      label: { da: "Spørgsmål", en: "Question" },
      words: (id, language) => questions[id]!.label[language],
    },
    answer: {
      label: { da: "Svar", en: "Answer" },
      words: (id, language) => {
        const scale = scales[questions[id]!.scale]!;
        return scale.sets[scale.main_set]!.label[language];
      },
    },
  };
}
