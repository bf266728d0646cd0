import { type Codebook, isInWave } from "./codebook.ts";
import {
  encodeColumn,
  isKnownAnswer,
  nearestCategories,
  proposedCategories,
  UNKNOWN,
  wordsOf,
} from "./encode_column.ts";
import { fileColumns } from "./file_columns.ts";
import { wordings } from "./language.ts";
import {
  type Choice,
  EVERY_COLUMN,
  type Mapping,
  type MappingFile,
  NO_MAPPING,
} from "./mapping.ts";
import { showValue } from "./problem.ts";
import { readResponses, type ResponseFile } from "./read_responses.ts";
import { NOT_CALCULATED } from "./readers/response_table.ts";
import { nearest, nearlyTheSame, normaliseName } from "./spelling.ts";

/** So many unknown values of one column are proposed; more are no answers but free text. */
const MOST_VALUES = 50;
/** A name of so many words is a question; a shorter one may stand in another ("the leader's gender"). */
const WHOLE_QUESTION = 4;
/** So many different values of a column are looked at to tell what it could be. */
const LOOKED_AT = 2000;

/**
 * Proposes what the columns and values of a file stand for that the codebook does not know.
 *
 * A name stands alone only where the text is nearly the same, so that the proposal as it is gives no wrong
 * number. A list is a choice that the analyst has to make: the nearest names first, and for columns what
 * their values fit. null leaves a column aside, as happens without a mapping.
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
  const hasOthers = responses.problems.some(({ rule }) => /^(other|skipped)_row$/.test(rule));
  const columns = proposeColumns(responses, codebook);
  const values = new Map<string, Record<string, Choice>>();
  for (const id of fileColumns(codebook)) {
    const proposed = proposeValues(responses, id, codebook);
    if (Object.keys(proposed).length > 0) values.set(id, proposed);
  }
  const common = takeCommon(values, codebook);
  const isKnown = Object.keys({ ...columns, ...common }).length === 0 && values.size === 0;
  if (isKnown && !hasOthers) return null;
  const ids = new Set([...mapping.values.keys(), ...values.keys()]);
  const kept = (id: string) => Object.fromEntries(mapping.values.get(id) ?? []);
  return {
    columns: { ...Object.fromEntries(mapping.columns), ...columns },
    values: {
      ...Object.keys(common).length > 0 && { [EVERY_COLUMN]: common },
      ...Object.fromEntries([...ids].map((id) => [id, { ...kept(id), ...values.get(id) }])),
    },
    ...hasOthers ? { other_rows: "skip" } : {},
  };
}

/**
 * Takes out what several columns would be asked for with the same nearest answer, to be asked once for
 * all of them.
 */
function takeCommon(
  values: Map<string, Record<string, Choice>>,
  codebook: Codebook,
): Record<string, Choice> {
  const places = [...values].flatMap(([id, all]) =>
    Object.keys(all).map((text) => ({ id, text, all, near: nearestCategories(text, id, codebook) }))
  );
  const common: Record<string, Choice> = {};
  for (const [text, same] of Map.groupBy(places, ({ text }) => text)) {
    const [near, ...others] = new Set(same.map(({ near }) => near[0]));
    if (same.length < 2 || near === undefined || others.length > 0) continue;
    const choices = new Set(same.map(({ all }) => all[text]!));
    const [choice] = choices;
    common[text] = choices.size === 1 && typeof choice === "string" ? choice : [near];
    for (const { id, all } of same) {
      delete all[text];
      if (Object.keys(all).length === 0) values.delete(id);
    }
  }
  return common;
}

function proposeColumns(
  { has, unknown }: ResponseFile,
  codebook: Codebook,
): Record<string, Choice> {
  const missing = [codebook.respondent.column, ...fileColumns(codebook)]
    .filter((id) => !has(id) && isInWave(codebook, id));
  // A column's id and labels, as they could be misspelt.
  const spellings = new Map(
    missing.flatMap((id) => {
      const { label } = codebook.questions[id] ?? codebook.variables[id] ?? {};
      const labels = label ? wordings(label).map(normaliseName) : [];
      return [id, ...labels].map((text) => [text, id] as const);
    }).reverse(),
  );
  const proposed: Record<string, Choice> = {};
  for (const { name, texts } of unknown.filter(({ name }) => name !== "")) {
    const near = nearest(normaliseName(name), spellings.keys()).map((text) => spellings.get(text)!);
    const some = texts.slice(0, LOOKED_AT).map((text) => text.trim()).filter((text) => text);
    // Bare numbers fit every scale, so they tell nothing.
    const isTelling = some.length > 1 && !some.every((value) => /^\d+([.,]0+)?$/.test(value));
    const fitting = missing.filter((id) =>
      isTelling && some.every((value) => isKnownAnswer(value, id, codebook))
    );
    const held = namesWithin(name, missing, codebook);
    const ids = [...held.map(({ id }) => id), ...near];
    const choice = [...new Set([...ids.filter((id) => fitting.includes(id)), ...ids, ...fitting])];
    const [whole, ...others] = held.filter(({ words }) => words >= WHOLE_QUESTION);
    const asked = others.length === 0 && whole && fitting.includes(whole.id) ? whole.id : null;
    proposed[name] = nearlyTheSame(normaliseName(name), spellings) ?? asked ??
      (choice.length > 0 ? choice : null);
  }
  return proposed;
}

/**
 * What a header names in full, as survey tools write them: "Hvor ofte sker det? - Presses til …", a
 * grid's stem with the item behind it, or a question that says the variable's name.
 *
 * @returns The ids whose name stands there word for word, and of how many words it is; of names within
 *   each other the longest.
 */
function namesWithin(
  header: string,
  ids: readonly string[],
  codebook: Codebook,
): { readonly id: string; readonly words: number }[] {
  const whole = wordsOf(header);
  const found = ids.flatMap((id) => {
    const { text, asked, label, aliases } = { text: null, asked: null, ...namesOf(id, codebook) };
    const names = [text, asked, label].flatMap((each) => each ? wordings(each) : []);
    const within = [...names, ...aliases].map(wordsOf)
      .filter((name) => name.trim() !== "" && whole.includes(name));
    return within.map((name) => ({ id, name }));
  });
  return found.filter(({ name, id }) =>
    !found.some((other) =>
      other.id !== id && other.name.length > name.length && other.name.includes(name)
    )
  ).map(({ id, name }) => ({ id, words: name.trim().split(" ").length }));
}

function namesOf(id: string, { questions, variables, respondent }: Codebook) {
  return questions[id] ?? variables[id] ?? { label: null, aliases: respondent.aliases };
}

function proposeValues(
  { valuesOf, nameOf, lineOf, aboutOf, mappedOf }: ResponseFile,
  id: string,
  codebook: Codebook,
): Record<string, Choice> {
  const values = valuesOf(id)?.texts;
  if (!values) return {};
  const said = { name: nameOf(id), lineOf, about: aboutOf(id), mapped: mappedOf(id) };
  const { codes } = encodeColumn({ values, ...said }, id, codebook);
  // A value that cannot be shown cannot be written to a file to be edited either.
  const unknown = values.filter((value, i): value is string =>
    codes[i] === UNKNOWN && Boolean(value) && value !== NOT_CALCULATED &&
    showValue(value!) === value
  );
  return Object.fromEntries(
    [...new Set(unknown)].slice(0, MOST_VALUES)
      .map((value) => [value, proposedCategories(value, id, codebook)]),
  );
}
