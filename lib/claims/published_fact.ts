import { formatCount } from "../language/format_number.ts";
import { inEveryLanguage, type Text } from "../language/language.ts";
import type { Finding } from "../narrative/finding.ts";
import { fact } from "../narrative/finding_of_measure.ts";
import { type Fact, readPublished } from "../survey/published.ts";

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

/** Tests that a number about the study is the published one. */
export function sameNumber(id: string, value: number, unit: Text = { da: "", en: "" }): Finding {
  const published = publishedNumber(id);
  const said = (n: number) =>
    inEveryLanguage((language) =>
      [formatCount(n, language), unit[language]].filter(Boolean)
        .join(language === "da" ? " " : "")
    );
  return fact(value === published, said(published), said(value));
}

/** A count in words, Danish first. */
export function countText(write: (n: string) => readonly [string, string], count: number): Text {
  return {
    da: write(formatCount(count, "da"))[0],
    en: write(formatCount(count, "en"))[1],
  };
}
