import { type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";
import { InputError } from "./input_error.ts";
import { isText, translated } from "./language.ts";

/** Reads what a place in a file of data/ has to hold, and notes what is wrong with it, and where. */
export interface Schema<T> {
  (value: unknown, at: string, note: Note): T;
  /** The same as JSON Schema, for editors; absent: anything. */
  readonly json?: JsonSchema;
  /** Whether an object may leave it out. */
  readonly mayLack?: boolean;
}
type Note = (at: string, problem: string) => void;

/** Of JSON Schema what an editor completes and checks by. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The type of what a schema reads. */
export type Read<S> = S extends Schema<infer T> ? T : never;
export type Entries = Readonly<Record<string, Schema<unknown>>>;
type OptionalIn<E> = { [K in keyof E]: undefined extends Read<E[K]> ? K : never }[keyof E];
type ObjectOf<E> =
  & { [K in Exclude<keyof E, OptionalIn<E>>]: Read<E[K]> }
  & { [K in OptionalIn<E>]?: Read<E[K]> };

interface ObjectSchema<E> extends Schema<ObjectOf<E>> {
  readonly entries: E;
}

/** So many places that a proposal leaves open are listed. */
const MOST_OPEN = 8;

/**
 * Reads the parsed JSON of a file strictly.
 *
 * @param use What cannot be done where it is wrong, such as "use the codebook".
 * @param file Its name, for the messages.
 * @param brokenIn What else is wrong with it, where each value by itself is right.
 * @throws {InputError} Naming the file and every place that is wrong; of those to be filled in the first few.
 */
export function parseFile<T>(
  schema: Schema<T>,
  value: unknown,
  use: string,
  file: string,
  brokenIn: (read: T) => readonly string[] = () => [],
): T {
  const { value: read, problems } = readStrictly(schema, value);
  const all = problems.length > 0 ? problems : brokenIn(read);
  if (all.length === 0) return read;
  const lineOf = (problem: string) => {
    const [at = ""] = problem.split(": ");
    const line = lineIn(value, at === "(top)" ? "" : at.replaceAll('"', ""));
    return line === null ? "" : `line ${line}: `;
  };
  // A proposal has many places to be filled in, and was printed with all of them.
  const open = all.filter((problem) => /: to be filled in \(|, not "\?"$/.test(problem));
  const unlisted = new Set(open.slice(MOST_OPEN));
  const lines = all.filter((problem) => !unlisted.has(problem))
    .map((problem) => `${lineOf(problem)}${problem}`);
  if (unlisted.size > 0) {
    lines.push(
      `and ${unlisted.size} more of ${open.length} places to be filled in (what begins with "${TO_FILL_IN}")`,
    );
  }
  throw new InputError(
    `Cannot ${use} ${file}:\n${lines.map((line) => `  ${line}`).join("\n")}\n` +
      `Correct these entries in ${file} and run again.`,
  );
}

/**
 * Reads a JSON file that an analyst wrote.
 *
 * @param path The file.
 * @param option The option that names it, such as "--mapping", for the messages.
 * @param hint What to do about a file that is no JSON.
 * @throws {InputError} If it cannot be opened or is no JSON.
 */
export async function readJsonFile(
  path: string | URL,
  option: string,
  hint = "Correct it.",
): Promise<unknown> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    throw new InputError(
      `Cannot read ${path}: ${(error as Error).message}\nCheck the path of ${option}.`,
    );
  }
  return parseJson(utf8(bytes, String(path)), String(path), hint);
}

/** The text of a file that an analyst wrote. @throws {InputError} Where it is not UTF-8. */
export function utf8(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(
      `Cannot read ${file}: its letters are not in UTF-8. Save it as UTF-8 and run again.`,
    );
  }
}

/** Reads a value; its problems go "steps.0.noise: expected >=0, not -1". */
export function readStrictly<T>(schema: Schema<T>, value: unknown) {
  const problems: string[] = [];
  const read = schema(value, "", (at, problem) => problems.push(`${at || "(top)"}: ${problem}`));
  return { value: read, problems };
}

function expected(what: string, value: unknown): string {
  if (value === undefined) return `missing (expected ${what})`;
  const shown = Array.isArray(value) ? "a list" : isObject(value) ? "an object" : null;
  return `expected ${what}, not ${shown ?? (isString(value) ? `"${value}"` : value)}`;
}

/** A value of some type that passes some checks, what it fails being told as "expected …, not …". */
export function plain<T>(
  what: string,
  isOne: (value: unknown) => value is T,
  ...checks: readonly (readonly [what: string, fits: (value: T) => boolean])[]
): Schema<T> {
  const read: Schema<T> = (value, at, note) => {
    if (!isOne(value)) note(at, expected(what, value));
    else for (const [what, fits] of checks) if (!fits(value)) note(at, expected(what, value));
    return value as T;
  };
  return as(read, /^(string|number|boolean)$/.test(what) ? { type: what } : {});
}

