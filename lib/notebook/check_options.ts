import { InputError } from "../responses/input_error.ts";
import type { Text } from "../responses/language.ts";
import { nearest } from "../responses/nearest.ts";
import { asText } from "./narrate.ts";

/** What each table and drawing of a cell's own takes. */
export interface Named {
  /** Fit for a file name, unique in the notebook. */
  readonly name?: string;
  readonly title?: Text | string;
}

/**
 * The options of a call, each of which there is.
 *
 * @param call What was called, for the messages: `likert()`.
 * @param known The names of its options.
 * @throws {InputError} For what is no object of options, or one that does not exist: nothing is
 *   ignored in silence.
 */
export function checkOptions(
  call: string,
  given: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (given === undefined) return {};
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    const example = known.includes("by") ? `{ by: ${JSON.stringify(given)} }` : `{ title: "…" }`;
    throw new InputError(
      `${call} takes its options as an object, such as ${example}, not ${JSON.stringify(given)}.`,
    );
  }
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const [meant] = nearest(name, known);
    throw new InputError(
      `${call} has no option "${name}".${meant === undefined ? "" : ` Is "${meant}" meant?`} ` +
        `There is: ${known.join(", ")}.`,
    );
  }
  return given as Readonly<Record<string, unknown>>;
}

/** A figure's title and notes as texts in every language; a string is the same in all of them. */
export function textsOf(
  call: string,
  { title, notes }: { readonly title?: unknown; readonly notes?: unknown },
): { readonly title?: Text; readonly notes?: readonly Text[] } {
  return {
    ...title === undefined ? {} : { title: asText(title, `The title of ${call}`) },
    ...notes === undefined
      ? {}
      : { notes: [notes].flat().map((note) => asText(note, `A note of ${call}`)) },
  };
}
