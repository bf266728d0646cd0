import * as aq from "arquero";
import { columnOf } from "../../lib/statistics/column.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import type { Pairs } from "./big_survey.ts";
import type { FoundShare } from "./same_shares.ts";

const { op } = aq;

/** Counts and shares of questions by variables, with Arquero's own verbs. */
export class ArqueroEstimates {
  readonly #table: aq.ColumnTable;
  readonly #pairs: Pairs;
  readonly #sizes = new Map<string, number>();
  #found: aq.ColumnTable[] = [];

  constructor(survey: Survey, pairs: Pairs) {
    const columns: Record<string, ArrayLike<number>> = {
      w: survey.weights ?? new Float64Array(survey.source.respondents).fill(1),
    };
    for (const name of new Set(pairs.flat().filter((each) => each !== null))) {
      const { codes, categories } = columnOf(survey, name);
      columns[name] = codes;
      this.#sizes.set(name, categories.length);
    }
    this.#table = aq.table(columns);
    this.#pairs = pairs;
  }

  run(): void {
    this.#found = this.#pairs.map(([question, by]) => {
      const keys = by === null ? [question] : [by, question];
      const counted = this.#table.groupby(keys).rollup({ size: op.count(), sum: op.sum("w") });
      return keys.reduce(
        (table, key) =>
          table.filter(
            aq.escape((row: Record<string, number>) =>
              row[key]! >= 1 && row[key]! <= this.#sizes.get(key)!
            ),
          ),
        counted,
      ).groupby(by === null ? [] : [by])
        .derive({ share: (row: { sum: number }) => row.sum / op.sum(row.sum) })
        .ungroup();
    });
  }

  get found(): FoundShare[] {
    return this.#pairs.flatMap(([question, by], i) =>
      (this.#found[i]!.objects() as Record<string, number>[]).map((row): FoundShare => [
        question,
        by,
        by === null ? 0 : row[by]!,
        row[question]!,
        row["size"]!,
        row["share"]!,
      ])
    );
  }
}
