/// <reference lib="dom" />
import assert from "node:assert/strict";
import type { Download, Page } from "playwright-core";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { renderReport } from "../../lib/report/html/render_report.ts";
import { fixtureOptions } from "../report/html/fixture.ts";
import { checkReport, OUT } from "./every_report.ts";
import { launchChromium } from "./launch_chromium.ts";
import { openReport, type View } from "./open_report.ts";

const FOLDER = `${OUT}fixture/`;

await Deno.mkdir(FOLDER, { recursive: true });
for (const language of LANGUAGES) {
  const html = await renderReport(fixtureOptions(language));
  await Deno.writeTextFile(`${FOLDER}report.${language}.html`, html);
}

/** Runs a test on the fixture's page in a fresh window. */
async function withFixture(
  language: string,
  view: View,
  run: (page: Page) => Promise<void>,
): Promise<void> {
  const browser = await launchChromium();
  try {
    const report = await openReport(browser, `${FOLDER}report.${language}.html`, view);
    await run(report.page);
    await report.assertQuiet();
  } finally {
    await browser.close();
  }
}

/** What has the keyboard's focus, as `tag#id.class text`. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    return `${element.tagName.toLowerCase()} ${element.id} ${element.className} ${
      element.textContent?.trim().slice(0, 40)
    }`;
  });
}

/** Presses Tab until what has the focus fits; fails when it never does. */
async function tabTo(page: Page, fits: RegExp, most = 400): Promise<void> {
  for (let press = 0; press < most; press++) {
    await page.keyboard.press("Tab");
    if (fits.test(await focused(page))) return;
  }
  assert.fail(`${most} times Tab, and nothing like ${fits}`);
}

const shown = (page: Page, selector: string) => page.locator(selector).first().isVisible();
const background = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor);

Deno.test("the report's page passes every check in both languages", async (step) => {
  for (const language of LANGUAGES) {
    await withFixture(language, {}, async (page) => {
      await checkReport(
        step,
        page.context().browser()!,
        `${FOLDER}report.${language}.html`,
        `fixture-${language}`,
        language === "da" ? ["finding-2-1", "13_own"] : ["finding-2-1"],
      );
    });
  }
});