/** A schema with what an editor is told of it beside what it is told already. */
function as<S extends Schema<unknown>>(schema: S, json: JsonSchema, mayLack?: boolean): S {
  const read = (value: unknown, at: string, note: Note) => schema(value, at, note);
  return Object.assign(read, schema, {
    json: { ...schema.json, ...json },
    ...mayLack === undefined ? {} : { mayLack },
  }) as S;
}

/** A schema with what its value means, for whoever writes the file. */
export function about<S extends Schema<unknown>>(description: string, schema: S): S {
  return as(schema, { description });
}

const isString = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number";
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A finite number that passes some checks; JSON has no NaN, but it reads 1e999 as infinite. */
export const numberThat = (...checks: readonly [string, (value: number) => boolean][]) =>
  plain("number", isNumber, ["a finite number", Number.isFinite], ...checks);
/** A whole number that is exact, from `least` on. */
export const integerFrom = (least: number) =>
  as(
    plain("number", isNumber, ["a whole number", Number.isSafeInteger], [
      `>=${least}`,
      (value) => value >= least,
    ]),
    { type: "integer", ...Number.isFinite(least) && { minimum: least } },
  );
/** A text of a pattern. */
export const textLike = (what: string, pattern: RegExp) =>
  as(plain("string", isString, [what, (value) => pattern.test(value)]), {
    pattern: pattern.source,
  });

