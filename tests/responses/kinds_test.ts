import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import {
  comparisonOf,
  earlierCodebook,
  isInWave,
  parseCodebook,
} from "../../lib/responses/codebook.ts";
import { numbersOf, splitAnswers } from "../../lib/responses/kind_values.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { questionsOf } from "../../lib/responses/kinds.ts";
import { responsesTable } from "../../lib/responses/responses_table.ts";
import { NO_ANSWER } from "../../lib/responses/survey.ts";
import { COURSE, courseCodebook, courseCsv, courseSurvey } from "./course_survey.ts";
import { withFile } from "./with_file.ts";

const csv = (header: string, ...rows: string[]) => `${[header, ...rows].join("\n")}\n`;

Deno.test("several answers in one cell are a yes or no to each, and nobody's where it is empty", async () => {
  const survey = await courseSurvey(csv(
    "id,tilfreds,nyttigt",
    '1,Tilfreds,"Oplæg; Gruppearbejde, i par"',
    '2,Tilfreds,"Øvelser, Materialer"',
    "3,Tilfreds,",
    '4,Tilfreds,"talks|Exercises"',
  ));
  const column = (answer: string) => [...survey.codes.get(`useful-${answer}`)!];
  deepEqual(column("talks"), [1, 2, NO_ANSWER, 1]);
  deepEqual(column("exercises"), [2, 1, NO_ANSWER, 1]);
  deepEqual(column("groups"), [1, 2, NO_ANSWER, 2]);
  deepEqual(column("material"), [2, 1, NO_ANSWER, 2]);
  deepEqual(questionsOf(survey.codebook, "useful").length, 4);
  equal(survey.codebook.questions["useful-groups"]!.label.en, "Group work, in pairs");
});

Deno.test("several answers in a column each are the same, whatever the tool calls the columns", async () => {
  const survey = await courseSurvey(csv(
    "id,tilfreds,Hvad var nyttigt? - Oplæg,Nyttige dele: Øvelser,useful_groups,Materialer",
    "1,Tilfreds,1,0,1,0",
    "2,Tilfreds,,Øvelser,,Ja",
    "3,Tilfreds,,,,",
    "4,Tilfreds,Valgt,Chosen,Nej,",
  ));
  const column = (answer: string) => [...survey.codes.get(`useful-${answer}`)!];
  deepEqual(column("talks"), [1, 2, NO_ANSWER, 1]);
  deepEqual(column("exercises"), [2, 1, NO_ANSWER, 1]);
  deepEqual(column("groups"), [1, 2, NO_ANSWER, 2]);
  deepEqual(column("material"), [2, 1, NO_ANSWER, 2]);
});

Deno.test("an answer that is none of several is told once, with what there is", async () => {
  const wrong = csv("id,tilfreds,nyttigt", '1,Tilfreds,"Oplæg; Frokosten"', "2,Tilfreds,Oplæg");
  await rejects(courseSurvey(wrong), (error: Error) => {
    match(error.message, /nyttigt/);
    match(error.message, /one or more, with a semicolon between, of: Oplæg, Øvelser/);
    equal(error.message.match(/Frokosten/g)?.length, 1);
    return true;
  });
});

