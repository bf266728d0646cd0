import { strictEqual } from "node:assert/strict";
import { quoted } from "../../lib/words/format.ts";

Deno.test("quoted() puts the language's own marks around a text", () => {
  strictEqual(quoted("ofte", "da"), "»ofte«");
  strictEqual(quoted("often", "en"), "“often”");
});
