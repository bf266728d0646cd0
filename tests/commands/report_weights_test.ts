import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import type { EstimatesFile } from "../../lib/statistics/estimates_json.ts";
import { inFolder, runTask } from "./run_task.ts";

const MARGINS = {
  assumed: true,
  source: { da: "Et gæt, <b>kun</b> for prøvens skyld.", en: "A guess, <b>only</b> for the test." },
  margins: { gender: { woman: 0.4, man: 0.6 } },
};

Deno.test("deno task report --weights FILE weighs every estimate, and the report says by what", () =>
  inFolder(async (folder) => {
    const margins = `${folder}/members.json`;
    await Deno.writeTextFile(margins, JSON.stringify(MARGINS));
    const { code, stderr } = await runTask(
      "report",
      ...["--weights", margins, "--only", "11,12", "--out", `${folder}/out`],
    );
    assert.equal(code, 0, stderr);
    const { estimates }: EstimatesFile = JSON.parse(
      await Deno.readTextFile(`${folder}/out/estimates.json`),
    );
    assert.ok(estimates.every(({ weighted, rounded }) => weighted || rounded));
    const moved = estimates.filter(({ share, count, n }) =>
      share !== null && count !== null && Math.abs(share - count / n) > 1e-9
    );
    assert.ok(moved.length > estimates.length / 4, `${moved.length} of ${estimates.length}`);
    const page = await Deno.readTextFile(`${folder}/out/report.en.html`);
    for (
      const said of [
        "Weighted by gender (assumed distribution).",
        "A guess, &lt;b&gt;only&lt;/b&gt; for the test.",
        "Korn-Graubard, from",
        "Effective n",
      ]
    ) assert.ok(page.includes(said), said);
    assert.match(page, /id="method-weights">The answers are weighted/);
    assert.match(page, /Wilson(&#39;|'|’)s interval for the effective sample/);
    // The sample is laid beside the members that it is weighted to, not the shipped assumption.
    assert.match(page, /unweighted\. The members(&#39;|'|’) distribution is assumed/);
    assert.doesNotMatch(page, /An assumption of ours\. The report/);
    assert.match(page, /the figures below are made without weights/);
    assert.match(page, /Unweighted, as the report\./);
  }));

Deno.test("deno task report refuses weights that are not to be had, and writes nothing", () =>
  inFolder(async (folder) => {
    for (
      const [weights, message] of [
        ["column", /There is no column of weights[\s\S]*or run without weights/],
        [`${folder}/colum`, /Check the path of --weights, or give "none", "column"/],
      ] as const
    ) {
      const { code, stderr } = await runTask(
        "report",
        ...["--weights", weights, "--only", "11", "--out", `${folder}/out`],
      );
      assert.equal(code, 2, stderr);
      assert.match(stderr, message);
      assert.ok(!existsSync(`${folder}/out`));
    }
  }));
