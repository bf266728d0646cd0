import type { Codebook } from "../responses/codebook.ts";

/** Whether a variable says who somebody is, and nothing of what they answered to a question. */
export function isBackground(codebook: Codebook, name: string): boolean {
  const variable = codebook.variables[name];
  if (variable === undefined) return false;
  return Object.values(variable.categories).flatMap(({ where }) => Object.keys(where ?? {}))
    .every((source) => source === name || isBackground(codebook, source));
}
