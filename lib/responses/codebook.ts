import {
  type Base,
  codebookFile,
  COMPARE,
  type Scale,
  type Variable,
  type Written,
} from "./codebook_schema.ts";
import { InputError } from "./input_error.ts";
import { aboutNumbers, type Asked, type Expanded, expandKinds } from "./kinds.ts";
import { parseFile } from "./schema.ts";
import { normaliseName, normaliseValue } from "./spelling.ts";

/** What was asked, of whom, and how it may be answered and shown; see data/codebook.json. */
export type Codebook = Expanded;
export type Question = Codebook["questions"][string];
export type { Base, Scale, Variable };

/**
 * Reads a codebook strictly: shape first, then that every name it refers to exists.
 *
 * @param value The parsed JSON.
 * @param file The file's name, for the messages.
 * @throws {InputError} Naming the file and every place that is wrong.
 */
export function parseCodebook(value: unknown, file: string): Codebook {
  const written = parseFile(codebookFile, value, "use the codebook", file, (codebook) => {
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
  return expandKinds(written);
}

/** What can be another in other waves. */
const CHANGING = ["variables", "scales", "questions"] as const;

/** Everything of a codebook that was another in other waves, and where it stands. */
function changing(codebook: Written) {
  return CHANGING.flatMap((kind) =>
    Object.entries(codebook[kind]).map(([id, { waves }]) => ({
      at: `${kind}.${id}`,
      waves: waves ?? {},
    }))
  );
}

/** The waves of which something is said. */
function wavesIn(codebook: Written): string[] {
  return [...new Set(changing(codebook).flatMap(({ waves }) => Object.keys(waves)))];
}

function brokenWaves(codebook: Written): string[] {
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
function placedIn(codebook: Written, wave: string, problem: string): string {
  const [, kind = "", id = "", key = ""] = /^(\w+)\.(\w+)\.(\w+)/.exec(problem) ?? [];
  const at = `${kind}.${id}`;
  const other = changing(codebook).find((each) => each.at === at)?.waves[wave];
  return other && Object.hasOwn(other, key)
    ? `${at}.waves.${wave}${problem.slice(at.length)}`
    : `${problem} (in the wave ${wave})`;
}

/** A codebook with its variables, scales and questions as they were in a wave. */
function asItWas<B extends Written | Codebook>(codebook: B, wave: string): B {
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
  const then = { ...study, wave, invited };
  return codebook.written
    ? expandKinds({ ...asItWas(codebook.written, wave), study: then })
    : { ...asItWas(codebook, wave), study: then };
}

/** Whether a question or variable, and what it is made of, was part of the codebook's wave. */
export function isInWave(codebook: Codebook, name: string): boolean {
  const { study, questions, variables } = codebook;
  return (questions[name] ?? variables[name])?.waves?.[study.wave ?? ""] !== null &&
    sourcesOf(codebook, name).every((source) => isInWave(codebook, source));
}

/** Whether something has the same categories in two waves, so that its codes mean the same. */
export function isAnsweredAlike(now: Codebook, before: Codebook, name: string): boolean {
  const [one, other] = [now, before].map((book) =>
    Object.keys(categoriesOf(book, name) ?? {}).join(" ")
  );
  return one === other;
}

/** The questions and variables whose answers make the categories of a variable; none of any other. */
export function sourcesOf({ variables }: Codebook, name: string): string[] {
  const { categories = {} } = variables[name] ?? {};
  return [...new Set(Object.values(categories).flatMap(({ where }) => Object.keys(where ?? {})))];
}

/**
 * Whether the shares of a question, or of the groups of a variable, can be compared with another wave's:
 * as they are, with a notice, or not. What is not said follows from what was different: with a notice
 * where it was asked or answered in other words, or by others; otherwise as it is.
 *
 * @param wave The other wave's name; undefined where it has none.
 */
export function comparisonOf(
  { questions, variables, scales }: Codebook,
  name: string,
  wave: string | undefined,
): typeof COMPARE[number] {
  const told = ["text", "asked", "kind", "scale", "min", "max", "bands", "base", "categories"];
  const { waves } = questions[name] ?? variables[name] ?? {};
  const found = [waves, scales[questions[name]?.scale ?? ""]?.waves].flatMap((each) => {
    const other = each?.[wave ?? ""];
    if (!other) return [];
    return [other.compare ?? (told.some((key) => Object.hasOwn(other, key)) ? "notice" : "yes")];
  });
  return COMPARE.findLast((each) => found.includes(each)) ?? "yes";
}

function brokenReferences(codebook: Written): string[] {
  const { study: { strata }, bases, scales, variables, questions } = codebook;
  const { study: { fieldwork } } = codebook;
  const problems: string[] = [
    ...columnsTwice(codebook),
    ...answersTwice(codebook),
    ...brokenKinds(codebook),
  ];
  if (fieldwork.from > fieldwork.to) {
    problems.push(
      `study.fieldwork: it ends (${fieldwork.to}) before it begins (${fieldwork.from})`,
    );
  }
  const need = (at: string, kind: string, name: string, names: object) => {
    if (Object.hasOwn(names, name)) return;
    problems.push(`${at}: no ${kind} "${name}" (there is: ${Object.keys(names).join(", ")})`);
  };
  const expanded = expandKinds(codebook);
  const needWhere = (at: string, where: Record<string, string[]>) => {
    for (const [name, categories] of Object.entries(where)) {
      const answers = categoriesOf(expanded, name);
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
    if (question.scale) need(`questions.${name}.scale`, "scale", question.scale, scales);
    need(`questions.${name}.base`, "base", question.base, bases);
  }
  return problems;
}

/** Columns that one id or alias would stand for. */
function columnsTwice(codebook: Written): string[] {
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
function answersTwice({ scales, variables }: Written): string[] {
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
  { questions, scales, variables, several }: Codebook,
  name: string,
): Record<string, { da: string; en: string; aliases: string[] }> | undefined {
  const question = questions[name] ?? several?.[name];
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
  for (const [name, { scale, base, kind = "single" }] of Object.entries(codebook.questions)) {
    if (!isAsked(name) || kind !== "single") continue;
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

/** What a question has of numbers alone. */
const OF_NUMBERS: (keyof Asked)[] = [
  ...["min", "max", "decimals", "unit", "bands"] as const,
  ...["sets", "net", "main_set", "dont_know", "no_answer"] as const,
];

/** What is wrong with the kinds of a codebook's questions. */
function brokenKinds({ scales, questions, scores = {} }: Written): string[] {
  const ofQuestions = Object.entries(questions).flatMap(([id, question]) => {
    const at = `questions.${id}`;
    const { kind = "single", min, max, bands, sets = {}, net, main_set } = question;
    const isOnScale = kind === "single" || kind === "several";
    const wrong: string[] = [];
    const unfit = OF_NUMBERS.filter(() => kind !== "number")
      .concat(isOnScale ? [] : ["scale"], kind === "several" ? [] : ["separator"])
      .filter((key) => question[key] !== undefined);
    for (const key of unfit) wrong.push(`${at}.${key}: a question of the kind "${kind}" has none`);
    if (isOnScale && question.scale === undefined) {
      wrong.push(`${at}.scale: missing (there is: ${Object.keys(scales).join(", ")})`);
    }
    if (kind !== "number") return wrong;
    if (min === undefined || max === undefined || min >= max) {
      return [
        ...wrong,
        `${at}: numbers have the least ("min") and the greatest ("max") there can be`,
      ];
    }
    const order = Object.entries(bands ?? {});
    for (const [i, [band, { from, to }]] of order.entries()) {
      const before = order[i - 1]?.[1].to ?? -Infinity;
      if (from > to || from <= before || from < min || to > max) {
        wrong.push(`${at}.bands.${band}: bands go upwards from ${min} to ${max}`);
      }
    }
    const { bands: made } = aboutNumbers(question);
    for (const [set, { from, to }] of Object.entries(sets)) {
      if (
        made.some((band) => band.from >= from && band.to <= to) &&
        made.every(({ from: a, to: b }) => (a >= from && b <= to) || b < from || a > to)
      ) continue;
      wrong.push(`${at}.sets.${set}: it is made of whole bands of the question`);
    }
    const named = { main_set, "net.plus": net?.plus, "net.minus": net?.minus };
    for (const [key, name] of Object.entries(named)) {
      if (name !== undefined && !Object.hasOwn(sets, name)) {
        wrong.push(`${at}.${key}: no set "${name}" (there is: ${Object.keys(sets).join(", ")})`);
      }
    }
    return wrong;
  });
  const ofScores = Object.entries(scores).flatMap(([id, { items, least_items = 1 }]) => {
    const at = `scores.${id}`;
    const names = Object.keys(items);
    const asked = names.filter((name) => Object.hasOwn(questions, name));
    const bases = new Set(asked.map((name) => questions[name]!.base));
    return [
      ...Object.hasOwn(questions, id) ? [`${at}: a question has the same name`] : [],
      ...names.filter((name) => !asked.includes(name))
        .map((name) => `${at}.items: no question "${name}"`),
      ...asked.filter((name) => (questions[name]!.kind ?? "single") !== "single")
        .map((name) => `${at}.items.${name}: it is made of questions of the kind "single"`),
      ...names.length < 2 ? [`${at}.items: a score is made of two questions or more`] : [],
      ...bases.size > 1 ? [`${at}.items: all of them are asked of the same people`] : [],
      ...least_items > names.length ? [`${at}.least_items: there are ${names.length}`] : [],
    ];
  });
  return [...ofQuestions, ...ofScores];
}
