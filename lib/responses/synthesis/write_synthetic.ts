import { table } from "arquero";
import { categoriesOf, type Codebook } from "../codebook.ts";
import { fileColumns } from "../file_columns.ts";
import { type Random, shuffled } from "./random.ts";

/**
 * Writes coded answers as a response file: comma separated, Danish labels, empty where not asked.
 * People come in random order, so that the file does not show how it was made.
 *
 * @param codes Codes by column, one per person.
 * @param asCode Columns written as the category's first alias instead of its Danish label.
 * @param prefix What every respondent's id begins with.
 */
export function writeSynthetic(
  codebook: Codebook,
  codes: ReadonlyMap<string, Uint8Array>,
  people: number,
  asCode: ReadonlySet<string>,
  random: Random,
  prefix: string,
): string {
  const order = shuffled([...Array(people).keys()], random);
  const digits = Math.max(4, String(people).length);
  const columns: Record<string, (string | null)[]> = {
    [codebook.respondent.column]: order.map((_, i) => prefix + String(i + 1).padStart(digits, "0")),
  };
  for (const name of fileColumns(codebook)) {
    const column = codes.get(name);
    if (!column) continue;
    const words = Object.values(categoriesOf(codebook, name) ?? {})
      .map(({ da, aliases }) => asCode.has(name) ? aliases[0] ?? da : da);
    columns[name] = order.map((person) => words[(column[person] as number) - 1] ?? null);
  }
  return table(columns).toCSV();
}
