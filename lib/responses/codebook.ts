import { InputError } from "./input_error.ts";
import { normaliseName, normaliseValue } from "./normalise.ts";
import * as s from "./schema.ts";

/** A possible answer: its labels, and what else stands for it in a file. */
const category = s.object({
  ...s.text.entries,
  aliases: s.withDefault(s.list(s.string), () => []),
});

/** How the waves can be compared of something that was another in one of them. */
const COMPARE = ["yes", "notice", "no"] as const;

/**
 * Entries of something that may have been another in other waves. `waves` has, by the wave's name, what
 * was different; null: it was not asked. `compare`: whether its shares are compared all the same, see
 * `comparisonOf()`.
 */
function withWaves<const E extends s.Entries>(entries: E) {
  const other = s.object({ ...s.partial(entries), compare: s.optional(s.among(...COMPARE)) });
  return s.object({ ...entries, waves: s.optional(s.record(s.filled, s.nullable(other))) });
}

/** Values that are no answer, though they are given as one, such as "do not wish to answer". */
const noAnswer = s.optional(s.list(category));

const scale = withWaves({
  /** What the scale measures, in a word. */
  title: s.text,
  /** The possible answers in the order in which they are shown, "don't know" last. */
  categories: s.record(s.id, category),
  /** The category that means "don't know". It stays in the base. */
  dont_know: s.nullable(s.id),
  no_answer: noAnswer,
  colours: s.among("sequential", "diverging"),
  /** Categories that are read together. */
  sets: s.record(s.id, s.object({ label: s.text, categories: s.list(s.id, 1) })),
  /** The set that a headline about a question on this scale speaks of. */
  main_set: s.id,
});

/** How the people of a base are counted in a sentence: "hvert tredje medlem, der …". */
const noun = s.object({
  /** The word for each of them: "hver" or "hvert". */
  every: s.filled,
  one: s.filled,
  many: s.filled,
  /** All of them, definite: "medlemmerne". */
  the: s.filled,
  /** Which of them, with the comma or space before it; empty: all. */
  clause: s.string,
});

const base = s.object({
  /** Who was asked, fit to follow "Base:". */
  label: s.text,
  /** The same people as the subject of a sentence. */
  who: s.text,
  noun: s.optional(s.object({ da: noun, en: noun })),
  /** The part of the base that a report is about, where it is about one; not for the file. */
  group: s.optional(s.text),
  /** Asked are those whose answers are among these, for every variable named. Empty: everyone. */
  where: s.where,
});

const variable = withWaves({
  label: s.text,
  /** Who was asked. */
  base: s.id,
  /** Whether breakdowns "by background" show it. */
  background: s.boolean,
  /** Made from other variables and questions (each category has a `where`), so not a column. */
  derived: s.boolean,
  aliases: s.list(s.string),
  no_answer: noAnswer,
  categories: s.record(
    s.id,
    s.object({
      ...category.entries,
      /** The people who gave it, fit to stand in brackets or behind others: "women", "aged 55 or more". */
      who: s.optional(s.text),
      where: s.optional(s.where),
    }),
  ),
});

const question = withWaves({
  /** Short: the name of a bar. */
  label: s.text,
  /** The question in short, in our wording. */
  text: s.text,
  /** The question as it stands on the questionnaire, for whoever owns that to fill in. */
  asked: s.optional(s.text),
  scale: s.id,
  base: s.id,
  /** Page of the published report. */
  page: s.optional(s.integerFrom(1)),
  aliases: s.list(s.string),
});

