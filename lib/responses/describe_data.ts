import { formatList } from "../words/format_list.ts";
import { formatCount, formatPercent } from "../words/format_number.ts";
import { quoted } from "../words/quoted.ts";
import { batteriesOf, categoriesOf, type Codebook } from "./codebook.ts";
import { answersOf, codeAt, forEachPlace, peopleBy } from "./counted_answers.ts";
import { fileColumns } from "./file_columns.ts";
import type { Language, Text } from "./language.ts";
import { peopleByAnswers } from "./require_apart.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "./survey.ts";
import { whereMask } from "./where.ts";

/** Shares that changed by less are not worth a line. */
const LEAST_CHANGE = 0.02;

/** What is known of an earlier wave: its answers, or how many were asked of each base, or nothing. */
export type EarlierData =
  | { readonly survey: Survey }
  | { readonly survey: null; readonly bases: Readonly<Record<string, number>> }
  | null;

/**
 * What changed in the data before what changed in the answers: a sentence each on the people and
 * bases, the questions, the answers that were used, those left out, and respondents who answered
 * alike. Against the earlier wave; without one against the codebook.
 *
 * It is about the whole file, whatever part of it a report is about. Numbers of people below the
 * codebook's least base are "fewer than" that. Of a survey that was read as counts it leaves out what
 * only rows tell.
 *
 * @param codebook Names the bases; that of a report on a group has the group in their names.
 */
export function describeData(
  now: Survey,
  before: EarlierData,
  codebook: Codebook = now.codebook,
): Text[] {
  const facts = factsOf(now);
  const earlier = before?.survey ? factsOf(before.survey) : null;
  const bases = before?.survey === null ? before.bases : null;
  const [da, en] = (["da", "en"] as const).map((language) =>
    sentences({ now: facts, before: earlier, bases, codebook, language })
  );
  return da!.flatMap((told, i) => told === "" ? [] : [{ da: told, en: en![i]! }]);
}

/** What is told of a file: who was asked, what is missing, and no count of anybody's answers. */
interface Facts {
  /** People asked, by base. */
  readonly asked: ReadonlyMap<string, number>;
  /** By column of the codebook that the file has. */
  readonly columns: ReadonlyMap<string, ColumnFacts>;
  readonly left_out: readonly string[];
  /** Rows that answer everything like an earlier one; null where there are no rows. */
  readonly duplicates: number | null;
  /** By battery, who answered all of it, and who did so with one answer all the way. */
  readonly batteries: ReadonlyMap<string, { readonly straight: number; readonly complete: number }>;
}

interface ColumnFacts {
  readonly asked: number;
  /** People asked who gave no answer. */
  readonly none: number;
  /** The categories that anybody chose. */
  readonly used: ReadonlySet<string>;
}

function factsOf(survey: Survey): Facts {
  const { codebook, codes, source: { respondents }, left_out, counted } = survey;
  const names = fileColumns(codebook).filter((name) => codes.has(name));
  const columns = names.map((name) => {
    const people = peopleByCode(survey, name);
    const categories = Object.keys(categoriesOf(codebook, name) ?? {});
    const facts: ColumnFacts = {
      asked: respondents - people[NOT_ASKED]!,
      none: people[NO_ANSWER]!,
      used: new Set(categories.filter((_, i) => people[i + 1]! > 0)),
    };
    return [name, facts] as const;
  });
  const asked = Object.entries(codebook.bases)
    .filter(([, { where }]) => Object.keys(where).every((variable) => codes.has(variable)))
    .map(([base, { where }]) => [base, peopleAmong(survey, where)] as const);
  return {
    asked: new Map(asked),
    columns: new Map(columns),
    left_out: fileColumns(codebook).filter((name) => !codes.has(name) || left_out.includes(name)),
    duplicates: counted ? null : respondents - peopleByAnswers(survey, names).size,
    batteries: new Map(
      counted ? [] : batteriesOf(codebook, (name) => codes.has(name)).map(
        (battery) => [battery.join(" "), straightLined(survey, battery)],
      ),
    ),
  };
}

