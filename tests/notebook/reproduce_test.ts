import assert from "node:assert/strict";
import {
  reproduce,
  type Reproduction,
  summariseReproduction,
} from "../../lib/notebook/reproduce.ts";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { categoriesOf } from "../../lib/responses/codebook.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile, readPublished } from "../../lib/responses/study.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { shippedStudyTest } from "../shipped_study.ts";

const published = readPublished();
const shipped = await loadAnswers(dataFile("responses.csv"), codebook());
const before = reproduce(shipped, published);

/** The survey with some codes of one column changed; what derives from it stays as it is. */
function changed(name: string, change: (code: number, i: number) => number): Survey {
  const codes = new Map(shipped.codes);
  codes.set(name, (shipped.codes.get(name) as Uint8Array).map(change));
  return { ...shipped, codes };
}

const idsOf = (reproductions: readonly Reproduction[]) =>
  reproductions.map(({ indicator }) => indicator.id);
const brokenIn = (survey: Survey) =>
  idsOf(
    reproduce(survey, published).filter(({ verdict }) =>
      verdict !== "reproduced" && verdict !== "documented"
    ),
  );

shippedStudyTest("reproduce() gives all 132 published figures from the synthetic answers", () => {
  assert.equal(before.length, 132);
  const failed = before.filter(({ verdict }) =>
    verdict !== "reproduced" && verdict !== "documented"
  );
  assert.deepEqual(idsOf(failed), []);
  assert.deepEqual(
    idsOf(before.filter(({ verdict }) => verdict === "documented")),
    published.indicators.filter(({ rules }) => rules.some(({ kind }) => kind === "documented"))
      .map(({ id }) => id),
  );
});

Deno.test("a reproduced share is within half a point of the published one", () => {
  const shares = before.filter(({ indicator }) => indicator.unit === "percent");
  assert.equal(shares.length, 107);
  for (const { indicator, difference, n } of shares) {
    assert(difference !== null && Math.abs(difference) <= 0.5, indicator.id);
    if (indicator.n !== null) assert.equal(n, indicator.n, indicator.id);
  }
});

for (const [question, { scale }] of Object.entries(codebook().questions)) {
  shippedStudyTest(`other answers to ${question} break its figures and no others`, () => {
    const last = Object.keys(codebook().scales[scale]?.categories ?? {}).length;
    // Everybody who gave the second answer gives the last one instead.
    const broken = brokenIn(changed(question, (code) => code === 2 ? last : code));
    const its = new Set(
      published.indicators.filter(({ questions }) => questions.includes(question))
        .map(({ id }) => id),
    );
    const comparedWithIts = published.indicators.filter(({ rules }) =>
      rules.some((rule) => "indicator" in rule && its.has(rule.indicator))
    ).map(({ id }) => id);
    const own = new Set([...its, ...comparedWithIts]);
    assert.deepEqual(broken.filter((id) => !own.has(id)), []);
    assert(broken.includes(`${question}__2`));
    assert(broken.includes(`${question}__${last}`));
    const untouched = published.indicators.filter(({ questions, categories, kind }) => {
      const ids = Object.keys(categoriesOf(codebook(), question) ?? {});
      return kind === "label" && questions[0] === question &&
        ![ids[1], ids[last - 1]].includes(categories[0]);
    });
    for (const { id } of untouched) assert(!broken.includes(id), id);
  });
}

Deno.test("thirty people who no longer thrive break the sum and the answer, not the groups' order", () => {
  let left = 30;
  const broken = brokenIn(changed("wellbeing", (code) => code === 2 && left-- > 0 ? 4 : code));
  for (const id of ["wellbeing__2", "wellbeing__4", "wellbeing_agree", "wellbeing_disagree"]) {
    assert(broken.includes(id), id);
  }
  for (const id of ["wellbeing__1", "wellbeing__3", "dir_wellbeing_pressure"]) {
    assert(!broken.includes(id), id);
  }
});

