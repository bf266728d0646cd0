import { askedWhere, type Codebook } from "./codebook.ts";
import { LANGUAGES, type Text, wordings } from "./language.ts";
import { normaliseName } from "./spelling.ts";

/** The columns of a response file in order, apart from the respondent's id: variables, then questions. */
export function fileColumns({ variables, questions }: Codebook): string[] {
  const asked = Object.entries(variables).filter(([, { derived }]) => !derived);
  const read = Object.entries(questions).filter(([, { score }]) => !score);
  return [...asked, ...read].map(([name]) => name);
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
  const { variables, several = {} } = codebook;
  const questions = Object.fromEntries(
    Object.entries({ ...codebook.questions, ...several }).filter(([, each]) => !("score" in each)),
  );
  const claims = [
    ...respondent.aliases.map((alias) => [alias, respondent.column] as const),
    ...weight?.aliases.map((alias) => [alias, weight.column] as const) ?? [],
    ...Object.entries(questions).flatMap(([id, { label, text, aliases, ...of }]) =>
      // The answers of a question that takes several share its text, which is its own name alone.
      [...aliases, ...wordings(label), ..."item" in of ? [] : wordings(text)]
        .map((name) => [name, id] as const)
    ),
    ...Object.values(several).flatMap(({ scale, items, ...of }) =>
      Object.entries(codebook.scales[scale]?.categories ?? {}).flatMap(([category, answer]) =>
        [...answer.aliases, ...namesWithStem(of, answer)].map((name) =>
          [name, items[category]!] as const
        )
      )
    ),
    ...Object.entries(variables).filter(([, { derived }]) => !derived)
      .flatMap(([id, { label, aliases }]) =>
        [...aliases, ...wordings(label)].map((name) => [name, id] as const)
      ),
  ];
  const names = new Map<string, Set<string>>();
  for (const [name, id] of claims) {
    const key = normaliseName(name);
    names.set(key, (names.get(key) ?? new Set()).add(id));
  }
  const ids = [...columnIds({ respondent, weight, ...codebook }), ...Object.keys(several)];
  return new Map([
    ...[...names].filter(([, ids]) => ids.size === 1).map(([name, [id]]) => [name, id!] as const),
    ...ids.map((id) => [normaliseName(id), id] as const),
  ]);
}

/** What survey tools call the column of one answer of several: the question with the answer behind it. */
function namesWithStem({ label, text }: Record<"label" | "text", Text>, answer: Text): string[] {
  return LANGUAGES.flatMap((language) =>
    [label, text].flatMap(({ [language]: stem }) =>
      [" - ", ": ", " [", " ("].map((mark) =>
        stem + mark + answer[language] + ({ " [": "]", " (": ")" }[mark] ?? "")
      )
    )
  );
}
