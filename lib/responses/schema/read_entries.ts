import {
  type BaseIssue,
  type Config,
  custom,
  type GenericSchema,
  type OutputDataset,
} from "valibot";
import { expecting } from "./expecting.ts";

type Issue = BaseIssue<unknown>;
type Input = Readonly<Record<string, unknown>>;
/** What a schema gives back; `never` fits whatever type the schema says that it reads. */
type Read = OutputDataset<never, never>;

/** An object of JSON: no list, and not null. */
export const object = custom<Input>(isObject, expecting("an object"));

/**
 * Reads an object of JSON entry by entry, to the end, whatever is wrong on the way.
 *
 * @param input The value; a list or null is refused.
 * @param config What schemas are run with.
 * @param schemasOf The keys to read, with their schemas; a missing entry is read as undefined.
 * @param keyProblemsOf What is wrong with the object's keys.
 * @returns The entries in the order of the schemas, or every problem with its path from here.
 */
export function readEntries(
  input: unknown,
  config: Config<Issue>,
  schemasOf: (input: Input) => Iterable<readonly [string, GenericSchema]>,
  keyProblemsOf: (input: Input) => readonly Issue[],
): Read {
  if (!isObject(input)) return object["~run"]({ value: input }, config) as Read;
  const issues: Issue[] = [];
  const entries: [string, unknown][] = [];
  let typed = true;
  for (const [key, schema] of schemasOf(input)) {
    const there = Object.hasOwn(input, key);
    const part: OutputDataset<unknown, Issue> = schema["~run"](
      { value: there ? input[key] : undefined },
      config,
    );
    for (const issue of part.issues ?? []) issues.push(below(input, key, issue));
    typed &&= part.typed;
    if (there || part.value !== undefined) entries.push([key, part.value]);
  }
  issues.push(...keyProblemsOf(input));
  // Assigned one by one, an entry "__proto__" would be lost.
  const value = Object.fromEntries(entries);
  return (issues.length > 0 ? { typed, value, issues } : { typed: true, value }) as Read;
}

/** The problem of something inside an object, told of the object. */
export function below(input: Input, key: string, issue: Issue): Issue {
  const here = { type: "object", origin: "value", input, key, value: input[key] } as const;
  return { ...issue, path: [here, ...issue.path ?? []] };
}

/** A problem of an object itself. */
export function problem(input: unknown, message: string): Issue {
  return { kind: "schema", type: "object", input, expected: "an object", received: "", message };
}

function isObject(value: unknown): value is Input {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