Deno.test("numbers are read with either decimal sign, and lie in bands", async () => {
  const survey = await courseSurvey(csv(
    "id,tilfreds,nps,timer",
    '1,Tilfreds,10,"37,5"',
    "2,Tilfreds,0,8.0",
    "3,Tilfreds,7.0,",
    "4,Tilfreds,10 - Meget sandsynligt,40",
  ));
  deepEqual([...numbersOf(survey, "recommend")!], [10, 0, 7, 10]);
  deepEqual([...numbersOf(survey, "hours")!], [37.5, 8, NaN, 40]);
  const levels = (name: string) =>
    Object.keys(survey.codebook.scales[survey.codebook.questions[name]!.scale]!.categories);
  deepEqual(levels("recommend"), ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
  deepEqual([...survey.codes.get("hours")!], [5, 2, NO_ANSWER, 5]);
  const { label } = survey.codebook.scales["recommend-bands"]!.sets["promoters"]!;
  equal(label.en, "9 or 10");
  deepEqual([...responsesTable(survey).array("hours") as Iterable<number>], [37.5, 8, NaN, 40]);
});

Deno.test("a large file may have more different numbers than answers are told apart", async () => {
  const hours = Array.from({ length: 25_000 }, (_, i) => (i % 5000) / 10);
  const made = structuredClone(COURSE);
  const book = parseCodebook({
    ...made,
    questions: { hours: { ...made.questions.hours, max: 500 } },
    scores: {},
    study: { ...made.study, invited: 30_000 },
  }, "made.json");
  const csv = `id,hours\n${hours.map((each, i) => `made-${i},${each}`).join("\n")}\n`;
  const survey = await withFile(
    "large.csv",
    csv,
    (file) => loadAnswers(file, book, { large: { bytes: 0, rows: 0 } }),
  );
  deepEqual([...numbersOf(survey, "hours")!], hours);
});

Deno.test("a number that nobody can have given is refused with its row", async () => {
  for (const [value, expected] of [["11", "0 to 10"], ["7,5", "0 to 10"], ["mange", "0 to 10"]]) {
    await rejects(
      courseSurvey(csv("id,tilfreds,nps", "1,Tilfreds,9", `2,Tilfreds,"${value}"`)),
      (error: Error) =>
        error.message.includes(`a whole number from ${expected}`) &&
        /row 2|line 3/i.test(error.message),
    );
  }
});

Deno.test("open text is read as written or not, and its words are nowhere in the survey", async () => {
  const survey = await courseSurvey();
  const wrote = [...survey.codes.get("comment")!].filter((code) => code === 1).length;
  ok(wrote > 20 && wrote < 120);
  ok(!JSON.stringify([...responsesTable(survey)]).includes("Egne ord"));
  ok(!Deno.inspect(survey, { depth: 9, iterableLimit: 1e4 }).includes("Egne ord"));
});

Deno.test("a score is the mean of its items from 0 to 100, don't know left out", async () => {
  const survey = await courseSurvey(csv(
    "id,tilfreds,underviser",
    "1,Meget tilfreds,Meget tilfreds",
    "2,Tilfreds,Ved ikke",
    "3,Meget utilfreds,Hverken/eller",
    "4,,Ved ikke",
  ));
  deepEqual([...numbersOf(survey, "contentment")!], [100, 75, 25, NaN]);
  deepEqual([...survey.codes.get("contentment")!], [5, 4, 2, NO_ANSWER]);
  const strict = courseCodebook((book) =>
    Object.assign(book.scores.contentment, { least_items: 2 })
  );
  const other = await courseSurvey(csv("id,tilfreds,underviser", "1,Tilfreds,Ved ikke"), strict);
  deepEqual([...numbersOf(other, "contentment")!], [NaN]);
});

Deno.test("a score whose items were not all asked was no part of the wave", async () => {
  const survey = await courseSurvey(csv("id,tilfreds", "1,Tilfreds"));
  ok(survey.left_out.includes("contentment"));
  equal(survey.codes.has("contentment"), false);
});

Deno.test("splitAnswers() leaves a comma within an answer alone", () => {
  const known = new Set(["oplæg", "gruppearbejde, i par"]);
  const both = ["Oplæg", "Gruppearbejde, i par"];
  deepEqual(splitAnswers("Gruppearbejde, i par, Oplæg", known), both.toReversed());
  deepEqual(splitAnswers("Oplæg; Gruppearbejde, i par", known), both);
  deepEqual(splitAnswers("Oplæg, Frokost", known), ["Oplæg, Frokost"]);
  deepEqual(splitAnswers("A/B", known, "/"), ["A", "B"]);
});

const WRONG: [string, (book: typeof COURSE) => void, RegExp][] = [
  [
    "a number without bounds",
    ({ questions }) => Reflect.deleteProperty(questions.hours, "max"),
    /questions\.hours: numbers have the least/,
  ],
  [
    "a scale of numbers",
    ({ questions }) => Object.assign(questions.hours, { scale: "parts" }),
    /questions\.hours\.scale: a question of the kind "number" has none/,
  ],
  [
    "a single answer without a scale",
    ({ questions }) => Reflect.deleteProperty(questions.satisfied, "scale"),
    /questions\.satisfied\.scale: missing/,
  ],
  [
    "a set that cuts a band",
    ({ questions }) =>
      Object.assign(questions.hours, { sets: { much: { label: text, from: 3, to: 40 } } }),
    /questions\.hours\.sets\.much: it is made of whole bands/,
  ],
  [
    "bands that overlap",
    ({ questions }) =>
      Object.assign(questions.hours, {
        bands: {
          a: { ...text, from: 0, to: 9 },
          b: { ...text, da: "B", en: "B", from: 9, to: 40 },
        },
      }),
    /questions\.hours\.bands\.b: bands go upwards/,
  ],
  [
    "net of a set that is none",
    ({ questions }) =>
      Object.assign(questions.recommend, { net: { plus: "fans", minus: "detractors" } }),
    /questions\.recommend\.net\.plus: no set "fans"/,
  ],
  [
    "a score of several answers",
    ({ scores }) => Object.assign(scores.contentment.items, { useful: "first" }),
    /scores\.contentment\.items\.useful: it is made of questions of the kind "single"/,
  ],
  [
    "a score of one item",
    ({ scores }) => Reflect.deleteProperty(scores.contentment.items, "teacher"),
    /scores\.contentment\.items: a score is made of two/,
  ],
  [
    "a kind that is none",
    ({ questions }) => Object.assign(questions.hours, { kind: "date" }),
    /questions\.hours\.kind: expected "single" \| "several"/,
  ],
];
const text = { da: "A", en: "A" };

for (const [what, change, message] of WRONG) {
  Deno.test(`a codebook with ${what} is refused with its place`, () => {
    throws(() => courseCodebook(change), (error: Error) => {
      match(error.message, message);
      return true;
    });
  });
}

Deno.test("an answer that an earlier wave did not offer was no part of it", () => {
  const { talks, exercises } = COURSE.scales.parts.categories;
  const now = courseCodebook((book) => {
    Object.assign(book.study, { wave: "2025", earlier: { wave: "2024" } });
    Object.assign(book.scales.parts, { waves: { "2024": { categories: { talks, exercises } } } });
    Object.assign(book.questions.hours, {
      waves: { "2024": { max: 20 } },
    });
  });
  const then = earlierCodebook(now);
  equal(isInWave(then, "useful-talks"), true);
  equal(comparisonOf(now, "useful-talks", "2024"), "notice");
  equal(now.questions["useful-groups"]!.waves!["2024"], null);
  equal(then.questions["hours"]!.numbers!.max, 20);
  equal(comparisonOf(now, "hours", "2024"), "notice");
});

Deno.test("a codebook of single answers alone is as it was written", () => {
  const { questions, scores: _, ...others } = structuredClone(COURSE);
  const plain = { ...others, questions: { satisfied: questions.satisfied } };
  const read = parseCodebook(plain, "codebook.json");
  deepEqual(Object.keys(read.scales), Object.keys(plain.scales));
  deepEqual(Object.keys(read.questions), ["satisfied"]);
  equal(read.several, undefined);
});

Deno.test("the made answers are read without a problem", async () => {
  equal((await courseSurvey(courseCsv(50))).source.respondents, 50);
});

Deno.test("themes of open text come as codes in a column of their own", async () => {
  const codebook = courseCodebook((book) => {
    const { comment } = book.questions;
    Object.assign(book.scales, {
      themes: {
        ...book.scales.parts,
        categories: {
          time: { da: "Tid", en: "Time", aliases: ["1"] },
          room: { da: "Lokaler", en: "Rooms", aliases: ["2"] },
        },
        ...{ sets: { time: { label: comment.label, categories: ["time"] } }, main_set: "time" },
      },
    });
    Object.assign(book.questions, {
      about: {
        ...{ label: { da: "Temaer", en: "Themes" }, text: { da: "Om hvad?", en: "About what?" } },
        ...{ kind: "several", scale: "themes", base: "all", aliases: ["kommentar_kode"] },
      },
    });
  });
  const survey = await courseSurvey(
    csv(
      "id,tilfreds,kommentar,kommentar_kode",
      "1,Tilfreds,For lidt tid,1",
      '2,Tilfreds,"Tid, og varmt",1;2',
      "3,Tilfreds,,",
    ),
    codebook,
  );
  deepEqual([...survey.codes.get("about-time")!], [1, 1, NO_ANSWER]);
  deepEqual([...survey.codes.get("about-room")!], [2, 1, NO_ANSWER]);
});
