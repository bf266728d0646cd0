import assert from "node:assert/strict";
import { respondentContent } from "../../lib/commands/respondent_content.ts";
import { readWaves } from "../../lib/notebook/read_waves.ts";
import { withFile } from "../responses/with_file.ts";

const MAPPING = JSON.stringify({
  columns: { "Hvor tit presses du?": "pressure_change", "Kommentar": null, "Nr.": "respondent" },
  values: { pressure_change: { "En gang i mellem!": "once_in_a_while" } },
});
const ANSWERS = [
  "Nr.;Hvor tit presses du?;Kommentar;Andet spørgsmål;Noter",
  "p-10001;En gang i mellem!;Min leder læser med;En gang i mellem;Det siger jeg ikke",
  "p-10002;Sjældent;En gang i mellem;Hverken enig eller uenig;",
].join("\n");

Deno.test("what is in somebody's own words is neither mapped, nor an answer of the codebook", async () => {
  await withFile(
    "mapping.json",
    MAPPING,
    (mapping) =>
      withFile("answers.csv", ANSWERS, async (data) => {
        const settings = { data, mapping, where: {}, languages: ["da"], report: true } as const;
        const { ids, columns, texts } = respondentContent(await readWaves(settings, () => {}));
        assert.deepEqual(ids.flatMap((column) => [...column]), ["p-10001", "p-10002"]);
        assert.deepEqual(columns, ["respondent", "Nr."]);
        assert.deepEqual([...texts].sort(), [
          ["Det siger jeg ikke", "Noter"],
          ["Min leder læser med", "Kommentar"],
        ]);
      }),
  );
});
