import { categoriesOf, type Codebook, isAnsweredAlike } from "../responses/codebook.ts";
import { itemOf } from "../responses/kinds.ts";
import { type Language, LANGUAGES, type Text } from "../responses/language.ts";
import type { Survey } from "../responses/survey.ts";
import { type ColumnFacts, factsOf } from "../statistics/data_facts.ts";
import { isBackground } from "../statistics/needed_counts.ts";
import { texts, word } from "./catalogue.ts";
import { formatCount, formatList, formatPercent, quoted } from "./format.ts";
import { type Values, words } from "./message.ts";

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
  const data = dataOf(now, before, codebook);
  const told = LANGUAGES.map((language) => sentences(data, language));
  return told[0]!.flatMap((sentence, i) =>
    sentence === ""
      ? []
      : [Object.fromEntries(LANGUAGES.map((language, at) => [language, told[at]![i]!])) as never]
  );
}

/** What the sentences are made of: of the earlier wave its answers, or how many were asked of each base. */
function dataOf(survey: Survey, wave: EarlierData, codebook: Codebook) {
  return {
    now: factsOf(survey),
    before: wave?.survey ? factsOf(wave.survey) : null,
    bases: wave?.survey === null ? wave.bases : null,
    earlier: wave?.survey?.codebook ?? null,
    ...{ codebook, source: survey.source },
  };
}

/** More things than this are not read in one sentence. */
const MOST_NAMED = 8;

