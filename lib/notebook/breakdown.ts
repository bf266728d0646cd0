import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { questionsOf } from "../responses/kinds.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import type { OwnOf, QuestionId, SetId } from "../responses/study.ts";
import {
  type BreakdownRow,
  breakdownRows,
  breakdownVariables,
} from "../statistics/breakdown_rows.ts";
import { isMovedByWeights, isShown, unweightedShare } from "../statistics/estimate.ts";
import { meansAgainstRest } from "../statistics/number_estimates.ts";
import { texts } from "../words/catalogue.ts";
import { NOTHING, tell } from "../words/claims.ts";
import {
  howCounted,
  intervalName,
  intervalTexts,
  missingInWords,
  movedNote,
  shareInChart,
  TEXT,
} from "../words/figure_texts.ts";
import { formatNumber, isNumberEstimate } from "../words/format.ts";
import { ownText, words } from "../words/message.ts";
import { those } from "../words/phrases.ts";
import { escapeHtml, renderProse } from "../words/prose.ts";
import { comparabilityTold, earlierOf, otherGroupsTold } from "./change_since.ts";
import {
  changes,
  type Column,
  dataTableHtml,
  dataTableText,
  number,
  tabulated,
  text,
} from "./data_table.ts";
import { baseLine } from "./labels.ts";
import { type Showable, Shown } from "./notebook_file.ts";
import type { OpenedSurvey } from "./open_survey.ts";

const WORDS = texts("breakdown");
const { mean: MEAN } = texts("numbers");

/** One question of a breakdown: its groups with their tests, and its words. */
interface Broken {
  readonly question: QuestionId;
  readonly rows: readonly BreakdownRow[];
  readonly label: Text;
  readonly answer: Text;
  readonly columns: readonly Column<BreakdownRow>[];
  readonly options: Parameters<typeof tabulated>[2];
}

/**
 * Shares by every background variable, behind the finding's "Details": a sentence and a mark where a group
 * differs from the rest, and a table of each question with intervals and changes.
 *
 * @param questions One or several, whose tests are then adjusted together.
 * @param options `set`: by default the main one of each question's scale; `family`: further questions
 *   that the tests are adjusted together with.
 * @throws {InputError} Where a name is not in the codebook, or the file has no such question.
 */
export function breakdown<S extends OpenedSurvey>(
  survey: S,
  questions: QuestionId | OwnOf<S> | readonly (QuestionId | OwnOf<S>)[],
  { set, family }: { readonly set?: SetId; readonly family?: readonly QuestionId[] } = {},
): Showable {
  const { codebook, left_out } = survey;
  const asked = ([questions].flat() as string[])
    .flatMap((question) => questionsOf(codebook, question)) as QuestionId[];
  const together = family ?? (asked.length > 1 ? asked : []);
  const all = asked.filter((id) => asked.length === 1 || !left_out.includes(id))
    .map((question) => brokenDown(survey, question, set, together));
  const estimates = all.flatMap(({ rows }) => rows.map(({ estimate }) => estimate));
  const variables = [...new Set(estimates.flatMap(({ variable }) => variable ?? []))];
  const { baseline } = survey;
  const isChanged = baseline && estimates.some((estimate) => baseline.changeOf(estimate));
  const changed = isChanged
    ? changes<BreakdownRow>(({ estimate }) => baseline.changeOf(estimate))
    : [];
  const made = all.map(({ rows, columns, options }) =>
    tabulated(rows, [...columns, ...changed], options)
  );
  const remarks = [
    all.every(({ rows }) => isNothingTested(rows)) ? NOTHING : ownText("breakdown.tested", {
      family: WORDS[together.length > 1 ? "family" : "family_one"],
      level: 1 - codebook.study.confidence,
    }),
    ...isChanged
      ? [
        ownText("breakdown.changed", { earlier: earlierOf(baseline) }),
        ...comparabilityTold(survey, asked),
        ...otherGroupsTold(survey, variables),
      ]
      : [],
    movedNote(estimates) ?? NOTHING,
    survey.source.synthetic ? WORDS.synthetic : NOTHING,
  ];
  return new Shown((language) => {
    const note = (text: string) => text === "" ? "" : `<p class="note">${escapeHtml(text)}</p>`;
    const tables = made.map((table) => table(language));
    const said = all.map(({ rows, label }) => {
      const text = summaryOf(rows, codebook)[language];
      return renderProse(all.length === 1 ? text : `${label[language]}: ${text}`);
    });
    const closer = all.map(({ label, question }, i) => {
      const summary = `${WORDS.table[language]}: ${label[language]}`;
      const line = baseLine(survey, [question])[language];
      return `<details class="data-table"><summary>${escapeHtml(summary)}</summary>\n` +
        `${dataTableHtml(tables[i]!, language)}${note(`${tables[i]!.base}. ${line}`)}</details>`;
    });
    const html = `<h4 class="headline">${WORDS.by[language]}</h4>\n` +
      `${said.join("\n")}\n${matrixHtml(all, codebook, language)}\n` +
      remarks.map((remark) => note(remark[language])).join("") + closer.join("\n");
    const plain = tables.map((table) => dataTableText(table, language)).join("\n\n");
    return {
      outputs: [{ "text/html": html, "text/plain": plain }],
      part: { html: "", details: html, tables },
    };
  }, asked.every((id) => left_out.includes(id)) ? asked : []);
}

