import { deepStrictEqual, match, notStrictEqual, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { libraryThreads } from "../../lib/commands/project.ts";
import { handOver } from "../../lib/notebook/open_survey.ts";
import { readWaves } from "../../lib/notebook/read_waves.ts";
import { NotebookThreads } from "../../lib/report/notebook_threads.ts";
import { runNotebook } from "../../lib/report/run_notebooks.ts";
import { notebookOf, outputsOf, textsOf } from "./notebook_of.ts";

const PATH = join(import.meta.dirname!, "made_up.ipynb");

/** What a notebook leaves, and how the next one in the same place looks for it. */
const LEFT: Readonly<Record<string, readonly [leaves: string, looks: string, finds: string]>> = {
  "a name": ["let left = 1", "typeof left", '"undefined"'],
  "a name of the language": ["const Map = 1; Map", "new Map()", "Map(0) {}"],
  "a global": ["globalThis.left = 1", "typeof globalThis.left", '"undefined"'],
  "a method of every array": ["Array.prototype.left = 1", "typeof [].left", '"undefined"'],
  "another function of Deno's": ["Deno.readTextFile = 1", "typeof Deno.readTextFile", '"function"'],
  "another console": ["console.log = () => {}", "console.log('heard')", "heard\n"],
  "an environment variable": [
    "Deno.env.set('LEFT', '1')",
    "typeof Deno.env.get('LEFT')",
    '"undefined"',
  ],
  "another folder": ["Deno.chdir('/')", "Deno.cwd().split('/').at(-1)", '"report"'],
  "a timer": [
    "setInterval(() => console.log('tick'), 1); undefined",
    "await new Promise((resolve) => setTimeout(() => resolve('none'), 50))",
    '"none"',
  ],
  "a listener": [
    "addEventListener('unhandledrejection', (event) => event.preventDefault())",
    "'next'",
    '"next"',
  ],
  "a listener of Node's": [
    "import process from 'node:process'; process.on('left', () => {}); undefined",
    "import process from 'node:process'; process.listenerCount('left')",
    "0",
  ],
  "an open file": [
    "Deno.openSync('.'); undefined",
    "Object.keys(Deno[Deno.internal].core.resources()).length",
    "3",
  ],
  "a server": ["Deno.serve({ port: 0, onListen() {} }, () => new Response()); undefined", "1", "1"],
  "a module that keeps what it was given": [
    `import state from "data:text/javascript,export default {}"; state.left = 1`,
    `import state from "data:text/javascript,export default {}"; typeof state.left`,
    '"undefined"',
  ],
};

const LIBRARY = new URL("../../lib/notebook.ts", import.meta.url).href;
const OPEN = `import { openSurvey } from "${LIBRARY}"; const survey = await openSurvey();`;
const READ = { data: null, where: {}, languages: ["da"], report: true } as const;

Deno.test("notebooks share the answers: what one writes into them fails it, and all else is its own", async () => {
  const data = handOver(await readWaves(READ, () => {}));
  const threads = libraryThreads(1);
  try {
    const { failure } = await runNotebook(
      PATH,
      notebookOf(`${OPEN} survey.codebook.study.title.da = "other"; survey.answers = 1;`),
      { threads, data },
    );
    strictEqual(failure, null);
    const looks = `${OPEN} survey.codebook.study.title.da + survey.answers`;
    const next = await runNotebook(PATH, notebookOf(looks), { threads, data });
    match(textsOf(outputsOf(next.notebook)[0]!)[0]!, /Fagligheden under pres\?undefined/);
    const wrong = await runNotebook(
      PATH,
      notebookOf(`${OPEN} survey.codes.get("gender").fill(1); 1`, "2"),
      { threads, data },
    );
    match(wrong.failure!.message, /changed the answers themselves .*survey\.derive/s);
  } finally {
    await threads.close();
  }
});

for (const [what, [leaves, looks, finds]] of Object.entries(LEFT)) {
  Deno.test(`a notebook finds nothing that another one has left: ${what}`, async () => {
    const threads = new NotebookThreads(undefined, 1);
    try {
      const options = { threads, lateMs: 100 };
      const first = await runNotebook(PATH, notebookOf(leaves), options);
      strictEqual(first.failure, null);
      const next = await runNotebook(PATH, notebookOf(looks), options);
      strictEqual(next.failure, null);
      const [text] = textsOf(outputsOf(next.notebook)[0]!);
      deepStrictEqual(text?.replace(/^\w+: /, ""), finds);
    } finally {
      await threads.close();
    }
  });
}

Deno.test("notebooks that leave nothing run in the same thread, one after the other", async () => {
  const threads = new NotebookThreads(undefined, 1);
  const thread = "Deno.readLinkSync('/proc/thread-self')";
  const run = async (...cells: string[]) =>
    textsOf(
      outputsOf((await runNotebook(PATH, notebookOf(...cells), { threads })).notebook)[0]!,
    )[0];
  try {
    const first = await run(thread, "let a = 1; class B {} var c = a; function d() {}");
    match(first!, /task/);
    strictEqual(await run(thread, "console.log(1)", "Deno.env.set('A', '1')"), first);
    strictEqual(await run(thread, "globalThis.left = 1"), first);
    notStrictEqual(await run(thread), first);
  } finally {
    await threads.close();
  }
});

Deno.test("notebooks that run at the same time have environments and folders of their own", async () => {
  const run = async (value: string, folder: string) => {
    const cell = `Deno.env.set("WHOSE", "${value}"); Deno.chdir("${folder}");
await new Promise((resolve) => setTimeout(resolve, 100)); [Deno.env.get("WHOSE"), Deno.cwd()].join()`;
    const { notebook } = await runNotebook(PATH, notebookOf(cell));
    return textsOf(outputsOf(notebook)[0]!)[0];
  };
  const [before, cwd] = [Deno.env.get("WHOSE"), Deno.cwd()];
  deepStrictEqual(await Promise.all([run("a", "/"), run("b", "/tmp")]), [
    'execute_result: "a,/"',
    'execute_result: "b,/tmp"',
  ]);
  deepStrictEqual([Deno.env.get("WHOSE"), Deno.cwd()], [before, cwd]);
});
