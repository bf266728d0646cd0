import { categoriesOf } from "../responses/codebook.ts";
import type { Language, Text } from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import type {
  AssociationAnalysis,
  AssociationRow,
} from "../statistics/rows/association_analysis.ts";
import type { LeftOut } from "../statistics/rows/analysis_frame.ts";
import { texts, wordsOf } from "../words/catalogue.ts";
import { endNames } from "../words/how_counted.ts";
import { ownText } from "../words/message.ts";
import { NOTHING, tell } from "../words/tell.ts";
import { type Column, number, type TableOptions, tabulated, text } from "./data_table.ts";
import { labelOf } from "./labels.ts";
import type { DataTable } from "./notebook_file.ts";

const WORDS = texts("association");

/** A row of the regression in the codebook's words: what it is of, and what is compared with what. */
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
  const withN = rows.some(({ n }) => n !== null && !Number.isNaN(n));
  const { low, high } = endNames(codebook().study.confidence);
  const columns: Column<AssociationRow>[] = [
    text(WORDS.term, (row, language) => {
      const { variable, comparison } = associationLabel(row, language);
      return `${variable}: ${comparison}`;
    }),
    ...withN ? [number<AssociationRow>("count", WORDS.n, ({ n }) => n)] : [],
    number("number", WORDS.points, (row) => row.points),
    number("number", low, (row) => row.pointsLow),
    number("number", high, (row) => row.pointsHigh),
    number("number", WORDS.odds, (row) => row.oddsRatio),
    number("number", low, (row) => row.oddsRatioLow),
    number("number", high, (row) => row.oddsRatioHigh),
    number("p", WORDS.p, (row) => row.pValue),
    number("number", WORDS.inflation, (row) => row.inflation),
    ...indicator
      ? [
        number<AssociationRow>("number", WORDS.indicator, (row) =>
          indicator.rows.find(({ term }) =>
            term === row.term
          )?.points ?? null),
      ]
      : [],
  ];
  return tabulated(rows, columns, options);
}

/** What has to be known beside the numbers: who is left out, fit, assumptions; or why there are none. */
export function associationTold(analysis: AssociationAnalysis): Text {
  const { status, about, leftOut, fit, brant, indicator } = analysis;
  if (status === "needs_rows") return NOTHING;
  if (status !== "estimated" || fit === null) {
    const names = labelsOf(about);
    return ownText(`association.${status === "estimated" ? "too_few" : status}`, { names });
  }
  const among = (reason: LeftOut["reason"]) =>
    leftOut.filter((each) => each.reason === reason).reduce((sum, { n }) => sum + n, 0);
  const unknown = among("dont_know");
  const others = among("no_answer") + among("not_asked");
  const p = brant?.all.pValue ?? 1;
  const failing = p < 1 - codebook().study.confidence;
  return tell(
    Number.isNaN(unknown)
      ? WORDS.left_out_some
      : unknown + others > 0
      ? ownText("association.left_out", { unknown, others })
      : NOTHING,
    indicator ? WORDS.beside : NOTHING,
    ownText("association.fit", { ...fit }),
    brant !== null
      ? ownText(failing ? "association.brant_fails" : "association.brant_holds", {
        p,
        names: labelsOf([brant.columns.toSorted((a, b) => a.pValue - b.pValue)[0]!.name]),
      })
      : WORDS.brant_none,
  );
}

/** What some columns of a regression are about. */
function labelsOf(terms: readonly string[]): Text[] {
  const names = new Set(terms.map((term) => term.split(":")[0]!));
  return [...names].map((name) => labelOf({ codebook: codebook() }, name));
}
