import { categoriesOf } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { codebook, type OwnOf, type QuestionId, type VariableId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import type { Domain } from "../statistics/domain.ts";
import type { LeftOut } from "../statistics/rows/analysis_frame.ts";
import type {
  AssociationAnalysis,
  AssociationRow,
} from "../statistics/rows/association_analysis.ts";
import { type TwoWayTable, twoWayTable } from "../statistics/table_tests.ts";
import { texts, wordsOf } from "../words/catalogue.ts";
import { NOTHING, tell } from "../words/claims.ts";
import { endNames } from "../words/figure_texts.ts";
import { formatDecimal } from "../words/format.ts";
import { ownText, words } from "../words/message.ts";
import { tooFewSentence } from "../words/value.ts";
import { checkOptions, type Named } from "./check_options.ts";
import {
  type Column,
  dataTable,
  number,
  type TableOptions,
  tabulated,
  text,
} from "./data_table.ts";
import { labelOf } from "./labels.ts";
import { narrate } from "./narrate.ts";
import type { DataTable, Showable } from "./notebook_file.ts";

/** What was counted, null where nothing may be shown; as a cell's last line it shows itself. */
type CrossTab = Showable & { readonly table: TwoWayTable | null };

/**
 * Any two questions or variables against each other: the shares of each row, a test, and how far each
 * place is from what would be expected. See `twoWayTable()` for what may be shown.
 *
 *     crossTab(survey, "gender", "wellbeing")
 *
 * @param options `within`: only these people, by question or variable; `name`, `title`.
 * @throws {InputError} For a name or an option that is none, with the nearest right one.
 */
export function crossTab<S extends Survey>(
  survey: S,
  rows: QuestionId | VariableId | OwnOf<S>,
  columns: QuestionId | VariableId | OwnOf<S>,
  options: Named & { readonly within?: Domain } = {},
): CrossTab {
  const { codebook } = survey;
  const labels = { rows: labelOf(survey, rows), columns: labelOf(survey, columns) };
  const {
    within = {},
    name = `${rows}-by-${columns}`,
    title = ownText("cross_tab.title", labels),
  } = checkOptions("crossTab()", options, ["within"]);
  const table = twoWayTable(survey, rows, columns, within);
  if (table === null) {
    const nothing = narrate(inEveryLanguage((language) => tooFewSentence([], [], language)));
    return Object.assign(nothing, { table });
  }
  const named = (variable: string) => (ids: readonly string[]) =>
    inEveryLanguage((language) =>
      ids.map((id) => categoriesOf(codebook, variable)![id]![language]).join(" + ")
    );
  const [rowOf, columnOf] = [named(rows), named(columns)];
  const left = table.leftOut.map((id) =>
    (id in categoriesOf(codebook, rows)! ? rowOf : columnOf)([id])
  );
  const sure = table.residuals.flatMap((row, i) =>
    row.flatMap((z, j) => {
      if (z === null || !(table.pAdjusted[i]![j]! < 1 - codebook.study.confidence)) return [];
      return inEveryLanguage((language) =>
        words("cross_tab.cell", language, {
          ...{ row: rowOf(table.rows[i]!), column: columnOf(table.columns[j]!) },
          z: `${z > 0 ? "+" : ""}${formatDecimal(z, 1, language)}`,
        })
      );
    })
  );
  const places = [...table.rows.keys()];
  const first: Column<number> = text(labels.rows, (i) => rowOf(table.rows[i]!));
  const shares = tabulated(places, [
    first,
    number("count", "n", (i) => table.people[i]!),
    ...table.columns.map((ids, j): Column<number> =>
      number("share", columnOf(ids), (i) => table.shares[i]![j]!)
    ),
  ], {
    ...{ name, title },
    base: tell(
      ownText("cross_tab.base", { table }),
      ...testTold(table),
      ...left.length > 0 ? [ownText("cross_tab.left_out", { left })] : [],
    ),
  });
  const residuals = tabulated(places, [
    first,
    ...table.columns.map((ids, j): Column<number> =>
      number("number", columnOf(ids), (i) => table.residuals[i]![j]!, 1)
    ),
  ], {
    name: `${name}-residuals`,
    title: ownText("cross_tab.residuals", { title }),
    base: tell(
      ownText("cross_tab.explained"),
      sure.length > 0 ? ownText("cross_tab.sure", { cells: sure }) : ownText("cross_tab.unsure"),
    ),
  });
  return Object.assign(dataTable([shares, residuals]), { table });
}

function testTold({ test }: TwoWayTable): Text[] {
  if (test === null) return [];
  const { kind, statistic, df, df2, pValue: p, cramersV: v, leastExpected } = test;
  return [
    ownText(`cross_tab.${kind}`, { statistic, df, df2, p, v }),
    ...(leastExpected ?? 5) < 5 ? [ownText("cross_tab.rough")] : [],
  ];
}

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
