import type { Codebook } from "./codebook.ts";

/** The columns of a response file in order, apart from the respondent's id: variables, then questions. */
export function fileColumns(codebook: Codebook): string[] {
  const variables = Object.entries(codebook.variables)
    .filter(([, { derived }]) => !derived)
    .map(([name]) => name);
  return [...variables, ...Object.keys(codebook.questions)];
}
