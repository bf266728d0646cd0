/// <reference lib="dom" />
import assert from "node:assert/strict";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { openReport, type View } from "./open_report.ts";

/** The windows and colours in which every report is looked at. */
export const VIEWS: readonly (View & { readonly name: string })[] = [
  { name: "wide-light", width: 1440, height: 1000, scheme: "light" },
  { name: "wide-dark", width: 1440, height: 1000, scheme: "dark" },
  { name: "narrow-light", width: 390, height: 844, scheme: "light" },
  { name: "narrow-dark", width: 390, height: 844, scheme: "dark" },
];

/** Fails with every finding of axe-core, its place and its help, everything unfolded. */
export async function assertAccessible(browser: Browser, file: string, view: View): Promise<void> {
  const report = await openReport(browser, file, { ...view, bypassCSP: true });
  try {
    await unfoldEverything(report.page);
    await report.page.evaluate(axe.source);
    const findings = await report.page.evaluate(async () => {
      const engine = (globalThis as unknown as { axe: typeof import("axe-core") }).axe;
      const { violations } = await engine.run(document, { resultTypes: ["violations"] });
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.slice(0, 3).map((node) =>
          `${id}: ${help}: ${node.html.slice(0, 160)} (${nodes.length})`
        )
      );
    });
    assert.deepEqual(findings, []);
  } finally {
    await report.close();
  }
}

/** Shows the notes and opens every fold. */
export async function unfoldEverything(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    const notes = document.querySelector<HTMLInputElement>("#page-notes");
    if (notes && !notes.checked) notes.click();
  });
}

/** Fails if the page is wider than its window, or if something sticks out that does not scroll. */
export async function assertNoOverflow(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null && element !== document.body &&
      (/auto|scroll|hidden/.test(getComputedStyle(element).overflowX) ||
        scrolls(element.parentElement));
    const found = [...document.querySelectorAll("main *")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.right > innerWidth + 1 && !scrolls(element.parentElement) &&
        !scrolls(element);
    }).map((element) => element.outerHTML.slice(0, 120));
    return { page: document.documentElement.scrollWidth - innerWidth, found };
  });
  assert.ok(wide.page <= 0, `the page is ${wide.page} px wider than its window`);
  assert.deepEqual(wide.found, []);
}

/** Fails if a text of a visible drawing is too small to read (under 10 px on the screen). */
export async function assertReadableDrawings(page: Page): Promise<void> {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<SVGSVGElement>("svg.chart-svg")].flatMap((svg) => {
      const matrix = svg.getScreenCTM();
      if (svg.getBoundingClientRect().width === 0 || !matrix) return [];
      return [...svg.querySelectorAll("text")].filter((text) =>
        text.textContent !== "" && parseFloat(getComputedStyle(text).fontSize) * matrix.a < 10
      ).map((text) => text.textContent);
    })
  );
  assert.deepEqual(small, []);
}

/** Fails if a figure's drawing spills over its figure, or no drawing or both drawings show. */
export async function assertOneDrawing(page: Page): Promise<void> {
  const wrong = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("figure.chart")].filter((figure) => {
      const drawings = [...figure.querySelectorAll("svg.chart-svg")];
      const shown = drawings.filter((drawing) => drawing.getBoundingClientRect().width > 0);
      const variants = drawings.some((drawing) => drawing.closest(".narrow-only"));
      return shown.length === 0 || (variants && shown.length !== drawings.length / 2) ||
        shown.some((drawing) =>
          drawing.getBoundingClientRect().width > figure.getBoundingClientRect().width + 1
        );
    }).map((figure) => figure.dataset["name"] ?? figure.outerHTML.slice(0, 120))
  );
  assert.deepEqual(wrong, []);
}

/** Fails if a link within the page points nowhere, or an id stands twice. */
export async function assertSoundLinks(page: Page): Promise<void> {
  const broken = await page.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
    const nowhere = [...document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')]
      .map((link) => link.getAttribute("href")!.slice(1))
      .filter((id) => !document.getElementById(id));
    return { twice, nowhere };
  });
  assert.deepEqual(broken, { twice: [], nowhere: [] });
}

/**
 * Makes pictures to look at: the first screen, the whole page cut into screens where asked.
 *
 * @param page The open report.
 * @param prefix The path and the beginning of the pictures' names.
 * @param anchors Ids of headings to go to, one picture each.
 */
export async function takePictures(
  page: Page,
  prefix: string,
  anchors: readonly string[] = [],
): Promise<void> {
  await page.screenshot({ path: `${prefix}-first.png` });
  for (const id of anchors) {
    await page.evaluate((id) => document.getElementById(id)?.scrollIntoView(), id);
    await page.waitForTimeout(80);
    await page.screenshot({ path: `${prefix}-${id}.png` });
  }
}

/** Prints the report on A4 and keeps the file. */
export async function printReport(page: Page, path: string): Promise<void> {
  await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
}