Deno.test("the keyboard reaches the skip link, the contents, the switches, folds and downloads", async () => {
  await withFixture("en", {}, async (page) => {
    await page.keyboard.press("Tab");
    assert.match(await focused(page), /skip-link/);
    assert.ok(await shown(page, ".skip-link"));
    await page.keyboard.press("Enter");
    assert.match(await focused(page), /^main page-content/);

    // A fresh page: from the skip link's target on, the contents lie behind.
    await page.goto(page.url().replace(/#.*/, ""));
    await page.reload();
    await tabTo(page, /^input page-notes/, 40);
    assert.ok(!await shown(page, ".notes-code"));
    await page.keyboard.press("Space");
    assert.ok(await shown(page, ".notes-code"));
    await page.keyboard.press("Tab");
    assert.match(await focused(page), /page-theme-auto/);
    const light = await background(page);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.match(await focused(page), /page-theme-dark/);
    assert.notEqual(await background(page), light);

    // The link moves the keyboard with it: the next stop lies in the chapter.
    await page.keyboard.press("Shift+Tab");
    for (let back = 0; !/^a\s+2What the library/.test(await focused(page)); back++) {
      assert.ok(back < 20, "Shift+Tab never came to the contents");
      await page.keyboard.press("Shift+Tab");
    }
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => location.hash === "#chapter-2");
    await page.waitForSelector('.contents-chapter.current a[href="#chapter-2"][aria-current]');
    assert.ok(await shown(page, '.contents a[href="#finding-2-1"]'));
    assert.ok(!await shown(page, '.contents a[href="#finding-3-1"]'));

    await tabTo(page, /^summary .*The numbers as a table/);
    await page.keyboard.press("Enter");
    assert.ok(await shown(page, "details.data-table[open] table"));
    await tabTo(page, /^button .*CSV/);
    await tabTo(page, /^button .*SVG/);
  });
});

Deno.test("the switches' choices outlive a reload", async () => {
  await withFixture("da", {}, async (page) => {
    await page.check("#page-notes");
    await page.check("#page-theme-dark");
    const dark = await background(page);
    await page.reload();
    assert.ok(await page.isChecked("#page-notes"));
    assert.equal(await background(page), dark);
    await page.check("#page-theme-light");
    assert.notEqual(await background(page), dark);
  });
});

Deno.test("turning the notes on leaves the reader where they were", async () => {
  await withFixture("da", {}, async (page) => {
    const top = () =>
      page.evaluate(() => document.getElementById("finding-7-2")!.getBoundingClientRect().top);
    await page.evaluate(() => document.getElementById("finding-7-2")!.scrollIntoView());
    const before = await top();
    await page.check("#page-notes");
    assert.ok(Math.abs(await top() - before) < 2);
  });
});

Deno.test("a narrow window has a menu that opens, closes on Escape, and closes after use", async () => {
  await withFixture("en", { width: 390, height: 844 }, async (page) => {
    assert.ok(!await shown(page, "#page-contents"));
    await tabTo(page, /menu-button/);
    await page.keyboard.press("Enter");
    assert.ok(await shown(page, "#page-contents"));
    await page.screenshot({ path: `${OUT}fixture-en-menu.png` });
    await page.keyboard.press("Escape");
    assert.ok(!await shown(page, "#page-contents"));
    assert.match(await focused(page), /menu-button/);
    await page.keyboard.press("Enter");
    await page.click('.contents a[href="#finding-5-2"]');
    assert.ok(!await shown(page, "#page-contents"));
    const top = await page.evaluate(() =>
      document.getElementById("finding-5-2")!.getBoundingClientRect().top
    );
    assert.ok(top > 50 && top < 200, `the finding stands at ${top}`);
  });
});

Deno.test("the link to the other language leads to the same section", async () => {
  await withFixture("da", {}, async (page) => {
    await page.evaluate(() => location.hash = "#finding-4-1");
    await page.click(".contents .language-link");
    await page.waitForURL(/report\.en\.html#finding-4-1$/);
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  });
});

Deno.test("the arrow keys walk the numbers of a chart, each said with its share and n", async () => {
  await withFixture("en", {}, async (page) => {
    const figure = page.locator('figure[data-name="loans-2-1"]');
    await figure.focus();
    const said = () => figure.locator('[role="status"]').textContent();
    assert.equal(await said(), "");
    await page.keyboard.press("ArrowRight");
    assert.match(await said() ?? "", /^Under 30: Very often \d+\s?%, n 1,000$/);
    await page.keyboard.press("ArrowDown");
    assert.match(await said() ?? "", /^30–49: Very often \d+\s?%, n 1,001$/);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    assert.match(await said() ?? "", /^Under 30: /);
  });
});

Deno.test("without script everything can be read, and both switches work", async () => {
  await withFixture("da", { script: false }, async (page) => {
    assert.equal(await page.locator(".downloads").count(), 0);
    assert.ok(await shown(page, '.contents a[href="#finding-3-1"]'));
    assert.ok(!await shown(page, ".notes-code"));
    await page.check("#page-notes");
    assert.ok(await shown(page, ".notes-code"));
    await page.check("#page-theme-dark");
    await page.screenshot({ path: `${OUT}fixture-da-without-script.png` });
  });
  await withFixture("da", { script: false, width: 390, height: 844 }, async (page) => {
    await page.click(".menu-button");
    assert.ok(await shown(page, "#page-contents"));
  });
});

/** Clicks a button and reads the file that it gives. */
async function downloadFrom(
  page: Page,
  label: string,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  const [download]: [Download, void] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: label }).first().click(),
  ]);
  return {
    name: download.suggestedFilename(),
    bytes: Uint8Array.from(await Deno.readFile(await download.path())),
  };
}

