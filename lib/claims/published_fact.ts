import { formatCount } from "../words/format_number.ts";
import type { Text } from "../responses/language.ts";
import type { Finding } from "../words/finding.ts";
import { fact } from "../words/finding_of_measure.ts";
import { readPublished } from "../responses/study.ts";
import type { Fact } from "../responses/published.ts";

/**
 * A fact that the report states about the study, by its id in data/published.json.
 *
 * @throws {RangeError} Where there is none.
 */
export function publishedFact(id: string): Fact {
  const found = readPublished().facts.find((fact) => fact.id === id);
  if (found === undefined) throw new RangeError(`data/published.json has no fact "${id}"`);
  return found;
}

/** The same as a number. */
export function publishedNumber(id: string): number {
  return Number(publishedFact(id).value);
}

/**
 * Tests that a number about the study is the published one.
 *
 * @param id The fact's.
 * @param value The number that we have.
 * @param write How the number is put, Danish first: the published one as the condition.
 * @param evidence The same for ours; as `write` if not given.
 */
export function sameNumber(
  id: string,
  value: number,
  write: (n: string) => readonly [string, string] = (n) => [n, n],
  evidence = write,
): Finding {
  const published = publishedNumber(id);
  return fact(value === published, countText(write, published), countText(evidence, value));
}

/** Says that a number stands in the codebook and was not counted. */
export function inCodebook(n: string): readonly [string, string] {
  return [`${n} i kodebogen`, `${n} in the codebook`];
}

/** A count in words, Danish first. */
export function countText(write: (n: string) => readonly [string, string], count: number): Text {
  return {
    da: write(formatCount(count, "da"))[0],
    en: write(formatCount(count, "en"))[1],
  };
}
