import type { Browser } from "playwright-core";
import { openReport } from "./open_report.ts";
import {
  assertAccessible,
  assertNoOverflow,
  assertOneDrawing,
  assertReadableDrawings,
  assertSoundLinks,
  printReport,
  takePictures,
  unfoldEverything,
  VIEWS,
} from "./report_checks.ts";

/** Where pictures and printed pages are kept for looking at. */
export const OUT = new URL("../out/", import.meta.url).pathname;

/**
 * Checks what holds for every report, in wide and narrow windows, light and dark, and on paper.
 *
 * @param step The test that these checks are steps of.
 * @param browser A running browser.
 * @param file The path of a report.
 * @param name The beginning of the pictures' names.
 * @param anchors Ids of headings to make pictures of.
 */
export async function checkReport(
  step: Deno.TestContext,
  browser: Browser,
  file: string,
  name: string,
  anchors: readonly string[],
): Promise<void> {
  await Deno.mkdir(OUT, { recursive: true });
  for (const { name: viewName, ...view } of VIEWS) {
    await step.step(
      `${name} ${viewName}: asks for nothing, nothing sticks out, drawings are readable`,
      async () => {
        const report = await openReport(browser, file, view);
        await takePictures(report.page, `${OUT}${name}-${viewName}`, anchors);
        await assertSoundLinks(report.page);
        await assertOneDrawing(report.page);
        await assertReadableDrawings(report.page);
        await assertNoOverflow(report.page);
        await unfoldEverything(report.page);
        await assertNoOverflow(report.page);
        await report.assertQuiet();
        await report.close();
      },
    );
    await step.step(`${name} ${viewName}: axe finds nothing, everything unfolded`, async () => {
      await assertAccessible(browser, file, view);
    });
  }
  await step.step(`${name}: prints on A4`, async () => {
    const report = await openReport(browser, file, { scheme: "dark" });
    await printReport(report.page, `${OUT}${name}.pdf`);
    await report.assertQuiet();
    await report.close();
  });
}
