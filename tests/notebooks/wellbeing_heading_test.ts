/** What the chapter on wellbeing heads the regression with is what its numbers say. */
import assert from "node:assert/strict";
import { findNotebooks } from "../../lib/commands/project.ts";
import { withFile } from "../responses/with_file.ts";
import { changedAnswers, narrativeOf } from "./narrative_of.ts";

/** What the chapter says where wellbeing is that of how often somebody feels pressure. */
async function toldWith(wellbeingOf: (pressure: string, row: number) => string): Promise<string> {
  const made = await changedAnswers((values, at, row) => {
    values[at("wellbeing")] = wellbeingOf(values[at("pressure_change")]!, row);
  });
  const blocks = await withFile(
    "made.csv",
    made,
    (file) => narrativeOf(findNotebooks(["10"]), file),
  );
  return blocks.filter(({ language }) => language === "en").map(({ text }) => text).join("\n");
}

Deno.test("wellbeing lowest in the middle is told as no one direction, and not as uncertain", async () => {
  const told = await toldWith((pressure, i) => {
    const isLow = pressure === "En gang i mellem" ? i % 10 < 7 : i % 10 < 2;
    return isLow ? "Uenig" : "Enig";
  });
  assert.match(told, /Other things being equal, .* go together, but not in one direction/);
  assert.match(told, /What follows: the differences are not merely due to the groups differing/);
  assert.doesNotMatch(told, /held equal is too uncertain|cannot tell the pressure from/);
});

Deno.test("wellbeing that follows from pressure without exception is told as that", async () => {
  const told = await toldWith((pressure) =>
    pressure === "Sjældent" || pressure === "Aldrig" ? "Enig" : "Uenig"
  );
  assert.match(
    told,
    /Other things cannot be held equal: some answers go together without exception/,
  );
  assert.doesNotMatch(told, /held equal is too uncertain/);
});
