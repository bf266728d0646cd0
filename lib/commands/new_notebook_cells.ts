import type { Cell } from "../notebook/notebook_file.ts";
import type { Codebook } from "../responses/codebook.ts";
import { questionsOf } from "../responses/kinds.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { texts } from "../words/catalogue.ts";
import { capitalised } from "../words/figure_texts.ts";

const WORDS = texts("new_notebook");

/** What a new notebook is about. */
export interface NewFinding {
  /** The notebook's name without extension. */
  readonly name: string;
  /** Questions of the codebook: one, or several on one scale. */
  readonly questions: readonly [string, ...string[]];
}

/** What the cells of a kind of question are made of, as code. */
interface Parts {
  /** What is taken from the library. */
  readonly imports: readonly string[];
  /** What the sentences tell, in a word: "the share". */
  readonly what: string;
  readonly values: string;
  /** The headline and the sentence below it, with what they tell of. */
  readonly headline: string;
  readonly prose: string;
  readonly figures: readonly string[];
  /** What is told by background. */
  readonly groups: readonly string[];
}

/** The parts of a notebook by the kind of its question. */
function partsOf(
  [question, ...others]: NewFinding["questions"],
  codebook: Codebook,
  background: readonly string[],
): Parts {
  const id = quoted(question);
  const about = codebook.questions[question];
  const by = background.length > 0 ? `, { by: ${JSON.stringify(background)} }` : "";
  const broken = background.length > 0 ? ["breakdown"] : [];
  if (codebook.several?.[question]) {
    return {
      imports: ["message", "mostChosen", "several", ...broken],
      what: "the answer that most chose",
      values: `const most = mostChosen(survey, ${id});`,
      headline: `message(${textLiteral(WORDS.most, "\n    ")}, { ...most })`,
      prose: `message(${textLiteral(WORDS.sentence, "\n    ")}, { main: most.share })`,
      figures: [`several(survey, ${id})`],
      groups: broken.map(() => `breakdown(survey, ${id})`),
    };
  }
  if (about?.kind === "open") {
    return {
      imports: ["openText", "questionText"],
      what: "how many wrote something; what they wrote is shown nowhere",
      values: `const wrote = openText(survey, ${id});`,
      headline: `questionText(survey, ${id})`,
      prose: "wrote",
      figures: [],
      groups: [],
    };
  }
  if (about?.numbers) {
    const { net, min, max } = about.numbers;
    const headline = inEveryLanguage((language) =>
      [
        WORDS.mean[language],
        ...about.unit ? [] : [WORDS.on_scale[language]],
        ...net ? [WORDS.net[language]] : [],
      ].join("")
    );
    const told = about.score ? "scoreTold" : "numbersTold";
    return {
      imports: [
        "message",
        "numberOf",
        "numbers",
        told,
        ...about.score ? [] : ["columns"],
        ...net ? ["answerOf", "share"] : [],
        ...broken,
      ],
      what: "the mean",
      values: `const mean = numberOf(survey, ${id});` +
        (net ? `\nconst net = numberOf(survey, ${id}, "net");\n${netShares(id, net)}` : ""),
      headline: `message(${textLiteral(headline, "\n    ")}, { mean, ${net ? "net, " : ""}${
        about.unit ? "" : `from: ${min}, to: ${max}`
      } })`,
      prose: `message(${textLiteral(WORDS.mean_sentence, "\n    ")}, { mean }), ` +
        (net ? `message(${textLiteral(WORDS.net_sentence, "\n    ")}, { ...shares }), ` : "") +
        `${told}(survey, ${id})`,
      figures: about.score
        ? [`numbers(survey, ${id}${by})`]
        : [`columns(survey, ${id})`, ...by === "" ? [] : [`numbers(survey, ${id}${by})`]],
      groups: broken.map(() => `breakdown(survey, ${id})`),
    };
  }
  const all = [question, ...others];
  const scale = codebook.scales[about!.scale]!;
  const chart = others.length === 0 ? "columns" : "likert";
  return {
    imports: ["answerOf", "message", "share", chart, ...broken],
    what: "the share that the chapter is about, and how its answer is put",
    values: `const main = share(survey, ${id}, { set: ${quoted(scale.main_set)} });\n` +
      `const answer = answerOf(survey, ${id});`,
    headline: `message(${textLiteral(WORDS.headline, "\n    ")}, { main, answer })`,
    prose: `message(${textLiteral(WORDS.sentence, "\n    ")}, { main })`,
    figures: [`${chart}(survey, ${others.length === 0 ? id : JSON.stringify(all)})`],
    groups: broken.flatMap(() => all.map((each) => `breakdown(survey, ${quoted(each)})`)),
  };
}

/** The two shares whose difference is a net score, with what their answers are called. */
function netShares(id: string, { plus, minus }: { plus: string; minus: string }): string {
  const sets = [["high", "highest", plus], ["low", "lowest", minus]] as const;
  const entries = sets.map(([share, name, set]) =>
    `  ${share}: share(survey, ${id}, { set: ${quoted(set)} }),\n` +
    `  ${name}: answerOf(survey, ${id}, { set: ${quoted(set)} }),\n`
  );
  return `const shares = {\n${entries.join("")}};`;
}

/**
 * The cells of a notebook that shows a question: a chapter, a finding whose headline is computed, a
 * chart, sentences, and a breakdown by background. It runs as it is, and is there to be gone on with.
 *
 * @param codebook Holds the questions.
 */
