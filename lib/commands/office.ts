import type { Figure } from "../charts/figure.ts";
import { figureRendered } from "../notebook/chart_rendered.ts";
import { reportNotice } from "../notebook/data_told.ts";
import { type ReportPart, Shown } from "../notebook/notebook_file.ts";
import { latestSurvey, type OpenedSurvey } from "../notebook/open_survey.ts";
import { readSettings } from "../notebook/settings.ts";
import { InputError } from "../responses/input_error.ts";
import type { Language } from "../responses/language.ts";
import { escapeHtml } from "../words/prose.ts";

/** How a figure goes into a document. */
export interface OfficeFigureOptions {
  /** By default the first one of this notebook. */
  readonly language?: Language;
  /** Where the answers are from, which the document says; by default the survey opened last. */
  readonly survey?: OpenedSurvey;
  /** A Word document whose styles, margins and running lines are taken: a path from the notebook. */
  readonly template?: string;
}

/** A file as a cell shows it: as a link to save it by; in the report as its figures. */
export class OfficeFile extends Shown {
  constructor(
    /** Fit for a file name, with its ending. */
    readonly name: string,
    readonly bytes: Uint8Array,
    figures: readonly Figure[],
  ) {
    super((language) => ({
      outputs: [{ "text/html": linkTo(name, bytes), "text/plain": name }],
      part: joined(figures.map((figure) => figureRendered(figure, language).part)),
    }));
  }

  /** Writes the file. @param path By default its name, in the notebook's folder. */
  async save(path = this.name): Promise<void> {
    await Deno.writeFile(path, this.bytes);
  }
}

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

function linkTo(name: string, bytes: Uint8Array): string {
  const size = `${Math.ceil(bytes.length / 1024)} kB`;
  return `<a download="${escapeHtml(name)}" href="data:${WORD};base64,${bytes.toBase64()}">` +
    `${escapeHtml(name)}</a> (${size})`;
}

function joined(parts: readonly ReportPart[]): ReportPart {
  return {
    html: parts.map(({ html }) => html).join("\n"),
    details: parts.map(({ details = "" }) => details).join("\n"),
    tables: parts.flatMap(({ tables = [] }) => tables),
    charts: parts.flatMap(({ charts = [] }) => charts),
  };
}

/**
 * A Word document of a figure, or of several, with charts that can be edited there:
 *
 * ```ts
 * await office(likert(survey, ["pressure_change", "pressure_omit"]));
 * await (await office(likert(survey, "wellbeing"))).save("wellbeing.docx");
 * ```
 *
 * @param figures What `likert()`, `columns()` or `comparison()` gives.
 * @throws {InputError} For something else, or a template that is none.
 */
export async function office(
  figures: Figure | readonly Figure[],
  { language = readSettings().languages[0]!, survey = latestSurvey()!, template }:
    OfficeFigureOptions = {},
): Promise<OfficeFile> {
  const all = [figures].flat() as Figure[];
  const [first] = all;
  if (first === undefined || !all.every((figure) => typeof figure?.native === "function")) {
    throw new InputError(
      "office() makes a document of figures: give it what likert(), columns() or comparison() gives.",
    );
  }
  if (survey === null) {
    throw new InputError("office() says where the answers are from: open them with openSurvey().");
  }
  // Large, and most notebooks write no document.
  const { figureParagraphs } = await import("../report/office/word_content.ts");
  const { wordFile } = await import("../report/office/word_report.ts");
  const notice = reportNotice(survey, language);
  const made = await wordFile(
    async (_, px) => {
      const paragraphs = all.map((figure, index) =>
        figureParagraphs(figure.native(language), language, px, index + 1)
      );
      return (await Promise.all(paragraphs)).flat();
    },
    {
      language,
      title: first.caption(language).title,
      subtitle: survey.codebook.study.title[language],
      ...notice === null ? {} : { notice },
      source: { ...survey.source, date: new Date().toISOString().slice(0, 10) },
    },
    template === undefined
      ? undefined
      : await (await import("../report/office/template.ts")).readTemplate(template),
  );
  return new OfficeFile(`${first.name}.${language}.docx`, made, all);
}
