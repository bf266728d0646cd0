import { deepEqual, equal, match, throws } from "node:assert/strict";
import { allEstimates } from "../../lib/statistics/estimates.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { ArqueroEstimates } from "./arquero_estimates.ts";
import { slowerThan } from "./baseline.ts";
import { median, runPairs } from "./pairs.ts";
import { isMet, type Row } from "./row.ts";
import { requireSame } from "./same_shares.ts";
import { tableOf } from "./table.ts";

const RATIO = { pairs: 3, median: 12, low: 10, high: 14, ours: 5, theirs: 60 };
const ROW: Row = {
  key: "estimates/10/polars",
  case: "estimates",
  what: "10 respondents",
  rival: "polars",
  ratio: RATIO,
  target: 10,
};

Deno.test("runPairs() lets the two sides take turns, and each be first in turn", async () => {
  const order: string[] = [];
  const side = (name: string, ms: number) => ({
    name,
    run: () => {
      order.push(name);
      return Promise.resolve(ms);
    },
  });
  const ratio = await runPairs(side("ours", 2), side("theirs", 5), { pairs: 3, warmUp: 1 });
  deepEqual(order, "ours theirs ours theirs theirs ours ours theirs".split(" "));
  deepEqual(ratio, { pairs: 3, median: 2.5, low: 2.5, high: 2.5, ours: 2, theirs: 5 });
  equal(median([3, 1, 2, 10]), 2.5);
});

Deno.test("requireSame() refuses one person more, and one share that is other in its ninth digit", async () => {
  const survey = await loadAnswers(dataFile("responses.csv"), codebook());
  const arquero = new ArqueroEstimates(survey, [["wellbeing", null], ["wellbeing", "gender"]]);
  arquero.run();
  const ours = allEstimates(survey);
  const [first, ...others] = arquero.found.filter(([, , , answer]) => answer === 1);
  const rest = arquero.found.filter(([, , , answer]) => answer !== 1);
  const compared = requireSame(ours, [first!, ...others, ...rest], codebook(), "Arquero");
  equal(compared > 10, true);
  const [question, by, group, answer, count, share] = first!;
  for (const other of [[count + 1, share], [count, share + 2e-9]] as const) {
    throws(
      () =>
        requireSame(
          ours,
          [[question, by, group, answer, ...other], ...others, ...rest],
          codebook(),
          "Arquero",
        ),
      /Arquero has .* people and a share of/,
    );
  }
  throws(() => requireSame(ours, rest, codebook(), "Arquero"), /Arquero has 0 people/);
  throws(() => requireSame(ours, [], codebook(), "Arquero"), /Nothing of Arquero/);
});

Deno.test("the bench says what got slower, and what met its target", () => {
  equal(slowerThan({ "estimates/10/polars": 13 }, [ROW]).length, 0);
  const [said = ""] = slowerThan({ "estimates/10/polars": 40 }, [ROW]);
  match(said, /estimates\/10\/polars is 12 times as fast as the other side, and was 40/);
  equal(isMet(ROW), true);
  equal(isMet({ ...ROW, target: 20 }), false);
  equal(isMet({ ...ROW, target: null }), null);
  const figure = { name: "memory", value: 2_000, unit: "MB", most: 1_024 };
  equal(isMet({ ...ROW, figure }), false);
  match(tableOf([{ ...ROW, figure }]), /12 \(10–14\) +\| 3 .*missed.*2,000 MB; 5 ms against 60 ms/);
});
