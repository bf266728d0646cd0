/**
 * A text as it is compared: composed letters, lower case, single plain spaces, plain hyphens.
 *
 * @param text A label or code as written in a file or the codebook.
 */
export function normaliseValue(text: string): string {
  return text.normalize("NFC").replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\s\u200b\ufeff]+/g, " ").trim().toLowerCase();
}

/** A column name as it is compared: as a value, with spaces, dots and hyphens as underscores. */
export function normaliseName(text: string): string {
  return normaliseValue(text).replace(/[ .\-_]+/g, "_");
}

/** What is written where there is no value, normalised. */
export const EMPTY: ReadonlySet<string> = new Set(
  ["", "na", "nan", "null", "#null!", "."],
);

/**
 * What may be written where there is no value, and may as well be an answer ("none of them", "not relevant")
 * or a look-up in Excel that failed; normalised.
 */
export const MAYBE_EMPTY: ReadonlySet<string> = new Set(["none", "n/a", "#n/a"]);

/** Whether a value is what R, Excel, SPSS and others write where there is none. */
export function isEmptyValue(normalised: string): boolean {
  return EMPTY.has(normalised);
}
