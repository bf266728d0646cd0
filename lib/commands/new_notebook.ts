import { dirname, join, relative } from "node:path";
import type { Cell } from "../notebook/notebook_file.ts";
import { writeNotebook } from "../report/notebook_json.ts";
import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { questionsOf } from "../responses/kinds.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { nearest } from "../responses/spelling.ts";
import { codebook } from "../responses/study.ts";
import { texts } from "../words/catalogue.ts";
import { capitalise } from "../words/prose.ts";
import { formatCells } from "./check_notebooks.ts";
import { findNotebooks, NOTEBOOKS } from "./project.ts";

/**
 * Writes a notebook for a question of the codebook, which runs as it is: chapter, headline, sentences,
 * chart and breakdown.
 *
 * @param name Its name, such as "13_job_change": numbers in front decide its place in the report.
 * @param options `question`: questions of the codebook; several have to be on one scale.
 * @returns 0: written.
 * @throws {InputError} The name is taken or unfit, or the questions are not in the codebook.
 */
export async function newNotebook(
  name: string,
  { question: questions }: { readonly question: readonly string[] },
): Promise<number> {
  checkName(name);
  const cells = newNotebookCells(name, checked(questions, codebook()), codebook());
  await writeCells(join(NOTEBOOKS, `${name}.ipynb`), cells);
  console.log(
    `Written: notebooks/${name}.ipynb\n` +
      `Look at it while you go on with it: deno task report --watch --only ${name}`,
  );
  return 0;
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

/** Writes a notebook of cells, formatted. */
export async function writeCells(path: string, cells: readonly Cell[]): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await writeNotebook(path, { nbformat: 4, nbformat_minor: 5, metadata: METADATA, cells });
  await formatCells(path, true);
}