const schema = s.object({
  study: s.object({
    title: s.text,
    subtitle: s.text,
    population: s.text,
    /** Number of people invited; the population of the finite population correction. */
    invited: s.integerFrom(1),
    /** What this wave is called where it is compared with another, such as "2025". */
    wave: s.optional(s.filled),
    /** The wave that `--baseline` reads: what it is called, and how many were invited to it. */
    earlier: s.optional(s.object({ wave: s.filled, invited: s.optional(s.integerFrom(1)) })),
    /** Still earlier waves that questions, scales and variables say something of. */
    older_waves: s.optional(s.list(s.filled)),
    /**
     * "infer": who left a question empty that tells who is asked something, and answered that, is taken
     * to have been asked. Otherwise such a file is refused.
     */
    routing: s.optional(s.among("infer")),
    /** For whom the study was made, and by whom. */
    client: s.optional(s.filled),
    conducted_by: s.optional(s.filled),
    /**
     * The variable by whose categories people were drawn apart from each other, and how many were
     * invited in each: intervals and tests then follow the stratified sample.
     */
    strata: s.optional(
      s.object({ variable: s.id, invited: s.optional(s.record(s.id, s.integerFrom(1))) }),
    ),
    fieldwork: s.object({ from: s.day, to: s.day }),
    reminders: s.integerFrom(0),
    /** Confidence of every interval; tests are made at the level 1 − confidence. */
    confidence: s.withDefault(
      s.numberThat([
        "a confidence above 0.5 and below 1, such as 0.95",
        (value) => value > 0.5 && value < 1,
      ]),
      () => 0.95,
    ),
    /** Left out where nobody was interviewed: then it has a count of 0. */
    interviews: s.withDefault(
      s.object({ count: s.integerFrom(1), minutes: s.integerFrom(1) }),
      () => ({ count: 0, minutes: 0 }),
    ),
  }),
  disclosure: s.object({
    /** The smallest unweighted base over which anything is shown. */
    least_base: s.integerFrom(1),
    /** An answer that fewer people gave is shown by groups only added up; `least_base` by default. */
    least_answer: s.optional(s.integerFrom(1)),
    /**
     * How many people of a group must have answered otherwise than most of it; 2 by default, so that
     * not even the only one who did can tell what all the others answered.
     */
    least_others: s.optional(s.integerFrom(0)),
  }),
  respondent: s.object({
    /** The column that tells respondents apart; a file may leave it out. */
    column: s.id,
    aliases: s.list(s.string),
    /** Every id of a synthetic respondent begins with this, so that a copied file still says so. */
    synthetic_prefix: s.filled,
    /**
     * Who of those in a file counts as a respondent: who answered at least this share of the questions
     * that they were asked, and all of these. Everybody where it is left out.
     */
    counts_if: s.optional(
      s.object({ answered: s.optional(s.share), questions: s.optional(s.list(s.id)) }),
    ),
  }),
  /** The column of weights; a file may leave it out, and it is used only where that is asked for. */
  weight: s.optional(s.object({ column: s.id, aliases: s.list(s.string) })),
  bases: s.record(s.id, base),
  variables: s.record(s.id, variable),
  scales: s.record(s.id, scale),
  questions: s.record(s.id, question),
});

/** What was asked, of whom, and how it may be answered and shown; see data/codebook.json. */
export type Codebook = s.Read<typeof schema>;
export type Question = Codebook["questions"][string];
export type Scale = Codebook["scales"][string];
export type Variable = Codebook["variables"][string];
export type Base = Codebook["bases"][string];

/**
 * Reads a codebook strictly: shape first, then that every name it refers to exists.
 *
 * @param value The parsed JSON.
 * @param file The file's name, for the messages.
 * @throws {InputError} Naming the file and every place that is wrong.
 */
export function parseCodebook(value: unknown, file: string): Codebook {
  return s.parseFile(schema, value, "use the codebook", file, (codebook) => {
    const now = brokenReferences(codebook);
    return [
      ...now,
      ...brokenWaves(codebook),
      // What is wrong in this wave too is told once.
      ...wavesIn(codebook).flatMap((wave) =>
        brokenReferences(asItWas(codebook, wave)).filter((problem) => !now.includes(problem))
          .map((problem) => placedIn(codebook, wave, problem))
      ),
    ];
  });
}

/** What can be another in other waves. */
const CHANGING = ["variables", "scales", "questions"] as const;

/** Everything of a codebook that was another in other waves, and where it stands. */
function changing(codebook: Codebook) {
  return CHANGING.flatMap((kind) =>
    Object.entries(codebook[kind]).map(([id, { waves }]) => ({
      at: `${kind}.${id}`,
      waves: waves ?? {},
    }))
  );
}

/** The waves of which something is said. */
function wavesIn(codebook: Codebook): string[] {
  return [...new Set(changing(codebook).flatMap(({ waves }) => Object.keys(waves)))];
}

function brokenWaves(codebook: Codebook): string[] {
  const { wave, earlier, older_waves = [] } = codebook.study;
  const known = [wave, earlier?.wave, ...older_waves].filter((each) => each !== undefined);
  return changing(codebook).flatMap(({ at, waves }) =>
    Object.entries(waves).flatMap(([name, other]) => {
      if (!known.includes(name)) {
        const names = known.length > 0 ? known.join(", ") : "none";
        return [
          `${at}.waves.${name}: no wave "${name}" (there is: ${names}; study has their names in ` +
          `wave, earlier and older_waves)`,
        ];
      }
      return name === wave && other !== null
        ? [`${at}.waves.${name}: "${name}" is this wave; what it is now stands beside "waves"`]
        : [];
    })
  );
}

/** A problem of a codebook as it was in a wave, at the place where that is said. */
function placedIn(codebook: Codebook, wave: string, problem: string): string {
  const [, kind = "", id = "", key = ""] = /^(\w+)\.(\w+)\.(\w+)/.exec(problem) ?? [];
  const at = `${kind}.${id}`;
  const other = changing(codebook).find((each) => each.at === at)?.waves[wave];
  return other && Object.hasOwn(other, key)
    ? `${at}.waves.${wave}${problem.slice(at.length)}`
    : `${problem} (in the wave ${wave})`;
}

