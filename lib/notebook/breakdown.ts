import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { questionsOf } from "../responses/kinds.ts";
import type { OwnOf, QuestionId, SetId } from "../responses/study.ts";
import { meansAgainstRest } from "../statistics/number_estimates.ts";
import { isMovedByWeights, isShown, unweightedShare } from "../statistics/estimate.ts";
import { texts, word } from "../words/catalogue.ts";
import { changeColumns, changeValues } from "../words/change_columns.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { intervalTexts, missingInWords, shareInChart, TEXT } from "../words/figure_texts.ts";
import { howCounted, intervalName, movedNote } from "../words/how_counted.ts";
import { formatNumber, isNumberEstimate } from "../words/number_texts.ts";
import { ownText, words } from "../words/message.ts";
import { those } from "../words/trend_phrase.ts";
import { renderProse } from "../words/prose.ts";
import { NOTHING, tell } from "../words/tell.ts";
import { baseLine } from "./base_line.ts";
import type { Baseline } from "./baseline.ts";
import {
  type BreakdownRow,
  breakdownRows,
  breakdownVariables,
} from "../statistics/breakdown_rows.ts";
import { comparabilityTold, earlierOf, otherGroupsTold } from "./change_since.ts";
import { dataTableHtml, dataTableText } from "./data_table.ts";
import type { DataTable } from "./notebook_file.ts";
import type { OpenedSurvey } from "./open_survey.ts";
import { type Showable, showable } from "./showable.ts";

/** One question of a breakdown: its groups with their tests, and its words. */
interface Broken {
  readonly question: QuestionId;
  readonly rows: readonly BreakdownRow[];
  /** What the rows tell: a share of the answer, or in its place a mean. */
  readonly measure: Text;
  readonly kind: "share" | "number";
  readonly label: Text;
  readonly answer: Text;
  readonly base: Text;
  readonly name: string;
}

/**
 * Shares by every background variable: one table of groups by questions with a mark where a group
 * differs from the rest, behind the finding's "Details", and a sentence on those that do. With it stands
 * a table for each question: base and interval of each group, and its change since an earlier wave.
 *
 * @param questions One question or several, which are then read, and their tests adjusted, together.
 * @param options `set`: what it is a share of; the main set of each question's scale if not given.
 *   `family`: further questions that the tests are adjusted together with.
 * @throws {InputError} Where a name is not in the codebook, or the file has no such question.
 */
export function breakdown<S extends OpenedSurvey>(
  survey: S,
  questions: QuestionId | OwnOf<S> | readonly (QuestionId | OwnOf<S>)[],
  { set, family }: { readonly set?: SetId; readonly family?: readonly QuestionId[] } = {},
): Showable {
  const { codebook } = survey;
  const asked = ([questions].flat() as string[])
    .flatMap((question) => questionsOf(codebook, question)) as QuestionId[];
  const together = family ?? (asked.length > 1 ? asked : []);
  const all = asked.filter((id) => asked.length === 1 || !survey.left_out.includes(id))
    .map((question) => brokenDown(survey, question, set, together));
  const estimates = all.flatMap(({ rows }) => rows.map(({ estimate }) => estimate));
  const moved = movedNote(estimates);
  const isChanged = estimates.some((estimate) => survey.baseline?.changeOf(estimate));
  const baseline = isChanged ? survey.baseline ?? null : null;
  const tested = all.some(({ rows }) => !isNothingTested(rows));
  const notes = [
    ...tested ? [testedNote(together.length, 1 - codebook.study.confidence)] : [],
    ...baseline === null ? [] : [
      changedNote(baseline),
      ...comparabilityTold(survey, asked),
      ...otherGroupsTold(survey, [
        ...new Set(estimates.flatMap(({ variable }) => variable ?? [])),
      ]),
    ],
    ...moved ? [moved] : [],
    ...survey.source.synthetic ? [ownText("breakdown.synthetic")] : [],
  ];
  return showable((language) => {
    const tables = all.map((each) => tableOf(each, codebook, language, baseline));
    const said = all.flatMap(({ rows, label }) => {
      const text = summaryOf(rows, codebook)[language];
      return all.length === 1 ? [text] : [`${label[language]}: ${text}`];
    });
    const closer = all.map(({ label, question }, index) => {
      const summary = `${word("breakdown.table", language)}: ${label[language]}`;
      const line = baseLine(survey, [question])[language];
      return `<details class="data-table"><summary>${escapeHtml(summary)}</summary>\n` +
        `${dataTableHtml(tables[index]!, language)}<p class="note">${
          escapeHtml(`${tables[index]!.base}. ${line}`)
        }</p></details>`;
    }).join("\n");
    const html = `<h4 class="headline">${word("breakdown.by", language)}</h4>\n` +
      `${said.map(renderProse).join("\n")}\n${matrixHtml(all, codebook, language)}\n` +
      notes.map((text) => `<p class="note">${escapeHtml(text[language])}</p>`).join("") + closer;
    const plain = tables.map((table) => dataTableText(table, language)).join("\n\n");
    return {
      outputs: [{ "text/html": html, "text/plain": plain }],
      part: { html: "", details: html, tables },
    };
  }, asked.every((id) => survey.left_out.includes(id)) ? asked : []);
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
  const answer = about?.item ? scale?.categories["chosen"] : of && scale?.sets[of]?.label;
  if (about === undefined || of === undefined || answer === undefined) {
    throw new InputError(
      `The codebook has no question "${question}" with a set "${of}". ` +
        `data/codebook.json lists the questions, and the sets of their scales.`,
    );
  }
  const isNumber = set === undefined && about.numbers !== undefined;
  const rows = isNumber ? meanRows(survey, question) : breakdownRows(survey, question, of, family);
  const { confidence } = codebook.study;
  const isWeighted = rows.some(({ estimate }) => estimate.weighted);
  const how = isNumber
    ? ownText(isWeighted ? "numbers.how_weighted" : "numbers.how", {
      interval: intervalName(confidence),
    })
    : howCounted(rows.map(({ estimate }) => estimate), confidence);
  return {
    question,
    rows,
    label: about.label,
    answer: isNumber ? MEAN : inEveryLanguage((language) => answer[language]),
    ...isNumber ? { measure: MEAN, kind: "number" } : { measure: TEXT.share, kind: "share" },
    base: inEveryLanguage((language) =>
      `${codebook.bases[about.base]?.label[language] ?? about.base}. ${how[language]}`
    ),
    name: `breakdown-${question}${set === undefined ? "" : `-${set}`}`,
  };
}

