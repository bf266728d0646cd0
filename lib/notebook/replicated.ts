import { resolve } from "node:path";
import { InputError } from "../responses/input_error.ts";
import { normaliseName, numberOf } from "../responses/spelling.ts";
import type { Survey } from "../responses/survey.ts";
import {
  bootstrapReplicates,
  jackknifeReplicates,
  OWN_KINDS,
  ownReplicates,
  type ReplicatedEstimate,
  replicateEstimates,
  type Replicates,
  type Statistic,
} from "../statistics/rows/replicate_weights.ts";
import { texts } from "../words/catalogue.ts";
import { endNames } from "../words/figure_texts.ts";
import { ownText } from "../words/message.ts";
import { checkOptions, type Named, requireKnown } from "./check_options.ts";
import { type Column, dataTable, number, tabulated, text } from "./data_table.ts";
import type { Showable } from "./notebook_file.ts";
import { CellSurvey, type OpenedSurvey } from "./open_survey.ts";

const WORDS = texts("replicated");

interface ReplicatedOptions extends Named {
  /** "bootstrap" (by default), "jackknife", or those of a file, as `readReplicates()` gives them. */
  readonly by?: "bootstrap" | "jackknife" | Replicates;
  /** How many a bootstrap has; 1,000 by default. */
  readonly replicates?: number;
  /** At most so many groups of a stratum, of a jackknife. */
  readonly groups?: number;
  /** Whether the people described can all be counted; true by default. False for a test. */
  readonly finite?: boolean;
  readonly seed?: number;
}

/** Estimates by name, which as a cell's last line show themselves as a table. */
type Replicated = Showable & { readonly estimates: readonly ReplicatedEstimate[] };

/**
 * Any estimate with its standard error and interval by replicate weights; for what has no formula.
 *
 *     replicated(survey, (s) => cronbachAlpha(s, ["…", "…"])?.alpha ?? null, { by: "jackknife" })
 *
 * @param statistic A number of a survey, or several by name; asked anew of every replicate. Null
 *   where nothing may be shown: what is hidden of the survey is hidden here.
 * @throws {InputError} For an option that is none, with the nearest right one; where there are no rows.
 */
export function replicated<S extends Survey>(
  survey: S,
  statistic: Statistic<S>,
  options: ReplicatedOptions = {},
): Replicated {
  const { by = "bootstrap", name = "replicated", title = WORDS.title, ...own } = checkOptions(
    "replicated()",
    options,
    ["by", "replicates", "groups", "finite", "seed"],
  );
  if (typeof by !== "object") {
    requireKnown(by, ["bootstrap", "jackknife"], "replicated() has no way");
  }
  const weights = typeof by === "object"
    ? by
    : (by === "jackknife" ? jackknifeReplicates : bootstrapReplicates)(survey, own);
  const again = (replicate: Survey) =>
    survey instanceof CellSurvey ? new CellSurvey(replicate as OpenedSurvey) : replicate;
  const estimates = replicateEstimates(
    survey,
    weights,
    statistic,
    (replicate) => again(replicate) as unknown as S,
  );
  const ends = endNames(survey.codebook.study.confidence);
  const columns: Column<ReplicatedEstimate>[] = [
    text("", (row) => row.name),
    number("number", WORDS.estimate, ({ estimate }) => estimate, 4),
    number("number", WORDS.error, ({ standardError }) => standardError, 4),
    number("number", ends.low, ({ low }) => low, 4),
    number("number", ends.high, ({ high }) => high, 4),
    number("count", WORDS.replicates, ({ replicates }) => replicates),
  ];
  const { kind, scales, df } = weights;
  const base = ownText(`replicated.${kind}`, { count: scales.length, df });
  const shown = dataTable([tabulated(estimates, columns, { name, title, base })]);
  return Object.assign(shown, { estimates });
}

/**
 * The replicate weights in the columns of a file: the response file itself, or one with the same ids.
 *
 * @param file Its path, from the folder of the notebook.
 * @param options `columns`: how their names begin; the others as of `ownReplicates()`.
 * @throws {InputError} Where the file has no such columns, or lacks a respondent.
 */
export async function readReplicates(
  survey: Survey,
  file: string,
  options: { readonly columns: string } & Parameters<typeof ownReplicates>[2],
): Promise<Replicates> {
  const known = ["columns", "kind", "rho", "scales", "centre"];
  const { columns, ...own } = checkOptions("readReplicates()", options, known, []);
  requireKnown(own.kind, OWN_KINDS, "readReplicates(): there is no kind");
  // Few notebooks read a file of their own.
  const { readBytes } = await import("../responses/open_file.ts");
  const { readTable } = await import("../responses/readers/read_table.ts");
  const { bytes, name, sha256 } = await readBytes(resolve(file));
  const isWanted = (column: string) => normaliseName(column).startsWith(normaliseName(columns));
  const { column: id, aliases } = survey.codebook.respondent;
  const ids = [id, ...aliases].map(normaliseName);
  const isId = (column: string) => ids.includes(normaliseName(column));
  const table = await readTable(bytes, name, (column) => isWanted(column) || isId(column));
  const there = table.header.flatMap((column, at) => isWanted(column) ? [{ column, at }] : []);
  if (there.length === 0) {
    throw new InputError(
      `${name} has no column that begins with "${columns}". It has: ${table.header.join(", ")}.`,
    );
  }
  const theirs = table.columns[table.header.findIndex(isId)];
  const isSame = sha256 === survey.source.sha256 &&
    table.respondents === survey.source.respondents;
  const rows = rowsOf(survey, isSame, theirs);
  if (typeof rows === "string") throw new InputError(`${name}: ${rows}`);
  const weights = there.map(({ column, at }) =>
    Float64Array.from(rows, (row) => {
      const weight = numberOf(table.columns[at]![row] ?? "");
      if (weight >= 0) return weight;
      throw new InputError(
        `${name}, ${column}, row ${row + 1}: "${table.columns[at]![row] ?? ""}" is no weight. ` +
          "Give a number from 0.",
      );
    })
  );
  return ownReplicates(survey, weights, own);
}

/** By respondent, their row in a file; or what is wrong. */
function rowsOf(
  { source, ids }: Survey,
  isSame: boolean,
  theirs: readonly (string | null | undefined)[] | undefined,
): number[] | string {
  const all = Array.from({ length: source.respondents }, (_, row) => row);
  if (isSame) return all;
  if (ids === null || theirs === undefined) {
    return "it is another file than the answers, and the respondents' ids are not in both.";
  }
  const rowOf = new Map(theirs.map((id, row) => [id?.trim() ?? "", row]));
  const found = all.map((row) => rowOf.get(ids.at(row)) ?? -1);
  const without = found.filter((row) => row < 0).length;
  return without === 0 ? found : `${without} respondents have no replicate weights.`;
}
