import { type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";
import { InputError } from "./input_error.ts";

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
