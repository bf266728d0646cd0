// Reads and checks a response file, and tells how long that took, the most memory there was beyond
// what there was before, and how often each answer was given.
import { loadAnswers } from "../../../lib/statistics/load_answers.ts";
import { codebook } from "../../../lib/responses/study.ts";

const [file = ""] = Deno.args;
const questions = codebook();
// The clock of every side runs while the file is read: the database is loaded before.
await import("@duckdb/node-api");
const before = Deno.memoryUsage().rss;
const began = performance.now();
const survey = await loadAnswers(file, questions);
const ms = performance.now() - began;
const most = /VmHWM:\s+(\d+) kB/.exec(await Deno.readTextFile("/proc/self/status"))?.[1];
const answers = Object.fromEntries(
  Object.keys(questions.questions).map((name) => {
    const people = new Array<number>(256).fill(0);
    for (const code of survey.codes.get(name) ?? []) people[code]!++;
    return [name, people.slice(1, 255).filter((n) => n > 0).sort((a, b) => a - b)];
  }),
);
const bytes = Number(most) * 1024 - before;
const { respondents } = survey.source;
const codes = survey.codes.size * respondents;
console.log(JSON.stringify({ ms, respondents, bytes, codes, answers }));
