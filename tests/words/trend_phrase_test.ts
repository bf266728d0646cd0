import { equal, throws } from "node:assert/strict";
import { trendOf, trendPhrase } from "../../lib/words/trend_phrase.ts";

Deno.test("trendOf() tells rising, falling, level and none of these", () => {
  equal(trendOf([0.31, 0.37, 0.44, 0.47]), "rises");
  equal(trendOf([0.31, 0.31, 0.47]), "rises");
  equal(trendOf([0.58, 0.49, 0.44, 0.4]), "falls");
  equal(trendOf([0.331, 0.329, 0.332]), "level");
  equal(trendOf([0.3, 0.5, 0.4]), "no_clear_way");
  throws(() => trendOf([0.3]), RangeError);
  throws(() => trendOf([0.3, NaN]), RangeError);
});

Deno.test("trendPhrase() is the verb of a sentence in both languages", () => {
  const written = (shares: number[]) => `${trendPhrase(shares, "da")}|${trendPhrase(shares, "en")}`;
  equal(written([0.31, 0.47]), "stiger fra 31 pct. til 47 pct.|rises from 31% to 47%");
  equal(written([0.58, 0.4]), "falder fra 58 pct. til 40 pct.|falls from 58% to 40%");
  equal(written([0.331, 0.329]), "er den samme, 33 pct.|is the same, 33%");
  equal(
    written([0.3, 0.5, 0.4]),
    "svinger mellem 30 pct. og 50 pct. uden klar retning|" +
      "varies between 30% and 50% with no clear direction",
  );
});