function checkName(name: string): void {
  const existing = findNotebooks().map((path) => relative(NOTEBOOKS, path).replace(/\.ipynb$/, ""));
  if (!/^[0-9]{2}_[a-z][a-z0-9_]*$/.test(name)) {
    const next = Math.max(0, ...existing.map((each) => parseInt(each))) + 1;
    throw new InputError(
      `"${name}" is no name for a notebook. Give two digits, which decide its place in the report, ` +
        `and a word or more in small letters: ${String(next).padStart(2, "0")}_job_change`,
    );
  }
  const taken = existing.find((other) => other.slice(3) === name.slice(3));
  if (taken !== undefined) {
    throw new InputError(
      `There is a notebook notebooks/${taken}.ipynb already. Give another name, or remove that one.`,
    );
  }
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
    const [near] = nearest(name, Object.keys(questions), 1);
    throw new InputError(
      `The codebook has no question "${name}".` +
        (near === undefined ? "" : ` Did you mean "${near}"?`) +
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

const WORDS = texts("new_notebook");
const quoted = (value: unknown) => JSON.stringify(value);

/** A text as an object in code. */
const literal = ({ da, en }: Text) => `{ da: ${quoted(da)}, en: ${quoted(en)} }`;
const message = (text: Text, values: string) => `message(${literal(text)}, { ${values} })`;

/** What the cells of a kind of question are made of, as code. */
interface Parts {
  /** What the sentences tell, in a word: "the share". */
  readonly what: string;
  readonly values: string;
  /** The headline and the sentence below it, with what they tell of. */
  readonly headline: string;
  readonly prose: string;
  readonly figures: readonly string[];
  /** The questions that are told by background. */
  readonly broken: readonly string[];
  /** Whether its answers can be counted as they are. */
  readonly isCounted: boolean;
}

/** The parts of a notebook by the kind of its question. */
function partsOf(
  questions: readonly [string, ...string[]],
  codebook: Codebook,
  background: readonly string[],
): Parts {
  const [question] = questions;
  const id = quoted(question);
  const about = codebook.questions[question];
  if (codebook.several?.[question]) {
    return {
      what: "the answer that most chose",
      values: `const most = mostChosen(survey, ${id});`,
      headline: message(WORDS.most, "...most"),
      prose: message(WORDS.sentence, "main: most.share"),
      figures: [`several(survey, ${id})`],
      broken: [question],
      isCounted: true,
    };
  }
  if (about?.kind === "open") {
    return {
      what: "how many wrote something; what they wrote is shown nowhere",
      values: `const wrote = openText(survey, ${id});`,
      headline: `questionText(survey, ${id})`,
      prose: "wrote",
      ...{ figures: [], broken: [], isCounted: false },
    };
  }
  if (about?.numbers) {
    const { net, min, max } = about.numbers;
    const headline = inEveryLanguage((language) =>
      WORDS.mean[language] + (about.unit ? "" : WORDS.on_scale[language]) +
      (net ? WORDS.net[language] : "")
    );
    const told = ["mean", ...net ? ["net"] : [], ...about.unit ? [] : [`from: ${min}, to: ${max}`]];
    const by = background.length > 0 ? `, { by: ${quoted(background)} }` : "";
    const numbers = `numbers(survey, ${id}${by})`;
    return {
      what: "the mean",
      values: `const mean = numberOf(survey, ${id});` +
        (net ? `\nconst net = numberOf(survey, ${id}, "net");\n${netShares(id, net)}` : ""),
      headline: message(headline, told.join(", ")),
      prose: [
        message(WORDS.mean_sentence, "mean"),
        ...net ? [message(WORDS.net_sentence, "...shares")] : [],
        `${about.score ? "scoreTold" : "numbersTold"}(survey, ${id})`,
      ].join(", "),
      figures: about.score ? [numbers] : [`columns(survey, ${id})`, ...by === "" ? [] : [numbers]],
      broken: [question],
      isCounted: false,
    };
  }
  const { main_set } = codebook.scales[about!.scale]!;
  return {
    what: "the share that the chapter is about, and how its answer is put",
    values: `const main = share(survey, ${id}, { set: ${quoted(main_set)} });\n` +
      `const answer = answerOf(survey, ${id});`,
    headline: message(WORDS.headline, "main, answer"),
    prose: message(WORDS.sentence, "main"),
    figures: [
      questions.length === 1 ? `columns(survey, ${id})` : `likert(survey, ${quoted(questions)})`,
    ],
    broken: questions,
    isCounted: true,
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
 * @param name The notebook's name without extension.
 * @param questions Questions of the codebook: one, or several on one scale.
 */
export function newNotebookCells(
  name: string,
  questions: readonly [string, ...string[]],
  codebook: Codebook,
): Cell[] {
  const [question] = questions;
  const [first = question] = questionsOf(codebook, question);
  const id = name.replace(/^[0-9_]+/, "").replaceAll("_", "-");
  const backgrounds = Object.keys(codebook.variables)
    .filter((variable) => codebook.variables[variable]!.background);
  const by = quoted(backgrounds[0] ?? first);
  const parts = partsOf(questions, codebook, backgrounds);
  const broken = backgrounds.length === 0 ? [] : parts.broken;
  const asked = questions.map((each) =>
    `\`${each}\`: ${(codebook.several?.[each] ?? codebook.questions[each]!).text.en}`
  );
  return cellsOf(name, [
    [
      "markdown",
      [`# ${name.replaceAll("_", " ")}`, ...asked, "Say here what this chapter asks, and of whom."]
        .join("\n\n"),
    ],
    ["code", OPEN],
    ...!parts.isCounted ? [] : [
      [
        "markdown",
        "The answers as they are, with Arquero's verbs: one row per respondent. Cells with the tag " +
        "`analyst` are left out of the report.",
        "analyst",
      ],
      [
        "code",
        `survey.responses\n  .groupby(${quoted(first)}, ${by}).count()\n` +
        `  .groupby(${quoted(first)}).pivot(${by}, "count")`,
        "analyst",
      ],
    ] as Source[],
    [
      "markdown",
      `${capitalise(parts.what)}. The headline follows the data; write it so that it is true ` +
      "whatever they are.",
    ],
    ["code", parts.values],
    shown(
      `chapter(${quoted(id)}, labelOf(survey, ${quoted(question)}))`,
      `finding(${quoted(`${id}-main`)}, ${parts.headline})`,
      `narrate(${parts.prose})`,
      ...parts.figures,
    ),
    ...broken.length === 0 ? [] : [
      [
        "markdown",
        "Who answers so more often than others. Groups are marked where the difference holds with all " +
        "comparisons of the table taken into account.",
      ],
      shown(
        `finding(${quoted(`${id}-groups`)}, ${literal(WORDS.groups)})`,
        ...broken.map((each) => `breakdown(survey, ${quoted(each)})`),
      ),
    ] as Source[],
  ]);
}

/** A first look is given of so many questions. */
const MOST_KEYS = 6;

/** The cells of a first chapter: who answered, and the main numbers. */
export function overviewCells(questions: readonly string[], codebook: Codebook): Cell[] {
  const keys = questions.filter((id) => {
    const { kind = "single", item } = codebook.questions[id] ?? { kind: "several" };
    return kind === "single" && !item;
  }).slice(0, MOST_KEYS);
  const title = literal(WORDS.overview);
  return cellsOf("01_overview", [
    ["markdown", "# 01 overview\n\nSay here what was asked, of whom, and what came out."],
    ["code", OPEN],
    ...keys.length === 0 ? [] : [
      ["markdown", "The numbers that stand large on the first page."],
      ["code", `const keys = ${quoted(keys)}.map((id) => keyFigureOf(survey, id));`],
    ] as Source[],
    shown(
      `chapter("overview", ${title})`,
      ...keys.length === 0
        ? []
        : [`keyFigures(survey, { name: "overview", title: ${title} }, ...keys)`],
      "narrate(askedTold(survey), dataTold(survey))",
    ),
  ]);
}

/** The cells of a last chapter: how sure the numbers are, and what is not shown. */
export function methodCells(): Cell[] {
  return cellsOf("method", [
    ["markdown", "# Method\n\nSay here how the answers were collected."],
    ["code", OPEN],
    shown(`chapter("method", ${literal(WORDS.method)})`, "narrate(disclosureTold(survey))"),
  ]);
}

/** A cell: what it is, its source, and whether it is for whoever runs the notebook alone. */
type Source = [Cell["cell_type"], string, tag?: "analyst"];

const OPEN = "const survey = await openSurvey();";

function shown(...things: readonly string[]): Source {
  return ["code", `await show(\n  ${things.map((thing) => `${thing},`).join("\n  ")}\n);`];
}

function cellsOf(name: string, sources: readonly Source[]): Cell[] {
  const code = sources.flatMap(([type, source]) => type === "code" ? [source] : []).join("\n");
  // What is called and is no method is the library's.
  const called = new Set([...code.matchAll(/(?<![.\w])([a-z]\w*)\(/gi)].map(([, each]) => each!));
  const imports = `import { ${[...called].sort().join(", ")} } from "../lib/notebook.ts";\n\n`;
  return sources.map(([cell_type, text, tag], index): Cell => {
    const source = text === OPEN ? imports + text : text;
    const number = String(index + 1).padStart(2, "0");
    const metadata = tag ? { tags: [tag] } : {};
    const common = { id: `${name.replaceAll("_", "-")}-${number}`, metadata, source };
    return cell_type === "markdown"
      ? { cell_type, ...common }
      : { cell_type, ...common, execution_count: null, outputs: [] };
  });
}
