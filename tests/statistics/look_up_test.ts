import assert from "node:assert/strict";
import { openWith } from "../../lib/notebook/open_survey.ts";
import { readSettings } from "../../lib/notebook/settings.ts";
import { gap, gapToRest, share, shareByGroup, shares } from "../../lib/statistics/look_up.ts";

const survey = await openWith(readSettings(() => undefined));
const agree = { set: "agree" } as const;

Deno.test("share() is the same estimate as the row of shares()", () => {
  const { precision: _, ...one } = share(survey, "wellbeing", agree, { pressure: "often" });
  const rows = shares(survey, "wellbeing", { by: "pressure" }).objects() as (typeof one)[];
  assert.deepEqual(rows.find((row) => row.set === "agree" && row.group === "often"), one);
});

Deno.test("shareByGroup() gives the groups in codebook order", () => {
  assert.deepEqual(
    shareByGroup(survey, "wellbeing", agree, "pressure").map(({ group }) => group),
    ["often", "once_in_a_while", "rarely_or_never"],
  );
});

Deno.test("gap() is first minus second, and turns its sign with the order", () => {
  const there = gap(survey, "wellbeing", agree, "pressure", "often", "rarely_or_never")!;
  const back = gap(survey, "wellbeing", agree, "pressure", "rarely_or_never", "often")!;
  assert.ok(there.difference < 0 && there.high < 0);
  assert.ok(Math.abs(there.difference + back.difference) < 1e-12);
  const [a, b] = ["often", "rarely_or_never"].map((pressure) =>
    share(survey, "wellbeing", agree, { pressure } as { pressure: "often" }).share!
  );
  assert.ok(Math.abs(there.difference - (a! - b!)) < 1e-12);
});

Deno.test("gap() and gapToRest() give null where a base is too small to be shown", () => {
  const few = {
    ...survey,
    within: { gender: ["man"], tenure: ["years_0_2"], municipality_size: ["under_30000"] },
  };
  assert.ok(share(few, "wellbeing", agree, { pressure: "often" }).suppressed);
  assert.equal(gap(few, "wellbeing", agree, "pressure", "often", "rarely_or_never"), null);
  assert.equal(gapToRest(few, "wellbeing", agree, "pressure", "often"), null);
});

Deno.test("a survey's own domain restricts every count, and a second one narrows it", () => {
  const men = { ...survey, within: { gender: ["man"] } };
  const women = share(men, "wellbeing", agree, { gender: "woman" });
  assert.deepEqual([women.n, women.suppressed], [0, true]);
  assert.equal(share(men, "wellbeing", agree).n, 386);
});

Deno.test("share() names a set that the question's scale does not have", () => {
  assert.throws(() => share(survey, "wellbeing", { set: "at_least_sometimes" }), {
    name: "InputError",
    message: /no set "at_least_sometimes" of "wellbeing"/,
  });
});

Deno.test("share() without a set is of the question's main set, and what it does not know it names", () => {
  assert.deepEqual(share(survey, "wellbeing"), share(survey, "wellbeing", agree));
  const refused = (of: unknown, message: RegExp, among = {}) =>
    assert.throws(() => share(survey, "wellbeing", of as typeof agree, among), {
      name: "InputError",
      message,
    });
  refused(
    { sett: "agree" },
    /"wellbeing" is of \{ set: "…" \}.*not of \{"sett":"agree"\}\. Is "set" meant\?/,
  );
  refused("agree", /not of "agree"/);
  refused({}, /not of \{\}/);
  refused({ category: "yes" }, /no category "yes" of "wellbeing"\. There is: [a-z_]+, [a-z_]+, /);
  refused({ set: "yes" }, /no set "yes" of "wellbeing"\. There is: .*\bagree\b/);
  refused(agree, /"gender" has no group "x"\. There is: woman, man\./, { gender: "x" });
  assert.throws(() => gap(survey, "wellbeing", undefined as never, "gender", "woman", "man"), {
    message: /A share of "wellbeing" is of/,
  });
});
