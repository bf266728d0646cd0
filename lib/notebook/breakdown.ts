import { howCounted, movedNote } from "../words/how_counted.ts";
import { intervalTexts, TEXT } from "../words/figure_texts.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { formatList } from "../words/format_list.ts";
import { InputError } from "../responses/input_error.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { renderProse } from "../words/prose.ts";
import { word } from "../words/catalogue.ts";
import { ownText, words } from "../words/message.ts";
import { among } from "../words/trend_phrase.ts";
import { NOTHING, tell } from "../words/tell.ts";
import type { DataTable } from "../report/notebook_file.ts";
import type { Codebook } from "../responses/codebook.ts";
import type { OwnOf, QuestionId, SetId } from "../responses/study.ts";
import { isMovedByWeights, unweightedShare } from "../statistics/estimate.ts";
import { changeColumns, changeValues } from "../words/change_columns.ts";
import { earlierOf } from "./change_since.ts";
import type { Baseline } from "./baseline.ts";
import type { OpenedSurvey } from "./open_survey.ts";
import { baseLine } from "./base_line.ts";
import { type BreakdownRow, breakdownRows } from "./breakdown_rows.ts";
import { dataTableHtml, dataTableText } from "./data_table_html.ts";
import { type Showable, showable } from "./showable.ts";

/**
 * One share of a question by every background variable, in a table one click away: base and interval
 * of each group, a mark where it differs from the rest, and a sentence that names those marked. With
 * an earlier wave the table has each group's change.
 *
 * @param options `set`: what it is a share of; the main set of the question's scale if not given.
 *   `family`: the questions whose breakdowns the notebook shows, so that their tests are adjusted
 *   together; this one's alone if not given.
 * @throws {InputError} Where a name is not in the codebook, or the file has no such question.
 */
export function breakdown<S extends OpenedSurvey>(
  survey: S,
  question: QuestionId | OwnOf<S>,
  { set, family = [] }: { readonly set?: SetId; readonly family?: readonly QuestionId[] } = {},
): Showable {
  const { codebook } = survey;
  const about = codebook.questions[question];
  const scale = about && codebook.scales[about.scale];
  const of = set ?? scale?.main_set as SetId | undefined;
  const answer = of && scale?.sets[of]?.label;
  if (about === undefined || of === undefined || answer === undefined) {
    throw new InputError(
      `The codebook has no question "${question}" with a set "${of}". ` +
        `data/codebook.json lists the questions, and the sets of their scales.`,
    );
  }
  const found = breakdownRows(survey, question as QuestionId, of, family);
  const title = ownText("breakdown.title", { question: about.label, answer });
  const summary = summaryOf(found, codebook);
  const name = `breakdown-${question}${set === undefined ? "" : `-${set}`}`;
  const estimates = found.map(({ estimate }) => estimate);
  const moved = movedNote(estimates);
  const isChanged = estimates.some((estimate) => survey.baseline?.changeOf(estimate));
  const baseline = isChanged ? survey.baseline ?? null : null;
  return showable((language) => {
    const who = codebook.bases[about.base]?.label[language] ?? about.base;
    const base = `${who}. ${howCounted(estimates, codebook.study.confidence)[language]}`;
    const data = tableOf(name, title[language], base, found, codebook, language, baseline);
    const note = (text: Text) => `<p class="note">${escapeHtml(text[language])}</p>`;
    const tested = isNothingTested(found)
      ? ""
      : note(testedNote(family.length, 1 - codebook.study.confidence));
    const changed = baseline === null ? "" : note(changedNote(baseline));
    const synthetic = survey.source.synthetic
      ? ` ${escapeHtml(word("breakdown.synthetic", language))}`
      : "";
    const asked = `${TEXT.base[language]}: ${base}. ${baseLine(survey, [question])[language]}`;
    const heading = `${word("breakdown.by", language)}: ${about.label[language]}`;
    const html = `<h4 class="headline">${escapeHtml(heading)}</h4>\n` +
      `${renderProse(summary[language])}\n` +
      `<details class="data-table"><summary>${word("breakdown.table", language)}</summary>\n` +
      `${dataTableHtml(data, language)}${tested}${changed}${moved ? note(moved) : ""}</details>\n` +
      `<p class="base">${escapeHtml(asked)}${synthetic}</p>`;
    return {
      outputs: [{ "text/html": html, "text/plain": dataTableText(data, language) }],
      part: { html, tables: [data] },
    };
  });
}

function tableOf(
  name: string,
  title: string,
  base: string,
  rows: readonly BreakdownRow[],
  codebook: Codebook,
  language: Language,
  baseline: Baseline | null,
): DataTable {
  const { low, high } = intervalTexts(codebook.study.confidence);
  const moved = rows.some(({ estimate }) => isMovedByWeights(estimate));
  return {
    name,
    title,
    base,
    columns: [
      { label: word("breakdown.variable", language), kind: "text" },
      { label: word("breakdown.group", language), kind: "text" },
      { label: word("breakdown.letter", language), kind: "text" },
      { label: TEXT.share[language], kind: "share" },
      ...moved ? [{ label: TEXT.unweighted[language], kind: "share" as const }] : [],
      { label: word("breakdown.mark", language), kind: "text" },
      { label: word("breakdown.above", language), kind: "text" },
      { label: low[language], kind: "share" },
      { label: high[language], kind: "share" },
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
        estimate.share,
        ...moved ? [unweightedShare(estimate)] : [],
        markWords(row)[language],
        row.test.above.join(" "),
        estimate.low,
        estimate.high,
        estimate.n,
        ...baseline === null ? [] : changeValues(baseline.changeOf(estimate), language),
      ];
    }),
  };
}

function markWords({ estimate, test }: BreakdownRow): Text {
  if (test.againstRest !== null) return ownText(`breakdown.${test.mark}`);
  return estimate.suppressed ? TEXT.tooFew : ownText("breakdown.small");
}

/** Which groups differ, as a sentence. */
function summaryOf(rows: readonly BreakdownRow[], codebook: Codebook): Text {
  if (isNothingTested(rows)) return ownText("breakdown.too_few");
  const list = (mark: "up" | "down"): Text => {
    const marked = rows.filter(({ test }) => test.mark === mark);
    if (marked.length === 0) return NOTHING;
    return inEveryLanguage((language) => {
      const each = marked.map(({ estimate }) => {
        const group = peopleIn(estimate, codebook)[language];
        return words("breakdown.one_of", language, { group: among(group, language), estimate });
      });
      return words(mark === "up" ? "breakdown.higher" : "breakdown.lower", language, {
        list: formatList(each, language),
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

/** The people of a group, fit to stand behind "among"; where the codebook has no words, its label. */
function peopleIn(estimate: BreakdownRow["estimate"], codebook: Codebook): Text {
  const { variable, group } = estimate;
  return codebook.variables[variable ?? ""]?.categories[group ?? ""]?.who ??
    labelsOf(estimate, codebook).group;
}
