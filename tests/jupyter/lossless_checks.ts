import { join } from "node:path";
import type { Notebook } from "../../lib/notebook/notebook_file.ts";
import { stripAnsi } from "../../lib/report/notebook_error.ts";
import { readNotebook, writeNotebook } from "../../lib/report/notebook_json.ts";
import { runNotebook } from "../../lib/report/run_notebooks.ts";
import { outputsOf } from "../report/notebook_of.ts";
import { type Client, ScratchJupyter } from "./scratch_jupyter.ts";
import { plainNotebook, showingNotebook } from "./shown_outputs.ts";
import { Tally } from "./tally.ts";

const MANY = 3_000;
const SOME = 500;

type Shown = readonly (readonly string[])[];

function shownIn(notebook: Notebook): Shown {
  return outputsOf(notebook).map((outputs) =>
    outputs.map((output) => "data" in output ? text(output.data["text/plain"]) : output.output_type)
  );
}

function text(value: unknown): string {
  return stripAnsi(String(value));
}

/** Cell by cell, what is not as expected. */
function differences(shown: Shown, expected: Shown): string[] {
  return expected.flatMap((wanted, index) => {
    const got = shown[index] ?? [];
    return got.join() === wanted.join()
      ? []
      : [`cell ${index + 1} shows [${got.join(", ")}] and not [${wanted.join(", ")}]`];
  });
}

async function run(path: string, notebook: Notebook): Promise<Notebook> {
  const { notebook: executed, failure } = await runNotebook(path, notebook);
  if (failure !== null) throw failure;
  return executed;
}

/**
 * Sends thousands of outputs through Jupyter's own clients and through this project's runner, and
 * fails if one is lost, doubled or out of order.
 */
export async function checkLossless(jupyter: ScratchJupyter, tally: Tally): Promise<void> {
  const check = (what: string, expected: Shown, run: () => Promise<Notebook>) =>
    tally.check(
      `${what}: ${expected.flat().length} outputs`,
      async () => differences(shownIn(await run()), expected),
    );
  const through = async (client: Client, notebook: Notebook): Promise<Notebook> => {
    const input = join(jupyter.folder, "in.ipynb");
    const output = join(jupyter.folder, "out.ipynb");
    await writeNotebook(input, notebook);
    await jupyter.execute(client, input, output);
    return await readNotebook(output);
  };
  const path = join(jupyter.folder, "own.ipynb");

  const many = showingNotebook(MANY);
  await check("shown, our runner", many.expected, () => run(path, many.notebook));
  await check("shown, nbclient", many.expected, () => through("nbclient", many.notebook));
  const some = showingNotebook(SOME);
  await check("shown, nbconvert", some.expected, () => through("nbconvert", some.notebook));
  await check("shown, papermill", some.expected, () => through("papermill", some.notebook));
  const plain = plainNotebook(MANY);
  await check("last expressions, our runner", plain.expected, () => run(path, plain.notebook));

  // What it is all for: without this project's library the same clients lose outputs. Not a check,
  // because a kernel that loses none would be good news.
  const bare = plainNotebook(SOME);
  const lost = differences(shownIn(await through("nbclient", bare.notebook)), bare.expected);
  console.log(`last expressions, nbclient, without the library: ${lost.length} of ${SOME} lost`);
}
