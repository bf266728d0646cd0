import { LANGUAGES } from "../../lib/responses/language.ts";
import { checkReport } from "./every_report.ts";
import { launchChromium } from "./launch_chromium.ts";

/*
 * The reports that `deno task report` wrote: those in REPORTS_DIR, else in reports/. PICTURES names
 * headings to make pictures of, by their ids, with commas between.
 */
const FOLDER = Deno.env.get("REPORTS_DIR") ?? new URL("../../reports", import.meta.url).pathname;
const ANCHORS = (Deno.env.get("PICTURES") ?? "").split(",").filter(Boolean);

for (const language of LANGUAGES) {
  const file = `${FOLDER}/report.${language}.html`;
  const exists = await Deno.stat(file).then(() => true, () => false);
  Deno.test({
    name: `the report in ${language} passes every check`,
    // Without a report there is nothing to look at; a folder that was named has to have one.
    ignore: !exists && !Deno.env.has("REPORTS_DIR"),
    async fn(step) {
      const browser = await launchChromium();
      try {
        await checkReport(step, browser, file, `report-${language}`, ANCHORS);
      } finally {
        await browser.close();
      }
    },
  });
}
