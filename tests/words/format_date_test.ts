import { equal, throws } from "node:assert/strict";
import { formatDate, formatDates, formatList } from "../../lib/words/format.ts";

Deno.test("formatDate() writes a day to the letter", () => {
  equal(formatDate("2023-03-22", "da"), "22. marts 2023");
  equal(formatDate("2023-03-01", "en"), "1 March 2023");
});

Deno.test("formatDates() says month and year once where they are shared", () => {
  const written = (from: string, to: string) =>
    `${formatDates(from, to, "da")}|${formatDates(from, to, "en")}`;
  equal(
    written("2023-03-22", "2023-04-16"),
    "22. marts – 16. april 2023|22 March – 16 April 2023",
  );
  equal(
    written("2023-03-02", "2023-03-16"),
    "2.–16. marts 2023|2–16 March 2023",
  );
  equal(
    written("2022-12-02", "2023-01-16"),
    "2. december 2022 – 16. januar 2023|2 December 2022 – 16 January 2023",
  );
  equal(written("2023-03-02", "2023-03-02"), "2. marts 2023|2 March 2023");
});

Deno.test("formatDate() refuses a day that is not in the calendar", () => {
  for (const bad of ["2023-02-30", "22-03-2023", "2023-13-01", "", "soon"]) {
    throws(() => formatDate(bad, "da"), RangeError);
  }
  throws(() => formatDates("2023-04-16", "2023-03-22", "en"), RangeError);
});

Deno.test("formatList() joins with the word of the language and no last comma", () => {
  equal(formatList(["a", "b", "c"], "da"), "a, b og c");
  equal(formatList(["a", "b", "c"], "en"), "a, b and c");
  equal(formatList(["a", "b"], "da", "or"), "a eller b");
  equal(formatList(["a", "b"], "en", "or"), "a or b");
  equal(formatList(["a"], "en"), "a");
  equal(formatList([], "da"), "");
});
