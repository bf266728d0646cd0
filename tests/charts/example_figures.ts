import { columnsFigure } from "../../lib/charts/columns.ts";
import { comparisonFigure } from "../../lib/charts/comparison.ts";
import type { Figure } from "../../lib/charts/figure.ts";
import { likertFigure } from "../../lib/charts/likert.ts";
import { codebookOf, tableQuestions } from "./other_codebooks.ts";
import {
  BALANCE_BY_MANAGERS,
  codebook,
  estimatesFrom,
  overallEstimates,
  WELLBEING_BY_PRESSURE,
  withGroups,
} from "./synthetic_estimates.ts";

const overall = overallEstimates();
const balance = withGroups("balance_difficult", "managers_between", BALANCE_BY_MANAGERS);
const wellbeing = withGroups("wellbeing", "pressure", WELLBEING_BY_PRESSURE);
const tooFew = withGroups("wellbeing", "pressure", {
  ...WELLBEING_BY_PRESSURE,
  often: [1, 2],
  once_in_a_while: [],
});
const LONG = "Svarer på en udførlig måde, der ikke kan siges kortere, hverken før eller siden, " +
  "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungen inklusive";
const SCRIPT = "<script>alert(1)</script>";

function figureOf(
  labels: readonly string[],
  questions: readonly (readonly [string, readonly number[]])[],
  dontKnow: boolean,
): Figure {
  const book = codebookOf(
    { labels, dontKnow, colours: "diverging" },
    questions.map(([name]) => name),
  );
  return likertFigure(tableQuestions(book, questions.map(([, counts]) => counts)), book, {
    questions: Object.keys(book.questions),
  });
}

/** A figure per case, each drawn and compared with its picture. */
export const EXAMPLES: Readonly<Record<string, () => Figure>> = {
  likert_four_questions: () =>
    likertFigure(overall, codebook, {
      questions: ["pressure_change", "pressure_omit", "act_change", "act_omit"],
    }),
  likert_two_questions_smaller_base: () =>
    likertFigure(overall, codebook, {
      questions: ["decision_pressure_change", "decision_act_change"],
      set: "often_or_very_often",
    }),
  likert_one_question: () =>
    likertFigure(overall, codebook, { questions: ["leader_neutral_support"], set: null }),
  likert_bases_differ: () =>
    likertFigure(
      [
        ...estimatesFrom("time_pressure", [153, 374, 193, 193, 129, 246]),
        ...overall.filter(
          ({ question }) => question !== "time_pressure",
        ),
        ...estimatesFrom("workload_quality", [283, 464, 219, 154, 120, 30]),
      ],
      codebook,
      { questions: ["time_pressure", "workload_quality"] },
    ),
  likert_by_group: () =>
    likertFigure(wellbeing, codebook, { questions: ["wellbeing"], variable: "pressure" }),
  likert_too_few: () =>
    likertFigure(tooFew, codebook, { questions: ["wellbeing"], variable: "pressure" }),
  likert_everyone_says_one: () =>
    figureOf(
      ["Yes", "Perhaps", "No"],
      [["All say perhaps", [0, 50, 0]], ["Half", [25, 0, 25]]],
      false,
    ),
  likert_twelve_questions: () =>
    figureOf(
      ["Often", "Sometimes", "Never", "Don't know"],
      Array.from(
        { length: 12 },
        (_, index) => [`Item ${index + 1}`, [5 + index, 40, 3 * index, 8]],
      ),
      true,
    ),
  likert_long_labels: () =>
    figureOf([LONG, "Ja", LONG.toUpperCase()], [[LONG, [10, 20, 30]], ["Kort", [1, 1, 58]]], false),
  likert_markup_in_labels: () =>
    figureOf([SCRIPT, "a & b", "]]>"], [[`${SCRIPT}"'&amp;`, [10, 20, 30]]], true),
  likert_nobody: () => figureOf(["Yes", "No"], [["Nobody answered", [0, 0]]], false),
  columns_agreement: () => columnsFigure(overall, codebook, { question: "balance_difficult" }),
  columns_degree_with_intervals: () =>
    columnsFigure(overall, codebook, { question: "leader_neutral_support", intervals: true }),
  columns_frequency: () => columnsFigure(overall, codebook, { question: "pressure_change" }),
  columns_too_few: () =>
    columnsFigure(estimatesFrom("wellbeing", [1, 2, 0, 0, 1, 0]), codebook, {
      question: "wellbeing",
    }),
  columns_nobody: () =>
    columnsFigure(estimatesFrom("wellbeing", []), codebook, { question: "wellbeing" }),
  columns_long_labels: () => {
    const book = codebookOf({
      labels: [LONG, "Ja", SCRIPT],
      dontKnow: false,
      colours: "sequential",
    }, [
      "Kort",
    ]);
    return columnsFigure(tableQuestions(book, [[3, 90, 7]]), book, { question: "question_1" });
  },
  comparison_by_managers: () =>
    comparisonFigure(balance, codebook, {
      question: "balance_difficult",
      variables: ["managers_between"],
    }),
  comparison_too_few: () =>
    comparisonFigure(tooFew, codebook, {
      question: "wellbeing",
      variables: ["pressure"],
      category: "strongly_agree",
    }),
  comparison_two_variables: () =>
    comparisonFigure(
      [
        ...balance,
        ...estimatesFrom("balance_difficult", [80, 210, 170, 130, 40, 60], {
          variable: "gender",
          group: "woman",
        }),
        ...estimatesFrom("balance_difficult", [29, 96, 69, 60, 13, 22], {
          variable: "gender",
          group: "man",
        }),
      ],
      codebook,
      { question: "balance_difficult", variables: ["gender", "managers_between"], set: "disagree" },
    ),
};
