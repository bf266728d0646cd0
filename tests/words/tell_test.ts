import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { paragraphs, tell } from "../../lib/words/tell.ts";
import { Voice } from "../../lib/words/voice.ts";
import { makeEstimate, makeSuppressed } from "./make_estimate.ts";

const MEMBERS = { da: "medlemmerne", en: "the members" };
const TOO_FEW = {
  da: "Her er der for få svar til at vise noget.",
  en: "Here there are too few answers to show anything.",
};

Deno.test("tell() says an estimate in both languages to the letter", () => {
  const e = makeEstimate(426, 1288, 2.3);
  deepEqual(
    tell({
      da: (say) =>
        `${say.fraction(e, { of: MEMBERS, share: true })} mærker presset: ${say.count(e)} af ${
          say.base(e)
        } (${say.interval(e)}).`,
      en: (say) =>
        `${say.fraction(e, { of: MEMBERS, share: true })} feel the pressure: ${say.count(e)} of ${
          say.base(e)
        } (${say.interval(e)}).`,
    }),
    {
      da: "Hver tredje (33 pct.) af medlemmerne mærker presset: 426 af 1.288 svar (31–35 pct.).",
      en: "One in three (33%) of the members feel the pressure: 426 of 1,288 answers (31–35%).",
    },
  );
});

Deno.test("the voice agrees in number with a Danish fraction", () => {
  const say = new Voice("da");
  const third = makeEstimate(1, 3);
  deepEqual(say.fitting(third, "enig", "enige"), "enig");
  deepEqual(say.fitting(third, "enig", "enige", { style: "part" }), "enige");
  deepEqual(say.fitting(makeEstimate(1, 2), "enig", "enige"), "enige");
  deepEqual(new Voice("en").fitting(third, "agrees", "agree"), "agree");
});

Deno.test("the voice says a majority only where the interval allows it", () => {
  const said = (count: number, points: number) =>
    (["da", "en"] as const).map((language) =>
      new Voice(language).majority(makeEstimate(count, 100, points), { of: MEMBERS })
    );
  deepEqual(said(58, 2), ["et flertal af medlemmerne", "a majority of the members"]);
  deepEqual(said(42, 2), ["et mindretal af medlemmerne", "a minority of the members"]);
  deepEqual(said(53, 5), ["godt halvdelen af medlemmerne", "a little over half of the members"]);
});

Deno.test("the voice says comparisons, trends, points, days and lists", () => {
  const [a, b] = [makeEstimate(31, 100), makeEstimate(47, 100)];
  const tested = { difference: -0.16, low: -0.25, high: -0.06, p: 0.0004 };
  const said = (["da", "en"] as const).map((language) => {
    const say = new Voice(language);
    return [
      say.comparison(a, b, tested),
      say.trend([a, b]),
      say.points(tested),
      say.p(tested.p),
      say.date("2023-03-22"),
      say.list([MEMBERS, "x*y"]),
      say.percent(0.2046),
    ].join("|");
  });
  deepEqual(said, [
    "markant færre|stiger fra 31 pct. til 47 pct.|16 procentpoint|p < 0,001|22. marts 2023|" +
    "medlemmerne og x\\*y|20 pct.",
    "far fewer|rises from 31% to 47%|16 percentage points|p < 0.001|22 March 2023|" +
    "the members and x\\*y|20%",
  ]);
});

Deno.test("whatever is asked of a suppressed estimate, the voice says too few answers", () => {
  const e = makeSuppressed();
  for (const language of ["da", "en"] as const) {
    const say = new Voice(language);
    const shown = makeEstimate(40, 100);
    const words = [
      say.share(e),
      say.fraction(e, { share: true, of: MEMBERS }),
      say.fitting(e, "a", "b"),
      say.majority(e),
      say.interval(e),
      say.count(e),
      say.comparison(shown, e),
      say.trend([shown, e, shown]),
    ];
    deepEqual(
      [...new Set(words)],
      [language === "da" ? "for få svar til at vise" : "too few answers to show"],
    );
    ok(say.saidTooFew);
  }
});

Deno.test("tell() gives up a whole sentence that needs a suppressed estimate, and only that one", () => {
  const [e, none] = [makeEstimate(50, 100), makeSuppressed()];
  const about = (x: typeof e) => ({
    da: (say: Voice) => `${say.fraction(x)} er enige.`,
    en: (say: Voice) => `${say.fraction(x)} agree.`,
  });
  deepEqual(tell(about(none)), TOO_FEW);
  deepEqual(tell(about(e), about(none), about(none), about(e)), {
    da: `Halvdelen er enige. ${TOO_FEW.da} Halvdelen er enige.`,
    en: `Half agree. ${TOO_FEW.en} Half agree.`,
  });
});

Deno.test("tell() never shows a number that is none", () => {
  fc.assert(
    fc.property(fc.nat(2000), fc.integer({ min: 1, max: 2000 }), fc.boolean(), (k, n, hidden) => {
      const e = hidden ? makeSuppressed(n) : makeEstimate(Math.min(k, n), n);
      const { da, en } = tell({
        da: (say) => `${say.fraction(e, { share: true })} ${say.interval(e)} ${say.base(e)}.`,
        en: (say) => `${say.fraction(e, { share: true })} ${say.interval(e)} ${say.base(e)}.`,
      });
      ok(!/NaN|null|undefined|Infinity/.test(da + en));
      if (hidden) ok(!/\d/.test(da + en));
    }),
  );
});

Deno.test("paragraphs() keeps texts apart and leaves empty ones out", () => {
  deepEqual(
    paragraphs({ da: "a", en: "b" }, { da: "", en: "" }, { da: "c", en: "d" }),
    { da: "a\n\nc", en: "b\n\nd" },
  );
});

Deno.test("the voice takes the name of a base as text, not as markup", () => {
  const of = { da: "dem, der *svarede*", en: "those who **answered**" };
  deepEqual(
    new Voice("en").fraction(makeEstimate(1, 2), { of }),
    "half of those who \\*\\*answered\\*\\*",
  );
});