/** A codebook with its variables, scales and questions as they were in a wave. */
function asItWas(codebook: Codebook, wave: string): Codebook {
  const was = <T extends { waves?: Record<string, object | null> | undefined }>(
    all: Record<string, T>,
  ): Record<string, T> =>
    Object.fromEntries(
      Object.entries(all).map(([id, each]) => [id, { ...each, ...each.waves?.[wave] }]),
    );
  const { variables, scales, questions } = codebook;
  return {
    ...codebook,
    ...{ variables: was(variables), scales: was(scales), questions: was(questions) },
  };
}

/** The codebook by which the earlier wave is read: as it was then, with that wave's name and number invited. */
export function earlierCodebook(codebook: Codebook): Codebook {
  const { wave: _, earlier, ...study } = codebook.study;
  if (earlier === undefined) return { ...codebook, study };
  const { invited = study.invited, wave } = earlier;
  return { ...asItWas(codebook, wave), study: { ...study, wave, invited } };
}

/** Whether a question or variable was part of the codebook's wave. */
export function isInWave({ study, questions, variables }: Codebook, name: string): boolean {
  return (questions[name] ?? variables[name])?.waves?.[study.wave ?? ""] !== null;
}

/**
 * Whether the shares of a question can be compared with another wave's: as they are, with a notice, or
 * not. What is not said follows from what was different: with a notice where it was asked or answered
 * in other words, or by others; otherwise as it is.
 *
 * @param wave The other wave's name; undefined where it has none.
 */
export function comparisonOf(
  { questions, scales }: Codebook,
  question: string,
  wave: string | undefined,
): typeof COMPARE[number] {
  const told = ["text", "asked", "scale", "base", "categories"];
  const { scale = "", waves } = questions[question] ?? {};
  const found = [waves, scales[scale]?.waves].flatMap((each) => {
    const other = each?.[wave ?? ""];
    if (!other) return [];
    return [other.compare ?? (told.some((key) => Object.hasOwn(other, key)) ? "notice" : "yes")];
  });
  return COMPARE.findLast((each) => found.includes(each)) ?? "yes";
}

function brokenReferences(codebook: Codebook): string[] {
  const { study: { strata }, bases, scales, variables, questions } = codebook;
  const { study: { fieldwork } } = codebook;
  const problems: string[] = [...columnsTwice(codebook), ...answersTwice(codebook)];
  if (fieldwork.from > fieldwork.to) {
    problems.push(
      `study.fieldwork: it ends (${fieldwork.to}) before it begins (${fieldwork.from})`,
    );
  }
  const need = (at: string, kind: string, name: string, names: object) => {
    if (Object.hasOwn(names, name)) return;
    problems.push(`${at}: no ${kind} "${name}" (there is: ${Object.keys(names).join(", ")})`);
  };
  const needWhere = (at: string, where: Record<string, string[]>) => {
    for (const [name, categories] of Object.entries(where)) {
      const answers = categoriesOf(codebook, name);
      if (!answers) problems.push(`${at}: no question or variable "${name}"`);
      else for (const each of categories) need(`${at}.${name}`, "category", each, answers);
    }
  };
  if (strata) {
    need("study.strata.variable", "variable", strata.variable, variables);
    for (const category of Object.keys(strata.invited ?? {})) {
      const categories = variables[strata.variable]?.categories ?? {};
      need("study.strata.invited", "category", category, categories);
    }
  }
  for (const [name, { where }] of Object.entries(bases)) needWhere(`bases.${name}.where`, where);
  for (const [name, { main_set, sets, dont_know, categories }] of Object.entries(scales)) {
    const at = `scales.${name}`;
    need(`${at}.main_set`, "set", main_set, sets);
    if (dont_know !== null) need(`${at}.dont_know`, "category", dont_know, categories);
    for (const [set, { categories: own }] of Object.entries(sets)) {
      for (const each of own) need(`${at}.sets.${set}`, "category", each, categories);
    }
  }
  for (const [name, { base, derived, categories }] of Object.entries(variables)) {
    const at = `variables.${name}`;
    need(`${at}.base`, "base", base, bases);
    for (const [category, { where }] of Object.entries(categories)) {
      if (derived !== (where !== undefined)) {
        problems.push(
          `${at}.categories.${category}: a derived variable has a "where" in every category, ` +
            `any other variable in none`,
        );
      }
      if (where) needWhere(`${at}.categories.${category}.where`, where);
    }
    if (Object.hasOwn(questions, name)) problems.push(`${at}: a question has the same name`);
  }
  for (const each of codebook.respondent.counts_if?.questions ?? []) {
    need("respondent.counts_if.questions", "question", each, questions);
  }
  for (const [name, question] of Object.entries(questions)) {
    need(`questions.${name}.scale`, "scale", question.scale, scales);
    need(`questions.${name}.base`, "base", question.base, bases);
  }
  return problems;
}

