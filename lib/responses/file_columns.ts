import type { Codebook } from "./codebook.ts";
import { normaliseName } from "./normalise.ts";

/** The columns of a response file in order, apart from the respondent's id: variables, then questions. */
export function fileColumns(codebook: Codebook): string[] {
  const variables = Object.entries(codebook.variables)
    .filter(([, { derived }]) => !derived)
    .map(([name]) => name);
  return [...variables, ...Object.keys(codebook.questions)];
}

/**
 * Every name that a column may have, and what it stands for: ids, aliases, labels and question texts
 * in both languages. A name that two share stands for none, unless it is the id of one.
 *
 * @returns Codebook ids by normalised name.
 */
export function columnNames(codebook: Codebook): Map<string, string> {
  const names = new Map<string, string>();
  const claimed = new Map<string, Set<string>>();
  const claim = (name: string, id: string) => {
    const key = normaliseName(name);
    claimed.set(key, (claimed.get(key) ?? new Set()).add(id));
  };
  const { respondent, weight } = codebook;
  for (const alias of respondent.aliases) claim(alias, respondent.column);
  for (const alias of weight?.aliases ?? []) claim(alias, weight?.column ?? "");
  for (const id of fileColumns(codebook)) {
    const question = codebook.questions[id];
    const { label, aliases } = question ?? codebook.variables[id] ??
      { label: { da: id, en: id }, aliases: [] };
    for (const alias of aliases) claim(alias, id);
    for (const text of [label, ...(question ? [question.text] : [])]) {
      claim(text.da, id);
      claim(text.en, id);
    }
  }
  for (const [name, ids] of claimed) {
    const [id] = ids;
    if (ids.size === 1 && id !== undefined) names.set(name, id);
  }
  for (const id of columnIds(codebook)) names.set(normaliseName(id), id);
  return names;
}

/** The ids of all columns that a file may have: respondent, weight, variables, questions. */
export function columnIds(codebook: Codebook): string[] {
  const { respondent, weight } = codebook;
  return [respondent.column, ...(weight ? [weight.column] : []), ...fileColumns(codebook)];
}
