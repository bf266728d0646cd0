/// <reference lib="dom" />
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** How a report is looked at. */
export interface View {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
  /** With the few colours of a system's high contrast. */
  readonly forced?: boolean;
  /** Only for axe, which has to be put into the page. */
  readonly bypassCSP?: boolean;
  readonly script?: boolean;
}

/** A page that notes everything a report must not do. */
export interface OpenReport {
  readonly page: Page;
  /** Fails if the page asked for anything but itself, or complained of anything. */
  assertQuiet(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a report's file as a reader would, from the disk.
 *
 * @param browser A running browser.
 * @param file The path of the report.
 * @param view The window, 1440 by 1000 and light unless told.
 */
export async function openReport(
  browser: Browser,
  file: string,
  { width = 1440, height = 1000, scheme = "light", forced, bypassCSP = false, script = true }:
    View = {},
): Promise<OpenReport> {
  const options: BrowserContextOptions = {
    viewport: { width, height },
    colorScheme: scheme,
    forcedColors: forced ? "active" : "none",
    reducedMotion: "reduce",
    bypassCSP,
    javaScriptEnabled: script,
    acceptDownloads: true,
  };
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  const problems: string[] = [];
  page.on("request", (request) => {
    const asked = request.url();
    // A reader may follow a link to the file in the other language; all else is embedded.
    const followed = request.isNavigationRequest() && asked.startsWith(new URL(".", url).href);
    if (!followed && !/^(data|blob):/.test(asked)) problems.push(`asked for ${asked}`);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(`threw ${error.message}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`blocked by policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await page.goto(url);
  return {
    page,
    async assertQuiet() {
      await page.waitForTimeout(50);
      assert.deepEqual(problems, []);
    },
    close: () => context.close(),
  };
}
