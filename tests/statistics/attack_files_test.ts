import assert from "node:assert/strict";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { dataFile } from "../../lib/responses/study.ts";
import { filesIn, inFolder, runTask } from "../commands/run_task.ts";

/** What differs between two runs whatever the answers are: hashes of the file, and when it was made. */
const APART = /\b[0-9a-f]{64}\b|\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** Two people who answered all alike but a question, of which one gave an answer that few gave. */
const QUESTION = "decision_act_change";
const [ONE, OTHER] = ["synthetic-0636", "synthetic-0810"];

/** The shipped answers, with the two alike in all else they answered, and with their answers exchanged. */
async function twoFiles(): Promise<[string, string]> {
  const [header = "", ...lines] = (await Deno.readTextFile(dataFile("responses.csv"))).split("\n");
  const names = header.trim().split(",");
  const rows = lines.map((line) => line.split(","));
  const [one, other] = [ONE, OTHER].map((id) => rows.find(([own]) => own === id)!);
  const at = names.indexOf(QUESTION);
  for (let i = names.indexOf("pressure_change"); i < names.length; i++) {
    if (i !== at) other![i] = one![i]!;
  }
  const text = () => [header, ...rows.map((row) => row.join(","))].join("\n");
  const before = text();
  [one![at], other![at]] = [other![at]!, one![at]!];
  assert.notEqual(one![names.indexOf("gender")], other![names.indexOf("gender")]);
  return [before, text()];
}

/** The texts of all files of a run, with those inside of Office documents. */
function textsOf(folder: string): Map<string, string> {
  const texts = new Map<string, string>();
  const add = (name: string, bytes: Uint8Array) => {
    if (/\.(docx|pptx|xlsx)$/.test(name)) {
      for (const [part, own] of Object.entries(unzipSync(bytes))) add(`${name}/${part}`, own);
    } else texts.set(name, new TextDecoder("latin1").decode(bytes).replace(APART, ""));
  };
  for (const name of filesIn(folder)) add(name, Deno.readFileSync(join(folder, name)));
  return texts;
}

Deno.test("no byte of a run's files tells which of two people gave a rare answer", () =>
  inFolder(async (folder) => {
    const data = join(folder, "answers.csv");
    const runs: Map<string, string>[] = [];
    for (const [i, text] of (await twoFiles()).entries()) {
      await Deno.writeTextFile(data, text);
      const out = join(folder, `run${i}`);
      const { code, stderr } = await runTask(
        ...["report", "--data", data, "--out", out, "--lang", "en", "--docx", "--pptx"],
      );
      assert.equal(code, 0, stderr);
      runs.push(textsOf(out));
    }
    const [one, other] = runs as [Map<string, string>, Map<string, string>];
    assert.deepEqual([...one.keys()], [...other.keys()]);
    assert.ok([...one.keys()].some((name) => /pptx.*embeddings.*sheet/.test(name)));
    for (const [name, text] of one) assert.ok(text === other.get(name), name);
  }));
