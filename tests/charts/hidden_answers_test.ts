import assert from "node:assert/strict";
import { columnsFigure } from "../../lib/charts/columns.ts";
import { barsOf, hiddenShare, likertFigure } from "../../lib/charts/likert.ts";
import { codebook, overallEstimates } from "./synthetic_estimates.ts";

/** The shipped estimates with some categories of wellbeing hidden, as rare answers of a group are. */
function hiding(...categories: string[]) {
  return overallEstimates().map((estimate) =>
    estimate.question === "wellbeing" && categories.includes(estimate.category ?? "")
      ? { ...estimate, count: null, share: null, low: null, high: null, suppressed: true }
      : estimate
  );
}
const question = "wellbeing";

Deno.test("a bar shows the answers that are not hidden, and those that are as one", () => {
  const estimates = hiding("neither", "dont_know");
  const [bar] = barsOf(estimates, codebook, question, { set: "agree", overall: true });
  const whole = barsOf(overallEstimates(), codebook, question, { set: null, overall: true })[0]!;
  const hidden = whole.parts.filter(({ category }) =>
    ["neither", "dont_know"].includes(category ?? "")
  );
  const sum = hidden.reduce((all, { share }) => all + share!, 0);
  assert.ok(Math.abs(hiddenShare(bar!) - sum) < 1e-12);
  assert.equal(hiddenShare(whole), 0);
  const figure = likertFigure(estimates, codebook, { questions: [question] });
  const svg = figure.svg("en", "wide");
  assert.match(svg, />hidden</);
  assert.doesNotMatch(svg, /too few answers/);
  assert.match(figure.alt("en"), /agree or strongly agree\. .*: \d+%/i);
  assert.ok(figure.caption("da").notes.some((note) => note.startsWith("Skjult: ")));
});

Deno.test("columns say which answer is hidden, and add up a set that is shown", () => {
  const figure = columnsFigure(hiding("strongly_agree", "agree"), codebook, { question });
  for (const layout of ["wide", "narrow"] as const) {
    const svg = figure.svg("da", layout);
    assert.equal(svg.match(/>skjult</g)?.length, 2);
    assert.match(svg, />77.%</);
  }
  // There may be more people hidden than gave any answer that is shown.
  assert.doesNotMatch(figure.alt("en"), /highest/);
  assert.match(columnsFigure(hiding(), codebook, { question }).alt("en"), /highest Agree/);
});

Deno.test("of all answers hidden among people enough it is said that they are protected", () => {
  const scale = Object.keys(codebook.scales[codebook.questions[question]!.scale]!.categories);
  const figure = likertFigure(hiding(...scale), codebook, { questions: [question], set: null });
  assert.match(figure.svg("en", "wide"), />protected</);
  assert.deepEqual(figure.caption("en").notes, []);
});
