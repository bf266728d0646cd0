import type { RespondentContent } from "../report/respondent_content.ts";
import type { CodebookWords } from "../report/rows_in_text.ts";
import { countAnswers } from "../statistics/count_answers.ts";
import { baseOf, countOf, NO_ANSWER_ID, NOT_ASKED_ID } from "../statistics/counts.ts";
import type { Survey } from "../survey/survey.ts";
import type { OpenedSurvey } from "../notebook/open_survey.ts";
import { readResponses } from "../survey/read_responses.ts";
import { dataFile } from "../survey/shipped_codebook.ts";

/** Shorter values of an unknown column may stand anywhere by chance. */
const OWN_WORDS = 12;

/**
 * What of the response files of a run must not be in an output: their ids, the values of columns that
 * the codebook does not know (answers in somebody's own words among them), and how many rows they
 * have.
 *
 * @param data The file; null: the one in data/.
 * @param baseline The file of an earlier wave; null where there is none or only published figures.
 */
export async function respondentContent(
  data: string | null,
  survey: OpenedSurvey,
  baseline: string | null = null,
): Promise<RespondentContent> {
  const own = { ...await contentOf(data, survey), words: wordsOf(survey.codebook) };
  const earlier = survey.baseline?.survey;
  if (!earlier) return own;
  const other = await contentOf(baseline, earlier);
  return {
    ...own,
    ids: own.ids.union(other.ids),
    columns: [...new Set([...own.columns, ...other.columns])],
    texts: [...new Set([...own.texts, ...other.texts])],
    sizes: [...new Set([...own.sizes, ...other.sizes])],
  };
}

async function contentOf(
  data: string | null,
  survey: Survey,
): Promise<RespondentContent & { readonly ids: Set<string> }> {
  const { codebook } = survey;
  if (survey.counted) {
    // Counts know of nobody by name.
    const sizes = [...new Set([survey.source.respondents, peopleIn(survey)])];
    return { ids: new Set(), columns: [codebook.respondent.column], texts: [], sizes };
  }
  const responses = await readResponses(data ?? dataFile("responses.csv"), codebook);
  const { column } = codebook.respondent;
  const ids = Array.from(responses.valuesOf(column) ?? []);
  const texts = responses.unknown.flatMap(({ values }) => Array.from(values));
  return {
    ids: new Set(distinct(ids)),
    // Much else is called "id" too.
    columns: distinct([column, responses.nameOf(column)]).filter((name) => !/^id$/i.test(name)),
    texts: distinct(texts).filter((text) => text.length >= OWN_WORDS),
    sizes: distinct([String(responses.respondents), String(peopleIn(survey))]).map(Number),
  };
}

/** The codebook's words, in both languages: names of questions and variables, and their categories. */
function wordsOf({ questions, variables, scales }: Survey["codebook"]): CodebookWords {
  const lower = (words: readonly string[]) => new Set(words.map((word) => word.toLowerCase()));
  const categories = [...Object.values(variables), ...Object.values(scales)]
    .flatMap(({ categories }) => Object.entries(categories));
  return {
    names: lower(
      Object.entries({ ...questions, ...variables })
        .flatMap(([id, { label }]) => [id, label.da, label.en]),
    ),
    // A label such as "2" is a number like any other.
    answers: lower(
      categories.flatMap(([id, label]) => [id, label.da, label.en])
        .filter((word) => !/^\d+\+?$/.test(word)),
    ),
  };
}

/** The respondents that the report is about. */
function peopleIn(survey: Survey): number {
  const [variable] = Object.keys(survey.within ?? {});
  if (variable === undefined) return survey.source.respondents;
  const counts = countAnswers(survey, variable);
  return baseOf(counts).n + countOf(counts, null, [NO_ANSWER_ID, NOT_ASKED_ID]).n;
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.map((value) => value?.trim() ?? "").filter((value) => value !== ""))];
}
