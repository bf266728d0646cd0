import { categoriesOf } from "../responses/codebook.ts";
import { inEveryLanguage, type Language } from "../responses/language.ts";
import type { OwnOf, QuestionId, VariableId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import type { Domain } from "../statistics/domain.ts";
import { type TwoWayTable, twoWayTable } from "../statistics/two_way_table.ts";
import { wordsOf } from "../words/catalogue.ts";
import { formatDecimal } from "../words/format_number.ts";
import { ownText, words } from "../words/message.ts";
import { tooFewSentence } from "../words/too_few.ts";
import { checkOptions, type Named, textsOf } from "./check_options.ts";
import { dataTable } from "./data_table.ts";
import { labelOf } from "./labels.ts";
import { narrate } from "./narrate.ts";
import type { DataTable } from "./notebook_file.ts";
import { type Showable, showable } from "./showable.ts";

export interface CrossTabOptions extends Named {
  /** Only these people, by question or variable. */
  readonly within?: Domain;
}

/** What was counted, null where nothing may be shown; as a cell's last line it shows itself. */
export type CrossTab = Showable & { readonly table: TwoWayTable | null };

/**
 * Any two questions or variables against each other: the shares of each row, a test, and how far each
 * place is from what would be expected. See `twoWayTable()` for what may be shown.
 *
 *     crossTab(survey, "gender", "wellbeing")
 *
 * @throws {InputError} For a name or an option that is none, with the nearest right one.
 */
export function crossTab<S extends Survey>(
  survey: S,
  rows: QuestionId | VariableId | OwnOf<S>,
  columns: QuestionId | VariableId | OwnOf<S>,
  options: CrossTabOptions = {},
): CrossTab {
  const call = "crossTab()";
  const { within = {}, name = `${rows}-by-${columns}` } = checkOptions(call, options, [
    "within",
    "name",
    "title",
  ]) as CrossTabOptions;
  const table = twoWayTable(survey, rows, columns, within);
  const labels = { rows: labelOf(survey, rows), columns: labelOf(survey, columns) };
  const { title = ownText("cross_tab.title", labels) } = textsOf(call, options);
  if (table === null) {
    const nothing = narrate(inEveryLanguage((language) => tooFewSentence([], [], language)));
    return Object.assign(nothing, { table });
  }
  const named = (variable: string) => {
    const categories = categoriesOf(survey.codebook, variable)!;
    return (ids: readonly string[]) =>
      inEveryLanguage((language) => ids.map((id) => categories[id]![language]).join(" + "));
  };
  const [rowOf, columnOf] = [named(rows), named(columns)];
  const left = table.leftOut.map((id) =>
    (id in categoriesOf(survey.codebook, rows)! ? rowOf : columnOf)([id])
  );
  const alpha = 1 - survey.codebook.study.confidence;
  const make = (language: Language): DataTable[] => {
    const heads = (digits: { kind: "share" } | { kind: "number"; digits: number }) =>
      table.columns.map((ids) => ({ label: columnOf(ids)[language], ...digits }));
    const first = { label: labels.rows[language], kind: "text" as const };
    const sure = table.residuals.flatMap((row, i) =>
      row.flatMap((z, j) => {
        if (z === null || !(table.pAdjusted[i]![j]! < alpha)) return [];
        const sign = z > 0 ? "+" : "";
        return words("cross_tab.cell", language, {
          ...{ row: rowOf(table.rows[i]!), column: columnOf(table.columns[j]!) },
          z: `${sign}${formatDecimal(z, 1, language)}`,
        });
      })
    );
    const own = wordsOf("cross_tab", language);
    return [
      {
        name,
        title: title[language],
        base: [
          words("cross_tab.base", language, { table }),
          ...testTold(table, language),
          ...left.length > 0 ? [words("cross_tab.left_out", language, { left })] : [],
        ].join(" "),
        columns: [first, { label: "n", kind: "count" }, ...heads({ kind: "share" })],
        rows: table.rows.map((ids, i) => [
          ...[rowOf(ids)[language], table.people[i]!, ...table.shares[i]!],
        ]),
      },
      {
        name: `${name}-residuals`,
        title: words("cross_tab.residuals", language, { title }),
        base: `${own.explained} ${
          sure.length > 0 ? words("cross_tab.sure", language, { cells: sure }) : own.unsure
        }`,
        columns: [first, ...heads({ kind: "number", digits: 1 })],
        rows: table.rows.map((ids, i) => [rowOf(ids)[language], ...table.residuals[i]!]),
      },
    ];
  };
  const shown = showable((language) => {
    const all = make(language).map((data) => dataTable(() => data).render(language));
    return {
      outputs: all.flatMap(({ outputs }) => outputs),
      part: {
        html: all.map(({ part }) => part.html).join("\n"),
        tables: all.flatMap(({ part }) => part.tables ?? []),
      },
    };
  });
  return Object.assign(shown, { table });
}

function testTold({ test }: TwoWayTable, language: Language): string[] {
  if (test === null) return [];
  const { kind, statistic, df, df2, pValue: p, cramersV: v, leastExpected } = test;
  return [
    words(`cross_tab.${kind}`, language, { statistic, df, df2, p, v }),
    ...(leastExpected ?? 5) < 5 ? [words("cross_tab.rough", language)] : [],
  ];
}