/** Anything, as it stands. */
export const anything: Schema<unknown> = (value) => value;
export const string = plain("string", isString);
export const boolean = plain("boolean", (value): value is boolean => typeof value === "boolean");
export const number = numberThat();
export const integer = integerFrom(-Infinity);
/** A share of something, 0 to 1. */
export const share = numberThat([">=0", (value) => value >= 0], ["<=1", (value) => value <= 1]);
export const numberOrText = plain(
  "number | string",
  (value): value is number | string => isString(value) || Number.isFinite(value),
);
/** What stands, or begins, where a proposal leaves something to be filled in. */
export const TO_FILL_IN = "?";
/** A string with something in it. */
export const filled: Schema<string> = as((value, at, note) => {
  if (value === "") note(at, "expected a text that is not empty");
  if (isString(value) && /^\?(\s|$)/.test(value)) {
    note(at, `to be filled in (here: "${value}")`);
  }
  return string(value, at, note);
}, { type: "string", minLength: 1 });
/** A name in the codebook. */
export const id = textLike("an id in snake_case (a-z, 0-9 and _)", /^[a-z][a-z0-9_]*$/);
/** A day of the calendar. */
export const day = as(
  plain("string", isString, ['a day of the calendar as "2025-01-31"', (value) => {
    const time = /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00Z`) : NaN;
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
  }]),
  { format: "date" },
);
/** A text in both languages. */
export const text = object({ da: filled, en: filled });
/** People: those whose answers are among these, for every name. */
export const where = record(id, list(id, 1));

/** One of some texts. */
export function among<const T extends string>(...texts: readonly T[]): Schema<T> {
  const isOne = (value: unknown): value is T => (texts as readonly unknown[]).includes(value);
  return as(plain(texts.map((each) => `"${each}"`).join(" | "), isOne), { enum: texts });
}

export function nullable<T>(of: Schema<T>): Schema<T | null> {
  const read: Schema<T | null> = (value, at, note) => value === null ? null : of(value, at, note);
  return as(read, { anyOf: [{ type: "null" }, of.json ?? {}] });
}

/** A value that an object may leave out. */
export function optional<T>(of: Schema<T>): Schema<T | undefined> {
  return withDefault<T | undefined>(of, () => undefined);
}

/** Entries that an object may leave out, each and all. */
export function partial<const E extends Entries>(entries: E) {
  return Object.fromEntries(
    Object.entries(entries).map(([key, of]) => [key, optional(of)]),
  ) as { [K in keyof E]: Schema<Read<E[K]> | undefined> };
}

/** A value that is made where it is left out. */
export function withDefault<T>(of: Schema<T>, make: () => T): Schema<T> {
  const read: Schema<T> = (value, at, note) => value === undefined ? make() : of(value, at, note);
  return as(read, of.json ?? {}, true);
}

/** A list of at least so many. */
export function list<T>(of: Schema<T>, least = 0): Schema<T[]> {
  const readList: Schema<T[]> = (value, at, note) => {
    if (!Array.isArray(value)) {
      note(at, expected("a list", value));
      return [];
    }
    const read = value.map((each, i) => of(each, below(at, `${i}`), note));
    if (read.length < least) note(at, `expected at least ${least} in the list, not ${read.length}`);
    return read;
  };
  const { json: items = {} } = of;
  return as(readList, { type: "array", items, ...least > 0 && { minItems: least } });
}

/** An object whose keys are names, each with a value of the same kind; every name is kept. */
export function record<T>(key: Schema<string>, of: Schema<T>): Schema<Record<string, T>> {
  const readAll: Schema<Record<string, T>> = (value, at, note) => {
    if (!isObject(value)) note(at, expected("an object", value));
    const entries = isObject(value) ? Object.entries(value) : [];
    // Assigned one by one, an entry "__proto__" would be lost.
    const read = Object.fromEntries(
      entries.map(([name, each]) => [name, of(each, below(at, name), note)]),
    );
    for (const [name] of entries) key(name, below(at, name), note);
    return read;
  };
  const { json: propertyNames = {} } = key;
  return as(readAll, { type: "object", propertyNames, additionalProperties: of.json ?? {} });
}

/** An object with these entries and no others. */
export function object<const E extends Entries>(
  entries: E,
): ObjectSchema<E> {
  const read: Schema<ObjectOf<E>> = (value, at, note) => {
    if (!isObject(value)) {
      note(at, expected("an object", value));
      return {} as ObjectOf<E>;
    }
    const made = Object.entries(entries).map(([key, of]) =>
      [key, of(Object.hasOwn(value, key) ? value[key] : undefined, below(at, key), note)] as const
    );
    const others = Object.keys(value).filter((key) => !Object.hasOwn(entries, key));
    if (others.length > 0) {
      const names = others.map((key) => JSON.stringify(key)).join(", ");
      note(at, `no entry ${names} (there is: ${Object.keys(entries).join(", ")})`);
    }
    const whole = Object.fromEntries(made.filter(([, each]) => each !== undefined)) as ObjectOf<E>;
    return isText(whole) ? translated(whole) : whole;
  };
  const own = Object.entries(entries);
  const json = {
    type: "object",
    properties: Object.fromEntries(own.map(([key, { json = {} }]) => [key, json])),
    required: own.filter(([, { mayLack }]) => !mayLack).map(([key]) => key),
    additionalProperties: false,
  };
  return Object.assign(as(read, json), { entries });
}

function below(at: string, key: string): string {
  return at === "" ? key : `${at}.${key}`;
}

/** Lines of the entries of files that were read, by the value and the entry's place in it. */
const LINES = new WeakMap<object, ReadonlyMap<string, number>>();

/**
 * Reads JSON that a person wrote: strictly, and so that what is wrong with an entry can be told with
 * its line.
 *
 * @param file Its name, for the messages.
 * @param hint What to do about a file that is no JSON.
 * @throws {InputError} With the line where it is no JSON, or where an object has a name twice.
 */
export function parseJson(text: string, file: string, hint = "Correct it and run again."): unknown {
  const json = text.replace(/^\ufeff/, "");
  const lines = new Map<string, number>();
  const problems: string[] = [];
  const twice = new Map<string, string>();
  const note = (path: readonly (string | number)[], line: number) => {
    const at = path.join(".");
    if (!lines.has(at)) lines.set(at, line + 1);
  };
  visit(json, {
    onObjectProperty(name, _offset, _length, line, _column, path) {
      const holder = path().join(".");
      const at = [...path(), name].join(".");
      const first = lines.get(at);
      // What is in an entry that stands twice is no further mistake.
      const isWithin = [...twice.keys()].some((each) => `${holder}.`.startsWith(`${each}.`));
      if (first !== undefined && !isWithin) {
        const where = holder === "" ? "" : ` in ${holder}`;
        twice.set(at, `"${name}" stands twice${where}, in line ${first} and in line ${line + 1}`);
      }
      note([...path(), name], line);
    },
    onLiteralValue: (_value, _offset, _length, line, _column, path) => note(path(), line),
    onObjectBegin: (_offset, _length, line, _column, path) => note(path(), line),
    onArrayBegin: (_offset, _length, line, _column, path) => note(path(), line),
    onError: (code, offset, length, line, column) =>
      problems.push(describe(code, json.slice(offset, offset + length), line + 1, column + 1)),
  }, { disallowComments: true, allowTrailingComma: false });
  if (problems.length > 0) {
    throw new InputError(`Cannot read ${file}: it is no JSON (${problems[0]}).\n${hint}`);
  }
  if (twice.size > 0) {
    throw new InputError(
      `Cannot use ${file}:\n${[...twice.values()].map((each) => `  ${each}`).join("\n")}\n` +
        `Give one of the two another name, or take it out, and run again.`,
    );
  }
  const value = JSON.parse(json);
  if (typeof value === "object" && value !== null) LINES.set(value, lines);
  return value;
}

/** "line 12, column 3: comma expected before "label"" */
function describe(code: ParseErrorCode, found: string, line: number, column: number): string {
  const what = printParseErrorCode(code).replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  const before = found.trim() === "" ? "" : ` before ${found.slice(0, 40)}`;
  return `line ${line}, column ${column}: ${what}${before}`;
}

/**
 * The line of a file where an entry stands.
 *
 * @param value The whole file, as {@link parseJson} gave it.
 * @param at The entry's place: "scales.agreement.sets"; of one that is missing, what it would be in.
 * @returns null where the value was not read from a file.
 */
export function lineIn(value: unknown, at: string): number | null {
  const lines = LINES.get(Object(value));
  for (let place = at; lines !== undefined; place = place.replace(/\.?[^.]*$/, "")) {
    const line = lines.get(place);
    if (line !== undefined) return line;
    if (place === "") break;
  }
  return null;
}
