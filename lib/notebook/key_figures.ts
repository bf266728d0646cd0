import { palette } from "../charts/palette.ts";
import { categoriesOf } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text, translatedAll } from "../responses/language.ts";
import type { QuestionId, SetId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import type { Movement } from "../statistics/moved_most.ts";
import { share } from "../statistics/look_up.ts";
import { texts } from "../words/catalogue.ts";
import { changeColumns, changeValues, pointsRange, signedPoints } from "../words/change_columns.ts";
import { besides } from "../words/claim_values.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { intervalTexts, missingInWords, TEXT } from "../words/figure_texts.ts";
import { formatCount, formatPercentShort, formatPoints } from "../words/format_number.ts";
import { howCounted, intervalName } from "../words/how_counted.ts";
import { ownText } from "../words/message.ts";
import { besidesPhrase } from "../words/message_functions.ts";
import type { Baseline } from "./baseline.ts";
import { comparabilityTold, earlierOfQuestion } from "./change_since.ts";
import { dataTableHtml } from "./data_table.ts";
import type { DataTable } from "./notebook_file.ts";
import { answerOf, labelOf } from "./labels.ts";
import type { OpenedSurvey } from "./open_survey.ts";
import { type Showable, showable } from "./showable.ts";

/** A share that stands large by itself. */
export interface KeyFigure {
  readonly estimate: Estimate;
  /** What it is a share of, fit to follow the number. */
  readonly label: Text;
  /** Where the report says more: the id of a heading, and what the link says. */
  readonly more?: { readonly id: string; readonly text: Text };
}

/** The main share of a question as a key figure: what a headline about it speaks of. */
export function keyFigureOf(survey: OpenedSurvey, question: string): KeyFigure {
  const { questions, scales } = survey.codebook;
  const { main_set } = scales[questions[question]?.scale ?? ""] ?? {};
  const [name, answer] = [labelOf(survey, question), answerOf(survey, question)];
  return {
    estimate: share(survey, question as QuestionId, { set: main_set as SetId }),
    label: inEveryLanguage((language) => `${name[language]}: ${answer[language]}`),
  };
}

export interface KeyFiguresOptions {
  /** Fit for a file name, unique in the notebook. */
  readonly name: string;
  /** The name of the numbers' table. */
  readonly title: Text;
  /** So many are shown: those behind them step in for what was not part of this wave. By default all. */
  readonly most?: number;
}

/**
 * Large numbers side by side: each with what it says, how many were asked, and a link to the finding;
 * the intervals stand behind "Details". With an earlier wave, each says how it has changed. One of a
 * question that was not part of this wave is left out.
 *
 * @throws {InputError} For an estimate of a question that the codebook does not have.
 */
export function keyFigures(
  survey: OpenedSurvey,
  options: KeyFiguresOptions,
  ...given: readonly KeyFigure[]
): Showable {
  const { codebook, codes, baseline = null } = survey;
  const { name, title, most = Infinity } = translatedAll(options);
  const { confidence } = codebook.study;
  const missingOf = ({ estimate: { question, variable } }: KeyFigure) =>
    [question, variable].filter((id): id is string =>
      id !== null && categoriesOf(codebook, id) !== undefined && !codes.has(id)
    );
  const keys = given.filter((key) => missingOf(key).length === 0).slice(0, most).map((key) =>
    translatedAll({
      ...key,
      label: labelBesides(survey, key),
      ...key.more && { more: translatedAll(key.more) },
    })
  );
  return showable((language) => {
    const who = [
      ...new Set(
        keys.map(({ estimate }) => codebook.bases[estimate.base]?.label[language] ?? estimate.base),
      ),
    ].join("; ");
    const base = `${who}. ${
      howCounted(keys.map(({ estimate }) => estimate), confidence)[language]
    }`;
    const data = tableOf(name, title[language], base, keys, codebook, language, baseline);
    const isChanged = keys.some((key) => changeOf(key, baseline) !== null);
    const told = [
      keyChanges(confidence),
      ...comparabilityTold(survey, [...new Set(keys.map(({ estimate }) => estimate.question))]),
    ].map((text) => text[language]).join(" ");
    const note = isChanged ? `\n<p class="note">${escapeHtml(told)}</p>` : "";
    const since = ({ estimate }: KeyFigure, earlier: Baseline) =>
      earlierOfQuestion(codebook, earlier, estimate.question);
    const list = (links: boolean) =>
      `<ul class="key-figures">\n${
        keys.map((key) => item(key, links, language, baseline, since)).join("\n")
      }\n</ul>`;
    return {
      outputs: [
        {
          "text/html": `${list(false)}${note}`,
          "text/plain": keys.map((key) => {
            const change = changeOf(key, baseline);
            const said = change === null || baseline === null
              ? ""
              : `. ${keyChangeText(change, since(key, baseline), language)}`;
            return `${value(key, language)} ${key.label[language]}${said}`;
          }).join("\n"),
        },
      ],
      part: {
        html: list(true),
        details: `${dataTableHtml(data, language)}<p class="note">${escapeHtml(base)}</p>${note}`,
        tables: [data],
      },
    };
  }, keys.length === 0 ? given.flatMap(missingOf) : []);
}

/** The label, and that most do not know where they do not: a share of nought is none of the others. */
function labelBesides(survey: Survey, { estimate, label }: KeyFigure): Text {
  const { questions, scales } = survey.codebook;
  const { dont_know: unknown = null } = scales[questions[estimate.question]?.scale ?? ""] ?? {};
  const most = unknown === null ? null : besides(survey, [estimate]);
  if (most === null || most.given.category !== unknown) return label;
  return inEveryLanguage((language) =>
    label[language] + besidesPhrase(most.given.share ?? 0, most.answer[language], language)
  );
}

function item(
  key: KeyFigure,
  links: boolean,
  language: Language,
  baseline: Baseline | null,
  since: (key: KeyFigure, baseline: Baseline) => Text,
): string {
  const { estimate, label, more } = key;
  const change = changeOf(key, baseline);
  const changed = change === null || baseline === null
    ? ""
    : keyChangeHtml(change, since(key, baseline), language);
  const size = `n\u00a0=\u00a0${formatCount(estimate.n, language)}`;
  const link = more === undefined || !links
    ? ""
    : `<a href="#${more.id}">${escapeHtml(more.text[language])}</a>`;
  const length = isShown(estimate) ? Math.round(estimate.share * 1000) / 10 : 0;
  const meter =
    `<svg class="meter" viewBox="0 0 100 3" width="100" height="5" preserveAspectRatio="none" ` +
    `aria-hidden="true"><rect width="100" height="3" fill="${palette.grid}"/>` +
    `<rect class="part" width="${length}" height="3" fill="${palette.accent}"/></svg>`;
  return `<li class="key-figure"><p class="value">${escapeHtml(value(key, language))}</p>` +
    (links ? meter : "") +
    `<p class="label">${escapeHtml(label[language])}</p>${changed}` +
    `<p class="base">${size}</p>${link}</li>`;
}

function changeOf({ estimate }: KeyFigure, baseline: Baseline | null): Movement | null {
  return baseline?.changeOf(estimate) ?? null;
}

/** Who was asked, and the group of them that the share is about. */
function baseWords(
  { base, variable, group }: Estimate,
  { bases, variables }: Survey["codebook"],
  language: Language,
): string {
  const who = bases[base]?.label[language] ?? base;
  const found = variables[variable ?? ""];
  const category = found?.categories[group ?? ""];
  return found === undefined || category === undefined
    ? who
    : [who, `${found.label[language]}: ${category[language]}`.toLowerCase()].join("; ");
}

function value({ estimate }: KeyFigure, language: Language): string {
  return isShown(estimate)
    ? formatPercentShort(estimate.share, language)
    : missingInWords(estimate.n, language);
}

function tableOf(
  name: string,
  title: string,
  base: string,
  keys: readonly KeyFigure[],
  codebook: Survey["codebook"],
  language: Language,
  baseline: Baseline | null,
): DataTable {
  const { low, high } = intervalTexts(codebook.study.confidence);
  return {
    name,
    title,
    base,
    columns: [
      { label: TEXT.answer[language], kind: "text" },
      { label: TEXT.base[language], kind: "text" },
      { label: TEXT.share[language], kind: "share" },
      { label: low[language], kind: "share" },
      { label: high[language], kind: "share" },
      { label: TEXT.n[language], kind: "count" },
      ...baseline === null ? [] : changeColumns(language),
    ],
    rows: keys.map((key) => [
      key.label[language],
      baseWords(key.estimate, codebook, language),
      key.estimate.share,
      key.estimate.low,
      key.estimate.high,
      key.estimate.n,
      ...baseline === null ? [] : changeValues(changeOf(key, baseline), language),
    ]),
  };
}

const SIGNS = { up: "▲", down: "▼", none: "◆" } as const;

const WORDS = texts("key_change");

/** How a key figure has changed, in two parts: `8 percentage points up`, `since … (4 to 12)`. */
function partsOf(change: Movement, earlier: Text, language: Language): [string, string] {
  const { difference, moved } = change;
  const since = `${WORDS.since[language]} ${earlier[language]}`;
  const range = `(${pointsRange(change, language)})`;
  return moved === "none"
    ? [WORDS.none[language], `${since}: ${signedPoints(change, language)} ${range}`]
    : [
      `${formatPoints(difference, language, "size")} ${WORDS[moved][language]}`,
      `${since} ${range}`,
    ];
}

/**
 * How a key figure has changed: `8 percentage points up since the earlier wave (4 to 12)`, or that
 * nothing has surely changed, with the same numbers.
 *
 * @param earlier What it is since.
 */
function keyChangeText(change: Movement, earlier: Text, language: Language): string {
  return partsOf(change, earlier, language).join(" ");
}

/** The same with an arrow, which the words make needless for those who do not see it. */
function keyChangeHtml(change: Movement, earlier: Text, language: Language): string {
  const [what, since] = partsOf(change, earlier, language).map(escapeHtml);
  return `<p class="change"><strong><span aria-hidden="true">${SIGNS[change.moved]}</span> ` +
    `${what}</strong> ${since}</p>`;
}

/** What the signs and numbers of the changes mean, once for all key figures. */
function keyChanges(confidence: number): Text {
  return ownText("key_change.sure", { interval: intervalName(confidence) });
}
