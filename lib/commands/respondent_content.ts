import type { ReadWaves } from "../notebook/read_waves.ts";
import type { RespondentContent } from "../report/respondent_content.ts";
import type { CodebookWords } from "../report/rows_in_text.ts";
import { wordings } from "../responses/language.ts";
import { normaliseValue } from "../responses/normalise.ts";
import { besideAnswers, type Survey } from "../responses/survey.ts";
import { countAnswers } from "../statistics/count_answers.ts";
import { baseOf, countOf, NO_ANSWER_ID, NOT_ASKED_ID } from "../statistics/counts.ts";

/** Shorter values of an unknown column may stand anywhere by chance. */
const OWN_WORDS = 12;

/**
 * What of the response files of a run must not be in an output: their ids, the values of columns that
 * the codebook does not know (answers in somebody's own words among them), and how many rows they
 * have.
 *
 * @param ofAll The same of everyone, where the run is on a part of them: all but the number is theirs.
 */
export function respondentContent(
  { survey, earlier }: ReadWaves,
  ofAll?: () => RespondentContent,
): RespondentContent {
  if (ofAll) {
    const surveys = [survey, ...earlier?.survey ? [earlier.survey] : []];
    return { ...ofAll(), sizes: [...new Set(surveys.flatMap(sizesOf))] };
  }
  const own = { ...contentOf(survey), words: wordsOf(survey.codebook) };
  if (!earlier?.survey) return own;
  const other = contentOf(earlier.survey);
  return {
    ...own,
    ids: own.ids.union(other.ids),
    columns: [...new Set([...own.columns, ...other.columns])],
    texts: new Map([...other.texts, ...own.texts]),
    sizes: [...new Set([...own.sizes, ...other.sizes])],
  };
}

function contentOf(survey: Survey): RespondentContent & { readonly ids: Set<string> } {
  const { codebook, ids } = survey;
  const { idColumn, columns } = besideAnswers(survey);
  const { column } = codebook.respondent;
  const known = knownTexts(codebook);
  // The other columns hold answers that were checked.
  const texts = columns.flatMap(({ name, texts }) =>
    texts.map((text) => text.trim())
      .filter((text) => text.length >= OWN_WORDS && !known.has(normaliseValue(text)))
      .map((text) => [text, name] as const)
  );
  return {
    // Counts know of nobody by name.
    ids: new Set([...ids ?? []].filter((id) => id !== "")),
    // Much else is called "id" too.
    columns: [column, idColumn ?? column].filter((name) => !/^id$/i.test(name)),
    texts: new Map(texts),
    sizes: sizesOf(survey),
  };
}

/** What the codebook itself says is in nobody's own words, in whatever column it stands. */
function knownTexts({ questions, variables, scales }: Survey["codebook"]): Set<string> {
  const asked = Object.values(questions)
    .flatMap(({ label, text, asked }) => [label, text, asked].flatMap((each) => each ?? []));
  const answers = [...Object.values(variables), ...Object.values(scales)]
    .flatMap(({ categories }) => Object.values(categories));
  return new Set([
    ...[...asked, ...Object.values(variables).map(({ label }) => label), ...answers]
      .flatMap(({ da, en }) => [da, en]),
    ...answers.flatMap(({ aliases }) => aliases),
  ].map(normaliseValue));
}

/** The codebook's words, in both languages: names of questions and variables, and their categories. */
function wordsOf({ questions, variables, scales }: Survey["codebook"]): CodebookWords {
  const lower = (words: readonly string[]) => new Set(words.map((word) => word.toLowerCase()));
  const categories = [...Object.values(variables), ...Object.values(scales)]
    .flatMap(({ categories }) => Object.entries(categories));
  return {
    names: lower(
      Object.entries({ ...questions, ...variables })
        .flatMap(([id, { label }]) => [id, ...wordings(label)]),
    ),
    // A label such as "2" is a number like any other.
    answers: lower(
      categories.flatMap(([id, label]) => [id, ...wordings(label)])
        .filter((word) => !/^\d+\+?$/.test(word)),
    ),
  };
}

/** The respondents of the file, and those that the report is about. */
function sizesOf(survey: Survey): number[] {
  return [...new Set([survey.source.respondents, peopleIn(survey)])];
}

function peopleIn(survey: Survey): number {
  const [variable] = Object.keys(survey.within ?? {});
  if (variable === undefined) return survey.source.respondents;
  const counts = countAnswers(survey, variable);
  return baseOf(counts).n + countOf(counts, null, [NO_ANSWER_ID, NOT_ASKED_ID]).n;
}