/** Columns that one id or alias would stand for. */
function columnsTwice(codebook: Codebook): string[] {
  const { respondent, weight, questions, variables } = codebook;
  const columns = [respondent.column, ...weight ? [weight.column] : []];
  const ids = [...columns, ...Object.keys(variables), ...Object.keys(questions)];
  const taken = new Map(ids.map((id) => [normaliseName(id), id]));
  const aliases = [
    ["respondent", respondent.column, respondent.aliases],
    ...weight ? [["weight", weight.column, weight.aliases]] : [],
    ...Object.entries(variables).map(([id, { aliases }]) => [`variables.${id}`, id, aliases]),
    ...Object.entries(questions).map(([id, { aliases }]) => [`questions.${id}`, id, aliases]),
  ] as [string, string, string[]][];
  return aliases.flatMap(([at, id, names]) =>
    names.flatMap((alias, i) => {
      const other = taken.get(normaliseName(alias));
      taken.set(normaliseName(alias), id);
      return other === undefined || other === id
        ? []
        : [`${at}.aliases.${i}: "${alias}" stands for ${other} already; one name is one column`];
    })
  );
}

/** Answers of one scale or variable that one label, id or alias would stand for. */
function answersTwice({ scales, variables }: Codebook): string[] {
  const lists = [
    ...Object.entries(scales).map(([id, scale]) => [`scales.${id}`, scale] as const),
    ...Object.entries(variables).map(([id, variable]) => [`variables.${id}`, variable] as const),
  ];
  return lists.flatMap(([at, { categories, no_answer = [] }]) => {
    const taken = new Map(Object.keys(categories).map((id) => [normaliseValue(id), id]));
    const all = [
      ...Object.entries(categories).map(([id, each]) => [id, `categories.${id}`, each] as const),
      ...no_answer.map((each, i) => ["no answer", `no_answer.${i}`, each] as const),
    ];
    return all.flatMap(([id, place, { da, en, aliases }]) =>
      [["da", da], ["en", en], ...aliases.map((alias, i) => [`aliases.${i}`, alias])]
        .flatMap(([key, text]) => {
          const other = taken.get(normaliseValue(text!));
          taken.set(normaliseValue(text!), id);
          const here = `${at}.${place}.${key}`;
          return other === undefined || other === id
            ? []
            : [`${here}: "${text}" stands for ${other} already; one label or code is one answer`];
        })
    );
  });
}

/** The categories of a question or a variable by id, or undefined where there is no such name. */
export function categoriesOf(
  { questions, scales, variables }: Codebook,
  name: string,
): Record<string, { da: string; en: string; aliases: string[] }> | undefined {
  const question = questions[name];
  return question ? scales[question.scale]?.categories : variables[name]?.categories;
}

/** The texts that are no answer to a question or variable, though they are given as one. */
export function noAnswersOf({ questions, scales, variables }: Codebook, name: string): string[] {
  const { no_answer = [] } = scales[questions[name]?.scale ?? ""] ?? variables[name] ?? {};
  return no_answer.flatMap(({ da, en, aliases }) => [da, en, ...aliases]);
}

/** Who was asked a question or variable: the answers that tell it. Empty: everyone. */
export function askedWhere({ questions, variables, bases }: Codebook, name: string) {
  return bases[(questions[name] ?? variables[name])?.base ?? ""]?.where ?? {};
}

/** The fewest items of a battery over which the same answer says something about the respondent. */
const LEAST_ITEMS = 3;

/**
 * The batteries of a codebook: questions that follow each other on one scale and over one base are
 * read as one.
 *
 * @param isAsked Whether a question was part of the wave; by default all were.
 * @returns Codebook ids, of batteries of three questions or more.
 */
export function batteriesOf(
  codebook: Codebook,
  isAsked: (name: string) => boolean = () => true,
): string[][] {
  const groups: { key: string; names: string[] }[] = [];
  for (const [name, { scale, base }] of Object.entries(codebook.questions)) {
    if (!isAsked(name)) continue;
    const key = `${scale} ${base}`;
    const last = groups.at(-1);
    if (last?.key === key) last.names.push(name);
    else groups.push({ key, names: [name] });
  }
  return groups.map(({ names }) => names).filter(({ length }) => length >= LEAST_ITEMS);
}

/** The base of everyone, which no condition restricts. */
export function baseOfEveryone({ bases }: Pick<Codebook, "bases">): string {
  const found = Object.keys(bases).find((base) => Object.keys(bases[base]!.where).length === 0);
  if (found === undefined) throw new InputError("The codebook has no base of everyone. Add one.");
  return found;
}