/** Groups by questions: the shares, with a mark where a group differs from the rest. */
function matrixHtml(all: readonly Broken[], codebook: Codebook, language: Language): string {
  const keyOf = ({ estimate }: BreakdownRow) => `${estimate.variable} ${estimate.group}`;
  const groups = new Map(
    all.flatMap(({ rows }) => rows.map((row): [string, BreakdownRow] => [keyOf(row), row])),
  );
  const order = Object.keys(codebook.variables);
  const sorted = [...groups].sort(([, a], [, b]) =>
    order.indexOf(a.estimate.variable ?? "") - order.indexOf(b.estimate.variable ?? "")
  );
  let before = "";
  const body = sorted.map(([key, { estimate }]) => {
    const { variable, group } = labelsOf(estimate, codebook);
    const heading = variable[language] === before ? "" : `<tr class="group"><th scope="colgroup"` +
      ` colspan="${all.length + 1}">${escapeHtml(variable[language])}</th></tr>\n`;
    before = variable[language];
    const cells = all.map(({ rows }) => {
      const row = rows.find((each) => keyOf(each) === key);
      if (row === undefined) return `<td class="num"></td>`;
      if (!isShown(row.estimate)) {
        const why = missingInWords(row.estimate.n, language);
        return `<td class="num suppressed">${escapeHtml(why)}</td>`;
      }
      const mark = row.test.againstRest === null
        ? ""
        : ownText(`breakdown.${row.test.mark}`)[language];
      const value = valueIn(row.estimate);
      return `<td class="num" data-value="${value}">${
        mark === "" ? "" : `<strong>${escapeHtml(mark)}</strong> `
      }${
        escapeHtml(
          isNumberEstimate(row.estimate)
            ? formatNumber(row.estimate, language, "bare")
            : shareInChart(row.estimate, language),
        )
      }</td>`;
    });
    return `${heading}<tr><th scope="row">${escapeHtml(group[language])}</th>${
      cells.join("")
    }</tr>`;
  });
  const head = all.map(({ label, answer }) =>
    `<th scope="col" class="num">${escapeHtml(label[language])}<br><span class="note">${
      escapeHtml(answer[language])
    }</span></th>`
  );
  const title = word("breakdown.by", language);
  return `<table class="matrix" aria-label="${
    escapeHtml([title, ...all.map(({ label }) => label[language])].join(": "))
  }"><thead><tr><th scope="col">${word("breakdown.group", language)}</th>${
    head.join("")
  }</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody></table>`;
}

