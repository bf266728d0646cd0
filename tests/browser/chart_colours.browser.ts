/// <reference lib="dom" />
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { contrast } from "../../lib/charts/palette.ts";
import { launchChromium } from "./launch_chromium.ts";
import { openReport } from "./open_report.ts";

/*
 * What Chromium paints of every chart in the reports in REPORTS_DIR, else in reports/: marks that stand
 * out from the dark page, and texts that are read on it, also in a system's high contrast.
 */
const FOLDER = Deno.env.get("REPORTS_DIR") ?? new URL("../../reports", import.meta.url).pathname;
const FILE = `${FOLDER}/report.da.html`;
const exists = await Deno.stat(FILE).then(() => true, () => false);

for (const forced of [false, true]) {
  Deno.test({
    name: `every chart is seen on a dark page${forced ? " in high contrast" : ""}`,
    ignore: !exists && !Deno.env.has("REPORTS_DIR"),
    async fn() {
      const browser = await launchChromium();
      try {
        const { page } = await openReport(browser, FILE, { scheme: "dark", forced });
        const { paper, marks, texts } = await paintOf(page);
        assert.ok(marks.length > 100 && texts.length > 300, `${marks.length}, ${texts.length}`);
        for (const [what, ...colours] of marks) {
          const best = Math.max(...colours.map((colour) => contrast(colour, paper)));
          assert.ok(best >= 3, `${what}: ${colours} on ${paper}`);
        }
        for (const [what, colour, ground] of texts) {
          assert.ok(contrast(colour, ground) >= 4.5, `"${what}": ${colour} on ${ground}`);
        }
      } finally {
        await browser.close();
      }
    },
  });
}

/** The colours of bars and dots, of what is in them and around them, and of texts with what is behind each. */
async function paintOf(page: Page) {
  return await page.evaluate(() => {
    const hex = (colour: string) =>
      "#" + (colour.match(/[\d.]+/g) ?? []).slice(0, 3)
        .map((part) => Math.round(Number(part)).toString(16).padStart(2, "0")).join("");
    const shown = [...document.querySelectorAll<SVGSVGElement>("svg.chart-svg")]
      .filter((svg) => svg.getBoundingClientRect().width > 0);
    const own = getComputedStyle(shown[0]!).backgroundColor;
    const body = getComputedStyle(document.body).backgroundColor;
    const paper = hex(/rgba\(0, 0, 0, 0\)/.test(own) ? body : own);
    const marks: [string, ...string[]][] = [];
    const texts: [string, string, string][] = [];
    for (const svg of shown) {
      const bars = [...svg.querySelectorAll<SVGGraphicsElement>("rect, circle")].flatMap((mark) => {
        const { fill, fillOpacity, stroke } = getComputedStyle(mark);
        return fill === "none" || fillOpacity !== "1" ? [] : [{
          box: mark.getBoundingClientRect(),
          fill: hex(fill),
          around: stroke === "none" ? [] : [hex(stroke)],
        }];
      });
      marks.push(
        ...bars.map(({ fill, around }): [string, ...string[]] => [
          svg.textContent!.slice(0, 30),
          fill,
          ...around,
        ]),
      );
      for (const text of svg.querySelectorAll<SVGGraphicsElement>("text")) {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        const below = bars.find(({ box }) =>
          x > box.left && x < box.right && y > box.top && y < box.bottom
        );
        const what = text.textContent ?? "";
        texts.push([what, hex(getComputedStyle(text).fill), below?.fill ?? paper]);
      }
    }
    return { paper, marks, texts };
  });
}
