import { basename } from "node:path";
import { type DefaultTreeAdapterTypes as Tree, parseFragment } from "parse5";
import { REPORT_MIME, type ReportParts } from "../../lib/notebook/notebook_file.ts";
import { runNotebooks } from "../../lib/report/run_notebooks.ts";
import type { Language } from "../../lib/responses/language.ts";
import { dataFile } from "../../lib/responses/study.ts";

/** One paragraph, heading, list item or caption of the report. */
export interface Block {
  /** Notebook, cell and output, and the number of the block in it. */
  readonly at: string;
  /** How many blocks that output has. */
  readonly of: number;
  readonly language: Language;
  readonly text: string;
}

/** What is set apart from the words around it. */
const BLOCKS = new Set(["p", "li", "dt", "dd", "h4", "caption", "summary", "desc", "th", "td"]);
/** Values and drawings: their numbers are checked where they are made. */
const SKIPPED = new Set(["table", "title", "text", "style"]);
/** What the published report said is a table of sentences. */
const isOfClaims = (node: Tree.Node) =>
  "attrs" in node && node.attrs.some(({ name, value }) => name === "class" && value === "claims");

/**
 * Runs notebooks as the export does, in both languages, and reads what they say: headings,
 * paragraphs, lists, captions, and the alternative texts of drawings.
 *
 * @param data The response file.
 * @throws {Error} Where a notebook fails.
 */
export async function narrativeOf(paths: readonly string[], data: string): Promise<Block[]> {
  const runs = await runNotebooks(paths, {
    env: { SURVEY_DATA: data, SURVEY_WHERE: "", SURVEY_LANG: "da,en", SURVEY_REPORT: "1" },
  });
  return runs.flatMap(({ path, notebook, failure }) => {
    if (failure) throw new Error(failure.message);
    return notebook.cells.flatMap((cell) =>
      (cell.cell_type === "code" ? cell.outputs : []).flatMap((output, i) => {
        if (!("data" in output)) return [];
        const parts = output.data[REPORT_MIME] as ReportParts | undefined;
        return Object.entries(parts ?? {}).flatMap(
          ([language, { html, details = "", heading }]) => {
            const texts = [...heading ? [heading.text] : blocksOf(html), ...blocksOf(details)];
            return texts.map((text, j) => ({
              at: `${basename(path, ".ipynb")} ${cell.id} ${i}.${j}`,
              of: texts.length,
              language: language as Language,
              text,
            }));
          },
        );
      })
    );
  });
}

/** The words of each block of some HTML, those of blocks within it apart. */
function blocksOf(html: string): string[] {
  const found: string[] = [];
  const walk = (node: Tree.Node, block: string[] | null) => {
    if (node.nodeName === "#text") block?.push((node as Tree.TextNode).value);
    if ((SKIPPED.has(node.nodeName) && !isOfClaims(node)) || !("childNodes" in node)) return;
    const own = BLOCKS.has(node.nodeName) ? [] : block;
    for (const child of node.childNodes) walk(child, own);
    if (own !== null && own !== block) {
      const text = own.join("").replace(/\s+/g, " ").trim();
      if (text !== "") found.push(text);
    }
  };
  walk(parseFragment(html), null);
  return found;
}

/** The sentences of a block. */
export function sentencesOf(block: Block): Block[] {
  return block.text.split(/(?<=[.!?;])\s+(?=[\p{Lu}\d"„])/u).map((text) => ({ ...block, text }));
}

/**
 * The shipped answers as CSV, each row changed.
 *
 * @param change Changes a row's values in place; `at` is where a column stands.
 */
export async function changedAnswers(
  change: (values: string[], at: (column: string) => number, row: number) => void,
): Promise<string> {
  const csv = await Deno.readTextFile(dataFile("responses.csv"));
  const [names = [], ...rows] = csv.trimEnd().split("\n").map((line) => line.split(","));
  rows.forEach((values, row) => change(values, (column) => names.indexOf(column), row));
  return [names, ...rows].map((values) => values.join(",")).join("\n") + "\n";
}