Deno.test("a difference that the interval has room for is told from one that it has not", () => {
  const verdictOf = (survey: Survey, id: string) =>
    reproduce(survey, published).find(({ indicator }) => indicator.id === id)?.verdict;
  let few = 13;
  let many = 200;
  const slightly = changed("wellbeing", (code) => code === 2 && few-- > 0 ? 3 : code);
  const much = changed("wellbeing", (code) => code === 2 && many-- > 0 ? 3 : code);
  assert.equal(verdictOf(slightly, "wellbeing__2"), "by_chance");
  assert.equal(verdictOf(much, "wellbeing__2"), "differs");
});

Deno.test("a trend with one step the wrong way is another direction", () => {
  const groups = shipped.codes.get("managers_between") as Uint8Array;
  // Everybody without a manager between finds it hard.
  const survey = changed("balance_difficult", (code, i) => groups[i] === 1 ? 1 : code);
  const broken = brokenIn(survey);
  assert(broken.includes("dir_balance_distance"));
  assert(broken.includes("balance_agree_direct"));
  assert(!broken.includes("balance_agree_far"));
});

Deno.test("a question that was not asked is said to be missing, and so is what is grouped by it", () => {
  const codes = new Map(shipped.codes);
  for (const name of ["managers_between", "wellbeing"]) codes.delete(name);
  const survey = { ...shipped, codes, left_out: ["managers_between", "wellbeing"] };
  const missing = reproduce(survey, published).filter(({ verdict }) => verdict === "not_asked");
  const expected = published.indicators.filter(({ questions, where, rules }) =>
    questions.includes("wellbeing") || "managers_between" in where ||
    rules.some((rule) => "by" in rule && rule.by === "managers_between")
  );
  assert.deepEqual(idsOf(missing), expected.map(({ id }) => id));
});

Deno.test("in a group too small to show, shares are words", () => {
  const within = {
    tenure: ["years_0_2"],
    municipality_size: ["under_30000"],
    gender: ["man"],
    managers_between: ["none"],
  };
  for (const each of reproduce({ ...shipped, within }, published)) {
    if (each.indicator.unit !== "percent") continue;
    assert.equal(each.verdict, "too_few", each.indicator.id);
    assert.equal(each.share, null);
    for (const language of LANGUAGES) {
      assert(!/\d/.test(each.found[language]), each.found[language]);
    }
  }
});

Deno.test("equal weights reproduce the same as no weights", () => {
  const weights = new Float64Array(shipped.source.respondents).fill(1);
  const weighted = reproduce({ ...shipped, weights }, published);
  assert.deepEqual(
    weighted.map(({ verdict, found }) => [verdict, found]),
    before.map(({ verdict, found }) => [verdict, found]),
  );
});

Deno.test("every figure has a name of its own on its page, in both languages", () => {
  for (const language of LANGUAGES) {
    const seen = new Map<string, string>();
    for (const { indicator, label } of before) {
      // Some numbers stand on a bar and again in the text: the same figure under the same name.
      const key = `${indicator.page} ${indicator.kind} ${label[language]}`;
      assert(!seen.has(key), `${indicator.id} and ${seen.get(key)}: ${label[language]}`);
      seen.set(key, indicator.id);
      assert(!/undefined|null|_/.test(label[language]), label[language]);
    }
  }
});

shippedStudyTest(
  "summariseReproduction() counts what became of the figures, and leaves out what did not occur",
  () => {
    assert.deepEqual(summariseReproduction(before), {
      da:
        "132 offentliggjorte tal: 125 er genfundet, og 7 er oplyst om undersøgelsen og kan ikke " +
        "ses af svarene.",
      en:
        "132 published figures: 125 are reproduced and 7 are stated about the study and cannot be " +
        "seen in the answers.",
    });
    assert.deepEqual(summariseReproduction(before.slice(0, 1)), {
      da: "1 offentliggjort tal: 1 er genfundet.",
      en: "1 published figure: 1 is reproduced.",
    });
  },
);