function tableOf(
  { name, rows, label, answer, base, measure, kind }: Broken,
  codebook: Codebook,
  language: Language,
  baseline: Baseline | null,
): DataTable {
  const { low, high } = intervalTexts(codebook.study.confidence);
  const moved = rows.some(({ estimate }) => isMovedByWeights(estimate));
  const [number] = rows.flatMap(({ estimate }) =>
    isNumberEstimate(estimate) ? [{ digits: estimate.digits }] : []
  );
  const digits = number ?? {};
  return {
    name,
    title: ownText("breakdown.title", { question: label, answer })[language],
    base: base[language],
    columns: [
      { label: word("breakdown.variable", language), kind: "text" },
      { label: word("breakdown.group", language), kind: "text" },
      { label: word("breakdown.letter", language), kind: "text" },
      { label: measure[language], kind, ...digits },
      ...moved ? [{ label: TEXT.unweighted[language], kind: "share" as const }] : [],
      { label: word("breakdown.mark", language), kind: "text" },
      { label: word("breakdown.above", language), kind: "text" },
      { label: low[language], kind, ...digits },
      { label: high[language], kind, ...digits },
      { label: TEXT.n[language], kind: "count" },
      ...baseline === null ? [] : changeColumns(language),
    ],
    rows: rows.map((row) => {
      const { estimate } = row;
      const { variable, group } = labelsOf(estimate, codebook);
      return [
        variable[language],
        group[language],
        row.test.letter,
        valueIn(estimate),
        ...moved ? [unweightedShare(estimate)] : [],
        markWords(row)[language],
        row.test.above.join(" "),
        valueIn(estimate, estimate.low),
        valueIn(estimate, estimate.high),
        estimate.n,
        ...baseline === null ? [] : changeValues(baseline.changeOf(estimate), language),
      ];
    }),
    ...kind === "share" &&
      { estimates: rows.map(({ estimate }) => estimate) },
  };
}

/** A share as it is; a mean, or an end of its interval, with as many decimals as it is told with. */
function valueIn(estimate: BreakdownRow["estimate"], value = estimate.share): number | null {
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

const { mean: MEAN } = texts("numbers");

function markWords({ estimate, test }: BreakdownRow): Text {
  if (test.againstRest !== null) return ownText(`breakdown.${test.mark}`);
  if (estimate.suppressed) {
    return inEveryLanguage((language) => missingInWords(estimate.n, language));
  }
  return ownText(estimate.rounded === undefined ? "breakdown.small" : "breakdown.rounded");
}

/** Which groups differ, as a sentence. */
function summaryOf(rows: readonly BreakdownRow[], codebook: Codebook): Text {
  if (isNothingTested(rows)) return ownText("breakdown.too_few");
  const list = (mark: "up" | "down"): Text => {
    const marked = rows.filter(({ test }) => test.mark === mark);
    if (marked.length === 0) return NOTHING;
    return inEveryLanguage((language) => {
      const each = marked.map(({ estimate }) => {
        return words("breakdown.one_of", language, {
          group: those(peopleIn(estimate, codebook)[language], language),
          estimate,
        });
      });
      return words(mark === "up" ? "breakdown.higher" : "breakdown.lower", language, {
        list: each.join("; "),
      });
    });
  };
  const told = tell(list("up"), list("down"));
  return told.da === "" ? ownText("breakdown.no_group") : told;
}

/** @param questions How many questions' breakdowns are read together; 0 or 1: only this one. */
function testedNote(questions: number, significance: number): Text {
  return ownText("breakdown.tested", {
    family: ownText(questions > 1 ? "breakdown.family" : "breakdown.family_one"),
    level: significance,
  });
}

function changedNote(baseline: Baseline): Text {
  return ownText("breakdown.changed", { earlier: earlierOf(baseline) });
}

function isNothingTested(rows: readonly BreakdownRow[]): boolean {
  return rows.every(({ test }) => test.againstRest === null);
}

function labelsOf(
  { variable, group }: BreakdownRow["estimate"],
  { variables }: Codebook,
): { variable: Text; group: Text } {
  const found = variables[variable ?? ""];
  const category = found?.categories[group ?? ""];
  if (found === undefined || category === undefined) {
    throw new RangeError(`A breakdown by ${variable} = ${group}, which the codebook does not know`);
  }
  return { variable: found.label, group: category };
}

/** The people of a group in words; where the codebook has none, its label. */
function peopleIn(estimate: BreakdownRow["estimate"], codebook: Codebook): Text {
  const { variable, group } = estimate;
  return codebook.variables[variable ?? ""]?.categories[group ?? ""]?.who ??
    labelsOf(estimate, codebook).group;
}
