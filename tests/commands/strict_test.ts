import assert from "node:assert/strict";
import { allClaims } from "../../lib/words/claims.ts";
import { brokenClaims } from "../../lib/commands/report_texts.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { shippedStudyTest } from "../shipped_study.ts";
import { filesIn, inFolder, runTask } from "./run_task.ts";

const claims = async (file: string) =>
  JSON.parse(await Deno.readTextFile(file)).claims as {
    id: string;
    page: number;
    verdict: string;
    in_sample: boolean | null;
    said: Record<string, string>;
    text: Record<string, string>;
    condition: Record<string, string>;
    evidence: Record<string, string>;
  }[];

shippedStudyTest(
  "estimates.json holds every claim with its verdict, text and evidence in both languages",
  () =>
    inFolder(async (folder) => {
      const { code, stderr } = await runTask(
        "report",
        ...["--strict", "--only", "04", "--lang", "en", "--out", folder],
      );
      // The synthetic answers break no claim.
      assert.equal(code, 0, stderr);
      const found = await claims(`${folder}/estimates.json`);
      const survey = await loadAnswers(dataFile("responses.csv"), codebook());
      assert.deepEqual(found.map(({ id }) => id), allClaims(survey).map(({ id }) => id));
      for (const { id, page, said, text, condition, evidence, verdict, in_sample } of found) {
        assert(page >= 4 && page <= 24, id);
        assert(["holds", "cannot_be_told", "interviews", "stated"].includes(verdict), id);
        assert([true, false, null].includes(in_sample), id);
        for (const words of [said, text, condition, evidence]) {
          assert.deepEqual(Object.keys(words), ["da", "en"], id);
          assert(words["da"] && words["en"], id);
        }
      }
    }),
);

Deno.test("deno task report --strict writes the report, ends with 1 and names the claims that broke", () =>
  inFolder(async (folder) => {
    const data = `${folder}/answers.csv`;
    await runTask("synthesize", "--seed", "3", "--shift", "wellbeing=-30", "--out", data);
    const call = ["--data", data, "--only", "04", "--lang", "en", "--out", `${folder}/out`];
    const lenient = await runTask("report", ...call);
    assert.equal(lenient.code, 0, lenient.stderr);
    const { code, stderr } = await runTask("report", ...call, "--strict");
    assert.equal(code, 1);
    assert.match(stderr, /claims do not hold on these answers/);
    assert.match(stderr, /three_quarters_thrive \(page 21\)/);
    assert.doesNotMatch(stderr, /pressed_to_change \(page 8\)/);
    assert(filesIn(`${folder}/out`).includes("report.en.html"));
    const broken = (await claims(`${folder}/out/estimates.json`))
      .filter(({ verdict }) => verdict === "does_not_hold");
    for (const { id } of broken) assert(stderr.includes(`${id} (page`), id);
  }));

shippedStudyTest(
  "brokenClaims() says nothing where every claim holds or cannot be told",
  async () => {
    const survey = await loadAnswers(dataFile("responses.csv"), codebook());
    const ledger = allClaims(survey);
    assert.equal(brokenClaims(ledger), null);
    const [first] = ledger;
    assert(first);
    const broken = brokenClaims([{ ...first, verdict: "does_not_hold" }]);
    assert.match(broken?.en ?? "", /^1 claim does not/);
  },
);
