import * as v from "valibot";
import { expecting } from "./expecting.ts";
import { record } from "./record.ts";
import { strictObject } from "./strict_object.ts";

/** A string with something in it. */
export const filled = v.pipe(v.string(), v.minLength(1, "expected a text that is not empty"));

/** A text in both languages. */
export const text = strictObject({ da: filled, en: filled });

/** A name in the codebook. */
export const id = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9_]*$/, expecting("an id in snake_case (a-z, 0-9 and _)")),
);

/** A number; JSON has no NaN, but it reads 1e999 as infinite. */
export const number = v.pipe(v.number(), v.finite(expecting("a finite number")));

/** A whole number that is exact. */
export const integer = v.pipe(v.number(), v.safeInteger(expecting("a whole number")));

/** A whole number from `least` on. */
export const integerFrom = (least: number) => v.pipe(integer, v.minValue(least));

/** A confidence level; below a half nobody would call it confidence. */
export const confidence = v.pipe(
  v.number(),
  v.check(
    (value) => value > 0.5 && value < 1,
    expecting("a confidence above 0.5 and below 1, such as 0.95"),
  ),
);

/** A day of the calendar. */
export const day = v.pipe(
  v.string(),
  v.check(isDay, expecting('a day of the calendar as "2025-01-31"')),
);

/** A list of at least so many. */
export function list<S extends v.GenericSchema>(of: S, least = 0) {
  return v.pipe(
    v.array(of, expecting("a list")),
    v.minLength(least, ({ received }) => `expected at least ${least} in the list, not ${received}`),
  );
}

/** People: those whose answers are among these, for every name. */
export const where = record(id, list(id, 1));

function isDay(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
