/// <reference lib="dom" />
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { findNotebooks } from "../../lib/commands/project.ts";
import { readNotebook } from "../../lib/report/notebook_json.ts";
import { outputsOf } from "../report/notebook_of.ts";
import type { ScratchJupyter } from "./scratch_jupyter.ts";
import type { Tally } from "./tally.ts";

/**
 * Opens what nbconvert makes of the stored notebooks, without a network: every chart is a picture
 * that shows, every table is there, and nothing is asked for.
 */
export async function checkExportedPages(
  names: readonly string[],
  jupyter: ScratchJupyter,
  browser: Browser,
  tally: Tally,
): Promise<void> {
  const pages = join(jupyter.folder, "pages");
  const paths = findNotebooks(names);
  await jupyter.export(paths, pages);
  for (const [index, name] of names.entries()) {
    await tally.check(`${name}, nbconvert's HTML`, async () => {
      const outputs = outputsOf(await readNotebook(paths[index]!)).flat();
      const all = outputs.flatMap((output) => "data" in output ? [output.data] : []);
      const tables = all.map((data) => String(data["text/html"] ?? "").match(/<table/g) ?? []);
      const wanted = {
        charts: all.filter((data) => "image/svg+xml" in data).length,
        tables: tables.flat().length,
        asked: [] as string[],
      };
      const page = await browser.newPage();
      try {
        const asked: string[] = [];
        page.on("pageerror", ({ message }) => asked.push(`threw ${message}`));
        await page.route(/^https?:/, async (route) => {
          asked.push(route.request().url());
          await route.abort();
        });
        await page.goto(pathToFileURL(join(pages, `${name}.html`)).href);
        const shown = await page.evaluate(() => ({
          charts: [...document.querySelectorAll("img")].filter((image) =>
            image.src.startsWith("data:image/svg+xml") && image.naturalWidth > 0
          ).length,
          tables: document.querySelectorAll("table").length,
        }));
        const got = { ...shown, asked };
        return JSON.stringify(got) === JSON.stringify(wanted)
          ? []
          : [`${JSON.stringify(got)} and not ${JSON.stringify(wanted)}`];
      } finally {
        await page.close();
      }
    });
  }
}
