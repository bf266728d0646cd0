import type { Language } from "../responses/language.ts";
import { word } from "./catalogue.ts";

const formatOf = (language: Language) =>
  new Intl.DateTimeFormat(word("date.locale", language), { dateStyle: "long", timeZone: "UTC" });

/**
 * A day: `3. oktober 2022`, `3 October 2022`.
 *
 * @param day `YYYY-MM-DD`. It is a day of the calendar, not a moment, so no time zone can move it.
 * @throws {RangeError} If there is no such day.
 */
export function formatDate(day: string, language: Language): string {
  return formatOf(language).format(momentOf(day));
}

/**
 * From one day to another, without saying month and year twice: `3.–21. oktober 2022`,
 * `28 October – 11 November 2022`.
 *
 * @param from `YYYY-MM-DD`.
 * @param to `YYYY-MM-DD`, not before `from`.
 * @throws {RangeError} If there is no such day, or the days are out of order.
 */
export function formatDates(from: string, to: string, language: Language): string {
  if (from > to) throw new RangeError(`${from} is after ${to}`);
  const range = formatOf(language).formatRange(momentOf(from), momentOf(to));
  // Danish has spaces around the dash between two months, too, and English has plain ones.
  return range.replace(/(?<=\p{L}|\d{4})\s?–\s?/u, " – ");
}

function momentOf(day: string): Date {
  const moment = new Date(`${day}T00:00:00Z`);
  // Date takes 30 February for 2 March.
  if (Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== day) {
    throw new RangeError(`Not a day written as YYYY-MM-DD: ${day}`);
  }
  return moment;
}
