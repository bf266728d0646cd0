import assert from "node:assert/strict";

/** A file of values that an R script of the same name made. */
export function readReference<T>(name: string): T {
  return JSON.parse(
    Deno.readTextFileSync(new URL(`./${name}.json`, import.meta.url)),
  );
}

/**
 * Fails unless a value agrees with R's to a relative difference.
 *
 * @param within Relative; where R's value is 0, absolute.
 */
export function assertClose(
  actual: number | null,
  expected: number | null,
  within: number,
  what: string,
): void {
  if (actual === expected) return;
  if (actual === null || expected === null) {
    assert.fail(`${what}: ${actual}, in R ${expected}`);
  }
  const difference = Math.abs(actual - expected) / (Math.abs(expected) || 1);
  assert.ok(
    difference <= within,
    `${what}: ${actual}, in R ${expected}; off by ${difference}`,
  );
}
