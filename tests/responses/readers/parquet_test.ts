import assert from "node:assert/strict";
import { loadAnswers } from "../../../lib/statistics/load_answers.ts";
import { DataProblems } from "../../../lib/responses/problem.ts";
import { readParquet } from "../../../lib/responses/readers/parquet.ts";
import { codebook } from "../../../lib/responses/study.ts";
import { fixture, withFile } from "../with_file.ts";

Deno.test("the Parquet reader puts the parts of a file together in order, a row of nothing left out", async () => {
  const { respondents, columns } = await readParquet(
    Deno.readFileSync(fixture("parts.parquet")),
    "parts.parquet",
  );
  assert.equal(respondents, 4);
  assert.deepEqual(columns[0], ["a1", "a2", "a3", "a4"]);
});

Deno.test("the Parquet reader refuses a page that is not what its checksum says", async () => {
  const bytes = Deno.readFileSync(fixture("parts.parquet"));
  const text = new TextDecoder("latin1").decode(bytes);
  // The first letter of an answer in the first part, stored as it is.
  const at = text.indexOf("Kvinde");
  assert(at > 0);
  bytes[at] = "L".charCodeAt(0);
  await withFile("answers.parquet", bytes, async (path) => {
    await assert.rejects(
      loadAnswers(path, codebook()),
      (error) => error instanceof DataProblems && /checksum/.test(error.message),
    );
  });
});
