import { cp } from "node:fs/promises";
import { dirname, extname, join, relative, resolve } from "node:path";
import { parseCodebook } from "../responses/codebook.ts";
import { codebookSchema } from "../responses/codebook_schema.ts";
import { InputError } from "../responses/input_error.ts";
import { readBytes } from "../responses/open_file.ts";
import type { Published } from "../responses/published.ts";
import { readTable } from "../responses/readers/read_table.ts";
import { lineIn, parseJson, TO_FILL_IN } from "../responses/schema.ts";
import type { SaidOfColumns } from "./found_columns.ts";
import { methodCells, newNotebookCells, overviewCells, writeCells } from "./new_notebook.ts";
import { PROJECT } from "./project.ts";
import { proposeCodebook } from "./propose_codebook.ts";

/** What of this project a study of its own needs. */
const MACHINE = ["lib", "deno.json", "deno.lock", ".vscode", ".gitignore"];
/** Notebooks have two digits; the first is the overview and the last the method. */
const MOST_CHAPTERS = 97;

/**
 * Begins a study from a response file: a codebook to look through, the answers, and a notebook for each
 * question or grid, from which the report comes once what is left open is filled in. Nothing is written over.
 *
 * @returns 0: written.
 * @throws {DataProblems} Where the file cannot be read.
 * @throws {InputError} Where there is something already, or a column is named that is none.
 */
export async function initStudy(
  file: string,
  options: SaidOfColumns & { readonly out?: string },
): Promise<number> {
  const folder = resolve(options.out ?? PROJECT);
  const isOwn = folder !== resolve(PROJECT);
  const { bytes, name } = await readBytes(file);
  const table = await readTable(bytes, name, () => false);
  for (const column of [...options.background ?? [], ...options.question ?? []]) {
    if (table.header.includes(column)) continue;
    throw new InputError(`${name} has no column "${column}". It has: ${table.header.join(", ")}.`);
  }
  const { codebook, chapters, told } = proposeCodebook(table, options);
  if (chapters.length === 0) {
    throw new InputError(
      `${name} holds no question that could be told. Name one: --question COLUMN.`,
    );
  }
  const json = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
  const written = json(codebook);
  const files = new Map<string, Uint8Array>([
    ["data/codebook.json", written],
    ["data/codebook.schema.json", json(codebookSchema())],
    [`data/responses${extname(name).toLowerCase()}`, bytes],
    ["data/claims.json", json({})],
    ["data/published.json", json(NOTHING_PUBLISHED)],
  ]);
  const taken = [...files.keys(), "notebooks", ...isOwn ? MACHINE : []]
    .filter((path) => isThere(join(folder, path)));
  if (taken.length > 0) {
    throw new InputError(
      `${folder} has ${
        taken.join(", ")
      } already, and nothing is written over. Give a folder that is ` +
        `new: --out FOLDER.`,
    );
  }
  // As they will be read, so that notebooks can be made before the texts are there.
  const book = parseCodebook(filledIn(codebook), "data/codebook.json");
  for (const path of isOwn ? MACHINE : []) {
    if (isThere(join(PROJECT, path))) {
      await cp(join(PROJECT, path), join(folder, path), { recursive: true });
    }
  }
  for (const [path, content] of files) {
    await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
    await Deno.writeFile(join(folder, path), content, { createNew: true });
  }
  const all = chapters.slice(0, MOST_CHAPTERS).map((questions, i) => {
    const word = questions[0].replace(/_scale$/, "").slice(0, 40).replace(/_+$/, "");
    return { name: `${number(i + 2)}_${word}`, questions };
  });
  const last = `${number(all.length + 2)}_method`;
  const notebooks = [
    ["01_overview", overviewCells(all.flatMap(({ questions }) => questions[0]), book)] as const,
    ...all.map((each) => [each.name, newNotebookCells(each.name, each.questions, book)] as const),
    [last, methodCells()] as const,
  ];
  for (const [name, cells] of notebooks) {
    await writeCells(join(folder, "notebooks", `${name}.ipynb`), cells);
  }
  tell(folder, told, written, notebooks.length);
  return 0;
}

function tell(
  folder: string,
  told: readonly string[],
  codebook: Uint8Array,
  notebooks: number,
): void {
  const text = new TextDecoder().decode(codebook);
  const value = parseJson(text, "data/codebook.json");
  const open = placesIn(value).map(({ at, asked }) =>
    `  line ${lineIn(value, at)}: ${at}  ${asked}`
  );
  const place = relative(Deno.cwd(), folder) || ".";
  console.log([
    ...told.map((line) => `  ${line}`),
    "",
    `Written: ${place}/data and ${notebooks} notebooks in ${place}/notebooks.`,
    ...open.length === 0 ? [] : [
      `To be filled in, ${open.length} places in ${place}/data/codebook.json (what begins with "${TO_FILL_IN}"):`,
      ...open,
    ],
    "",
    `Then, in ${place}: deno task validate data/responses*, and deno task report.`,
  ].join("\n"));
}

/** Where a proposal leaves something open. */
function placesIn(value: unknown, at = ""): { readonly at: string; readonly asked: string }[] {
  if (typeof value === "string") return /^\?(\s|$)/.test(value) ? [{ at, asked: value }] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .flatMap(([key, each]) => placesIn(each, at === "" ? key : `${at}.${key}`));
}

/** The proposal as if everything were filled in. */
function filledIn(codebook: unknown): unknown {
  return JSON.parse(JSON.stringify(codebook), (key, value) => {
    if (key === "invited" && value === TO_FILL_IN) return 1;
    if ((key === "from" || key === "to") && value === TO_FILL_IN) return "2000-01-01";
    return typeof value === "string" ? value.replace(/^\?\s*/, "") || key : value;
  });
}

const NOTHING_PUBLISHED = {
  ...{ indicators: [], facts: [], associations: [], main_conclusions: [] },
  ...{ ambiguities: [], pages: [], themes: [] },
} satisfies Published;

const number = (value: number) => String(value).padStart(2, "0");

function isThere(path: string): boolean {
  try {
    const { isDirectory } = Deno.statSync(path);
    return !isDirectory || [...Deno.readDirSync(path)].length > 0;
  } catch {
    return false;
  }
}