export function newNotebookCells({ name, questions }: NewFinding, codebook: Codebook): Cell[] {
  const [question] = questions;
  const [first = question] = questionsOf(codebook, question);
  const aboutOf = (id: string) => codebook.several?.[id] ?? codebook.questions[id]!;
  const id = name.replace(/^[0-9_]+/, "").replaceAll("_", "-");
  const backgrounds = Object.keys(codebook.variables)
    .filter((variable) => codebook.variables[variable]!.background);
  const { imports, what, values, headline, prose, figures, groups } = partsOf(
    questions,
    codebook,
    backgrounds,
  );
  const [background = first] = backgrounds;
  const all = ["chapter", "finding", "labelOf", "narrate", "openSurvey", "show", ...imports].sort();
  const raw: Source[] = "numbers" in aboutOf(question) ||
      codebook.questions[question]?.kind === "open"
    ? []
    : [
      [
        "markdown",
        "The answers as they are, with Arquero's verbs: one row per respondent. Cells with the tag " +
        "`analyst` are left out of the report.",
        "analyst",
      ],
      [
        "code",
        `survey.responses\n  .groupby(${quoted(first)}, ${quoted(background)}).count()\n` +
        `  .groupby(${quoted(first)}).pivot(${quoted(background)}, "count")`,
        "analyst",
      ],
    ];
  const sources: Source[] = [
    [
      "markdown",
      `# ${name.replaceAll("_", " ")}\n\n` +
      questions.map((each) => `\`${each}\`: ${aboutOf(each).text.en}`).join("\n\n") +
      `\n\nSay here what this chapter asks, and of whom.`,
    ],
    [
      "code",
      `import { ${all.join(", ")} } from "../lib/notebook.ts";\n\n` +
      `const survey = await openSurvey();`,
    ],
    ...raw,
    [
      "markdown",
      `${capitalised(what)}. The headline follows the data; write it so that it ` +
      "is true whatever they are.",
    ],
    ["code", values],
    [
      "code",
      `await show(
  chapter(${quoted(id)}, labelOf(survey, ${quoted(question)})),
  finding(${quoted(`${id}-main`)}, ${headline}),
  narrate(${prose}),
  ${figures.map((figure) => `${figure},`).join("\n  ")}
);`,
    ],
    ...groups.length === 0 ? [] : [
      [
        "markdown",
        "Who answers so more often than others. Groups are marked where the difference holds with all " +
        "comparisons of the table taken into account.",
      ],
      [
        "code",
        `await show(
  finding(${quoted(`${id}-groups`)}, ${textLiteral(WORDS.groups)}),
  ${groups.map((group) => `${group},`).join("\n  ")}
);`,
      ],
    ] as typeof raw,
  ];
  return cellsOf(name, sources);
}

/** The kinds of question that a first look is given of, up to so many. */
const MOST_KEYS = 6;

/** The cells of a first chapter: who answered, and the main numbers. */
export function overviewCells(questions: readonly string[], codebook: Codebook): Cell[] {
  const keys = questions.filter((id) => {
    const { kind = "single", item } = codebook.questions[id] ?? { kind: "several" };
    return kind === "single" && !item;
  }).slice(0, MOST_KEYS);
  const [first] = keys;
  return cellsOf("01_overview", [
    ["markdown", "# 01 overview\n\nSay here what was asked, of whom, and what came out."],
    [
      "code",
      `import { ${
        [
          ...["askedTold", "chapter", "dataTold"],
          ...first === undefined ? [] : ["keyFigureOf", "keyFigures"],
          ...["narrate", "openSurvey", "show"],
        ].join(", ")
      } } ` +
      `from "../lib/notebook.ts";\n\nconst survey = await openSurvey();`,
    ],
    ...first === undefined ? [] : [
      ["markdown", "The numbers that stand large on the first page."],
      [
        "code",
        `const keys = ${JSON.stringify(keys)}.map((id) => keyFigureOf(survey, id));`,
      ],
    ] as Source[],
    [
      "code",
      `await show(
  chapter("overview", ${textLiteral(WORDS.overview)}),
  ${
        first === undefined
          ? ""
          : `keyFigures(survey, { name: "overview", title: ${
            textLiteral(WORDS.overview)
          } }, ...keys),\n  `
      }narrate(askedTold(survey), dataTold(survey)),
);`,
    ],
  ]);
}

/** The cells of a last chapter: how sure the numbers are, and what is not shown. */
export function methodCells(): Cell[] {
  return cellsOf("method", [
    ["markdown", "# Method\n\nSay here how the answers were collected."],
    [
      "code",
      `import { chapter, disclosureTold, narrate, openSurvey, show } ` +
      `from "../lib/notebook.ts";\n\nconst survey = await openSurvey();`,
    ],
    [
      "code",
      `await show(
  chapter("method", ${textLiteral(WORDS.method)}),
  narrate(disclosureTold(survey)),
);`,
    ],
  ]);
}

/** A cell: what it is, its source, and whether it is for whoever runs the notebook alone. */
type Source = [Cell["cell_type"], string, tag?: "analyst"];

function cellsOf(name: string, sources: readonly Source[]): Cell[] {
  return sources.map(([cell_type, source, tag], index): Cell => {
    const number = String(index + 1).padStart(2, "0");
    const metadata = tag ? { tags: [tag] } : {};
    const common = { id: `${name.replaceAll("_", "-")}-${number}`, metadata, source };
    return cell_type === "markdown"
      ? { cell_type, ...common }
      : { cell_type, ...common, execution_count: null, outputs: [] };
  });
}

/** A text as an object in code, in the languages that each text has. */
function textLiteral({ da, en }: Text, indent = " "): string {
  const end = indent === " " ? " " : `,${indent.slice(0, -2)}`;
  return `{${indent}da: ${quoted(da)},${indent}en: ${quoted(en)}${end}}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
