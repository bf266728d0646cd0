import type { Codebook } from "./codebook.ts";
import { type Problem, problem } from "./problem.ts";
import type { ResponseFile } from "./read_responses.ts";
import type { Survey } from "./survey.ts";

/** So much of a column has to be dates; the rest may be remarks such as "unknown". */
const MOSTLY = 0.9;
/** Dates that lie farther apart are no day of answering, but of birth or of employment. */
const MOST_YEARS = 2;

/** Whether more people answered than the codebook says were invited. Made-up people are not. */
export function moreThanInvited({ codebook, source }: Survey): Problem[] {
  const { invited } = codebook.study;
  if (source.synthetic || source.respondents <= invited) return [];
  const value = String(source.respondents);
  return [problem("more_than_invited", `at most ${invited}, as study.invited says`, { value })];
}

/**
 * Whether a column of dates that is none of the codebook's, such as when somebody answered, is of
 * other years than the fieldwork.
 */
export function otherYear(columns: ResponseFile["unknown"], { study }: Codebook): Problem[] {
  const [from, to] = [study.fieldwork.from, study.fieldwork.to].map((day) =>
    Number(day.slice(0, 4))
  );
  return columns.flatMap(({ name, texts }) => {
    const filled = texts.filter((text) => text.trim() !== "");
    const years = filled.map(yearOf).filter((year) => year !== null);
    if (years.length === 0 || years.length < MOSTLY * filled.length) return [];
    const [first, last] = years.reduce(
      ([low, high], year) => [Math.min(low, year), Math.max(high, year)],
      [Infinity, -Infinity],
    );
    const isElsewhere = last < from! || first > to!;
    if (!isElsewhere || last - first >= MOST_YEARS) return [];
    const value = first === last ? `${first}` : `${first}-${last}`;
    const expected = `${study.fieldwork.from} to ${study.fieldwork.to}, as study.fieldwork says`;
    return [problem("other_year", expected, { column: name, value })];
  });
}

/** The year of a text that begins with a date: 2025-04-28, 28-04-2025, 28.4.2025, 4/28/2025. */
function yearOf(text: string): number | null {
  const found = /^\s*(?:(\d{4})-\d\d-\d\d|\d{1,2}[-./]\d{1,2}[-./](\d{4}))(?!\d)/.exec(text);
  return found ? Number(found[1] ?? found[2]) : null;
}
