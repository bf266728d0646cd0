import { batteriesOf } from "../responses/codebook.ts";
import { fileColumns } from "../responses/file_columns.ts";
import { TextColumn, TextIndex } from "../responses/readers/text_column.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../responses/survey.ts";
import { countAnswers, peopleWhere } from "./count_answers.ts";
import { NO_ANSWER_ID, NOT_ASKED_ID } from "./counts.ts";

/** What is told of a column of the codebook. */
export interface ColumnFacts {
  readonly asked: number;
  /** People asked who gave no answer. */
  readonly none: number;
  /** The categories that anybody chose. */
  readonly used: ReadonlySet<string>;
}

/** What is told of the whole file of a survey: who was asked, what is missing, and nobody's answers. */
export function factsOf({ within: _, ...survey }: Survey) {
  const { codebook, codes, source: { respondents }, left_out, counted } = survey;
  const names = fileColumns(codebook).filter((name) => codes.has(name));
  // Of several answers the first tells of all.
  const items = Object.values(codebook.several ?? {}).flatMap(({ items }) =>
    Object.values(items).slice(1)
  );
  const told = (name: string) => !items.includes(name);
  const columns = names.filter(told).map((name) => {
    const { answers, n } = countAnswers(survey, name);
    const facts: ColumnFacts = {
      asked: respondents - n[answers.indexOf(NOT_ASKED_ID)]!,
      none: n[answers.indexOf(NO_ANSWER_ID)]!,
      used: new Set(answers.filter((_, i) => n[i]! > 0)),
    };
    return [name, facts] as const;
  });
  const asked = Object.entries(codebook.bases)
    .filter(([, { where }]) => Object.keys(where).every((variable) => codes.has(variable)))
    .map(([base, { where }]) => [base, peopleWhere(survey, where)] as const);
  return {
    /** People asked, by base. */
    asked: new Map(asked),
    columns: new Map(columns),
    left_out: fileColumns(codebook)
      .filter((name) => told(name) && (!codes.has(name) || left_out.includes(name))),
    /** Rows that answer everything like another one; null where there are no rows. */
    duplicates: counted ? null : answeredAlike(survey, names),
    /** By battery, who answered all of it, and who did so with one answer all the way. */
    batteries: new Map(
      counted ? [] : batteriesOf(codebook, (name) => codes.has(name)).map(
        (battery) => [battery.join(" "), straightLined(survey, battery)],
      ),
    ),
  };
}

/** How many rows answer everything like another one. */
function answeredAlike({ codes, source: { respondents } }: Survey, names: readonly string[]) {
  const answers = new Uint8Array(respondents * names.length);
  names.forEach((name, k) => {
    const column = codes.get(name)!;
    for (let row = 0; row < respondents; row++) answers[row * names.length + k] = column[row]!;
  });
  const ends = Int32Array.from({ length: respondents }, (_, row) => (row + 1) * names.length);
  const index = new TextIndex(new TextColumn(answers, ends));
  // Of rows that are alike the first counts too.
  const alike = new Set<number>();
  for (let row = 0; row < respondents; row++) {
    const first = index.firstOf(row);
    if (first !== row) alike.add(first).add(row);
  }
  return alike.size;
}

function straightLined({ codes, source }: Survey, battery: readonly string[]) {
  const columns = battery.map((name) => codes.get(name)!);
  let [straight, complete] = [0, 0];
  for (let i = 0; i < source.respondents; i++) {
    const answers = columns.map((column) => column[i]!);
    if (answers.includes(NO_ANSWER) || answers.includes(NOT_ASKED)) continue;
    complete++;
    if (answers.every((code) => code === answers[0])) straight++;
  }
  return { straight, complete };
}
