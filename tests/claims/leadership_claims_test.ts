import assert from "node:assert/strict";
import { leadershipClaims } from "../../lib/claims/leadership_claims.ts";
import { changeAnswers, shipped, turnRound } from "./change_answers.ts";

const VERY_LOW_DEGREE = 5;

Deno.test("leadershipClaims() bears out pages 16 and 17 on the shipped answers, but for one", () => {
  const said = leadershipClaims(shipped);
  const untold = Object.entries(said).filter(([, { verdict }]) => verdict !== "holds");
  assert.deepEqual(untold.map(([name, { verdict }]) => [name, verdict]), [
    ["leadersInInterviews", "cannot_be_told"],
    ["requests", "cannot_be_told"],
    // 39 per cent against 47: within ten points in the answers, not for certain.
    ["noBacking", "cannot_be_told"],
  ]);
  assert.equal(said.noBacking.in_sample, true);
  assert.match(said.pressedLackBacking.evidence.en, /^18\.6% .*; 1\.9% /);
  assert.match(said.backingByPressure.text.da, /stiger fra 21 pct\. til 54 pct\.$/);
  assert.match(said.roomByPressure.text.en, /the share rises from 28% to 70%\.$/);
});

Deno.test("leadership that backs the pressed is not said to soften pressure", () => {
  const said = leadershipClaims(changeAnswers(shipped, "leader_neutral_support", turnRound));
  for (
    const name of [
      "backing",
      "backingByPressure",
      "leadershipAndPressure",
      "pressedLackBacking",
    ] as const
  ) assert.equal(said[name].verdict, "does_not_hold", name);
  assert.match(said.backingByPressure.text.da, /^De, der sjældnere presses, har ikke oftere/);
  assert.match(said.backingByPressure.text.en, /the share falls from \d+% to \d+%\.$/);
  assert.match(said.leadershipAndPressure.text.en, /does not go together with less pressure/);
  assert.match(said.pressedLackBacking.text.en, /do not lack the backing/);
});

Deno.test("the least backing is counted within the two ends of pressure only", () => {
  const middle = changeAnswers(shipped, "leader_neutral_support", () => VERY_LOW_DEGREE, {
    pressure: ["once_in_a_while"],
  });
  const [before, after] = [leadershipClaims(shipped), leadershipClaims(middle)];
  assert.deepEqual(after.pressedLackBacking, before.pressedLackBacking);
  assert.equal(after.backingByPressure.verdict, "cannot_be_told");
  assert.match(after.backingByPressure.text.da, /svinger mellem 0 pct\. og 54 pct\./);
});

Deno.test("room from the leader and little pressure are two majorities, and both count", () => {
  const noRoom = leadershipClaims(changeAnswers(shipped, "leader_independence", turnRound));
  assert.equal(noRoom.room.verdict, "does_not_hold");
  assert.equal(noRoom.roomFitsPressure.verdict, "does_not_hold");
  assert.equal(noRoom.roomByPressure.verdict, "does_not_hold");
  const pressed = leadershipClaims(changeAnswers(shipped, "pressure_change", turnRound));
  assert.equal(pressed.room.verdict, "holds");
  assert.equal(pressed.roomFitsPressure.verdict, "does_not_hold");
  assert.match(
    pressed.roomFitsPressure.text.da,
    /^Et flertal både med plads og uden pres er der ikke/,
  );
});

Deno.test("without anybody who serves politicians, nothing is said of backing for neutral advice", () => {
  const said = leadershipClaims({ ...shipped, within: { serves_politicians: ["no"] } });
  for (
    const name of ["backing", "noBacking", "leastBackingPressed", "backingByPressure"] as const
  ) {
    assert.equal(said[name].verdict, "cannot_be_told", name);
    assert.match(
      said[name].text.en,
      /^Here there are no answers in this wave: “[^”]+”( by “[^”]+”)?\.$/,
      name,
    );
  }
  assert.equal(said.leadershipAndPressure.verdict, "cannot_be_told");
  assert.equal(said.room.text.en.includes("no answers"), false);
});
