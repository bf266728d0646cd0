import assert from "node:assert/strict";
import { timeAndWorkloadClaims } from "../../lib/claims/time_and_workload_claims.ts";
import { changeAnswers, shipped, turnRound } from "./change_answers.ts";

const [STRONGLY_AGREE, STRONGLY_DISAGREE] = [1, 5];

Deno.test("timeAndWorkloadClaims() bears out pages 14 and 15 on the shipped answers", () => {
  const said = timeAndWorkloadClaims(shipped);
  const verdicts = Object.fromEntries(
    Object.entries(said).map(([name, { verdict }]) => [name, verdict]),
  );
  assert.deepEqual(verdicts, {
    rushed: "holds",
    rushedAbove: "cannot_be_told",
    rushedServers: "holds",
    rushedServersMore: "holds",
    rushedInterviews: "cannot_be_told",
    workload: "holds",
    workloadDeciders: "holds",
    workloadServers: "holds",
    workloadDecidersMore: "holds",
    workloadInterviews: "cannot_be_told",
  });
  assert.equal(
    said.workloadDecidersMore.text.da,
    "De mange opgaver mærkes især af dem, der træffer afgørelser: 70 pct. mod 58 pct. af dem, der " +
      "betjener politikere.",
  );
});

Deno.test("the claims on haste follow the answers across four in ten", () => {
  const turned = timeAndWorkloadClaims(changeAnswers(shipped, "time_pressure", turnRound));
  assert.equal(turned.rushed.verdict, "does_not_hold");
  assert.equal(turned.rushedAbove.verdict, "does_not_hold");
  assert.match(turned.rushed.text.en, /^A quarter|^One in four/);
  assert.match(turned.rushedAbove.text.da, /mærkes ikke af over 40 pct\./);
  const all = timeAndWorkloadClaims(changeAnswers(shipped, "time_pressure", () => STRONGLY_AGREE));
  assert.equal(all.rushedAbove.verdict, "holds");
  assert.match(all.rushed.text.da, /^Alle medlemmerne \(100 pct\.\)/);
});

Deno.test("those who serve politicians are not said to feel more haste when the others do", () => {
  const silent = changeAnswers(shipped, "time_pressure", () => STRONGLY_DISAGREE, {
    serves_politicians: ["yes"],
  });
  const loud = changeAnswers(silent, "time_pressure", () => STRONGLY_AGREE, {
    serves_politicians: ["no"],
  });
  const { rushedServersMore } = timeAndWorkloadClaims(loud);
  assert.equal(rushedServersMore.verdict, "does_not_hold");
  assert.match(
    rushedServersMore.text.da,
    /^Travlheden mærkes ikke mere .*: 0 pct\. mod 100 pct\.$/,
  );
  assert.match(rushedServersMore.text.en, /^Haste is not felt more .*: 0% against 100%\.$/);
});

Deno.test("what those who only make rulings answer decides the comparison of the two groups", () => {
  const eased = changeAnswers(shipped, "workload_quality", () => STRONGLY_DISAGREE, {
    makes_decisions: ["yes"],
  });
  const { workloadDecidersMore, workloadDeciders } = timeAndWorkloadClaims(eased);
  assert.equal(workloadDecidersMore.verdict, "does_not_hold");
  assert.match(workloadDecidersMore.text.en, /^The tasks do not weigh more/);
  assert.equal(workloadDeciders.verdict, "does_not_hold");
});

Deno.test("where everybody does both, neither group is said to feel the tasks more", () => {
  const both = { ...shipped, within: { role: ["both"] } };
  const { workloadDecidersMore } = timeAndWorkloadClaims(both);
  assert.equal(workloadDecidersMore.in_sample, false);
  assert.notEqual(workloadDecidersMore.verdict, "holds");
});

Deno.test("too few answers are said in words and never tested", () => {
  const few = { ...shipped, within: { role: ["neither"], gender: ["man"], tenure: ["years_0_2"] } };
  const said = timeAndWorkloadClaims(few);
  for (const each of [said.rushedServersMore, said.workloadDecidersMore, said.workloadDeciders]) {
    assert.equal(each.verdict, "cannot_be_told");
    assert.equal(each.in_sample, null);
    assert.match(
      each.text.da,
      /^Her er der (for få svar til at vise noget|ingen svar i denne runde): »[^»]+«( efter »[^»]+«)?\.$/,
    );
  }
});
