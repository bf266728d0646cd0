import { deepEqual, equal, throws } from "node:assert/strict";
import { claim, headline } from "../../lib/words/claim.ts";
import { above } from "../../lib/words/finding_of_share.ts";
import { untestable } from "../../lib/words/finding_of_measure.ts";
import { ledgerOf, summariseLedger } from "../../lib/words/ledger.ts";
import { VERDICT_WORDS } from "../../lib/words/verdict.ts";
import { makeEstimate, makeSuppressed } from "./make_estimate.ts";

const TEXTS = {
  holds: { da: "Flere end fire ud af ti.", en: "More than four in ten." },
  does_not_hold: { da: "Højst fire ud af ti.", en: "At most four in ten." },
  cannot_be_told: { da: "Omkring fire ud af ti.", en: "Around four in ten." },
};
const made = (id: string, percent: number, page = 9) =>
  claim({ id, page, text: TEXTS, test: above(makeEstimate(percent, 100, 3), 0.4) });

Deno.test("claim() says the sentence of its verdict, and changes it with the data", () => {
  deepEqual(made("a", 44).text, TEXTS.holds);
  deepEqual(made("a", 42).text, TEXTS.cannot_be_told);
  deepEqual(made("a", 30).text, TEXTS.does_not_hold);
});

Deno.test("claim() takes one sentence that is true whatever the verdict", () => {
  const e = makeEstimate(42, 100, 3);
  const made = claim({
    id: "balance",
    page: 9,
    test: above(e, 0.4),
    text: {
      da: (say) => `${say.fraction(e, { share: true })} er enige.`,
      en: (say) => `${say.fraction(e, { share: true })} agree.`,
    },
  });
  deepEqual(made, {
    id: "balance",
    page: 9,
    verdict: "cannot_be_told",
    in_sample: true,
    condition: { da: "over 40 pct.", en: "above 40%" },
    evidence: {
      da: "42,0 pct. (39,0–45,0), 100 svar, uvægtet",
      en: "42.0% (39.0–45.0), 100 answers, unweighted",
    },
    estimates: [e],
    text: {
      da: "Mere end fire ud af ti (42 pct.) er enige.",
      en: "More than four in ten (42%) agree.",
    },
  });
  deepEqual(JSON.parse(JSON.stringify(made)), made);
});

Deno.test("a claim on a suppressed estimate shows no number", () => {
  const none = makeSuppressed();
  const told = claim({
    id: "none",
    page: 1,
    test: above(none, 0.4),
    text: { da: (say) => say.share(none), en: (say) => say.share(none) },
  });
  equal(
    told.text.en,
    "Here there are too few answers to show anything: “Pressed to change an assessment in a draft”.",
  );
  equal(told.verdict, "cannot_be_told");
});

Deno.test("headline() is chosen by the data, and leaving one out is a type error", () => {
  deepEqual(headline(made("a", 44), TEXTS), TEXTS.holds);
  deepEqual(headline(above(makeEstimate(1, 100, 1), 0.4), TEXTS), TEXTS.does_not_hold);
  // @ts-expect-error all three must be written
  headline(made("a", 44), { holds: TEXTS.holds, does_not_hold: TEXTS.does_not_hold });
});

Deno.test("ledgerOf() sorts by page and refuses two claims of one name", () => {
  const ledger = ledgerOf([made("b", 42, 10), made("c", 44, 8), made("a", 44, 10)]);
  deepEqual(ledger.map(({ id }) => id), ["c", "b", "a"]);
  throws(() => ledgerOf([made("a", 42, 8), made("a", 44, 9)]), {
    name: "InputError",
    message: 'Two claims are called "a" (pages 8 and 9). Give one of them another id.',
  });
});

Deno.test("summariseLedger() counts the verdicts in a sentence", () => {
  const summary = (...percents: number[]) =>
    summariseLedger(percents.map((percent, i) => made(`c${i}`, percent)));
  deepEqual(summary(44, 45, 42, 30), {
    da: "4 udsagn er prøvet: 2 holder, 1 holder ikke, og 1 kan ikke afgøres ud fra svarene.",
    en: "4 claims were tested: 2 hold, 1 does not hold and 1 cannot be told from these answers.",
  });
  deepEqual(summary(44), {
    da: "1 udsagn er prøvet: 1 holder.",
    en: "1 claim was tested: 1 holds.",
  });
  deepEqual(summary(30, 30, 44), {
    da: "3 udsagn er prøvet: 1 holder, og 2 holder ikke.",
    en: "3 claims were tested: 1 holds and 2 do not hold.",
  });
  deepEqual(summary(), { da: "Ingen udsagn er prøvet.", en: "No claims were tested." });
});

Deno.test("the verdicts have words in both languages", () => {
  deepEqual(VERDICT_WORDS[untestable({ da: "", en: "" }).verdict], {
    da: "kan ikke afgøres",
    en: "cannot be told",
  });
  deepEqual(VERDICT_WORDS.holds, { da: "holder", en: "holds" });
  deepEqual(VERDICT_WORDS.does_not_hold, { da: "holder ikke", en: "does not hold" });
});
