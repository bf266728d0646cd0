import { categoriesOf } from "../responses/codebook.ts";
import { type Language, translatedAll } from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import type {
  AssociationAnalysis,
  AssociationRow,
} from "../statistics/rows/association_analysis.ts";
import { wordsOf } from "../words/catalogue.ts";
import { endNames } from "../words/how_counted.ts";
import type { TableOptions } from "./estimate_table.ts";
import type { DataTable } from "./notebook_file.ts";

/**
 * What a column of the regression is about, in the codebook's words: `Often or very often` of
 * `Felt pressure to change`, against `Rarely or never`.
 *
 * @returns `variable`, and `comparison`: the category and what it is compared with, or the step of a
 *   score.
 */
export function associationLabel(
  { variable, category, reference, kind }: AssociationRow,
  language: Language,
): { readonly variable: string; readonly comparison: string } {
  const book = codebook();
  const name = (id: string | null) =>
    categoriesOf(book, variable)?.[id ?? ""]?.[language] ?? id ?? "";
  const { against, step } = wordsOf("association", language);
  return {
    variable: (book.variables[variable] ?? book.questions[variable])?.label[language] ?? variable,
    comparison: kind === "score"
      ? step
      : kind === "dont_know"
      ? name(category)
      : `${name(category)} ${against} ${name(reference)}`,
  };
}

/** The regression as a table of values, one row per column of it, in any language. */
export function associationTable(
  { rows }: AssociationAnalysis,
  options: TableOptions,
): (language: Language) => DataTable {
  const { name, title, base } = translatedAll(options);
  return (language) => {
    const words = wordsOf("association", language);
    const withN = rows.some(({ n }) => n !== null && !Number.isNaN(n));
    const { low, high } = endNames(codebook().study.confidence);
    const number = (label: string) => ({ label, kind: "number" as const });
    return {
      name,
      title: title[language],
      base: base[language],
      columns: [
        { label: words.term, kind: "text" },
        ...withN ? [{ label: words.n, kind: "count" as const }] : [],
        number(words.points),
        number(low[language]),
        number(high[language]),
        number(words.odds),
        number(low[language]),
        number(high[language]),
        { label: words.p, kind: "p" as const },
        number(words.inflation),
      ],
      rows: rows.map((row) => {
        const { variable, comparison } = associationLabel(row, language);
        return [
          `${variable}: ${comparison}`,
          ...withN ? [row.n] : [],
          row.points,
          row.pointsLow,
          row.pointsHigh,
          row.oddsRatio,
          row.oddsRatioLow,
          row.oddsRatioHigh,
          row.pValue,
          row.inflation,
        ];
      }),
    };
  };
}
