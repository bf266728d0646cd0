/// <reference lib="dom" />
import type { Page } from "playwright-core";
import type { Output } from "../../lib/notebook/notebook_file.ts";

/** How long all cells of one notebook may take in a page, in milliseconds. */
const PATIENCE_MS = 120_000;

/** What a page shows below a cell: for each output its text without spaces, and whether it is a picture. */
export type ShownOutputs = readonly string[];

/** JupyterLab's application, as far as it is used here. */
interface App {
  readonly shell: {
    readonly currentWidget: {
      readonly context: { readonly ready: Promise<void> };
      readonly sessionContext: {
        readonly ready: Promise<void>;
        readonly session: { readonly kernel: { readonly info: Promise<unknown> } | null } | null;
      };
    };
  };
  readonly commands: { execute(id: string): Promise<unknown> };
}

/**
 * Opens a notebook, runs all its cells with the interface's own command, and saves it.
 *
 * @param url The notebook's address in JupyterLab or Notebook.
 * @returns For each code cell what the page then shows below it.
 */
export async function runInPage(page: Page, url: string): Promise<ShownOutputs[]> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  await page.waitForSelector(".jp-Notebook .jp-CodeCell");
  await page.waitForFunction(() => "jupyterapp" in globalThis);
  // What is run before the kernel is there would wait for somebody to choose one.
  await inTime(
    "the kernel",
    page.evaluate(async () => {
      const { shell } = (globalThis as unknown as { jupyterapp: App }).jupyterapp;
      await shell.currentWidget.context.ready;
      await shell.currentWidget.sessionContext.ready;
      await shell.currentWidget.sessionContext.session?.kernel?.info;
    }),
  );
  await execute(page, "notebook:run-all-cells");
  await page.waitForFunction(() => {
    const prompts = [...document.querySelectorAll(".jp-Notebook .jp-CodeCell .jp-InputPrompt")]
      .map((prompt) => prompt.textContent ?? "");
    return prompts.length > 0 && prompts.every((prompt) => /\[\d+\]/.test(prompt));
  });
  await execute(page, "docmanager:save");
  return await page.evaluate(() =>
    [...document.querySelectorAll(".jp-Notebook .jp-CodeCell")].map((cell) =>
      [...cell.querySelectorAll(".jp-OutputArea-output")].map((output) => {
        const picture = output.querySelector("img, :scope > svg") !== null &&
          output.textContent?.trim() === "";
        return picture ? "(picture)" : (output.textContent ?? "").replace(/\s+/g, "");
      })
    )
  );
}

/** What a page shows of outputs, if none is lost: HTML before text, pictures as pictures. */
export async function shownIn(page: Page, outputs: readonly Output[]): Promise<ShownOutputs> {
  return await page.evaluate(
    (bundles) =>
      bundles.map(({ html, picture, text }) => {
        if (picture) return "(picture)";
        const shown = html === null
          ? text
          : new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
        return shown.replace(/\s+/g, "");
      }),
    outputs.map((output) => {
      const data = "data" in output ? output.data : {};
      return {
        html: typeof data["text/html"] === "string" ? data["text/html"] : null,
        picture: data["image/svg+xml"] !== undefined,
        text: "data" in output ? String(data["text/plain"] ?? "") : JSON.stringify(output),
      };
    }),
  );
}

async function execute(page: Page, command: string): Promise<void> {
  await inTime(
    command,
    page.evaluate(async (id) => {
      await (globalThis as unknown as { jupyterapp: App }).jupyterapp.commands.execute(id);
    }, command),
  );
}

/** What is evaluated in a page has no limit of its own. */
async function inTime<T>(what: string, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`${what}: not within ${PATIENCE_MS / 1000} s`)),
    PATIENCE_MS,
  );
  // It ends with its page.
  work.catch(() => {});
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
