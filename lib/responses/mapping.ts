import * as v from "valibot";
import { InputError } from "./input_error.ts";
import { categoriesOf, type Codebook } from "./codebook.ts";
import { columnIds } from "./column_names.ts";
import { fileColumns } from "./file_columns.ts";
import { nearest } from "./nearest.ts";
import { normaliseName, normaliseValue } from "./normalise.ts";
import { readJsonFile } from "./read_json_file.ts";
import { expecting } from "./schema/expecting.ts";
import { readStrictly } from "./schema/read_strictly.ts";
import { record } from "./schema/record.ts";
import { strictObject } from "./schema/strict_object.ts";
import { filled, list } from "./schema/values.ts";

/** An analyst's word on what columns and values of a file stand for; it comes before the codebook's. */
export interface Mapping {
  /** Codebook ids by normalised column name; null: the column is left aside. */
  readonly columns: ReadonlyMap<string, string | null>;
  /** By codebook id: categories by normalised value; null: the value is no answer. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, string | null>>;
}

/** Nothing is mapped. */
export const NO_MAPPING: Mapping = { columns: new Map(), values: new Map() };

/** A mapping as it stands in its file; a list is a choice that is still to be made. */
export interface MappingFile {
  readonly columns: Readonly<Record<string, Choice>>;
  readonly values: Readonly<Record<string, Readonly<Record<string, Choice>>>>;
}

/** A name; null for "left aside"; or the names to choose from, nearest first. */
export type Choice = string | null | readonly string[];

const choice = v.union(
  [filled, v.null(), list(filled, 1)],
  expecting("a name, null, or a list of names to choose from"),
);
const schema = strictObject({
  columns: v.optional(record(v.string(), choice), {}),
  values: v.optional(record(v.string(), record(v.string(), choice)), {}),
});

/**
 * Reads a mapping file: `{"columns": {"Deres navn": "gender"}, "values": {"gender": {"Kvindelig":
 * "woman"}}}`.
 *
 * @param path The file.
 * @throws {InputError} If it cannot be opened, is no JSON, or names what the codebook does not have.
 */
export async function readMapping(path: string | URL, codebook: Codebook): Promise<Mapping> {
  const value = await readJsonFile(
    path,
    "--mapping",
    `Correct it, or let "deno task validate" write a new one.`,
  );
  return parseMapping(value, String(path), codebook);
}

/**
 * Checks a mapping strictly.
 *
 * @param value The parsed JSON.
 * @param file The file's name, for the messages.
 * @throws {InputError} Naming every entry that is wrong, with the nearest legal names.
 */
export function parseMapping(value: unknown, file: string, codebook: Codebook): Mapping {
  const read = readStrictly(schema, value);
  if (read.problems) throw refusal(file, read.problems);
  const problems: string[] = [];
  const columns = chosen(read.value.columns, columnIds(codebook), normaliseName, "columns");
  const values = new Map<string, ReadonlyMap<string, string | null>>();
  const taken = new Map<string, string>();
  for (const [name, id] of columns) {
    const other = id === null ? undefined : taken.get(id);
    if (other !== undefined) problems.push(`columns."${name}": "${other}" is ${id} already`);
    if (id !== null) taken.set(id, name);
  }
  for (const [id, entries] of Object.entries(read.value.values)) {
    const known = fileColumns(codebook);
    if (!known.includes(id)) {
      problems.push(`values."${id}": ${noSuch("question or variable", id, known)}`);
      continue;
    }
    const categories = Object.keys(categoriesOf(codebook, id) ?? {});
    values.set(id, chosen(entries, categories, normaliseValue, `values.${id}`));
  }
  if (problems.length > 0) throw refusal(file, problems);
  return { columns, values };

  function chosen(
    entries: Record<string, Choice>,
    legal: readonly string[],
    normalise: (text: string) => string,
    at: string,
  ): Map<string, string | null> {
    const found = new Map<string, string | null>();
    for (const [text, choice] of Object.entries(entries)) {
      const here = `${at}."${text}"`;
      if (Array.isArray(choice)) {
        problems.push(`${here}: choose one of ${choice.join(", ")}, or null to leave it aside`);
      } else if (typeof choice === "string" && !legal.includes(choice)) {
        problems.push(`${here}: ${noSuch("name", choice, legal)}`);
      } else if (found.has(normalise(text))) problems.push(`${here}: it stands there twice`);
      else found.set(normalise(text), choice as string | null);
    }
    return found;
  }
}

function noSuch(what: string, name: string, legal: readonly string[]): string {
  const near = nearest(name, legal);
  return `no ${what} "${name}" (${
    near.length > 0 ? `nearest: ${near.join(", ")}` : `there is: ${legal.join(", ")}`
  })`;
}

function refusal(file: string, problems: readonly string[]): InputError {
  return new InputError(
    `Cannot use the mapping ${file}:\n${problems.map((p) => `  ${p}`).join("\n")}\n` +
      `Correct these entries in ${file} and run again.`,
  );
}
