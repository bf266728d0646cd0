import { howCounted, movedNote } from "../words/how_counted.ts";
import { intervalTexts, TEXT } from "../words/figure_texts.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { formatList } from "../words/format_list.ts";
import { formatPercent } from "../words/format_number.ts";
import { InputError } from "../responses/input_error.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { quoted } from "../words/quoted.ts";
import { renderProse } from "../words/prose.ts";
import { tell } from "../words/tell.ts";
import type { Voice } from "../words/voice.ts";
import type { DataTable } from "../report/notebook_file.ts";
import type { Codebook } from "../responses/codebook.ts";
import type { QuestionId, QuestionOf, SetId } from "../responses/study.ts";
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
  question: QuestionOf<S>,
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
  const title = inEveryLanguage((language) =>
    `${about.label[language]}: ${answer[language]} ${
      language === "da" ? "efter baggrund" : "by background"
    }`
  );
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
    const synthetic = survey.source.synthetic ? ` ${escapeHtml(SYNTHETIC[language])}` : "";
    const asked = `${TEXT.base[language]}: ${base}. ${baseLine(survey, [question])[language]}`;
    const heading = `${WORDS.by[language]}: ${about.label[language]}`;
    const html = `<h4 class="headline">${escapeHtml(heading)}</h4>\n` +
      `${renderProse(summary[language])}\n` +
      `<details class="data-table"><summary>${WORDS.table[language]}</summary>\n` +
      `${dataTableHtml(data, language)}${tested}${changed}${moved ? note(moved) : ""}</details>\n` +
      `<p class="base">${escapeHtml(asked)}${synthetic}</p>`;
    return {
      outputs: [{ "text/html": html, "text/plain": dataTableText(data, language) }],
      part: { html, tables: [data] },
    };
  });
}

const WORDS = {
  by: { da: "Efter baggrund", en: "By background" },
  table: { da: "Alle grupper som tabel", en: "All groups as a table" },
  variable: { da: "Baggrund", en: "Background" },
  group: { da: "Gruppe", en: "Group" },
  letter: { da: "Bogstav", en: "Letter" },
  mark: { da: "Mod resten", en: "Against the rest" },
  above: { da: "Højere end", en: "Higher than" },
  up: { da: "▲ højere", en: "▲ higher" },
  down: { da: "▼ lavere", en: "▼ lower" },
  none: { da: "", en: "" },
  small: { da: "for få svar i resten", en: "too few answers in the rest" },
} as const satisfies Readonly<Record<string, Text>>;

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
      { label: WORDS.variable[language], kind: "text" },
      { label: WORDS.group[language], kind: "text" },
      { label: WORDS.letter[language], kind: "text" },
      { label: TEXT.share[language], kind: "share" },
      ...moved ? [{ label: TEXT.unweighted[language], kind: "share" as const }] : [],
      { label: WORDS.mark[language], kind: "text" },
      { label: WORDS.above[language], kind: "text" },
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
  if (test.againstRest !== null) return WORDS[test.mark];
  return estimate.suppressed ? TEXT.tooFew : WORDS.small;
}

/** Which groups differ, as a sentence. */
function summaryOf(rows: readonly BreakdownRow[], codebook: Codebook): Text {
  if (isNothingTested(rows)) {
    return {
      da: "Her er der for få svar til at sammenligne grupper.",
      en: "Here there are too few answers to compare groups.",
    };
  }
  const marked = (mark: "up" | "down") => rows.filter(({ test }) => test.mark === mark);
  const list = (mark: "up" | "down", say: Voice) =>
    formatList(
      marked(mark).map(({ estimate }) => {
        const { variable, group } = labelsOf(estimate, codebook);
        const name = quoted(say.text(group), say.language);
        return `${name} (${say.text(variable).toLowerCase()}, ${say.share(estimate)})`;
      }),
      say.language,
      "and",
    );
  const groups = (mark: "up" | "down"): Text =>
    marked(mark).length === 1 ? { da: "gruppen", en: "group" } : { da: "grupperne", en: "groups" };
  if (marked("up").length + marked("down").length === 0) {
    return {
      da: "Ingen gruppe adskiller sig sikkert fra resten.",
      en: "No group clearly differs from the rest.",
    };
  }
  return tell(
    marked("up").length === 0 ? NOTHING : {
      da: (say) => `I ${groups("up").da} ${list("up", say)} er andelen højere end hos resten.`,
      en: (say) =>
        `In the ${groups("up").en} ${list("up", say)} the share is higher than among the rest.`,
    },
    marked("down").length === 0 ? NOTHING : {
      da: (say) => `I ${groups("down").da} ${list("down", say)} er andelen lavere end hos resten.`,
      en: (say) =>
        `In the ${groups("down").en} ${list("down", say)} the share is lower than among the rest.`,
    },
  );
}

const NOTHING: Text = { da: "", en: "" };

const SYNTHETIC: Text = {
  da: "Svarene er syntetiske: forskelle efter baggrund er antagelser og ikke resultater.",
  en: "The answers are synthetic: differences by background are assumptions and no results.",
};

/** @param questions How many questions' breakdowns are read together; 0 or 1: only this one. */
function testedNote(questions: number, significance: number): Text {
  return inEveryLanguage((language) => {
    const level = formatPercent(significance, language);
    const family = questions > 1
      ? language === "da"
        ? `alle sammenligninger i kapitlets tabeller efter baggrund`
        : `all comparisons in the chapter's tables by background`
      : language === "da"
      ? "alle tabellens sammenligninger"
      : "all of the table's comparisons";
    return language === "da"
      ? `Hver gruppe er prøvet mod resten, og grupperne af samme baggrund mod hinanden: bogstaverne ` +
        `er de grupper, som denne er højere end. Kun forskelle, der også holder, når der er taget ` +
        `højde for ${family}, er mærket (Benjamini og Hochberg, ${level}).`
      : `Each group is tested against the rest, and the groups of one background against each ` +
        `other: the letters are the groups that this one is higher than. Only differences that ` +
        `also hold with ${family} taken into account are marked (Benjamini and Hochberg, ${level}).`;
  });
}

function changedNote(baseline: Baseline): Text {
  const earlier = earlierOf(baseline);
  return {
    da: `Ændringen siden ${earlier.da} er prøvet gruppe for gruppe, alle grupper af denne andel ` +
      `sammen (Benjamini og Hochberg).`,
    en: `The change since ${earlier.en} is tested group by group, all groups of this share ` +
      `together (Benjamini and Hochberg).`,
  };
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
