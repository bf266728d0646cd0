/// <reference lib="dom" />
import assert from "node:assert/strict";
import { launchChromium } from "./launch_chromium.ts";
import { openReport } from "./open_report.ts";
import { assertNoOverflow, unfoldEverything } from "./report_checks.ts";

/*
 * Chartability's critical heuristics that need a browser, on the report in REPORTS_DIR, else in reports/;
 * README.md beside this file says which are held where.
 */
const FOLDER = Deno.env.get("REPORTS_DIR") ?? new URL("../../reports", import.meta.url).pathname;
const FILE = `${FOLDER}/report.en.html`;
const exists = await Deno.stat(FILE).then(() => true, () => false);
const ignore = !exists && !Deno.env.has("REPORTS_DIR");

Deno.test({
  name: "every chart of answers is walked by keyboard: what is spoken is shown, and how is said",
  ignore,
  async fn() {
    const browser = await launchChromium();
    try {
      const { page, close } = await openReport(browser, FILE);
      await unfoldEverything(page);
      const figures = page.locator("figure.chart:has([data-of])");
      const count = await figures.count();
      assert.ok(count > 10, `${count} charts`);
      for (let index = 0; index < count; index++) {
        const figure = figures.nth(index);
        const name = await figure.getAttribute("data-name");
        assert.match(await figure.getAttribute("aria-label") ?? "", /arrow keys/i, `${name}`);
        await figure.focus();
        const marks = await figure.locator(".wide-only [data-of]").count();
        const shown = new Set<string>();
        for (let before = ""; true;) {
          await page.keyboard.press("ArrowRight");
          const said = await figure.locator('[role="status"]').textContent() ?? "";
          if (said === before) break;
          before = said;
          assert.match(said, /: .*\bn \d|: Share|: Before/, `${name}: ${said}`);
          const standing = await figure.evaluate((figure) =>
            [...figure.querySelectorAll<SVGElement>(".wide-only [data-of]:not(.aside)")]
              .map((mark) => mark.dataset["of"]!)
          );
          if (standing.length < marks) { for (const of of standing) shown.add(of); }
        }
        if (marks > 1) assert.ok(shown.size > 0, `${name}: nothing stands out`);
        await figure.evaluate((figure) => figure.blur());
        assert.equal(await figure.locator(".aside").count(), 0, `${name}: back as it was`);
      }
      await close();
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  name: "letters of twice the size leave everything in its place, and every chart has its table",
  ignore,
  async fn() {
    const browser = await launchChromium();
    try {
      for (const width of [1440, 390]) {
        const { page, close } = await openReport(browser, FILE, { width, bypassCSP: true });
        await page.addStyleTag({ content: ":root { font-size: 200%; }" });
        await assertNoOverflow(page);
        const without = await page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>("figure.chart:has([data-of])")].filter((
            each,
          ) =>
            !each.closest("section")?.querySelector(`table[data-name="${each.dataset["name"]}"]`)
          ).map((each) => each.dataset["name"])
        );
        assert.deepEqual(without, []);
        await close();
      }
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  name: "no caption stands under its figure's buttons, however wide the window",
  ignore,
  async fn() {
    const browser = await launchChromium();
    try {
      for (const width of [1440, 1280, 1100, 800, 390]) {
        const { page, close } = await openReport(browser, FILE, { width });
        const covered = await page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>("figure.chart")].filter((figure) => {
            const box = figure.querySelector(":scope > .downloads")?.getBoundingClientRect();
            const text = document.createRange();
            text.selectNodeContents(figure.querySelector("figcaption") ?? figure);
            return box &&
              [...text.getClientRects()].some((line) =>
                line.right > box.left && line.left < box.right && line.bottom > box.top + 2 &&
                line.top < box.bottom - 2
              );
          }).map((figure) => figure.dataset["name"])
        );
        assert.deepEqual(covered, [], `${width} px`);
        await close();
      }
    } finally {
      await browser.close();
    }
  },
});
