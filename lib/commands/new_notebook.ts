import { dirname, join, relative } from "node:path";
import type { Cell, Notebook } from "../notebook/notebook_file.ts";
import { writeNotebook } from "../report/notebook_json.ts";
import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { nearest } from "../responses/nearest.ts";
import { codebook } from "../responses/study.ts";
import { formatCells } from "./check_notebooks.ts";
import { newNotebookCells } from "./new_notebook_cells.ts";
import { findNotebooks, NOTEBOOKS } from "./project.ts";

/** Options of `deno task new`. */
export interface NewNotebookOptions {
  /** Questions of the codebook; several have to be on one scale. */
  readonly question: readonly string[];
}

/** As Jupyter writes it for this kernel. */
const METADATA = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: {
    codemirror_mode: "typescript",
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
    version: Deno.version.typescript,
  },
};

/**
 * Writes a notebook for a question of the codebook, which runs as it is: chapter, headline, sentences,
 * chart and breakdown.
 *
 * @param name Its name, such as "13_job_change": numbers in front decide its place in the report.
 * @returns 0: written.
 * @throws {InputError} The name is taken or unfit, or the questions are not in the codebook.
 */
export async function newNotebook(
  name: string,
  { question: questions }: NewNotebookOptions,
): Promise<number> {
  checkName(name);
  const path = join(NOTEBOOKS, `${name}.ipynb`);
  const cells = newNotebookCells({ name, questions: checked(questions, codebook()) }, codebook());
  await writeFormatted(path, notebookOf(cells));
  const only = relative(NOTEBOOKS, path).replace(/\.ipynb$/, "");
  console.log(
    `Written: notebooks/${name}.ipynb\n` +
      `Look at it while you go on with it: deno task report --watch --only ${only}`,
  );
  return 0;
}

/** A notebook of cells, as Jupyter writes it. */
export function notebookOf(cells: readonly Cell[]): Notebook {
  return { nbformat: 4, nbformat_minor: 5, metadata: METADATA, cells: [...cells] };
}

/** Writes a notebook with its cells formatted. */
export async function writeFormatted(path: string, notebook: Notebook): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await writeNotebook(path, notebook);
  await formatCells(path, true);
}

function checkName(name: string): void {
  if (!/^[0-9]{2}_[a-z][a-z0-9_]*$/.test(name)) {
    throw new InputError(
      `"${name}" is no name for a notebook. Give two digits, which decide its place in the report, ` +
        `and a word or more in small letters: ${nextNumber()}_job_change`,
    );
  }
  const word = name.slice(3);
  const taken = existing().find((other) => other === name || other.slice(3) === word);
  if (taken !== undefined) {
    throw new InputError(
      `There is a notebook notebooks/${taken}.ipynb already. Give another name, or remove that one.`,
    );
  }
}

function existing(): string[] {
  return findNotebooks().map((path) => relative(NOTEBOOKS, path).replace(/\.ipynb$/, ""));
}

function nextNumber(): string {
  const numbers = existing().map((name) => parseInt(name)).filter(Number.isFinite);
  return String(Math.max(0, ...numbers) + 1).padStart(2, "0");
}

function checked(
  names: readonly string[],
  { questions: single, several }: Codebook,
): [string, ...string[]] {
  // A question of several answers is one, and none of its answers is.
  const questions: Readonly<Record<string, { readonly scale: string }>> = {
    ...Object.fromEntries(Object.entries(single).filter(([, { item }]) => !item)),
    ...several,
  };
  const [first, ...rest] = names;
  if (first === undefined) {
    throw new InputError(`Give the question it is about: --question ${Object.keys(questions)[0]}`);
  }
  for (const name of names) {
    if (Object.hasOwn(questions, name)) continue;
    const near = nearest(name, Object.keys(questions), 1);
    throw new InputError(
      `The codebook has no question "${name}".` +
        (near.length > 0 ? ` Did you mean "${near[0]}"?` : "") +
        ` There is: ${Object.keys(questions).join(", ")}. ` +
        `A new one is added to data/codebook.json first; see README.md, "Adding a question".`,
    );
  }
  const other = rest.find((name) => questions[name]!.scale !== questions[first]!.scale);
  if (other !== undefined) {
    throw new InputError(
      `"${other}" is answered on another scale than "${first}" ` +
        `(${questions[other]!.scale} and ${questions[first]!.scale}), so no chart shows both. ` +
        `Make a notebook for each.`,
    );
  }
  return [first, ...rest];
}
