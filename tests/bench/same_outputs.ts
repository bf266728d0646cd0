import type { Notebook } from "../../lib/notebook/notebook_file.ts";
import { outputsOf } from "../report/notebook_of.ts";

/**
 * Looks for each of a notebook's outputs in the page that another program made of it.
 *
 * @returns How many there are.
 * @throws {Error} With the first that is not there.
 */
export function requireSameOutputs(name: string, notebook: Notebook, html: string): number {
  const page = plain(html);
  const drawings = html.match(/<svg[^>]* class="chart-svg"/g)?.length ?? 0;
  let [texts, charts] = [0, 0];
  for (const output of outputsOf(notebook).flat()) {
    if (!("data" in output)) continue;
    if (output.data["image/svg+xml"] !== undefined) {
      charts++;
      continue;
    }
    const text = plain(String(output.data["text/html"] ?? output.data["text/plain"] ?? ""));
    texts++;
    if (page.includes(text)) continue;
    throw new Error(`nbconvert's page of ${name} lacks the output "${text.slice(0, 200)}"`);
  }
  // An image may stand in the page as it is, or as data.
  const images = html.match(/<img[^>]* src="data:image\/svg\+xml/g)?.length ?? 0;
  if (drawings + images !== charts) {
    throw new Error(`nbconvert's page of ${name} has ${drawings + images} of ${charts} charts`);
  }
  return texts + charts;
}

function plain(html: string): string {
  return html.replace(/<[^>]*>/g, " ")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'").replaceAll("&amp;", "&").replaceAll("¶", "").replace(/\s+/g, "");
}
