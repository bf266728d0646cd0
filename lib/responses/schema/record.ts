import { type GenericSchema, record as valibotRecord, type RecordSchema } from "valibot";
import { below, readEntries } from "./read_entries.ts";

/**
 * An object whose keys are names, each with a value of the same kind. Unlike Valibot's own it takes
 * no list for an object, and it leaves out no entry, whatever its name.
 *
 * @param key The schema of a name.
 * @param value The schema of what is under a name.
 */
export function record<V extends GenericSchema>(
  key: GenericSchema<string>,
  value: V,
): RecordSchema<GenericSchema<string>, V, undefined> {
  return {
    ...valibotRecord(key, value),
    "~run": ({ value: input }, config) =>
      readEntries(
        input,
        config,
        (input) => Object.keys(input).map((name) => [name, value]),
        (input) =>
          Object.keys(input).flatMap((name) =>
            key["~run"]({ value: name }, config).issues?.map((at) => below(input, name, at)) ?? []
          ),
      ),
  };
}
