import type { BaseIssue } from "valibot";

/** How a message calls what JSON holds; anything else is shown as it is. */
const NAMES: Readonly<Record<string, string>> = { Array: "a list", Object: "an object" };

/**
 * The message of a value that is not what its place in a file asks for.
 *
 * @param what What is expected there, such as "a whole number"; by default what the check says.
 * @returns A message for a schema: "expected a whole number, not 1.5", or "missing (expected a whole
 *   number)".
 */
export function expecting(what?: string): (issue: BaseIssue<unknown>) => string {
  return ({ expected, received }) => {
    const wanted = what ?? expected?.replaceAll(/[()]/g, "");
    if (received === "undefined") return `missing (expected ${wanted})`;
    return `expected ${wanted}, not ${NAMES[received] ?? received}`;
  };
}
