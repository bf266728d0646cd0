import { categoriesOf } from "../responses/codebook.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import type { OwnOf, QuestionId, VariableId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import type { Domain } from "../statistics/domain.ts";
import { type TwoWayTable, twoWayTable } from "../statistics/two_way_table.ts";
import { formatDecimal } from "../words/format_number.ts";
import { ownText, words } from "../words/message.ts";
import { tell } from "../words/tell.ts";
import { tooFewSentence } from "../words/too_few.ts";
import { checkOptions, type Named } from "./check_options.ts";
import { type Column, dataTable, number, tabulated, text } from "./data_table.ts";
import { labelOf } from "./labels.ts";
import { narrate } from "./narrate.ts";
import type { Showable } from "./showable.ts";

/** What was counted, null where nothing may be shown; as a cell's last line it shows itself. */
export type CrossTab = Showable & { readonly table: TwoWayTable | null };

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
