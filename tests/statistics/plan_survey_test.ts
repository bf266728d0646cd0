import assert from "node:assert/strict";
import { wilsonInterval } from "../../lib/statistics/intervals.ts";
import { leastDetectableDifference, planSurvey } from "../../lib/statistics/plan_survey.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";

interface Reference {
  n1: number;
  n2: number;
  share: number;
  power: number;
  up: number;
  down: number;
  equal: number | null;
  invited: number;
  response: number;
  below: number;
}

const limits = { confidence: 0.95, leastBase: 10 };

Deno.test("least differences are those of power.prop.test(), and of its formula at unequal sizes", () => {
  for (const { n1, n2, share, power, up, down, equal } of readReference<Reference[]>("plans")) {
    const found = leastDetectableDifference(n1, n2, { share, power, confidence: 0.95 });
    assertClose(found, Math.max(up, down), 1e-9, `${n1} and ${n2}`);
    if (equal !== null && up >= down) assertClose(found, equal, 1e-9, `${n1} each`);
  }
});

Deno.test("the chance to be hidden is pbinom() of R", () => {
  for (const { invited, response, below } of readReference<Reference[]>("plans")) {
    const group = { name: "a", invited };
    const [, found] = planSurvey({ invited: 1000, response, groups: [group] }, limits);
    assertClose(found!.hidden, below, 1e-9, `${invited} at ${response}`);
  }
});

Deno.test("a plan's interval is the one that a report shows, and wider with a design effect", () => {
  const [plain] = planSurvey({ invited: 1000, response: 0.4, share: 0.3 }, limits);
  assert.deepEqual(plain!.interval, wilsonInterval(120, 400, { population: 1000 }));
  const [wide] = planSurvey({ invited: 1000, response: 0.4, share: 0.3, designEffect: 2 }, limits);
  assert(wide!.interval.low < plain!.interval.low && wide!.interval.high > plain!.interval.high);
  const [census] = planSurvey({ invited: 50, response: 1, share: 0.3 }, limits);
  assert.deepEqual(census!.interval, { low: 0.3, high: 0.3 });
});

Deno.test("a group below the least base takes the next smallest along until they are enough", () => {
  const groups = [["a", 100], ["b", 16], ["c", 10], ["d", 60]].map(([name, invited]) => ({
    ...{ name: String(name), of: "where", invited: Number(invited) },
  }));
  const found = planSurvey({ invited: 400, response: 0.5, groups }, limits);
  assert.deepEqual(
    found.map(({ name, isHidden }) => [name, isHidden]),
    [[null, "no"], ["a", "no"], ["b", "yes"], ["c", "yes"], ["d", "no"]],
  );
  const alone = [{ name: "a", invited: 100 }, { name: "b", invited: 40 }, {
    name: "c",
    invited: 10,
  }];
  assert.deepEqual(
    planSurvey({ invited: 400, response: 0.5, groups: alone }, limits).map(({ isHidden }) =>
      isHidden
    ),
    ["no", "no", "along", "yes"],
  );
});

Deno.test("a difference that cannot be found at all is null, and a wrong number is refused", () => {
  assert.equal(leastDetectableDifference(2, 2, { share: 0.5, power: 0.9, confidence: 0.95 }), null);
  const of = (plan: object) => () => planSurvey({ invited: 100, response: 0.4, ...plan }, limits);
  assert.throws(of({ response: 40 }), /response is a share above 0, at most 1, not 40/);
  assert.throws(of({ invited: 0 }), /invited is a whole number/);
  assert.throws(
    of({ groups: [{ name: "North", invited: 300 }] }),
    /have 300 people, of 100 invited/,
  );
});
