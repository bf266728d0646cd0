import { deepEqual, equal, match, throws } from "node:assert/strict";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { texts } from "../../lib/words/catalogue.ts";
import { tell } from "../../lib/words/claims.ts";
import da from "../../lib/words/da.json" with { type: "json" };
import en from "../../lib/words/en.json" with { type: "json" };
import { compile, message, say } from "../../lib/words/message.ts";
import { makeEstimate, makeSuppressed } from "./make_estimate.ts";

const e = makeEstimate(426, 1288, 2.3);

Deno.test("message() says an estimate in both languages to the letter", () => {
  deepEqual(
    message({
      da:
        "{$e :fraction of=base share=yes} oplever presset: {$e :count} af {$e :base} ({$e :interval}).",
      en:
        "{$e :fraction of=base share=yes} feel the pressure: {$e :count} of {$e :base} ({$e :interval}).",
    }, { e }),
    {
      da: "Hvert tredje medlem (33 pct.) oplever presset: 426 af 1.288 svar (31–35 pct.).",
      en: "One in three members (33%) feel the pressure: 426 of 1,288 answers (31–35%).",
    },
  );
});

Deno.test("a sentence that tells a share flagged as uncertain says so at its end", () => {
  const precision = { se: 0.1, deff: 1, effective: 20, base: 20, flags: ["few" as const] };
  const few = { ...makeEstimate(7, 20, 20), precision };
  const told = (text: string, of = few) => message({ da: text, en: text }, { few: of, e });
  equal(
    told("{$few :fraction} ({$few :base}).").en,
    "A little over one in three (20 answers) (uncertain figure).",
  );
  equal(told("Det er {$few :share}.").da, "Det er 35 pct. (usikkert tal).");
  equal(told("det er {$few :share}").da, "Det er 35 pct. (usikkert tal)");
  equal(told("{$few :base} og {$e :share}.").da, "20 svar og 33 pct.");
  // A share of everybody asks for a second look only.
  const all = { ...few, precision: { ...precision, flags: ["extreme" as const] } };
  equal(told("{$few :share}.", all as never).en, "35%.");
});

Deno.test("message() agrees in number with a Danish fraction", () => {
  const agree = ".input {$e :fraction} .match $e one {{{$e} er enig}} * {{{$e} er enige}}";
  equal(say(agree, "da", { e: makeEstimate(1, 3) }), "hver tredje er enig");
  equal(say(agree, "da", { e: makeEstimate(1, 2) }), "halvdelen er enige");
});

Deno.test("message() chooses by what a difference came out as, the opposite and a slight one included", () => {
  const source =
    ".input {$d :outcome} .match $d more {{{$d :slightly}flere}} less {{{$d :slightly}færre}} " +
    "alike {{lige mange}} * {{uvist}}";
  const told = (difference: number, low: number, high: number) =>
    say(source, "da", { d: { difference, low, high } });
  equal(told(0.2, 0.1, 0.3), "flere");
  equal(told(0.02, 0.01, 0.03), "lidt flere");
  equal(told(-0.2, -0.3, -0.1), "færre");
  equal(told(-0.02, -0.03, -0.01), "lidt færre");
  equal(told(0.01, -0.02, 0.04), "lige mange");
  equal(told(0.04, -0.1, 0.18), "uvist");
});

Deno.test("a message on a suppressed estimate shows no number, whatever its variant", () => {
  const none = makeSuppressed();
  for (const source of ["{$none :share}", "{$none :interval} of {$e :share}", "{$none :trend}"]) {
    const { en, da } = message({ da: source, en: source }, { none, e });
    equal(
      en,
      "Here there are too few answers to show anything: “Feels pressure to change an assessment in a paper”.",
    );
    match(da, /^Her er der for få svar til at vise noget: »/);
  }
});

Deno.test("text from data is never markup, and an abbreviation brings the full stop with it", () => {
  equal(message({ da: "{$t :text}", en: "{$t :text}" }, { t: "**a**\nb" }).en, "\\*\\*a\\*\\* b");
  equal(
    message({ da: "Det er {$e :share}.", en: "It is {$e :share}." }, { e }).da,
    "Det er 33 pct.",
  );
});

Deno.test("a message with a fault or without a value is refused", () => {
  throws(() => say("{$missing :share}", "en"), /Cannot say/);
  throws(() => say("{$e :nothing}", "en", { e }), /Cannot say/);
});

Deno.test("numbers up to ten are words where that is asked for", () => {
  const told = (n: number) => say("{$n :number words=yes}", "da", { n });
  deepEqual([1, 6, 10, 11, 1288].map(told), ["en", "seks", "ti", "11", "1.288"]);
});

Deno.test("tell() joins sentences, leaves out empty ones and says what is the same once", () => {
  const a = { da: "En.", en: "One." };
  const nothing = { da: "", en: "" };
  deepEqual(tell(a, a, nothing, { da: "To.", en: "Two." }), { da: "En. To.", en: "One. Two." });
});

Deno.test("the two catalogues have the same keys, and every message of them is one", () => {
  deepEqual(Object.keys(da), Object.keys(en));
  for (const [language, texts] of [["da", da], ["en", en]] as const) {
    for (const [key, text] of Object.entries(texts)) {
      // Those with "{name}" and "{$n}" are filled in by the program itself.
      if (/^(number|date)\./.test(key) || /\{(every|one|many|the|phrase|who|level)\}/.test(text)) {
        continue;
      }
      compile(text, language);
      equal(text.trim() === "" || !/undefined/.test(text), true, key);
    }
  }
  deepEqual(Object.keys(texts("interval")).includes("stays"), true);
  deepEqual(LANGUAGES, ["da", "en"]);
});
