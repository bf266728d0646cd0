/**
 * Cleans HTML or SVG that an analyst's own cell has shown.
 *
 * The libraries for it are large, so they are loaded when the first such output comes.
 *
 * @param html HTML or SVG from a cell.
 * @returns The same without script, style, forms and frames.
 */
export async function sanitizeHtml(html: string): Promise<string> {
  purifier ??= makePurifier();
  const purify = await purifier;
  return purify.sanitize(html, {
    USE_PROFILES: { html: true, svg: true, svgFilters: true },
    FORBID_TAGS: ["style", "form", "input", "button", "select", "textarea", "audio", "video"],
    ALLOW_DATA_ATTR: true,
  });
}

type Purifier = { sanitize(html: string, options: Record<string, unknown>): string };

let purifier: Promise<Purifier> | undefined;

async function makePurifier(): Promise<Purifier> {
  const [{ JSDOM }, { default: createPurifier }] = await Promise.all([
    import("jsdom"),
    import("dompurify"),
  ]);
  return createPurifier(new JSDOM("").window);
}
