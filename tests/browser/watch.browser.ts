/// <reference lib="dom" />
import assert from "node:assert/strict";
import axe from "axe-core";
import type { Page } from "playwright-core";
import type { Notebook } from "../../lib/notebook/notebook_file.ts";
import { renderReport } from "../../lib/report/html/render_report.ts";
import { ReportServer } from "../../lib/report/watch/report_server.ts";
import { launchChromium } from "./launch_chromium.ts";

/** A report with sections that are longer than the window; more of them at its start than before. */
async function reportOf(before: number, word: string): Promise<Map<string, string>> {
  const names = [
    ...Array.from({ length: before }, (_, i) => `new-${i}`),
    "first",
    "second",
    "third",
  ];
  const notebook: Notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: names.map((id) => ({
      cell_type: "code",
      id,
      metadata: {},
      source: "",
      execution_count: 1,
      outputs: [{
        output_type: "display_data",
        metadata: {},
        data: {
          "application/vnd.notebook-report+json": {
            en: {
              html: `<h2 id="${id}">${id}</h2>`,
              heading: { level: 2, id, text: id },
            },
          },
        },
      }, {
        output_type: "display_data",
        metadata: {},
        data: {
          "application/vnd.notebook-report+json": {
            en: { html: `<p>${word} ${"and so on ".repeat(3_000)}</p>` },
          },
        },
      }],
    })),
  };
  const html = await renderReport({
    language: "en",
    languages: ["en"],
    title: "Watched",
    source: { file: "answers.csv", sha256: "0".repeat(64), respondents: 3 },
    notebooks: [{ name: "01_watched", notebook }],
  });
  return new Map([["report.en.html", html]]);
}

const topOf = (page: Page, id: string) =>
  page.evaluate((id) => document.getElementById(id)!.getBoundingClientRect().top, id);

Deno.test("a watched report takes over what is new where the reader is, and shows what failed", async () => {
  const server = new ReportServer(["en"]);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    page.setDefaultTimeout(20_000);
    const problems: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) problems.push(message.text());
    });
    page.on("pageerror", ({ message }) => problems.push(message));
    await page.goto(server.url);
    await page.getByText("The first report is being made.").waitFor();

    server.publish(await reportOf(0, "Once"));
    await page.getByText("Once").first().waitFor();
    await page.evaluate(() => {
      document.getElementById("second")!.scrollIntoView({ behavior: "instant" });
      scrollBy({ top: 40, behavior: "instant" });
    });
    const before = await topOf(page, "second");
    const stays = async () =>
      await page.waitForFunction(
        (top) => Math.abs(document.getElementById("second")!.getBoundingClientRect().top - top) < 3,
        before,
      );
    await page.evaluate(() => Object.assign(globalThis, { sameWindow: true }));

    const other = await browser.newPage();
    await other.goto(server.url);

    // Other words in the same sections: put in their places, without loading the page anew.
    server.publish(await reportOf(0, "Twice"));
    await page.getByText("Twice").first().waitFor({ state: "attached" });
    await stays();
    assert.ok(await page.evaluate(() => "sameWindow" in globalThis), "the page is the same");
    assert.equal(await page.getByText("Once").count(), 0);

    await other.getByText("Twice").first().waitFor();
    await other.close();

    // Two sections more above the reader's.
    server.publish(await reportOf(2, "Again"));
    await page.getByText("Again").first().waitFor({ state: "attached" });
    await stays();

    const message = "03_balancing.ipynb, cell 2: <b>ReferenceError</b>";
    server.say({ failure: message, broken: null, running: null });
    const failure = page.getByRole("alert");
    await failure.getByText(message).waitFor();
    assert.match(await failure.innerText(), /What is shown is the last one that could/);
    assert.ok(await page.getByText("Again").first().count() > 0, "the report is still there");

    const broken = { da: "1 udsagn", en: "1 claim does not hold" };
    server.say({ failure: null, broken, running: ["03_balancing"] });
    await page.getByText("Running 03_balancing").waitFor();
    await page.getByText("1 claim does not hold").waitFor();
    await failure.getByText(message).waitFor({ state: "hidden" });
    assert.deepEqual(problems, []);

    // The panel folds by the keyboard, and axe has nothing to say of it, light or dark.
    server.say({ failure: message, broken, running: [] });
    await failure.getByText(message).waitFor();
    await failure.locator("summary").focus();
    await page.keyboard.press("Enter");
    await failure.getByText(message).waitFor({ state: "hidden" });
    for (const colorScheme of ["light", "dark"] as const) {
      const context = await browser.newContext({ bypassCSP: true, colorScheme });
      const looked = await context.newPage();
      await looked.goto(server.url);
      await looked.getByText(message).waitFor();
      await looked.evaluate(axe.source);
      const found = await looked.evaluate(async () => {
        const engine = (globalThis as unknown as { axe: typeof import("axe-core") }).axe;
        const { violations } = await engine.run("#watch", { resultTypes: ["violations"] });
        return violations.map(({ id, help }) => `${id}: ${help}`);
      });
      assert.deepEqual(found, [], colorScheme);
      await context.close();
    }

    await server.close();
    await page.getByText("has ended").waitFor();
  } finally {
    await browser.close();
    await server.close();
  }
});