function sentences(
  { now, before, bases, codebook, earlier, source }: ReturnType<typeof dataOf>,
  language: Language,
): string[] {
  const say = (key: DescribeKey, values: Values = {}) => words(`describe.${key}`, language, values);
  const list = (items: readonly string[]) =>
    items.length <= MOST_NAMED
      ? formatList(items, language)
      : `${items.slice(0, MOST_NAMED - 1).join(", ")} ${
        words("and_more", language, { count: items.length - MOST_NAMED + 1 })
      }`;
  const least = codebook.disclosure.least_base;
  const number = (count: number) =>
    count === 0
      ? word("nobody", language)
      : count >= least
      ? formatCount(count, language)
      : words("fewer_than", language, { n: least });
  const share = ({ none, asked }: ColumnFacts) =>
    asked === 0
      ? "–"
      : none === 0 || none < least
      ? number(none)
      : formatPercent(none / asked, language);
  const named = (name: string) => {
    const { of = name } = itemOf(name) ?? {};
    const all = { ...codebook.variables, ...codebook.questions, ...codebook.several };
    const { label } = all[of] ?? {};
    return quoted(label?.[language] ?? name, language);
  };
  /** What is gone and what is new, each where there is any; else that all is as it was. */
  const lostAndAdded = (
    lost: readonly [DescribeKey, readonly string[]],
    added: readonly [DescribeKey, readonly string[]],
    neither: DescribeKey,
  ) =>
    [lost, added].flatMap(([key, items]) =>
      items.length > 0 ? [say(key, { list: list(items) })] : []
    )
      .join(" ") || say(neither);

  const people = () => {
    const names = new Set([...now.asked.keys(), ...before?.asked.keys() ?? []]);
    const said = [...names].map((name) => {
      // How many of both waves gave the answer that makes a base would tell of those in one wave only.
      const isKnown = Object.keys(codebook.bases[name]?.where ?? {})
        .every((variable) => isBackground(codebook, variable));
      const then = before ? isKnown ? before.asked.get(name) : undefined : bases?.[name];
      const who = codebook.bases[name]?.label[language] ?? name;
      const about = { who, now: number(now.asked.get(name) ?? 0) };
      return then === undefined
        ? say("base", about)
        : say("base_before", { ...about, then: number(then) });
    });
    return say("bases", { list: said.join("; ") });
  };

  const questions = () => {
    const missing = before
      ? now.left_out.filter((name) => !before.left_out.includes(name))
      : now.left_out;
    const added = before?.left_out.filter((name) => !now.left_out.includes(name)) ?? [];
    const both = [...now.columns.keys()].filter((name) => before?.columns.has(name));
    const changed = ([
      ["other_words", (name: string) => {
        const [one, other] = [codebook, earlier].map((book) => book?.questions[name]?.text);
        return JSON.stringify(one) !== JSON.stringify(other);
      }],
      ["other_answers", (name: string) => !isAnsweredAlike(codebook, earlier!, name)],
    ] as const).flatMap(([key, isOther]) => {
      const names = earlier ? both.filter(isOther).map(named) : [];
      return names.length > 0 ? [say(key, { list: list(names) })] : [];
    });
    const there = lostAndAdded(
      [before ? "not_this_wave" : "not_there", missing.map(named)],
      ["new", added.map(named)],
      before ? "same_there" : "all_there",
    );
    return [there, ...changed].join(" ");
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
      // Which numbers nobody gives tells nothing.
      told.filter(([name]) => (codebook.questions[name]?.kind ?? "single") === "single").flatMap((
        [name, facts],
      ) =>
        Object.entries(categoriesOf(codebook, name) ?? {})
          .filter(([id]) => !earlier || Object.hasOwn(categoriesOf(earlier, name) ?? {}, id))
          .filter(([id]) => isMissing(facts, before?.columns.get(name), id))
          .map(([, label]) => say("answer_to", { answer: label, question: named(name) }))
      );
    const lost = unlike(({ used }, then, id) => !used.has(id) && (then?.used.has(id) ?? true));
    const added = unlike(({ used }, then, id) => used.has(id) && then?.used.has(id) === false);
    return lostAndAdded(
      [before ? "nobody_longer" : "nobody", lost],
      ["nobody_before", added],
      before ? "same_used" : "all_used",
    );
  };

  const skipped = () => {
    const rateOf = ({ none, asked }: ColumnFacts) => asked === 0 ? 0 : none / asked;
    const said = [...now.columns].flatMap(([name, facts]) => {
      const then = before?.columns.get(name);
      if (before && !then) return [];
      if (Math.abs(rateOf(facts) - (then ? rateOf(then) : 0)) < LEAST_CHANGE) return [];
      if (!then) return [`${named(name)} ${share(facts)}`];
      return [say("skipped_of", { question: named(name), share: share(facts), then: share(then) })];
    });
    if (said.length > 0) return say("skipped", { list: list(said) });
    return say(before ? "skipped_as_before" : "hardly_skipped");
  };

  /** By question, how many people something is said of. */
  const peopleBy = (key: "declined" | "inferred") => {
    const said = Object.entries(source[key] ?? {}).map(([name, n]) =>
      `${named(name)} (${number(n)})`
    );
    return said.length === 0 ? "" : say(key, { list: list(said) });
  };
  const incomplete = () =>
    source.incomplete === undefined ? "" : say("incomplete", { people: number(source.incomplete) });

  const repeated = () => {
    if (now.duplicates === null) return "";
    const beside = (own: string, then: string | null) =>
      then === null ? own : say("before", { now: own, then });
    const earlier = before?.duplicates ?? null;
    const count = beside(number(now.duplicates), earlier === null ? null : number(earlier));
    const same = say("alike", { count });
    const straight = [...now.batteries].map(([key, battery]) => {
      const names = key.split(" ");
      const of = ({ straight, complete }: typeof battery) =>
        say("of", { part: number(straight), whole: number(complete) });
      const own = before?.batteries.get(key);
      return say("straight_of", {
        count: beside(of(battery), own ? of(own) : null),
        questions: names.length,
        first: named(names[0]!),
        last: named(names.at(-1)!),
      });
    });
    return straight.length === 0 ? same : `${same} ${say("straight", { list: list(straight) })}`;
  };

  return [
    ...[people(), incomplete(), questions(), answers(), skipped()],
    ...[peopleBy("declined"), peopleBy("inferred"), repeated()],
  ];
}

type DescribeKey = keyof ReturnType<typeof texts<"describe">>;
