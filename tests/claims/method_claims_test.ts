import assert from "node:assert/strict";
import { deviationsFromPopulation } from "../../lib/claims/deviations_from_population.ts";
import { methodClaims } from "../../lib/claims/method_claims.ts";
import { loadSurvey } from "../../lib/responses/load_survey.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { makeSurvey } from "../statistics/make_survey.ts";

const shipped = await loadSurvey(dataFile("responses.csv"), codebook());
const margins = {
  assumed: true,
  source: { da: "d", en: "e" },
  margins: { gender: { woman: 0.5, man: 0.5 } },
};

/** The survey with fewer people, or with more who answered nothing. */
function ofLength(respondents: number): Survey {
  const codes = [...shipped.codes].map(([name, codes]) => {
    const other = new Uint8Array(respondents);
    other.set(codes.slice(0, respondents));
    return [name, other] as const;
  });
  return { ...shipped, source: { ...shipped.source, respondents }, codes: new Map(codes) };
}

Deno.test("methodClaims() holds on the shipped answers, but for the earlier study", () => {
  for (const claim of Object.values(methodClaims(shipped))) {
    assert.equal(
      claim.verdict,
      claim.id === "earlier_study" ? "cannot_be_told" : "holds",
      claim.id,
    );
  }
});

Deno.test("fewer respondents change the response rate and break what is said of their number", () => {
  const said = methodClaims(ofLength(1000));
  assert.equal(said.responseRate.text.en, "The response rate is 16%.");
  for (const claim of [said.responseRate, said.respondents, said.roundedRespondents]) {
    assert.equal(claim.verdict, "does_not_hold", claim.id);
  }
  assert.equal(said.invited.verdict, "holds");
});

Deno.test("more respondents than people invited give no response rate", () => {
  const { responseRate } = methodClaims(ofLength(7000));
  assert.equal(responseRate.verdict, "cannot_be_told");
  assert.match(responseRate.text.da, /ukendt/);
});

Deno.test("the deviation from the population is a plain difference, and said to be assumed", () => {
  const survey = makeSurvey({ gender: [...Array(14).fill(1), ...Array(6).fill(2)] });
  const [woman, man] = deviationsFromPopulation(survey, "gender", margins);
  assert(woman && man);
  assert(Math.abs(woman.difference - 0.2) < 1e-12);
  assert(Math.abs(man.difference + 0.2) < 1e-12);
  assert.match(woman.evidence.en, /70\.0%.*50\.0%.*\(assumed\)/);
  const known = deviationsFromPopulation(survey, "gender", { ...margins, assumed: false });
  assert.doesNotMatch(known[0]?.evidence.en ?? "", /assumed/);
});

Deno.test("there is no deviation of a group, of too few, or without a margin", () => {
  const few = makeSurvey({ gender: [1, 2, 1] });
  assert.deepEqual(deviationsFromPopulation(few, "gender", margins), []);
  const within = { gender: ["man"] };
  assert.deepEqual(deviationsFromPopulation({ ...shipped, within }, "gender", margins), []);
  assert.deepEqual(deviationsFromPopulation(shipped, "tenure", margins), []);
  const { genderClose } = methodClaims({ ...shipped, within });
  assert.equal(genderClose.verdict, "cannot_be_told");
});

Deno.test("a sample of men is too far from the members", () => {
  const codes = new Map(shipped.codes);
  codes.set("gender", (shipped.codes.get("gender") as Uint8Array).map(() => 2));
  const { genderClose } = methodClaims({ ...shipped, codes });
  assert.equal(genderClose.verdict, "does_not_hold");
  assert.match(genderClose.text.en, /more than the report says/);
});

Deno.test("where nobody is often pressed the quoted profiles are not there", () => {
  const codes = new Map(shipped.codes);
  codes.set("pressure", (shipped.codes.get("pressure") as Uint8Array).map(() => 3));
  const { interviewSelection } = methodClaims({ ...shipped, codes });
  assert.notEqual(interviewSelection.verdict, "holds");
});
