/// <reference lib="dom" />
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { launchChromium } from "./launch_chromium.ts";
import { openReport } from "./open_report.ts";
import { unfoldEverything } from "./report_checks.ts";

/*
 * Every figure of the reports in REPORTS_DIR, else in reports/, as the files that a colleague sends on.
 */
const FOLDER = Deno.env.get("REPORTS_DIR") ?? new URL("../../reports", import.meta.url).pathname;
const SYNTHETIC = { da: /syntetisk/i, en: /synthetic/i };

for (const language of LANGUAGES) {
  const file = `${FOLDER}/report.${language}.html`;
  const exists = await Deno.stat(file).then(() => true, () => false);
  Deno.test({
    name: `every figure of the report in ${language} is saved whole, as SVG and as PNG`,
    ignore: !exists && !Deno.env.has("REPORTS_DIR"),
    async fn() {
      const browser = await launchChromium();
      try {
        await checkFigures(browser, file, SYNTHETIC[language]);
      } finally {
        await browser.close();
      }
    },
  });
}

async function checkFigures(browser: Browser, file: string, synthetic: RegExp): Promise<void> {
  const report = await openReport(browser, file);
  const { page } = report;
  await unfoldEverything(page);
  const viewer = await browser.newPage();
  const figures = await page.locator("main figure.chart:has(> .downloads)").all();
  assert.ok(figures.length > 20, `${figures.length} figures`);
  for (const figure of figures) {
    const beside = await figure.evaluate((element) =>
      [".headline", ".question", ".base"].flatMap((selector) =>
        [...element.querySelectorAll<HTMLElement>(selector)].flatMap((part) =>
          part.innerText.split(/\n+/)
        )
      ).concat(document.body.dataset["source"] ?? "")
    );
    const download = (type: string) =>
      downloaded(
        page,
        () => figure.locator(":scope > .downloads button", { hasText: type }).click(),
      );
    const svg = await download("SVG");
    const name = svg.name;
    const text = new TextDecoder().decode(svg.bytes);
    const drawn = await looksOf(viewer, text);
    const words = drawn.texts.map(({ what }) => what).join(" ");
    for (const part of beside) {
      assert.ok(plain(words).includes(plain(part)), `${name} lacks "${part}": ${words}`);
    }
    assert.match(words, synthetic, name);
    assert.deepEqual(drawn.outside, [], `${name}: text outside the picture`);
    assert.deepEqual(drawn.over, [], `${name}: text over another`);
    const png = await download("PNG");
    const edges = await edgesOf(viewer, png.bytes);
    assert.deepEqual([edges.width, edges.height], [drawn.width * 2, drawn.height * 2], name);
    assert.equal(edges.inkAtTheEdge, 0, `${name}: something is cut at the edge of the PNG`);
    assert.ok(edges.ink > 0.005, `${name}: the PNG is empty`);
  }
  await report.assertQuiet();
}

const plain = (text: string) => text.replace(/\s+/g, " ").trim();

/** Chromium lets a page save ten files in a row and drops the next: that one is asked for again. */
async function downloaded(
  page: Page,
  click: () => Promise<void>,
  tries = 3,
): Promise<{ name: string; bytes: Uint8Array }> {
  const waiting = page.waitForEvent("download", { timeout: 10_000 }).catch(() => null);
  await click();
  const download = await waiting;
  if (download === null) {
    assert.ok(tries > 1, "a click that saves nothing");
    return await downloaded(page, click, tries - 1);
  }
  return {
    name: download.suggestedFilename(),
    bytes: await Deno.readFile(await download.path()),
  };
}

/** How Chromium paints an SVG: its size, its texts, and those that are cut off or collide. */
async function looksOf(viewer: Page, svg: string) {
  await viewer.setContent(`<body style="margin:0">${svg}</body>`);
  return await viewer.evaluate(() => {
    const root = document.querySelector("svg")!;
    const page = root.getBoundingClientRect();
    const boxes = [...root.querySelectorAll<SVGGraphicsElement>("text")].flatMap((text) => {
      const parts = text.querySelectorAll<SVGGraphicsElement>("tspan");
      return [...parts.length > 0 ? parts : [text]].map((part) => {
        const { left, right, top, bottom } = part.getBoundingClientRect();
        // A line's box is taller than its letters.
        const air = 0.18 * (bottom - top);
        const [y1, y2] = [top + air, bottom - air];
        return { what: part.textContent ?? "", x1: left, x2: right, y1, y2 };
      });
    }).filter(({ what }) => what.trim() !== "");
    const hair = 0.5;
    return {
      width: page.width,
      height: page.height,
      texts: boxes,
      outside: boxes.filter(({ x1, x2, y1, y2 }) =>
        x1 < page.left - hair || x2 > page.right + hair || y1 < page.top - hair ||
        y2 > page.bottom + hair
      ),
      over: boxes.flatMap((a, index) =>
        boxes.slice(index + 1).filter((b) =>
          a.x1 < b.x2 - hair && b.x1 < a.x2 - hair && a.y1 < b.y2 - hair && b.y1 < a.y2 - hair
        ).map((b) => `${a.what} | ${b.what}`)
      ),
    };
  });
}

/** The size of a PNG, how much of it is not white, and how much of that is at its edge. */
async function edgesOf(viewer: Page, bytes: Uint8Array) {
  return await viewer.evaluate(async (encoded) => {
    const response = await fetch(`data:image/png;base64,${encoded}`);
    const bitmap = await createImageBitmap(await response.blob());
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext("2d")!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    let [ink, inkAtTheEdge] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      if (data[at]! + data[at + 1]! + data[at + 2]! > 740) continue;
      ink++;
      const [x, y] = [at / 4 % width, Math.floor(at / 4 / width)];
      if (x < 4 || y < 4 || x >= width - 4 || y >= height - 4) inkAtTheEdge++;
    }
    return { width, height, ink: ink / (width * height), inkAtTheEdge };
  }, btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")));
}