function brokenDown(
  survey: OpenedSurvey,
  question: QuestionId,
  set: SetId | undefined,
  family: readonly QuestionId[],
): Broken {
  const { codebook } = survey;
  const about = codebook.questions[question];
  const scale = about && codebook.scales[about.scale];
  const of = set ?? scale?.main_set as SetId | undefined;
  // The answers of several are named by their questions.
  const named = about?.item ? scale?.categories["chosen"] : of && scale?.sets[of]?.label;
  if (about === undefined || of === undefined || named === undefined) {
    throw new InputError(
      `The codebook has no question "${question}" with a set "${of}". ` +
        `data/codebook.json lists the questions, and the sets of their scales.`,
    );
  }
  const isNumber = set === undefined && about.numbers !== undefined;
  const answer = isNumber ? MEAN : inEveryLanguage((language) => named[language]);
  const rows = isNumber ? meanRows(survey, question) : breakdownRows(survey, question, of, family);
  const estimates = rows.map(({ estimate }) => estimate);
  const { confidence } = codebook.study;
  const interval = intervalName(confidence);
  const isWeighted = estimates.some(({ weighted }) => weighted);
  const how = isNumber
    ? ownText(isWeighted ? "numbers.how_weighted" : "numbers.how", { interval })
    : howCounted(estimates, confidence);
  const { low, high } = intervalTexts(confidence);
  const [digits] = estimates.flatMap((each) => isNumberEstimate(each) ? [each.digits] : []);
  const measured = (label: Text, end: "share" | "low" | "high"): Column<BreakdownRow> =>
    number(
      isNumber ? "number" : "share",
      label,
      ({ estimate }) => valueIn(estimate, estimate[end]),
      digits,
    );
  const columns: Column<BreakdownRow>[] = [
    text(WORDS.variable, ({ estimate }) => codebook.variables[estimate.variable!]!.label),
    text(WORDS.group, ({ estimate }) => categoryOf(estimate, codebook)),
    text(WORDS.letter, ({ test }) => test.letter),
    measured(isNumber ? MEAN : TEXT.share, "share"),
    ...estimates.some(isMovedByWeights)
      ? [number<BreakdownRow>("share", TEXT.unweighted, (row) => unweightedShare(row.estimate))]
      : [],
    text(WORDS.mark, markWords),
    text(WORDS.above, ({ test }) => test.above.join(" ")),
    measured(low, "low"),
    measured(high, "high"),
    number("count", TEXT.n, ({ estimate }) => estimate.n),
  ];
  return {
    ...{ question, rows, answer, columns },
    label: about.label,
    options: {
      name: `breakdown-${question}${set === undefined ? "" : `-${set}`}`,
      title: ownText("breakdown.title", { question: about.label, answer }),
      base: inEveryLanguage((language) =>
        `${codebook.bases[about.base]?.label[language] ?? about.base}. ${how[language]}`
      ),
      ...!isNumber && { estimates },
    },
  };
}

