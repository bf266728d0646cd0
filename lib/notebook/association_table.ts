import { categoriesOf } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text, translatedAll } from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import type {
  AssociationAnalysis,
  AssociationRow,
} from "../statistics/rows/association_analysis.ts";
import type { LeftOut } from "../statistics/rows/analysis_frame.ts";
import { wordsOf } from "../words/catalogue.ts";
import { formatList } from "../words/format_list.ts";
import { endNames } from "../words/how_counted.ts";
import { ownText } from "../words/message.ts";
import { NOTHING, tell } from "../words/tell.ts";
import type { TableOptions } from "./data_table.ts";
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
  { rows, indicator }: AssociationAnalysis,
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
        ...indicator ? [number(words.indicator)] : [],
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
          ...indicator
            ? [indicator.rows.find(({ term }) => term === row.term)?.points ?? null]
            : [],
        ];
      }),
    };
  };
}

/**
 * What has to be known of a regression beside its numbers: who is left out, how well it fits, whether the
 * assumption behind it holds; or why there is none.
 */
export function associationTold(analysis: AssociationAnalysis): Text {
  const { status, about, leftOut, fit, brant, weighted, indicator } = analysis;
  const level = 1 - codebook().study.confidence;
  if (status === "needs_rows") return NOTHING;
  if (status !== "estimated" || fit === null) {
    const names = inEveryLanguage((language) =>
      formatList(
        [...new Set(about.map((term) => term.split(":")[0]!))].map((name) => {
          const { variables, questions } = codebook();
          return (variables[name] ?? questions[name])?.label[language] ?? name;
        }),
        language,
      )
    );
    return ownText(`association.${status === "estimated" ? "too_few" : status}`, { names });
  }
  const among = (reason: LeftOut["reason"]) =>
    leftOut.filter((each) => each.reason === reason).reduce((sum, { n }) => sum + n, 0);
  const unknown = among("dont_know");
  const others = among("no_answer") + among("not_asked");
  const failing = brant !== null && brant.all.pValue < level;
  return tell(
    Number.isNaN(unknown)
      ? ownText("association.left_out_some")
      : unknown + others > 0
      ? ownText("association.left_out", { unknown, others })
      : NOTHING,
    indicator ? ownText("association.beside") : NOTHING,
    ownText("association.fit", { ...fit }),
    brant !== null
      ? ownText(failing ? "association.brant_fails" : "association.brant_holds", {
        p: brant.all.pValue,
      })
      : ownText(weighted ? "association.brant_weighted" : "association.brant_none"),
  );
}
