import type { ReadWaves } from "../notebook/read_waves.ts";
import type { CodebookWords, RespondentContent } from "../report/respondent_content.ts";
import { wordings } from "../responses/language.ts";
import { normaliseValue } from "../responses/spelling.ts";
import { besideAnswers, type Survey } from "../responses/survey.ts";
import { peopleWhere } from "../statistics/count_answers.ts";

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
  const surveys = [survey, ...earlier?.survey ? [earlier.survey] : []];
  const sizes = surveys.flatMap((each) => [each.source.respondents, peopleWhere(each, {})]);
  if (ofAll) return { ...ofAll(), sizes };
  const { known, ...words } = wordsOf(survey.codebook);
  const beside = surveys.map(besideAnswers);
  // The other columns hold answers that were checked.
  const texts = beside.flatMap(({ columns }) => columns).flatMap(({ name, texts }) =>
    texts.map((text) => text.trim())
      .filter((text) => text.length >= OWN_WORDS && !known.has(normaliseValue(text)))
      .map((text) => [text, name] as const)
  );
  const columns = [survey.codebook.respondent.column, ...beside.map(({ idColumn }) => idColumn)];
  return {
    // Counts know of nobody by name.
    ids: surveys.flatMap(({ ids }) => ids ?? []),
    // Much else is called "id" too.
    columns: [...new Set(columns)].filter((name) =>
      name !== null && !/^id$/i.test(name)
    ) as string[],
    texts: new Map(texts),
    sizes,
    words,
  };
}

/**
 * The codebook's words, in both languages: names of questions and variables, their categories, and all that is
 * in nobody's own words, in whatever column it stands.
 */
function wordsOf({ questions, variables, scales }: Survey["codebook"]) {
  const named = Object.entries({ ...questions, ...variables })
    .flatMap(([id, { label }]) => [id, ...wordings(label)]);
  const categories = [...Object.values(variables), ...Object.values(scales)]
    .flatMap(({ categories }) => Object.entries(categories));
  const answers = categories.flatMap(([id, label]) => [id, ...wordings(label)]);
  const asked = Object.values(questions)
    .flatMap(({ text, asked }) => asked ? [text, asked] : [text]).flatMap(wordings);
  const aliases = categories.flatMap(([, { aliases }]) => aliases);
  const lower = (words: readonly string[]) => new Set(words.map((word) => word.toLowerCase()));
  return {
    names: lower(named),
    // A label such as "2" is a number like any other.
    answers: lower(answers.filter((word) => !/^\d+\+?$/.test(word))),
    known: new Set([...named, ...answers, ...asked, ...aliases].map(normaliseValue)),
  } satisfies CodebookWords & { known: unknown };
}
