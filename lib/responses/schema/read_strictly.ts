import { type GenericSchema, type InferOutput, safeParse } from "valibot";
import { expecting } from "./expecting.ts";

/** What was read, or every problem with its place. */
export type ReadStrictly<T> =
  | { readonly value: T; readonly problems?: never }
  | { readonly problems: readonly string[]; readonly value?: never };

/**
 * Reads a value by a schema.
 *
 * @param schema What the value has to be.
 * @param value The parsed JSON.
 * @returns The value read, or its problems as "steps.0.noise: expected >=0, not -1".
 */
export function readStrictly<S extends GenericSchema>(
  schema: S,
  value: unknown,
): ReadStrictly<InferOutput<S>> {
  const { success, output, issues } = safeParse(schema, value, { message: expecting() });
  if (success) return { value: output };
  return {
    problems: issues.map(({ path, message }) =>
      `${path?.map(({ key }) => key).join(".") || "(top)"}: ${message}`
    ),
  };
}