Deno.test("a figure is saved as SVG and PNG in the light colours, from a dark and narrow window", async () => {
  await withFixture("en", { scheme: "dark", width: 390, height: 844 }, async (page) => {
    const svg = await downloadFrom(page, "Download the figure as SVG");
    assert.equal(svg.name, "loans-2-1.svg");
    const text = new TextDecoder().decode(svg.bytes);
    assert.match(text, /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    const [width, height] = ["width", "height"].map((name) =>
      Number(new RegExp(`^<svg [^>]*\\b${name}="([0-9]+)"`).exec(text)?.[1])
    );
    assert.equal(width, 800 + 2 * 16);
    assert.match(text, /<rect [^>]*width="832"[^>]* fill="#ffffff"/);
    assert.match(
      text,
      />One in three borrows every month<.*>Base: everyone who answered \(n = 412\)\.</s,
    );
    await Deno.writeFile(`${OUT}fixture-download.svg`, svg.bytes);
    const png = await downloadFrom(page, "Download the figure as PNG");
    assert.equal(png.name, "loans-2-1.png");
    const header = new DataView(png.bytes.buffer);
    assert.equal(header.getUint32(0), 0x89504e47);
    assert.deepEqual([header.getUint32(16), header.getUint32(20)], [2 * width!, 2 * height!]);
    await Deno.writeFile(`${OUT}fixture-download.png`, png.bytes);
    const corner = await page.evaluate(async (bytes) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      return [...context.getImageData(1, 1, 1, 1).data];
    }, [...png.bytes]);
    assert.deepEqual(corner, [255, 255, 255, 255]);
  });
});

Deno.test("a table is saved as CSV with raw numbers in the language's format, and no formula", async () => {
  const expected = {
    da: {
      label: "Hent tabellen som CSV: Lån efter alder",
      head: "Alder;Meget ofte;Ofte;En gang imellem;Sjældent;Aldrig;Ved ikke;n",
      first: "Under 30 år;0,1;0,12;0,14;0,16;0,18;0,2;1000",
      formula: "'=1+1;0,22;",
      quoted: '"""citeret""; <b>";',
    },
    en: {
      label: "Download the table as CSV: Borrowing by age",
      head: "Age,Very often,Often,Once in a while,Rarely,Never,Don’t know,n",
      first: "Under 30,0.1,0.12,0.14,0.16,0.18,0.2,1000",
      formula: "'=1+1,0.22,",
      quoted: '"""quoted"", <b>",',
    },
  };
  for (const language of LANGUAGES) {
    await withFixture(language, {}, async (page) => {
      const { label, head, first, formula, quoted } = expected[language];
      await page.locator("details.data-table summary").first().click();
      const csv = await downloadFrom(page, label);
      assert.equal(csv.name, "loans-2-1-table.csv");
      assert.deepEqual([...csv.bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
      const lines = new TextDecoder().decode(csv.bytes).split("\r\n");
      assert.equal(lines.length, 8);
      assert.equal(lines[0], head);
      assert.equal(lines[1], first);
      assert.ok(lines[5]?.startsWith(formula), lines[5] ?? "no such line");
      assert.ok(lines[6]?.startsWith(quoted), lines[6] ?? "no such line");
      assert.equal(lines[7], "");
    });
  }
});

Deno.test("a table is copied as a table for Excel and Word, and as text with tabs", async () => {
  await withFixture("da", {}, async (page) => {
    await page.locator("details.data-table summary").first().click();
    await page.getByRole("button", { name: "Kopiér tabellen: Lån efter alder" }).click();
    const pasted = await page.evaluate(() => {
      const [rich, plain] = [document.createElement("div"), document.createElement("textarea")];
      rich.contentEditable = "true";
      rich.id = "rich";
      plain.id = "plain";
      document.querySelector("main")!.prepend(rich, plain);
    }).then(async () => {
      for (const id of ["#rich", "#plain"]) {
        await page.focus(id);
        await page.keyboard.press("Control+V");
      }
      return await page.evaluate(() => ({
        rows: [...document.querySelectorAll("#rich table tr")].map((row) =>
          [...row.children].map((cell) => cell.textContent)
        ),
        text: document.querySelector<HTMLTextAreaElement>("#plain")!.value,
      }));
    });
    assert.equal(pasted.rows.length, 7);
    assert.deepEqual(pasted.rows[0]?.slice(0, 2), ["Alder", "Meget ofte"]);
    assert.match(pasted.rows[1]?.[1] ?? "", /^10\s%$/);
    assert.match(pasted.text, /^Alder\tMeget ofte\t/);
  });
});
