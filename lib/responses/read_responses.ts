import type { Codebook } from "./codebook.ts";
import { KeptTexts } from "./readers/kept_texts.ts";
import { type Mapping, NO_MAPPING } from "./mapping.ts";
import { type ReadColumns, readColumns } from "./read_columns.ts";

/** A response file with its columns found in the codebook and all their values as texts. */
export interface Responses extends Omit<ReadColumns, "unknown"> {
  /** The values of a codebook column, or null where the file has none. */
  readonly valuesOf: (id: string) => readonly (string | null)[] | null;
  /** What the analyst's mapping says of its values. */
  readonly mappedOf: (id: string) => ReadonlyMap<string, string | null> | undefined;
  /** Columns that stand for nothing in the codebook, with their values. */
  readonly unknown: readonly Unknown[];
}

interface Unknown {
  readonly name: string;
  readonly values: readonly (string | null)[];
}

/**
 * Reads a response file of any known format as texts. Who only needs the answers has them coded as they
 * are read ({@link loadSurvey}), which takes a fraction of the memory.
 *
 * @param file A path or file: URL.
 * @throws {DataProblems} If the file cannot be read.
 */
export async function readResponses(
  file: string | URL,
  codebook: Codebook,
  mapping: Mapping = NO_MAPPING,
): Promise<Responses> {
  const known = new Map<string, KeptTexts>();
  const others = new Map<string, KeptTexts[]>();
  const read = await readColumns(file, codebook, ({ id, name }) => {
    const texts = new KeptTexts();
    if (id !== null) known.set(id, texts);
    else others.set(name, [...others.get(name) ?? [], texts]);
    return texts;
  }, mapping);
  return {
    ...read,
    valuesOf: (id) => (read.has(id) ? known.get(id)?.values : null) ?? null,
    mappedOf: (id) => mapping.values.get(id),
    unknown: read.unknown.map((name) => ({
      name,
      values: others.get(name)?.shift()?.values ?? [],
    })),
  };
}
