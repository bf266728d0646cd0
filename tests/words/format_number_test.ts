import fc from "fast-check";
import { equal, throws } from "node:assert/strict";
import { wholePercent } from "../../lib/statistics/estimate.ts";
import {
  formatCount,
  formatDecimal,
  formatInterval,
  formatPercent,
  formatPercentShort,
  formatPoints,
  formatPValue,
} from "../../lib/words/format.ts";

const inBoth = (format: (language: "da" | "en") => string) => [
  format("da"),
  format("en"),
];

Deno.test("formatPercent() writes whole per cents to the letter", () => {
  const written = (share: number) => inBoth((language) => formatPercent(share, language));
  equal(written(1 / 3).join("|"), "33 pct.|33%");
  equal(written(0).join("|"), "0 pct.|0%");
  equal(written(1).join("|"), "100 pct.|100%");
  equal(written(0.005).join("|"), "1 pct.|1%");
  equal(written(0.0049).join("|"), "under 1 pct.|under 1%");
  equal(written(0.9949).join("|"), "99 pct.|99%");
  equal(written(0.995).join("|"), "over 99 pct.|over 99%");
});

Deno.test("formatPercentShort() writes a space before the Danish sign only", () => {
  const written = (share: number) =>
    inBoth((language) => formatPercentShort(share, language)).join("|");
  equal(written(0.33), "33\u00a0%|33%");
  equal(written(0.001), "<1\u00a0%|<1%");
  equal(written(0.999), ">99\u00a0%|>99%");
  equal(written(0), "0\u00a0%|0%");
});

Deno.test("a tie on paper goes up, whatever its binary fraction", () => {
  equal(57 / 200 * 100 < 28.5, true);
  equal(wholePercent(57 / 200), 29);
  equal(wholePercent(0.125), 13);
});

Deno.test("wholePercent() of a count over its base is the published rounding", () => {
  for (let n = 1; n <= 1300; n++) {
    for (let count = 0; count <= n; count++) {
      if (wholePercent(count / n) !== Math.floor((200 * count + n) / (2 * n))) {
        equal(wholePercent(count / n), Math.floor((200 * count + n) / (2 * n)));
      }
    }
  }
});

Deno.test("formatPercent() says 0 and 100 of nobody and everybody only", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
      for (const text of inBoth((language) => formatPercent(share, language))) {
        equal(/^0/.test(text), share === 0);
        equal(/^100/.test(text), share === 1);
      }
    }),
  );
});

Deno.test("formatInterval() writes both ends once with their unit", () => {
  const written = (low: number, high: number) =>
    inBoth((language) => formatInterval(low, high, language)).join("|");
  equal(written(0.31, 0.35), "31–35 pct.|31–35%");
  equal(written(0.334, 0.328 + 0.006), "33 pct.|33%");
  equal(written(0, 0.02), "0–2 pct.|0–2%");
});

Deno.test("formatPoints() writes sign, size and number of the noun", () => {
  const written = (difference: number, sign?: "signed" | "size") =>
    inBoth((language) => formatPoints(difference, language, sign)).join("|");
  equal(written(0.05), "+5 procentpoint|+5 percentage points");
  equal(written(-0.05), "−5 procentpoint|−5 percentage points");
  equal(written(-0.05, "size"), "5 procentpoint|5 percentage points");
  equal(written(0.01), "+1 procentpoint|+1 percentage point");
  equal(written(-0.004), "under 1 procentpoint|under 1 percentage point");
  equal(written(0), "0 procentpoint|0 percentage points");
});

Deno.test("formatCount() and formatDecimal() use the signs of the language", () => {
  const count = (value: number) => inBoth((language) => formatCount(value, language)).join("|");
  const decimal = (value: number, digits: number) =>
    inBoth((language) => formatDecimal(value, digits, language)).join("|");
  equal(count(999), "999|999");
  equal(count(1288), "1.288|1,288");
  equal(count(1234567), "1.234.567|1,234,567");
  equal(count(-1288), "−1.288|−1,288");
  equal(decimal(0.385, 2), "0,39|0.39");
  equal(decimal(-1.005, 2), "−1,01|−1.01");
  equal(decimal(-0.001, 2), "0,00|0.00");
  equal(decimal(1234.5, 1), "1.234,5|1,234.5");
  equal(decimal(2.5, 0), "3|3");
});

Deno.test("formatPValue() never rounds a value below 0.05 to 0.05", () => {
  const written = (p: number) => inBoth((language) => formatPValue(p, language)).join("|");
  equal(written(0.2), "p = 0,20|p = 0.20");
  equal(written(0.034), "p = 0,034|p = 0.034");
  equal(written(0.0002), "p < 0,001|p < 0.001");
  equal(written(0.0499), "p = 0,0499|p = 0.0499");
  equal(written(0.05), "p = 0,050|p = 0.050");
  equal(written(0.995), "p > 0,99|p > 0.99");
});

Deno.test("a number that is none is refused, never printed", () => {
  for (const bad of [NaN, Infinity, -0.1, 1.1]) {
    throws(() => formatPercent(bad, "da"), RangeError);
    throws(() => formatPercentShort(bad, "da"), RangeError);
    throws(() => formatPValue(bad, "da"), RangeError);
  }
  throws(() => formatPoints(NaN, "en"), RangeError);
  throws(() => formatInterval(0.4, 0.3, "en"), RangeError);
  throws(() => formatCount(1.5, "en"), RangeError);
  throws(() => formatDecimal(NaN, 1, "en"), RangeError);
});
