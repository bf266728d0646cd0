import { palette } from "../charts/palette.ts";
import { categoriesOf } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text, translatedAll } from "../responses/language.ts";
import type { QuestionId, SetId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import { share } from "../statistics/look_up.ts";
import { texts } from "../words/catalogue.ts";
import { pointsRange, signedPoints } from "../words/change_columns.ts";
import { besides } from "../words/claim_values.ts";
import { tell } from "../words/claims.ts";
import {
  baseSize,
  howCounted,
  intervalName,
  intervalTexts,
  missingInWords,
  TEXT,
} from "../words/figure_texts.ts";
import { formatPercentShort, formatPoints } from "../words/format.ts";
import { besidesPhrase, ownText } from "../words/message.ts";
import { escapeHtml } from "../words/prose.ts";
import { comparabilityTold, earlierOf } from "./change_since.ts";
import { changes, dataTableHtml, number, tabulated, text } from "./data_table.ts";
import { answerOf, labelOf } from "./labels.ts";
import { type Showable, Shown } from "./notebook_file.ts";
import type { OpenedSurvey } from "./open_survey.ts";

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

/**
 * Large numbers side by side: each with what it says, how many were asked, and a link to the finding;
 * the intervals stand behind "Details". With an earlier wave, each says how it has changed. One of a
 * question that was not part of this wave is left out.
 *
 * @param options `name`: fit for a file name, unique in the notebook. `title`: of the numbers' table.
 *   `most`: so many are shown, and those behind them step in for what was not part of this wave; by
 *   default all.
 * @throws {InputError} For an estimate of a question that the codebook does not have.
 */
export function keyFigures(
  survey: OpenedSurvey,
  options: { readonly name: string; readonly title: Text; readonly most?: number },
  ...given: readonly KeyFigure[]
): Showable {
  const { codebook, codes, baseline } = survey;
  const { name, title, most = Infinity } = options;
  const { confidence } = codebook.study;
  const missingOf = ({ estimate: { question, variable } }: KeyFigure) =>
    [question, variable].filter((id): id is string =>
      id !== null && categoriesOf(codebook, id) !== undefined && !codes.has(id)
    );
  const keys = given.filter((key) => missingOf(key).length === 0).slice(0, most).map((key) => ({
    ...key,
    label: labelBesides(survey, key),
    ...key.more && { more: translatedAll(key.more) },
    changed: changeTold(survey, key),
  }));
  const estimates = keys.map(({ estimate }) => estimate);
  const how = howCounted(estimates, confidence);
  const base = inEveryLanguage((language) => {
    const asked = estimates.map(({ base }) => codebook.bases[base]?.label[language] ?? base);
    return `${[...new Set(asked)].join("; ")}. ${how[language]}`;
  });
  const { low, high } = intervalTexts(confidence);
  const table = tabulated(keys, [
    text(TEXT.answer, ({ label }) => label),
    text(TEXT.base, ({ estimate }, language) => baseWords(estimate, codebook, language)),
    number("share", TEXT.share, ({ estimate }) => estimate.share),
    number("share", low, ({ estimate }) => estimate.low),
    number("share", high, ({ estimate }) => estimate.high),
    number("count", TEXT.n, ({ estimate }) => estimate.n),
    ...baseline ? changes<KeyFigure>(({ estimate }) => baseline.changeOf(estimate)) : [],
  ], { name, title, base });
  const told = keys.every(({ changed }) => changed === null) ? null : tell(
    ownText("key_change.sure", { interval: intervalName(confidence) }),
    ...comparabilityTold(survey, [...new Set(estimates.map(({ question }) => question))]),
  );
  return new Shown((language) => {
    const note = told === null ? "" : `\n<p class="note">${escapeHtml(told[language])}</p>`;
    const list = (links: boolean) =>
      `<ul class="key-figures">\n${
        keys.map((key) => item(key, links, language)).join("\n")
      }\n</ul>`;
    const data = table(language);
    return {
      outputs: [{
        "text/html": `${list(false)}${note}`,
        "text/plain": keys.map(({ estimate, label, changed }) => {
          const said = changed && `. ${changed.what[language]} ${changed.since[language]}`;
          return `${valueOf(estimate, language)} ${label[language]}${said ?? ""}`;
        }).join("\n"),
      }],
      part: {
        html: list(true),
        details: `${dataTableHtml(data, language)}<p class="note">${
          escapeHtml(data.base)
        }</p>${note}`,
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
  const all = translatedAll({ label }).label;
  if (most === null || most.given.category !== unknown) return all;
  return inEveryLanguage((language) =>
    all[language] + besidesPhrase(most.given.share ?? 0, most.answer[language], language)
  );
}

/** A key figure as it is drawn. */
interface Key extends KeyFigure {
  readonly changed: { readonly sign: string; readonly what: Text; readonly since: Text } | null;
}

function item({ estimate, label, more, changed }: Key, links: boolean, language: Language): string {
  const link = more === undefined || !links
    ? ""
    : `<a href="#${more.id}">${escapeHtml(more.text[language])}</a>`;
  const length = isShown(estimate) ? Math.round(estimate.share * 1000) / 10 : 0;
  const meter =
    `<svg class="meter" viewBox="0 0 100 3" width="100" height="5" preserveAspectRatio="none" ` +
    `aria-hidden="true"><rect width="100" height="3" fill="${palette.grid}"/>` +
    `<rect class="part" width="${length}" height="3" fill="${palette.accent}"/></svg>`;
  // Who does not see the sign has the words.
  const change = changed === null
    ? ""
    : `<p class="change"><strong><span aria-hidden="true">${changed.sign}</span> ` +
      `${escapeHtml(changed.what[language])}</strong> ${escapeHtml(changed.since[language])}</p>`;
  return `<li class="key-figure"><p class="value">${escapeHtml(valueOf(estimate, language))}</p>` +
    (links ? meter : "") + `<p class="label">${escapeHtml(label[language])}</p>` +
    change + `<p class="base">${baseSize(estimate.n, language)}</p>${link}</li>`;
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

function valueOf(estimate: Estimate, language: Language): string {
  return isShown(estimate)
    ? formatPercentShort(estimate.share, language)
    : missingInWords(estimate.n, language);
}

const SIGNS = { up: "▲", down: "▼", none: "◆" } as const;

const WORDS = texts("key_change");

/**
 * How a key figure has changed: `8 percentage points up`, `since the earlier wave (4 to 12)`, or that
 * nothing has surely changed, with the same numbers. Null where there is nothing to tell.
 */
function changeTold({ baseline }: OpenedSurvey, { estimate }: KeyFigure): Key["changed"] {
  const change = baseline?.changeOf(estimate) ?? null;
  if (!baseline || change === null) return null;
  const { difference, moved } = change;
  const earlier = earlierOf(baseline);
  const isSure = moved !== "none";
  return {
    sign: SIGNS[moved],
    what: inEveryLanguage((language) =>
      (isSure ? `${formatPoints(difference, language, "size")} ` : "") + WORDS[moved][language]
    ),
    since: inEveryLanguage((language) =>
      `${WORDS.since[language]} ${earlier[language]}` +
      (isSure ? "" : `: ${signedPoints(change, language)}`) + ` (${pointsRange(change, language)})`
    ),
  };
}
