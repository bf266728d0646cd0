import type { Language } from "../responses/language.ts";
import { word } from "./catalogue.ts";

/**
 * A day: `3. oktober 2022`, `3 October 2022`.
 *
 * @param day `YYYY-MM-DD`. It is a day of the calendar, not a moment, so no time zone can move it.
 * @throws {RangeError} If there is no such day.
 */
export function formatDate(day: string, language: Language): string {
  const { date, month, year } = dayOf(day);
  return `${dateAndMonth(date, month, language)} ${year}`;
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
  const [first, last] = [dayOf(from), dayOf(to)];
  if (from > to) throw new RangeError(`${from} is after ${to}`);
  if (from === to) return formatDate(to, language);
  const end = formatDate(to, language);
  if (first.year !== last.year) return `${formatDate(from, language)} – ${end}`;
  if (first.month !== last.month) {
    return `${dateAndMonth(first.date, first.month, language)} – ${end}`;
  }
  return `${first.date}${word("date.after_day", language)}–${end}`;
}

function dateAndMonth(date: number, month: number, language: Language): string {
  const name = word("date.months", language).split(" ")[month - 1];
  return `${date}${word("date.after_day", language)} ${name}`;
}

function dayOf(day: string): { date: number; month: number; year: number } {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  const moment = new Date(`${day}T00:00:00Z`);
  // Date takes 30 February for 2 March.
  if (
    !parts || Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== day
  ) {
    throw new RangeError(`Not a day written as YYYY-MM-DD: ${day}`);
  }
  return { year: Number(parts[1]), month: Number(parts[2]), date: Number(parts[3]) };
}
