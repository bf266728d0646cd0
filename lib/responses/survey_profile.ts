import { batteriesOf, categoriesOf } from "./codebook.ts";
import { askedOf } from "./bases.ts";
import { codeAt, peopleAmong, peopleBy } from "./counted_answers.ts";
import { fileColumns } from "./file_columns.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "./survey.ts";

/**
 * One fact about a response file: how many (`count`) out of how many (`of`).
 *
 * | kind          | name              | measure        | count of                                       |
 * | ------------- | ----------------- | -------------- | ---------------------------------------------- |
 * | `respondents` | `all`             | `rows`         | rows                                           |
 * | `respondents` | `all`             | `duplicates`   | rows that answer everything like an earlier one |
 * | `base`        | base id           | `asked`        | people asked, of all                           |
 * | `question`    | question id       | `left_out`     | 1 where the file has no such column, of 1      |
 * | `question`    | question id       | `answers`      | answers, of those asked                        |
 * | `question`    | question id       | `no_answer`    | people asked who gave none, of those asked     |
 * | `question`    | question id       | `not_asked`    | people not asked, of all                       |
 * | `variable`    | variable id       |                | the same as of a question                      |
 * | `category`    | `id.category`     | `used`         | 1 where anybody gave this answer, of 1         |
 * | `battery`     | its questions     | `straight_lined` | people who gave every item the same answer, of those who answered all |
 */
export interface ProfileRow {
  readonly kind: "respondents" | "base" | "question" | "variable" | "category" | "battery";
  readonly name: string;
  readonly measure:
    | "rows"
    | "duplicates"
    | "asked"
    | "left_out"
    | "answers"
    | "no_answer"
    | "not_asked"
    | "used"
    | "straight_lined";
  readonly count: number;
  readonly of: number;
}

/**
 * Describes a response file, to be compared with another: who answered, what was asked, what is
 * missing. Holds no count of anybody's answers, only whether an answer was used at all.
 *
 * Of a survey that was read as counts it leaves out what only rows tell: who answered everything
 * like somebody else, or a whole battery alike.
 *
 * @param survey A survey; a restriction to a part of it is left aside.
 */
export function surveyProfile(survey: Survey): ProfileRow[] {
  const { codebook, codes, source: { respondents }, left_out } = survey;
  const rows: ProfileRow[] = [
    row("respondents", "all", "rows", respondents, respondents),
    ...survey.counted
      ? []
      : [row("respondents", "all", "duplicates", duplicates(survey), respondents)],
  ];
  for (const [base, { where }] of Object.entries(codebook.bases)) {
    if (!Object.keys(where).every((variable) => codes.has(variable))) continue;
    const asked = survey.counted
      ? peopleAmong(survey.counted, codebook, where) ?? respondents
      : askedOf(survey, base).reduce((sum, one) => sum + one, 0);
    rows.push(row("base", base, "asked", asked, respondents));
  }
  for (const name of fileColumns(codebook)) {
    const kind = Object.hasOwn(codebook.questions, name) ? "question" : "variable";
    const missing = codes.has(name) ? 0 : 1;
    rows.push(row(kind, name, "left_out", Math.max(missing, +left_out.includes(name)), 1));
    if (missing) continue;
    const counts = peopleByCode(survey, name);
    const [none = 0, notAsked = 0] = [counts[NO_ANSWER], counts[NOT_ASKED]];
    const asked = respondents - notAsked;
    rows.push(
      row(kind, name, "answers", asked - none, asked),
      row(kind, name, "no_answer", none, asked),
      row(kind, name, "not_asked", notAsked, respondents),
    );
    Object.keys(categoriesOf(codebook, name) ?? {}).forEach((category, i) => {
      rows.push(row("category", `${name}.${category}`, "used", counts[i + 1] ? 1 : 0, 1));
    });
  }
  return survey.counted ? rows : [...rows, ...batteries(survey)];
}

function peopleByCode({ codes, counted, codebook }: Survey, name: string): Float64Array {
  const people = new Float64Array(256);
  if (counted) {
    peopleBy(counted, codebook, [name]).n
      .forEach((n, place) => people[codeAt(codebook, name, place)] = n);
  } else {
    for (const code of codes.get(name) ?? []) people[code] = (people[code] ?? 0) + 1;
  }
  return people;
}

function row(
  kind: ProfileRow["kind"],
  name: string,
  measure: ProfileRow["measure"],
  count: number,
  of: number,
): ProfileRow {
  return { kind, name, measure, count, of };
}

/** Respondents whose every answer, background included, is that of an earlier one. */
function duplicates({ codebook, codes, source }: Survey): number {
  const columns = fileColumns(codebook).flatMap((name) => codes.get(name) ?? []);
  const seen = new Set<string>();
  for (let i = 0; i < source.respondents; i++) {
    seen.add(String.fromCharCode(...columns.map((column) => column[i] ?? 0)));
  }
  return source.respondents - seen.size;
}

function batteries({ codebook, codes, source }: Survey): ProfileRow[] {
  return batteriesOf(codebook, (name) => codes.has(name)).map((names) => {
    const columns = names.map((name) => codes.get(name) ?? new Uint8Array());
    let [straight, complete] = [0, 0];
    for (let i = 0; i < source.respondents; i++) {
      const answers = columns.map((column) => column[i] ?? NO_ANSWER);
      if (answers.some((code) => code === NO_ANSWER || code === NOT_ASKED)) continue;
      complete++;
      if (answers.every((code) => code === answers[0])) straight++;
    }
    return row("battery", names.join(" "), "straight_lined", straight, complete);
  });
}