function peopleByCode({ codes, counted, codebook }: Survey, name: string): Float64Array {
  const people = new Float64Array(256);
  if (counted) {
    peopleBy(counted, codebook, [name]).n
      .forEach((n, place) => people[codeAt(codebook, name, place)] = n);
  } else for (const code of codes.get(name)!) people[code]!++;
  return people;
}

function peopleAmong(survey: Survey, where: Readonly<Record<string, readonly string[]>>): number {
  const { counted, codebook, codes, source: { respondents } } = survey;
  if (!counted) return whereMask(codes, codebook, where, respondents).reduce((a, b) => a + b, 0);
  if (Object.keys(where).length === 0) return respondents;
  const people = peopleBy(counted, codebook, Object.keys(where));
  let sum = 0;
  forEachPlace(people, codebook, (place, places) => {
    const isAmong = people.names.every((name, i) =>
      where[name]!.includes(answersOf(codebook, name)[places[i]!]!)
    );
    if (isAmong) sum += people.n[place]!;
  });
  return sum;
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

interface Context {
  readonly now: Facts;
  /** Of the answers of an earlier wave; null where there are none. */
  readonly before: Facts | null;
  /** Without them, how many were asked of each base then. */
  readonly bases: Readonly<Record<string, number>> | null;
  readonly codebook: Codebook;
  readonly language: Language;
}

function sentences({ now, before, bases, codebook, language }: Context): string[] {
  const say = (da: string, en: string) => language === "da" ? da : en;
  /** One sentence where there is no earlier wave, another where there is. */
  const sayOf = (alone: readonly [da: string, en: string], compared: readonly [string, string]) =>
    say(...before ? compared : alone);
  const list = (items: readonly string[]) => formatList(items, language);
  const least = codebook.disclosure.least_base;
  const number = (count: number) =>
    count === 0
      ? say("ingen", "nobody")
      : count >= least
      ? formatCount(count, language)
      : say(`færre end ${least}`, `fewer than ${least}`);
  const share = ({ none, asked }: ColumnFacts) =>
    asked === 0
      ? "–"
      : none === 0 || none < least
      ? number(none)
      : formatPercent(none / asked, language);
  const named = (name: string) => {
    const { label } = codebook.questions[name] ?? codebook.variables[name] ?? {};
    return quoted(label?.[language] ?? name, language);
  };
  const lostAndAdded = (lost: string, added: string, words: readonly [string, string]) =>
    [lost && `${words[0]}${lost}.`, added && `${words[1]}${added}.`].filter(Boolean).join(" ");

  const people = () => {
    const names = new Set([...now.asked.keys(), ...before?.asked.keys() ?? []]);
    const said = [...names].map((name) => {
      const then = before ? before.asked.get(name) : bases?.[name];
      const earlier = then === undefined ? "" : `, ${say("før", "before")} ${number(then)}`;
      const who = codebook.bases[name]?.label[language] ?? name;
      return `${who} (${number(now.asked.get(name) ?? 0)}${earlier})`;
    });
    return `${say("Baser", "Bases")}: ${said.join("; ")}.`;
  };

  const questions = () => {
    const missing = before
      ? now.left_out.filter((name) => !before.left_out.includes(name))
      : now.left_out;
    const lost = list(missing.map(named));
    const added = list(
      before?.left_out.filter((name) => !now.left_out.includes(name)).map(named) ?? [],
    );
    const words = [
      sayOf(["Ikke med: ", "Not there: "], ["Ikke med denne gang: ", "Not part of this wave: "]),
      say("Nyt denne gang: ", "New in this wave: "),
    ] as const;
    return lostAndAdded(lost, added, words) || sayOf([
      "Alle spørgsmål og baggrundsoplysninger i kodebogen er med.",
      "All questions and background of the codebook are there.",
    ], [
      "Begge runder har de samme spørgsmål og baggrundsoplysninger.",
      "Both waves have the same questions and background.",
    ]);
  };

  const answers = () => {
    // Of few people nothing is said of what they answered.
    const isEnough = (facts?: ColumnFacts) =>
      facts !== undefined && facts.asked - facts.none >= least;
    const told = [...now.columns].filter(([name, facts]) =>
      isEnough(facts) && (!before || isEnough(before.columns.get(name)))
    );
    const unlike = (
      isMissing: (own: ColumnFacts, then: ColumnFacts | undefined, id: string) => boolean,
    ) =>
      list(told.flatMap(([name, facts]) =>
        Object.entries(categoriesOf(codebook, name) ?? {})
          .filter(([id]) => isMissing(facts, before?.columns.get(name), id))
          .map(([, label]) =>
            `${quoted(label[language], language)} ${say("til", "to")} ${named(name)}`
          )
      ));
    const lost = unlike(({ used }, then, id) => !used.has(id) && (then?.used.has(id) ?? true));
    const added = unlike(({ used }, then, id) => used.has(id) && then?.used.has(id) === false);
    const words = [
      sayOf(["Ingen svarer ", "Nobody answers "], [
        "Ingen svarer længere ",
        "Nobody answers any longer ",
      ]),
      say("Ingen svarede før ", "Nobody answered before "),
    ] as const;
    return lostAndAdded(lost, added, words) || sayOf(
      ["Alle kodebogens svarmuligheder er brugt.", "All answers of the codebook were used."],
      [
        "De samme svarmuligheder er brugt i begge runder.",
        "The same answers were used in both waves.",
      ],
    );
  };

  const skipped = () => {
    const rateOf = ({ none, asked }: ColumnFacts) => asked === 0 ? 0 : none / asked;
    const said = [...now.columns].flatMap(([name, facts]) => {
      const then = before?.columns.get(name);
      if (before && !then) return [];
      if (Math.abs(rateOf(facts) - (then ? rateOf(then) : 0)) < LEAST_CHANGE) return [];
      const of = `${named(name)} ${share(facts)}`;
      if (!then) return [of];
      return [say(`${of} (før ${share(then)})`, `${of} (${share(then)} before)`)];
    });
    if (said.length > 0) {
      return `${say("Sprunget over af dem, der er spurgt", "Skipped by those asked")}: ${
        list(said)
      }.`;
    }
    return sayOf([
      "Næsten ingen har sprunget et spørgsmål over.",
      "Hardly anybody skipped a question.",
    ], [
      "Hvor mange der springer et spørgsmål over, er stort set som før.",
      "How many skip a question is much as before.",
    ]);
  };

  const repeated = () => {
    if (now.duplicates === null) return "";
    const then = (earlier: string | null) =>
      earlier === null ? "" : ` (${say("før", "before")} ${earlier})`;
    const earlier = before?.duplicates ?? null;
    const same = say("Har svaret på alt som en anden", "Answered everything as somebody else did") +
      `: ${number(now.duplicates)}${then(earlier === null ? null : number(earlier))}.`;
    const straight = [...now.batteries].map(([key, battery]) => {
      const names = key.split(" ");
      const [first, last] = [named(names[0]!), named(names.at(-1)!)];
      const of = ({ straight, complete }: typeof battery) =>
        `${number(straight)} ${say("af", "of")} ${number(complete)}`;
      const own = before?.batteries.get(key);
      const count = of(battery) + then(own ? of(own) : null);
      return say(
        `${count} til de ${names.length} spørgsmål fra ${first} til ${last}`,
        `${count} to the ${names.length} questions from ${first} to ${last}`,
      );
    });
    if (straight.length === 0) return same;
    const words = say("Har givet samme svar hele vejen", "Gave one answer all the way");
    return `${same} ${words}: ${list(straight)}.`;
  };

  return [people(), questions(), answers(), skipped(), repeated()];
}
