/** Seconds from 14 October 1582, where SPSS begins to count, to 1 January 1970. */
const EPOCH = 12_219_379_200;
/** Print formats of dates: DATE, ADATE, JDATE, EDATE, SDATE. */
const DATES = new Set([20, 23, 24, 38, 39]);
/** Print formats of dates with a time: DATETIME, YMDHMS. */
const TIMES = new Set([22, 41]);

/**
 * Writes a number of an SPSS file as text: dates as they are written in ISO 8601, without a zone.
 *
 * @param value The number.
 * @param format The type of its print format.
 */
export function numberText(value: number, format: number): string {
  if (DATES.has(format) || TIMES.has(format)) {
    const date = new Date((value - EPOCH) * 1000);
    if (!isNaN(date.getTime())) {
      return DATES.has(format) ? date.toISOString().slice(0, 10) : date.toISOString().slice(0, 19);
    }
  }
  return String(value);
}
