import fc from "fast-check";
import { deepEqual, equal, ok } from "node:assert/strict";
import type { Base } from "../../lib/responses/codebook.ts";
import { codebook } from "../../lib/responses/study.ts";
import { fractionPhrase, isSingular } from "../../lib/words/phrases.ts";

const shares = Array.from({ length: 1001 }, (_, tenth) => tenth / 1000);

/*
 * Beside the words of the published report: count, base and words. Shares are the counts of
 * the data that match the report.
 */
const PUBLISHED = [
  [426, 1288, "hver tredje", "people"],
  [426, 1288, "en tredjedel", "part"],
  [322, 1288, "hver fjerde", "people"],
  [104, 1288, "knap hver tiende", "people"],
  [102, 1288, "knap hver tiende", "people"],
  [415, 979, "mere end fire ud af ti", "people"],
  [527, 1288, "mere end fire ud af ti", "people"],
  [202, 430, "knap halvdelen", "people"],
  [458, 979, "knap halvdelen", "people"],
  [114, 399, "næsten hver tredje", "people"],
  [747, 1288, "mere end halvdelen", "people"],
  [776, 1288, "seks ud af ti", "people"],
  [425, 1288, "en tredjedel", "part"],
  [451, 1288, "lidt mere end en tredjedel", "part"],
  [656, 1288, "halvdelen", "people"],
  [332, 1288, "en fjerdedel", "part"],
  // Ours is closer to the figure than the report's "en tredjedel", "ca. halvdelen", "tre fjerdedele".
  [37, 120, "knap en tredjedel", "part"],
  [519, 979, "godt halvdelen", "people"],
  [988, 1288, "godt tre fjerdedele", "people"],
] as const;

Deno.test("fractionPhrase() words the published figures as the report does, or more closely", () => {
  for (const [count, n, words, style] of PUBLISHED) {
    equal(fractionPhrase(count / n, "da", { style }), words, `${count} of ${n}`);
  }
});

Deno.test("fractionPhrase() words every whole per cent in Danish and English", () => {
  const lines = Array.from({ length: 101 }, (_, percent) => {
    const share = percent / 100;
    return `${percent} ${fractionPhrase(share, "da")} | ${fractionPhrase(share, "en")}`;
  });
  const expected = Deno.readTextFileSync(
    new URL("./fraction_phrases.txt", import.meta.url),
  );
  deepEqual(lines, expected.trimEnd().split("\n"));
});

// What the words mean to a reader, in per cent: from words alone, not from the rule.
const MEANING: Record<string, number> = {
  "hver tyvende": 5,
  "hver tiende": 10,
  "hver ottende": 12.5,
  "hver sjette": 100 / 6,
  "hver femte": 20,
  "hver fjerde": 25,
  "hver tredje": 100 / 3,
  "fire ud af ti": 40,
  "halvdelen": 50,
  "seks ud af ti": 60,
  "to tredjedele": 200 / 3,
  "syv ud af ti": 70,
  "tre fjerdedele": 75,
  "otte ud af ti": 80,
  "ni ud af ti": 90,
  "one in twenty": 5,
  "one in ten": 10,
  "one in eight": 12.5,
  "one in six": 100 / 6,
  "one in five": 20,
  "one in four": 25,
  "one in three": 100 / 3,
  "four in ten": 40,
  "half": 50,
  "six in ten": 60,
  "two thirds": 200 / 3,
  "seven in ten": 70,
  "three quarters": 75,
  "eight in ten": 80,
  "nine in ten": 90,
};
const BELOW = ["knap ", "næsten ", "just under ", "almost "];
const ABOVE = ["godt ", "lidt mere end ", "mere end ", "a little over ", "more than "];
const ENDS =
  /^(ingen|næsten ingen|ganske få|næsten alle|alle|none|almost none|very few|almost all|all)$/;

