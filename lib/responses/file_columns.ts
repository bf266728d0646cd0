import { askedWhere, type Codebook } from "./codebook.ts";
import { normaliseName } from "./normalise.ts";

/** The columns of a response file in order, apart from the respondent's id: variables, then questions. */
export function fileColumns({ variables, questions }: Codebook): string[] {
  const asked = Object.entries(variables).filter(([, { derived }]) => !derived);
  return [...asked.map(([name]) => name), ...Object.keys(questions)];
}

/** The columns of which only those with one answer to a question or variable were asked, with that answer. */
export function followUpsOf(codebook: Codebook, name: string) {
  return fileColumns(codebook).flatMap((question) => {
    const among = askedWhere(codebook, question)[name];
    return among?.length === 1 ? [{ question, answer: among[0]! }] : [];
  });
}

/** The ids of all columns that a file may have: respondent, weight, variables, questions. */
export function columnIds(codebook: Codebook): string[] {
  const { respondent, weight } = codebook;
  return [respondent.column, ...weight ? [weight.column] : [], ...fileColumns(codebook)];
}

/**
 * Every name that a column may have, and what it stands for: ids, aliases, labels and question texts
 * in both languages. A name that two share stands for none, unless it is the id of one.
 *
 * @returns Codebook ids by normalised name.
 */
export function columnNames({ respondent, weight, ...codebook }: Codebook): Map<string, string> {
  const { questions, variables } = codebook;
  const claims = [
    ...respondent.aliases.map((alias) => [alias, respondent.column] as const),
    ...weight?.aliases.map((alias) => [alias, weight.column] as const) ?? [],
    ...Object.entries(questions).flatMap(([id, { label, text, aliases }]) =>
      [...aliases, label.da, label.en, text.da, text.en].map((name) => [name, id] as const)
    ),
    ...Object.entries(variables).filter(([, { derived }]) => !derived)
      .flatMap(([id, { label, aliases }]) =>
        [...aliases, label.da, label.en].map((name) => [name, id] as const)
      ),
  ];
  const names = new Map<string, Set<string>>();
  for (const [name, id] of claims) {
    const key = normaliseName(name);
    names.set(key, (names.get(key) ?? new Set()).add(id));
  }
  const ids = columnIds({ respondent, weight, ...codebook });
  return new Map([
    ...[...names].filter(([, ids]) => ids.size === 1).map(([name, [id]]) => [name, id!] as const),
    ...ids.map((id) => [normaliseName(id), id] as const),
  ]);
}
