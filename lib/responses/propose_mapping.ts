import { categoriesOf, type Codebook } from "./codebook.ts";
import { encodeColumn, isKnownAnswer, nearestCategories, UNKNOWN } from "./encode_column.ts";
import { fileColumns } from "./file_columns.ts";
import { type Choice, type Mapping, type MappingFile, NO_MAPPING } from "./mapping.ts";
import { nearest } from "./nearest.ts";
import { normaliseName } from "./normalise.ts";
import { readResponses, type Responses } from "./read_responses.ts";
import { showValue } from "./show_value.ts";

/** So many unknown values of one column are proposed; more are no answers but free text. */
const MOST_VALUES = 50;
/** So many different values of a column are looked at to tell what it could be. */
const LOOKED_AT = 2000;

/**
 * Proposes what the columns and values of a file stand for that the codebook does not know: nearest
 * names first, and where no name is near, what its values fit.
 *
 * A name stands alone where only one is near; a list is a choice that the analyst has to make; null
 * leaves a column aside, as happens without a mapping.
 *
 * @param file A path or file: URL.
 * @param mapping What is mapped already; it is kept.
 * @returns What to write as JSON and pass as `--mapping`, or null where nothing is unknown.
 * @throws {DataProblems} If the file cannot be read.
 */
export async function proposeMapping(
  file: string | URL,
  codebook: Codebook,
  { mapping = NO_MAPPING }: { mapping?: Mapping } = {},
): Promise<MappingFile | null> {
  const responses = await readResponses(file, codebook, { mapping, wanted: "texts" });
  const columns = proposeColumns(responses, codebook);
  const values = proposeValues(responses, codebook);
  if (Object.keys(columns).length === 0 && Object.keys(values).length === 0) return null;
  const kept = Object.fromEntries(
    [...mapping.values].map(([id, entries]) => [id, Object.fromEntries(entries)]),
  );
  const merged = Object.keys({ ...kept, ...values })
    .map((id) => [id, { ...kept[id], ...values[id] }]);
  return {
    columns: { ...Object.fromEntries(mapping.columns), ...columns },
    values: Object.fromEntries(merged),
  };
}

function proposeColumns(responses: Responses, codebook: Codebook): Record<string, Choice> {
  const missing = [codebook.respondent.column, ...fileColumns(codebook)]
    .filter((id) => !responses.has(id));
  const proposed: Record<string, Choice> = {};
  for (const { name, texts } of responses.unknown) {
    if (name === "") continue;
    const near = nearest(normaliseName(name), missing.flatMap((id) => labelsOf(id, codebook)))
      .map((text) => missing.find((id) => labelsOf(id, codebook).includes(text)) ?? text);
    const some = texts.slice(0, LOOKED_AT).map((text) => text.trim()).filter((text) => text);
    const fitting = missing.filter((id) =>
      some.length > 1 && some.every((value) => isKnownAnswer(value, id, codebook)) &&
      // Bare numbers fit every scale, so they tell nothing.
      !some.every((value) => /^\s*\d+([.,]0+)?\s*$/.test(value))
    );
    const both = near.filter((id) => fitting.includes(id));
    proposed[name] = choiceOf(both.length > 0 ? both : near.length > 0 ? near : fitting) ?? null;
  }
  return proposed;
}

/** A column's id and labels, as they could be misspelt. */
function labelsOf(id: string, codebook: Codebook): string[] {
  const { label } = codebook.questions[id] ?? codebook.variables[id] ?? {};
  return [id, ...(label ? [normaliseName(label.da), normaliseName(label.en)] : [])];
}

function proposeValues(
  responses: Responses,
  codebook: Codebook,
): Record<string, Record<string, Choice>> {
  const proposed: Record<string, Record<string, Choice>> = {};
  for (const id of fileColumns(codebook)) {
    const texts = responses.valuesOf(id)?.texts;
    if (!texts) continue;
    const column = {
      values: texts,
      name: responses.nameOf(id),
      lineOf: responses.lineOf,
      about: responses.aboutOf(id),
      mapped: responses.mappedOf(id),
    };
    const { codes } = encodeColumn(column, id, codebook);
    const unknown = new Set<string>();
    for (let i = 0; i < codes.length && unknown.size < MOST_VALUES; i++) {
      const value = texts[i];
      // A value that cannot be shown cannot be written to a file to be edited either.
      if (codes[i] === UNKNOWN && value && showValue(value) === value) unknown.add(value);
    }
    const categories = Object.keys(categoriesOf(codebook, id) ?? {});
    const entries = [...unknown].map((value): [string, Choice] => {
      const near = nearestCategories(value, id, codebook);
      const choice = choiceOf(near);
      return [value, choice ?? categories];
    });
    if (entries.length > 0) proposed[id] = Object.fromEntries(entries);
  }
  return proposed;
}

/** One name stands for itself; more are a choice; none is undefined. */
function choiceOf(names: readonly string[]): Choice | undefined {
  const different = [...new Set(names)];
  return different.length > 1 ? different : different[0];
}
