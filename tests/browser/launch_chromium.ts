import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts the system's Chromium: the one that CHROMIUM names, else the first one on the PATH.
 *
 * @throws {Error} If there is none.
 */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
}

function findChromium(): string {
  const named = Deno.env.get("CHROMIUM");
  if (named) return named;
  for (const folder of (Deno.env.get("PATH") ?? "").split(":").filter(Boolean)) {
    for (const name of NAMES) {
      const path = `${folder}/${name}`;
      if (exists(path)) return path;
    }
  }
  throw new Error(
    "The browser tests need Chromium: install it (Debian: apt-get install chromium), or set " +
      "CHROMIUM to its path.",
  );
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
