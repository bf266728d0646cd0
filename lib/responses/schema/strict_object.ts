import {
  type ObjectEntries,
  strictObject as valibotObject,
  type StrictObjectSchema,
} from "valibot";
import { problem, readEntries } from "./read_entries.ts";

/**
 * An object with these entries and no others. Unlike Valibot's own it takes no list for an object,
 * and it names every entry too many, also one that is called like a method of all objects.
 *
 * @param entries The schema of each entry.
 */
export function strictObject<const T extends ObjectEntries>(
  entries: T,
): StrictObjectSchema<T, undefined> {
  const known = Object.entries(entries);
  return {
    ...valibotObject(entries),
    "~run": ({ value }, config) =>
      readEntries(value, config, () => known, (input) => {
        const others = Object.keys(input).filter((key) => !Object.hasOwn(entries, key));
        if (others.length === 0) return [];
        const names = others.map((key) => JSON.stringify(key)).join(", ");
        return [problem(input, `no entry ${names} (there is: ${Object.keys(entries).join(", ")})`)];
      }),
  };
}