/** Groups by questions: the shares, with a mark where a group differs from the rest. */
function matrixHtml(all: readonly Broken[], codebook: Codebook, language: Language): string {
  const keyOf = ({ variable, group }: BreakdownRow["estimate"]) => `${variable} ${group}`;
  const groups = new Map(
    all.flatMap(({ rows }) => rows.map(({ estimate }) => [keyOf(estimate), estimate] as const)),
  );
  const byVariable = Map.groupBy(groups.values(), ({ variable }) => variable!);
  const body = Object.keys(codebook.variables).flatMap((variable) => {
    const own = byVariable.get(variable) ?? [];
    const heading = `<tr class="group"><th scope="colgroup" colspan="${all.length + 1}">${
      escapeHtml(codebook.variables[variable]!.label[language])
    }</th></tr>`;
    const lines = own.map((estimate) => {
      const cells = all.map(({ rows }) =>
        cellHtml(rows.find((row) => keyOf(row.estimate) === keyOf(estimate)), language)
      );
      const group = escapeHtml(categoryOf(estimate, codebook)[language]);
      return `<tr><th scope="row">${group}</th>${cells.join("")}</tr>`;
    });
    return own.length === 0 ? [] : [heading, ...lines];
  });
  const head = all.map(({ label, answer }) =>
    `<th scope="col" class="num">${escapeHtml(label[language])}<br><span class="note">${
      escapeHtml(answer[language])
    }</span></th>`
  );
  const name = [WORDS.by[language], ...all.map(({ label }) => label[language])].join(": ");
  return `<table class="matrix" aria-label="${escapeHtml(name)}"><thead><tr><th scope="col">${
    WORDS.group[language]
  }</th>${head.join("")}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody></table>`;
}

function cellHtml(row: BreakdownRow | undefined, language: Language): string {
  if (row === undefined) return `<td class="num"></td>`;
  const { estimate, test } = row;
  if (!isShown(estimate)) {
    const why = missingInWords(estimate.n, language);
    return `<td class="num suppressed">${escapeHtml(why)}</td>`;
  }
  const mark = test.againstRest === null ? "" : WORDS[test.mark][language];
  const said = isNumberEstimate(estimate)
    ? formatNumber(estimate, language, "bare")
    : shareInChart(estimate, language);
  return `<td class="num" data-value="${valueIn(estimate, estimate.share)}">${
    mark === "" ? "" : `<strong>${escapeHtml(mark)}</strong> `
  }${escapeHtml(said)}</td>`;
}

/** A share as it is; a mean, or an end of its interval, with as many decimals as it is told with. */
function valueIn(estimate: BreakdownRow["estimate"], value: number | null): number | null {
  return value === null || !isNumberEstimate(estimate)
    ? value
    : Number(value.toFixed(estimate.digits));
}

/** The means of a question's groups as rows of a breakdown, each in the place of a share. */
function meanRows(survey: OpenedSurvey, question: string): BreakdownRow[] {
  const variables = breakdownVariables(survey.codebook).filter((name) => survey.codes.has(name));
  return meansAgainstRest(survey, question, variables).map(({ estimate, test }) => ({
    test,
    estimate: { ...estimate, share: estimate.value, set: null, category: null, count: null },
  }));
}

function markWords({ estimate, test }: BreakdownRow, language: Language): string {
  if (test.againstRest !== null) return WORDS[test.mark][language];
  if (estimate.suppressed) return missingInWords(estimate.n, language);
  return WORDS[estimate.rounded === undefined ? "small" : "rounded"][language];
}

/** Which groups differ, as a sentence. */
function summaryOf(rows: readonly BreakdownRow[], codebook: Codebook): Text {
  if (isNothingTested(rows)) return WORDS.too_few;
  const list = (mark: "up" | "down"): Text => {
    const marked = rows.filter(({ test }) => test.mark === mark);
    if (marked.length === 0) return NOTHING;
    return inEveryLanguage((language) => {
      const each = marked.map(({ estimate }) => {
        const category = categoryOf(estimate, codebook);
        const group = those((category.who ?? category)[language], language);
        return words("breakdown.one_of", language, { group, estimate });
      });
      const key = mark === "up" ? "breakdown.higher" : "breakdown.lower";
      return words(key, language, { list: each.join("; ") });
    });
  };
  const told = tell(list("up"), list("down"));
  return told.da === "" ? WORDS.no_group : told;
}

function isNothingTested(rows: readonly BreakdownRow[]): boolean {
  return rows.every(({ test }) => test.againstRest === null);
}

/** A group's name, with the people in it in words where the codebook has them. */
function categoryOf({ variable, group }: BreakdownRow["estimate"], { variables }: Codebook) {
  return variables[variable!]!.categories[group!]!;
}
