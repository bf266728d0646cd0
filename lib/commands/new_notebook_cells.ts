import type { Cell } from "../notebook/notebook_file.ts";
import type { Codebook } from "../responses/codebook.ts";
import type { Text } from "../responses/language.ts";
import { texts } from "../words/catalogue.ts";

const WORDS = texts("new_notebook");

/** What a new notebook is about. */
export interface NewFinding {
  /** The notebook's name without extension. */
  readonly name: string;
  /** Questions of the codebook, all on one scale. */
  readonly questions: readonly [string, ...string[]];
}

/**
 * The cells of a notebook that shows a question: a chapter, a finding whose headline is computed, a
 * chart, sentences, and a breakdown by background. It runs as it is, and is there to be gone on with.
 *
 * @param codebook Holds the questions.
 */
export function newNotebookCells({ name, questions }: NewFinding, codebook: Codebook): Cell[] {
  const [question] = questions;
  const about = codebook.questions[question]!;
  const set = codebook.scales[about.scale]!.main_set;
  const answer = codebook.scales[about.scale]!.sets[set]!.label;
  const id = name.replace(/^[0-9_]+/, "").replaceAll("_", "-");
  const [chart, call] = questions.length === 1
    ? ["columns", `columns(survey, ${quoted(question)})`]
    : ["likert", `likert(survey, ${JSON.stringify(questions)})`];
  const imports = [
    "breakdown",
    "chapter",
    chart,
    "finding",
    "message",
    "narrate",
    "openSurvey",
    "share",
  ];
  const [background = question] = Object.keys(codebook.variables)
    .filter((variable) => codebook.variables[variable]!.background);
  const sources: [Cell["cell_type"], string, tag?: "analyst"][] = [
    [
      "markdown",
      `# ${name.replaceAll("_", " ")}\n\n` +
      questions.map((each) => `\`${each}\`: ${codebook.questions[each]!.text.en}`).join("\n\n") +
      `\n\nSay here what this chapter asks, and of whom.`,
    ],
    [
      "code",
      `import { ${[...imports, "show"].join(", ")} } from "../lib/notebook.ts";\n\n` +
      `const survey = await openSurvey();`,
    ],
    [
      "markdown",
      "The answers as they are, with Arquero's verbs: one row per respondent. Cells with the tag " +
      "`analyst` are left out of the report.",
      "analyst",
    ],
    [
      "code",
      `survey.responses\n  .groupby(${quoted(question)}, ${quoted(background)}).count()\n` +
      `  .groupby(${quoted(question)}).pivot(${quoted(background)}, "count")`,
      "analyst",
    ],
    [
      "markdown",
      "The share that the chapter is about, and how its answer is put. The headline follows the data; " +
      "write it so that it is true whatever they are.",
    ],
    [
      "code",
      `const main = share(survey, ${quoted(question)}, { set: ${quoted(set)} });\n` +
      `const answer = ${textLiteral(answer)};`,
    ],
    [
      "code",
      `await show(
  chapter(${quoted(id)}, ${textLiteral(about.label)}),
  finding(${quoted(`${id}-main`)}, message(${
        textLiteral(WORDS.headline, "\n    ")
      }, { main, answer })),
  narrate(message(${textLiteral(WORDS.sentence, "\n    ")}, { main })),
  ${call},
);`,
    ],
    [
      "markdown",
      "Who answers so more often than others. Groups are marked where the difference holds with all " +
      "comparisons of the table taken into account.",
    ],
    [
      "code",
      `await show(
  finding(${quoted(`${id}-groups`)}, ${textLiteral(WORDS.groups)}),
  ${questions.map((each) => `breakdown(survey, ${quoted(each)}),`).join("\n  ")}
);`,
    ],
  ];
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
