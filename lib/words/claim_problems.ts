import { parseMessage, validate, visit } from "messageformat";
import { LANGUAGES } from "../responses/language.ts";
import type { Codebook } from "../responses/codebook.ts";
import { claimEntries } from "./claims.ts";
import { brokenNames, type ClaimEntry } from "./claims_schema.ts";
import { makeFunctions } from "./message_functions.ts";

/** The names of our functions. */
const FUNCTIONS = new Set(Object.keys(makeFunctions("en", () => {}, () => {})));

/** What is wrong with the entries of data/claims.json: names, sets, messages, and their variables. */
export function claimProblems(codebook: Codebook): string[] {
  return Object.entries(claimEntries()).flatMap(([id, entry]) =>
    [...brokenNames(entry, codebook), ...messageProblems(entry)].map((found) => `${id}.${found}`)
  );
}

/**
 * What is wrong with the messages of a claim: not a message, a variable that is not among its values, or
 * a function that we do not have; and values that neither the text nor the test uses.
 */
export function messageProblems(
  { text, values, test }: Pick<ClaimEntry, "text" | "values" | "test">,
): string[] {
  const problems = LANGUAGES.flatMap((language) => {
    const found = variablesOf(text[language]);
    if (typeof found === "string") return [`text.${language}: ${found}`];
    return [
      ...found.variables.filter((name) => !Object.hasOwn(values, name)).map((name) =>
        `text.${language}: no value "${name}" (there is: ${Object.keys(values).join(", ")})`
      ),
      ...found.functions.filter((name) => !FUNCTIONS.has(name)).map((name) =>
        `text.${language}: no function ":${name}" (there is: ${[...FUNCTIONS].join(", ")})`
      ),
    ];
  });
  const asNames = JSON.stringify([test, Object.values(values)]);
  const unused = Object.keys(values).filter((name) =>
    !asNames.includes(`"${name}"`) &&
    !LANGUAGES.some((language) => new RegExp(`\\$${name}\\b`).test(text[language]))
  );
  return [...problems, ...unused.map((name) => `values.${name}: neither text nor test uses it`)];
}

function variablesOf(
  source: string,
): { variables: string[]; functions: string[] } | string {
  try {
    const message = parseMessage(source);
    validate(message);
    const variables = new Set<string>();
    const functions = new Set<string>();
    visit(message, {
      functionRef: ({ name }) => void functions.add(name),
      value: (value) => {
        if (value.type === "variable") variables.add(value.name);
      },
    });
    return { variables: [...variables], functions: [...functions] };
  } catch (error) {
    return `not a message (${(error as Error).message}): ${source}`;
  }
}
