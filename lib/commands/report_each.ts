import { basename, join } from "node:path";
import { peopleReported } from "../notebook/data_told.ts";
import { type Notebook, REPORT_MIME, type ReportParts } from "../notebook/notebook_file.ts";
import type { OpenedSurvey } from "../notebook/open_survey.ts";
import { type ReadWaves, wavesWithin } from "../notebook/read_waves.ts";
import { reportFileName } from "../report/html/report_options.ts";
import { type Files, writeFolder } from "../report/write_folder.ts";
import { categoriesOf } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { type Language, LANGUAGES, type Text } from "../responses/language.ts";
import { inTemporaryFolder } from "../responses/temporary_folder.ts";
import { countAnswers, peopleWhere } from "../statistics/count_answers.ts";
import { shownOf } from "../statistics/disclosure/suppress.ts";
import { formatCount } from "../words/format.ts";
import { words } from "../words/message.ts";
import { escapeHtml } from "../words/prose.ts";

type Where = Readonly<Record<string, readonly string[]>>;

/** A group that a report is made for. */
export interface Unit {
  /** The category, and the name of the folder. */
  readonly id: string;
  readonly label: Text;
  /** Its answers; or why there is no report. */
  readonly waves: ReadWaves | "nobody" | "too_few" | "protected";
}

/**
 * The groups that a variable makes, each with its answers or with the reason why there is no report:
 * nobody is in it, fewer than may be shown, or what it shows would tell of others. The rules are those
 * of one group (`--where`), which are drawn from the table of all groups together.
 *
 * @param waves The answers of everyone.
 * @param variable A question or variable by codebook id.
 * @param where What else all groups have in common; of the variable itself, which categories are meant.
 * @throws {InputError} Where the answers lack the variable.
 */
export function unitsOf(waves: ReadWaves, variable: string, where: Where): Unit[] {
  const { survey } = waves;
  const { codebook } = survey;
  const categories = Object.entries(categoriesOf(codebook, variable) ?? {});
  const meant = where[variable] ?? categories.map(([id]) => id);
  return categories.filter(([id]) => meant.includes(id)).map(([id, label]) => {
    const group = { ...where, [variable]: [id] };
    const people = peopleWhere(survey, group);
    if (people === 0) return { id, label, waves: "nobody" };
    if (people < codebook.disclosure.least_base) return { id, label, waves: "too_few" };
    try {
      const within = wavesWithin(waves, group);
      return { id, label, waves: isAnythingShown(within) ? within : "protected" };
    } catch (error) {
      if (!(error instanceof InputError) || waves.earlier?.survey === null) throw error;
      return { id, label, waves: "protected" };
    }
  });
}

function isAnythingShown({ survey }: ReadWaves): boolean {
  return Object.keys(survey.codebook.questions).some((question) =>
    survey.codes.has(question) && shownOf(countAnswers(survey, question)).groups.has(null)
  );
}

/**
 * Writes a report for each group into a folder of its own, all or none, whatever their number: each is
 * written as soon as it is made, beside where it is to stand.
 *
 * @param out The folder of all.
 * @param make Makes the files of one report; null where that fails.
 * @returns Whether all were made.
 */
export async function writeEach(
  out: string,
  units: readonly Unit[],
  make: (waves: ReadWaves) => Promise<Files | null>,
): Promise<boolean> {
  await Deno.mkdir(out, { recursive: true });
  const made = units.filter(({ waves }) => typeof waves !== "string");
  const isMade = await inTemporaryFolder(out, ".draft-", async (draft) => {
    for (const [index, { id, waves }] of made.entries()) {
      console.error(`\n${id} (${index + 1} of ${made.length})`);
      const files = await make(waves as ReadWaves);
      if (files === null) return false;
      await writeFolder(join(draft, id), files);
    }
    for (const { id } of made) {
      await Deno.rename(join(out, id), join(draft, `before-${id}`)).catch((error) => {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      });
      await Deno.rename(join(draft, id), join(out, id));
    }
    return true;
  });
  if (!isMade) return false;
  const others = [...Deno.readDirSync(out)].filter(({ name, isDirectory }) =>
    isDirectory && name !== "notebooks" && !made.some(({ id }) => id === name)
  ).map(({ name }) => name).sort();
  if (others.length > 0) {
    console.error(
      `\n${basename(out)} holds what this run did not write, and the index does not name: ` +
        `${others.join(", ")}.`,
    );
  }
  return true;
}

/** The page that leads to the reports, as a notebook of one output. */
export function indexNotebook(
  units: readonly Unit[],
  variable: string,
  of: OpenedSurvey,
): Notebook {
  const { codebook } = of;
  const name = (codebook.variables[variable] ?? codebook.questions[variable])!.label;
  const parts: ReportParts = Object.fromEntries(LANGUAGES.map((language) => [language, {
    html: tableOf(units, name[language], codebook.disclosure.least_base, language),
    heading: {
      level: 2,
      id: "groups",
      text: words("each.heading", language, { variable: name[language] }),
    },
  }]));
  const output = {
    output_type: "display_data",
    data: { [REPORT_MIME]: parts },
    metadata: {},
  } as const;
  return {
    ...{ nbformat: 4, nbformat_minor: 5, metadata: {} },
    cells: [{
      ...{ cell_type: "code", id: "index", metadata: {}, source: "", execution_count: 1 },
      outputs: [output],
    }],
  };
}

function tableOf(units: readonly Unit[], name: string, least: number, language: Language): string {
  const rows = units.map(({ id, label, waves }) => {
    const text = escapeHtml(label[language]);
    if (typeof waves === "string") {
      const why = words(`each.${waves}`, language, { least });
      return `<tr><th scope="row">${text}</th><td></td><td>${escapeHtml(why)}</td></tr>`;
    }
    const people = peopleReported(waves.survey);
    const number = Number.isNaN(people) ? "–" : formatCount(people, language);
    const link = `<a href="${id}/${reportFileName(language)}">${words("each.open", language)}</a>`;
    return `<tr><th scope="row">${text}</th><td class="num">${number}</td><td>${link}</td></tr>`;
  });
  const heads = [
    `<th scope="col">${escapeHtml(name)}</th>`,
    `<th scope="col" class="num">${words("each.answered", language)}</th>`,
    `<th scope="col">${words("each.report", language)}</th>`,
  ];
  return `<table data-name="groups"><thead><tr>${heads.join("")}</tr></thead>\n` +
    `<tbody>${rows.join("\n")}</tbody></table>`;
}
