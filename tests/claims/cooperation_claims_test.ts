import assert from "node:assert/strict";
import { cooperationClaims } from "../../lib/claims/cooperation_claims.ts";
import { changeAnswers, shipped, turnRound } from "./change_answers.ts";

const [SATISFIED, NEITHER, DISSATISFIED] = [2, 3, 4];

Deno.test("cooperationClaims() bears out page 18 on the shipped answers", () => {
  const { interestsInInterviews, ...tested } = cooperationClaims(shipped);
  for (const [name, { verdict }] of Object.entries(tested)) assert.equal(verdict, "holds", name);
  assert.equal(interestsInInterviews.verdict, "cannot_be_told");
  assert.equal(
    tested.satisfied.text.da,
    "Svaret »tilfreds« gives af 35 pct.; med de meget tilfredse er det 42 pct.",
  );
  assert.match(
    tested.nearMoreSatisfied.text.en,
    /the share falls from 58% to 40% as more managers/,
  );
});

Deno.test("a majority makes the verdict on cooperation clear, whichever way it goes", () => {
  for (const answer of [SATISFIED, DISSATISFIED]) {
    const { mixed } = cooperationClaims(
      changeAnswers(shipped, "cooperation_satisfaction", () => answer),
    );
    assert.equal(mixed.verdict, "does_not_hold");
    assert.match(mixed.text.da, /^Der er et klart flertal/);
    assert.match(
      mixed.text.en,
      answer === SATISFIED ? /100% are satisfied, 0%/ : /0% are satisfied, 100%/,
    );
  }
});

Deno.test("a single answer category moves what is said of those in between", () => {
  const before = cooperationClaims(shipped).neither;
  const undecided = changeAnswers(shipped, "cooperation_satisfaction", () => NEITHER, {
    managers_between: ["three_or_more"],
  });
  const after = cooperationClaims(undecided).neither;
  assert.equal(after.verdict, "does_not_hold");
  assert.notEqual(after.text.da, before.text.da);
  assert.notEqual(after.text.en, before.text.en);
});

Deno.test("distance is not said to hurt where those far away are the satisfied ones", () => {
  const { nearMoreSatisfied } = cooperationClaims(
    changeAnswers(shipped, "cooperation_satisfaction", () => SATISFIED, {
      managers_between: ["three_or_more"],
    }),
  );
  assert.equal(nearMoreSatisfied.verdict, "does_not_hold");
  assert.match(nearMoreSatisfied.text.da, /er ikke mere tilfredse end dem, der sidder længst fra/);
});

Deno.test("leaders are not said to be rated higher when they are not", () => {
  const { lessThanWithLeaders } = cooperationClaims(
    changeAnswers(shipped, "leader_independence", turnRound),
  );
  assert.equal(lessThanWithLeaders.verdict, "does_not_hold");
  assert.match(lessThanWithLeaders.text.en, /^No fewer are satisfied .* \(42%\)/);
});

Deno.test("where nobody serves politicians, distance cannot be told", () => {
  const { nearMoreSatisfied, neither } = cooperationClaims({
    ...shipped,
    within: { serves_politicians: ["no"] },
  });
  assert.equal(nearMoreSatisfied.verdict, "cannot_be_told");
  assert.match(
    nearMoreSatisfied.text.da,
    /^Her er der ingen svar i denne runde: »Tilfreds med .*« efter »Chefer mellem .*«\.$/,
  );
  assert.match(neither.text.da, /pct\./);
});
