import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import type { Codebook } from "../../responses/codebook.ts";
import type { CountedTable, Source } from "../../responses/survey.ts";
import { countedSurvey, emptyTable, keyOf } from "../../responses/counted_answers.ts";
import { type Mapping, NO_MAPPING } from "../../responses/mapping.ts";
import type { Problem, Validation } from "../../responses/problem.ts";
import { countingPasses } from "../counts_sql.ts";
import { countParts, type CountPartsOptions } from "./count_parts.ts";
import type { Part } from "./parts.ts";

/** What is kept of files that were counted. */
interface Kept {
  readonly source: Source;
  readonly names: readonly string[];
  readonly left_out: readonly string[];
  readonly weighted: boolean;
  readonly files: number;
  readonly warnings: readonly Problem[];
  /** By table: its names, and of each place with people the place, n, w and w2. */
  readonly tables: readonly (readonly [readonly string[], readonly number[]])[];
}

/**
 * Counts files once for all who ask: the twelve notebooks of a report, each of which runs in a process
 * of its own, find in the computer's folder for temporary files what the report has counted. Nobody
 * else on the computer may read it.
 *
 * @param parts As of `countParts()`.
 */
export async function countFiles(
  parts: readonly Part[],
  codebook: Codebook,
  options: CountPartsOptions,
): Promise<Validation> {
  const path = `${tmpdir()}/survey_counts_${keyFor(parts, codebook, options)}.json`;
  const kept = await readKept(path);
  if (kept !== null) return restored(kept, codebook);
  const found = await countParts(parts, codebook, options);
  if (found.survey?.counted) await keep(path, found);
  return found;
}

/** Other files, another codebook, mapping or choice give other counts. */
function keyFor(
  parts: readonly Part[],
  codebook: Codebook,
  { mapping, weights = false, within = {}, name }: CountPartsOptions,
): string {
  const passes = countingPasses({ codebook, within }).map(({ sql }) => sql);
  const files = parts.map(({ path, bytes, changed }) => [path, bytes, changed]);
  const said = JSON.stringify([1, name, files, codebook, mappingText(mapping), weights, passes]);
  return createHash("sha256").update(said).digest("hex").slice(0, 32);
}

function mappingText(mapping: Mapping = NO_MAPPING): unknown {
  return [
    [...mapping.columns],
    [...mapping.values].map(([id, values]) => [id, [...values]]),
  ];
}

async function readKept(path: string): Promise<Kept | null> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return null;
    throw error;
  }
}

async function keep(path: string, { survey, warnings }: Validation): Promise<void> {
  const { source, codes, left_out, counted } = survey!;
  const { weighted, tables, files = 1 } = counted!;
  const kept: Kept = {
    ...{ source, names: [...codes.keys()], left_out, weighted, files, warnings },
    tables: [...tables.values()].map(({ names, n, w, w2 }) => [
      names,
      [...n.keys()].filter((place) => n[place]! > 0)
        .flatMap((place) => [place, n[place]!, w[place]!, w2[place]!]),
    ]),
  };
  // Written whole or not at all: another notebook may be reading.
  const draft = `${path}.${Deno.pid}`;
  await Deno.writeTextFile(draft, JSON.stringify(kept), { mode: 0o600 });
  await Deno.rename(draft, path);
}

function restored(kept: Kept, codebook: Codebook): Validation {
  const { source, names, left_out, weighted, files, warnings } = kept;
  const tables = kept.tables.map(([by, cells]): [string, CountedTable] => {
    const table = emptyTable(codebook, by);
    for (let i = 0; i < cells.length; i += 4) {
      const place = cells[i]!;
      table.n[place] = cells[i + 1]!;
      table.w[place] = cells[i + 2]!;
      table.w2[place] = cells[i + 3]!;
    }
    return [keyOf(by), table];
  });
  return {
    problems: [],
    warnings,
    survey: countedSurvey(
      { codebook, source, left_out },
      names,
      { weighted, tables: new Map(tables), files },
    ),
  };
}
