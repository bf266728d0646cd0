import type { MimeBundle } from "../notebook/notebook_file.ts";

/** Takes a message as the kernel would publish it. */
export type Publish = (type: string, content: Readonly<Record<string, unknown>>) => void;

const DISPLAY = Symbol.for("Jupyter.display");

/** `Deno.jupyter` for notebooks that run without a kernel: the same functions, and what they show. */
export function jupyterApi(publish: Publish) {
  const tagged = (mime: string) => (strings: TemplateStringsArray, ...values: unknown[]) =>
    displayable({
      [mime]: strings.reduce((text, part, index) => text + part + (values[index] ?? ""), ""),
    });
  return {
    broadcast: (type: string, content: Readonly<Record<string, unknown>>): void =>
      publish(type, content),
    display: async (
      value: unknown,
      options: { raw?: boolean; update?: boolean; display_id?: string } = {},
    ): Promise<void> => {
      const data = options.raw && isBundle(value) ? value : await formatValue(value);
      const { display_id } = options;
      publish(options.update ? "update_display_data" : "display_data", {
        data,
        metadata: {},
        transient: display_id === undefined ? {} : { display_id },
      });
    },
    format: formatValue,
    md: tagged("text/markdown"),
    html: tagged("text/html"),
    svg: tagged("image/svg+xml"),
    image: (value: string | Uint8Array) => {
      const bytes = typeof value === "string" ? Deno.readFileSync(value) : value;
      const picture = pictureOf(bytes);
      if (picture === null) throw new TypeError("Deno.jupyter.image() shows PNG and JPEG images");
      return displayable(picture);
    },
    $display: DISPLAY,
  };
}

/**
 * What the kernel shows of a value.
 *
 * Read in Deno 2.9: `cli/js/40_jupyter.js` (`format`).
 */
export async function formatValue(value: unknown): Promise<MimeBundle> {
  if (typeof value === "object" && value !== null) {
    const thing = value as Record<PropertyKey, unknown>;
    if (typeof thing[DISPLAY] === "function") return await thing[DISPLAY]() as MimeBundle;
    const special = canvasOf(thing) ?? vegaOf(thing) ?? pictureOf(value) ?? elementOf(thing);
    if (special !== null) return special;
  }
  return { "text/plain": inspected(value) };
}

function displayable(bundle: MimeBundle) {
  return { [DISPLAY]: () => bundle };
}

function isBundle(value: unknown): value is MimeBundle {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** As `console.log("%o", value)` writes it. */
export function inspected(value: unknown): string {
  return internals.inspectArgs(["%o", value], { colors: false });
}

/** What this project uses of Deno's insides, which the kernel uses too. */
export const internals = (Deno as unknown as { internal: symbol } & Record<symbol, unknown>)[
  (Deno as unknown as { internal: symbol }).internal
] as {
  inspectArgs(args: readonly unknown[], options: { colors: boolean }): string;
  Console: new (print: (text: string, level: number) => void) => Console;
  core: {
    eventLoopHasMoreWork(): boolean;
    resources(): Readonly<Record<string, string>>;
  };
};

function canvasOf(thing: Record<PropertyKey, unknown>): MimeBundle | null {
  if (typeof thing["toDataURL"] !== "function") return null;
  const [head = "", data = ""] = String(thing["toDataURL"]()).split(",");
  return { [head.split(":")[1]?.split(";")[0] ?? ""]: data };
}

function vegaOf(thing: Record<PropertyKey, unknown>): MimeBundle | null {
  if (typeof thing["toSpec"] !== "function") return null;
  const spec = thing["toSpec"]() as Record<string, unknown>;
  const lite = /vega-lite\/(v[45])\.json$/.exec(String(spec["$schema"]))?.[1];
  return {
    [lite ? `application/vnd.vegalite.${lite}+json` : "application/vnd.vega.v5+json"]: spec,
  };
}

function pictureOf(value: unknown): MimeBundle | null {
  if (!(value instanceof Uint8Array)) return null;
  const begins = (...bytes: number[]) => bytes.every((byte, index) => value[index] === byte);
  const mime = begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
    ? "image/png"
    : begins(0xff, 0xd8) && value.at(-2) === 0xff && value.at(-1) === 0xd9
    ? "image/jpeg"
    : null;
  return mime === null ? null : { [mime]: value.toBase64() };
}

function elementOf({ outerHTML }: Record<PropertyKey, unknown>): MimeBundle | null {
  if (typeof outerHTML !== "string") return null;
  return { [outerHTML.startsWith("<svg") ? "image/svg+xml" : "text/html"]: outerHTML };
}
