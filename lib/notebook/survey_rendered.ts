import { wordsOf } from "../words/catalogue.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { formatCount } from "../words/format_number.ts";
import type { Language } from "../responses/language.ts";
import type { OpenedSurvey } from "./open_survey.ts";
import { htmlRendered, type Rendered } from "./showable.ts";

/** A survey as a cell shows it: what was asked and of whom, from which file; no answer of anybody. */
export function surveyRendered(survey: OpenedSurvey, language: Language): Rendered {
  const { codebook, source, weights, within, baseline } = survey;
  const words = wordsOf("survey", language);
  const names = (entries: Readonly<Record<string, unknown>>) =>
    `${formatCount(Object.keys(entries).length, language)}: ${Object.keys(entries).join(", ")}`;
  const facts: (readonly [string, string])[] = [
    [words.file, source.file + (source.synthetic ? ` (${words.synthetic})` : "")],
    [words.respondents, formatCount(source.respondents, language)],
    [words.invited, formatCount(codebook.study.invited, language)],
    [words.questions, names(codebook.questions)],
    [words.variables, names(codebook.variables)],
    [words.weighted, weights === null ? words.no : words.yes],
    ...within === undefined ? [] : [
      [
        words.within,
        Object.entries(within).map(([name, among]) => `${name} = ${among.join(", ")}`).join("; "),
      ] as const,
    ],
    ...baseline?.survey ? [[words.earlier, baseline.survey.source.file] as const] : [],
  ];
  const title = codebook.study.title[language];
  const rows = facts.map(([name, value]) =>
    `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`
  );
  return htmlRendered(
    `<table><caption>${escapeHtml(title)}</caption>\n<tbody>${rows.join("\n")}</tbody></table>`,
    [title, ...facts.map(([name, value]) => `${name}: ${value}`)].join("\n"),
  );
}
