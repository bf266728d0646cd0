import assert from "node:assert/strict";
import { pointsApart } from "../../lib/words/points_apart.ts";
import { Voice } from "../../lib/words/voice.ts";

const [da, en] = [new Voice("da"), new Voice("en")];
const apart = (points: number, pointsLow: number, pointsHigh: number) => ({
  points,
  pointsLow,
  pointsHigh,
});

Deno.test("pointsApart() says which way and how far, the smaller end first", () => {
  assert.equal(
    pointsApart(apart(-35.5, -44.6, -26.5), en),
    "36 percentage points lower (27 to 45)",
  );
  assert.equal(pointsApart(apart(6.1, 4.3, 7.8), da), "6 procentpoint højere (4 til 8)");
});

Deno.test("pointsApart() claims no difference where the interval has room for none", () => {
  assert.equal(
    pointsApart(apart(-1.6, -6.2, 3), en),
    "not surely any different (−6 to 3 percentage points)",
  );
  assert.equal(pointsApart(apart(2, 0, 4), da), "ikke sikkert anderledes (0 til 4 procentpoint)");
});

Deno.test("pointsApart() refuses what is not shown", () => {
  assert.throws(
    () => pointsApart({ points: null, pointsLow: null, pointsHigh: null }, da),
    RangeError,
  );
});