Deno.test("fractionPhrase() never says anything false from 0 to 100 at steps of a tenth", () => {
  for (const share of shares) {
    const percent = Math.round(share * 1000) / 10;
    for (const language of ["da", "en"] as const) {
      const phrase = fractionPhrase(share, language);
      const said = `${percent}: ${phrase}`;
      if (ENDS.test(phrase)) {
        ok(percent < 3.5 || percent >= 96.5, said);
        continue;
      }
      const qualifier = [...BELOW, ...ABOVE].find((words) => phrase.startsWith(words)) ?? "";
      const meaning = MEANING[phrase.slice(qualifier.length)];
      ok(meaning !== undefined, said);
      if (qualifier === "") ok(Math.abs(percent - meaning) <= 1.5, said);
      else if (BELOW.includes(qualifier)) ok(percent < meaning && percent >= meaning - 5, said);
      else ok(percent > meaning && percent < meaning + 8.5, said);
    }
  }
});

Deno.test("fractionPhrase() names the same fraction in both languages", () => {
  for (const share of shares) {
    const meanings = (["da", "en"] as const).map((language) =>
      Object.entries(MEANING).find(([words]) => fractionPhrase(share, language).endsWith(words))
        ?.[1]
    );
    equal(meanings[0], meanings[1], String(share));
  }
});

Deno.test("fractionPhrase() qualifies in Danish wherever it does in English", () => {
  const qualified = (phrase: string) =>
    /^(knap|godt|lidt mere end|mere end|just under|a little over|more than|næsten|almost) /.test(
      phrase,
    );
  for (const share of shares) {
    for (const style of ["people", "part"] as const) {
      equal(
        qualified(fractionPhrase(share, "da", { style })),
        qualified(fractionPhrase(share, "en", { style })),
        `${share} ${style}`,
      );
    }
  }
});

Deno.test("fractionPhrase() counts people, with the share in brackets, as the subject of a sentence", () => {
  const { all, makes_decisions: deciders } = codebook().bases;
  const phrase = (share: number, of: Base | undefined, bracket = false, style?: "part") =>
    (["da", "en"] as const).map((language) =>
      fractionPhrase(share, language, { of, share: bracket, ...style ? { style } : {} })
    ).join(" | ");
  equal(phrase(1 / 3, all), "hvert tredje medlem | one in three members");
  equal(phrase(1 / 3, all, true), "hvert tredje medlem (33 pct.) | one in three members (33%)");
  equal(
    phrase(1 / 3, all, true, "part"),
    "en tredjedel af medlemmerne (33 pct.) | a third of the members (33%)",
  );
  equal(
    phrase(0.47, all, true),
    "knap halvdelen af medlemmerne (47 pct.) | just under half of the members (47%)",
  );
  equal(
    phrase(0.7, deciders, true),
    "syv ud af ti medlemmer, der træffer afgørelser (70 pct.), | seven in ten members who make rulings (70%)",
  );
  equal(phrase(1, all, true), "alle medlemmer (100 pct.) | all members (100%)");
  equal(phrase(0.98, all), "næsten alle medlemmer | almost all members");
  equal(phrase(0, all), "ingen af medlemmerne | none of the members");
});

Deno.test("fractionPhrase() names the group of a report in the brackets, and people without a noun by who they are", () => {
  const all = codebook().bases["all"]!;
  const women = { ...all, group: { da: "kvinder", en: "women" } };
  equal(
    fractionPhrase(1 / 3, "da", { of: women, share: true }),
    "hvert tredje medlem (kvinder; 33 pct.)",
  );
  const plain = { who: { da: "borgerne", en: "the citizens" } };
  equal(
    fractionPhrase(1 / 3, "da", { of: plain, share: true }),
    "hver tredje (33 pct.) af borgerne",
  );
  equal(
    fractionPhrase(1 / 3, "en", { of: plain, share: true }),
    "one in three (33%) of the citizens",
  );
});

Deno.test("isSingular() is true of hver tredje and false of en tredjedel", () => {
  equal(isSingular(0.33, "da", "people"), true);
  equal(isSingular(0.33, "da", "part"), false);
  equal(isSingular(0.5, "da", "people"), false);
  equal(isSingular(0.29, "da", "people"), true);
  equal(isSingular(0.33, "en", "people"), false);
});

Deno.test("fractionPhrase() never shows a number that is none", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom("people" as const, "part" as const),
      fc.constantFrom("da" as const, "en" as const),
      (share, style, language) => {
        const phrase = fractionPhrase(share, language, { style, share: true });
        ok(!/NaN|undefined|null|Infinity| {2}/.test(phrase), phrase);
      },
    ),
  );
});
