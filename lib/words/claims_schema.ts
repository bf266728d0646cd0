import { parseMessage, validate, visit } from "messageformat";
import { categoriesOf, type Codebook } from "../responses/codebook.ts";
import { LANGUAGES } from "../responses/language.ts";
import * as s from "../responses/schema.ts";
import { makeFunctions } from "./message.ts";

const id = s.id;
const name = s.filled;
const answer = { question: id, set: s.optional(id), category: s.optional(id) };

/** Where a value comes from, by the entry that no other kind has. */
const kinds = {
  /** A share in the groups of a variable, in the order given or else the codebook's. */
  by: s.object({ ...answer, by: id, groups: s.optional(s.list(id, 2)) }),
  /** A share; `among`: of one group of one variable, else of everyone who was asked. */
  question: s.object({ ...answer, among: s.optional(s.record(id, id)) }),
  /** Those who gave one of these answers to at least one of several questions. */
  either: s.object({ either: s.where }),
  /** The most common of the other answers to a share's question, or two, in a sentence where most gave it. */
  besides: s.object({ besides: name, or: s.optional(name) }),
  /** The tested difference of two of the shares, first minus second. */
  difference: s.object({ difference: pair(name) }),
  /** How the answers to two questions go together. */
  gamma: s.object({ gamma: pair(id) }),
  /** A published share, by the id of its indicator in data/published.json. */
  figure: s.object({ figure: name }),
  /** A fact about the study, by its id in data/published.json. */
  fact: s.object({ fact: name }),
  /** What the codebook or the file says of the study. */
  study: s.object({
    study: s.among(
      ...["respondents", "response_rate", "invited", "reminders"] as const,
      ...["fieldwork", "interviews", "minutes"] as const,
    ),
  }),
  /** How far the answers are from the population in the largest category of a variable. */
  from_population: s.object({ from_population: id }),
  /** How many of the published interview profiles exist among the answers. */
  profiles: s.object({ profiles: s.among("published") }),
} as const;

/** A share from 0 to 1, a fraction such as "1/3", or the name of a value. */
const at = s.numberOrText;

const ofShare = s.object({
  is: s.among("above", "below", "printed", "within"),
  value: name,
  at,
});
const ofShape = s.object({
  is: s.among("rises", "falls", "positive", "negative", "complete"),
  value: name,
});
const ofTwo = s.object({ is: s.among("same", "at_least"), value: name, to: name });
const ofNone = s.object({ is: s.among("interviews", "stated") });

const tests = {
  above: ofShare,
  below: ofShare,
  /** Prints as the same whole per cent. */
  printed: ofShare,
  /** The answers are no farther from the population than this. */
  within: ofShare,
  about: s.object({ is: s.among("about"), value: name, at, within: s.number }),
  /** The contrast's first share is larger, by `least` where that is given. */
  more: s.object({ is: s.among("more"), value: name, least: s.optional(s.number) }),
  /** The contrast's two shares are as many, give or take so much: a test of the two, not of one. */
  alike: s.object({ is: s.among("alike"), value: name, within: s.number }),
  ...{ rises: ofShape, falls: ofShape, positive: ofShape, negative: ofShape, complete: ofShape },
  ...{ same: ofTwo, at_least: ofTwo, interviews: ofNone, stated: ofNone },
};
type OneTest = s.Read<(typeof tests)[keyof typeof tests]>;
const oneTest = oneOf(tests, (value) => String(value["is"]));
const allTests = s.object({ is: s.among("all"), of: s.list(oneTest, 1) });
const test = oneOf({ ...tests, all: allTests }, (value) => String(value["is"]));

const value = oneOf(kinds, (value) => Object.keys(kinds).find((key) => key in value) ?? "");

const entry = s.object({
  /** Page of the published report. */
  page: s.integerFrom(1),
  /** The heading of the report's chapter that tells of it. */
  chapter: name,
  /** What the published report says, in our words. */
  said: s.text,
  /** What the test and the text are about, by name. */
  values: s.withDefault(s.record(id, value), (): Record<string, ValueSource> => ({})),
  /** What has to be true of the values for the published statement to hold. */
  test,
  /** What these answers show: a MessageFormat 2 message in each language, true of any answers. */
  text: s.text,
});
const schema = s.record(id, entry);

/** A statement of the published report as data; see data/README.md. */
export type ClaimEntry = s.Read<typeof entry>;
export type ClaimEntries = s.Read<typeof schema>;
export type ValueSource = s.Read<(typeof kinds)[keyof typeof kinds]>;
export type Test = OneTest | s.Read<typeof allTests>;

/** An object of one of several kinds, which something in it tells. */
function oneOf<const K extends Readonly<Record<string, s.Schema<unknown>>>>(
  kinds: K,
  kindOf: (value: Record<string, unknown>) => string,
): s.Schema<s.Read<K[keyof K]>> {
  return (value, at, note) => {
    const kind = typeof value === "object" && value !== null
      ? kindOf(value as Record<string, unknown>)
      : "";
    const found = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (found === undefined) {
      note(at, `expected one of: ${Object.keys(kinds).join(", ")}`);
      return value as s.Read<K[keyof K]>;
    }
    return found(value, at, note) as s.Read<K[keyof K]>;
  };
}

/** Two of a kind. */
function pair<T>(of: s.Schema<T>): s.Schema<[T, T]> {
  const list = s.list(of, 2);
  return (value, at, note) => {
    const read = list(value, at, note);
    if (read.length > 2) note(at, `expected two in the list, not ${read.length}`);
    return read as [T, T];
  };
}

/**
 * Reads claims strictly. That the names they refer to exist is for {@link brokenNames}: a claim whose
 * question is not in the codebook says so and breaks nothing.
 *
 * @param value The parsed JSON.
 * @param file Its name, for the messages.
 * @throws {InputError} Naming the file and every place that is wrong.
 */
export function parseClaims(value: unknown, file: string): ClaimEntries {
  return s.parseFile(schema, value, "use the claims in", file);
}

/** What a value of a claim refers to: its kind and name, and of an answer of what question. */
type Reference = readonly [kind: string, name: string, of?: string];

function referencesOf(source: ValueSource): Reference[] {
  const answers = (of: string, names: readonly string[]) =>
    names.map((name): Reference => ["category", name, of]);
  if ("question" in source) {
    const { question, set, category } = source;
    const groups = "by" in source
      ? [[source.by, source.groups ?? []] as const]
      : Object.entries(source.among ?? {}).map(([by, group]) => [by, [group]] as const);
    return [
      ["question", question],
      ...set === undefined ? [] : [["set", set, question] as const],
      ...answers(question, category === undefined ? [] : [category]),
      ...groups.flatMap(([by, names]): Reference[] => [["variable", by], ...answers(by, names)]),
    ];
  }
  if ("either" in source) {
    return Object.entries(source.either)
      .flatMap(([of, names]): Reference[] => [["question", of], ...answers(of, names)]);
  }
  if ("gamma" in source) return source.gamma.map((name) => ["question", name]);
  if ("from_population" in source) return [["population", source.from_population]];
  const values = "besides" in source
    ? [source.besides, source.or ?? source.besides]
    : "difference" in source
    ? source.difference
    : [];
  return values.map((name) => ["value", name]);
}

/** The questions and variables that the values of a claim need. */
export function namesIn(values: ClaimEntry["values"]): string[] {
  const all = Object.values(values).flatMap(referencesOf);
  return [
    ...new Set(all.flatMap(([kind, name]) => /question|variable/.test(kind) ? [name] : [])),
  ];
}

/** The names of an entry that the codebook and its own values do not have. */
export function brokenNames({ values, test }: ClaimEntry, codebook: Codebook): string[] {
  const all = { ...codebook.questions, ...codebook.variables };
  const there = (kind: string, of = ""): object => {
    if (kind === "value") return values;
    if (kind === "population") return codebook.variables;
    if (kind === "category") return categoriesOf(codebook, of) ?? {};
    if (kind === "set") return codebook.scales[codebook.questions[of]?.scale ?? ""]?.sets ?? {};
    return all;
  };
  const missing = (at: string, [kind, name, of]: Reference) => {
    const names = there(kind, of);
    const what = kind === "population" ? "variable" : kind;
    return Object.hasOwn(names, name)
      ? []
      : [`${at}: no ${what} "${name}" (there is: ${Object.keys(names).join(", ")})`];
  };
  const tested = (test.is === "all" ? test.of : [test]).flatMap((each) => [
    ..."value" in each ? [each.value] : [],
    ..."to" in each ? [each.to] : [],
    ..."at" in each && typeof each.at === "string" && !/^\d+\/\d+$/.test(each.at) ? [each.at] : [],
  ]);
  return [
    ...Object.entries(values).flatMap(([name, source]) => [
      ...referencesOf(source).flatMap((reference) => missing(`values.${name}`, reference)),
      ..."question" in source && (source.set === undefined) === (source.category === undefined)
        ? [`values.${name}: give a set or a category`]
        : [],
      ..."among" in source && Object.keys(source.among ?? {}).length > 1
        ? [`values.${name}: one group of one variable`]
        : [],
    ]),
    ...tested.flatMap((name) => missing("test", ["value", name])),
  ];
}

/** The names of our functions. */
const FUNCTIONS = new Set(Object.keys(makeFunctions("en", () => {}, () => {})));

/** What is wrong with the entries of data/claims.json: names, sets, messages, and their variables. */
export function claimProblems(entries: ClaimEntries, codebook: Codebook): string[] {
  return Object.entries(entries).flatMap(([id, entry]) =>
    [...brokenNames(entry, codebook), ...messageProblems(entry)].map((found) => `${id}.${found}`)
  );
}

/**
 * What is wrong with the messages of a claim: not a message, a variable that is not among its values, or
 * a function that we do not have; and values that neither the text nor the test uses.
 */
export function messageProblems(
  { text, values, test }: Pick<ClaimEntry, "text" | "values" | "test">,
): string[] {
  const problems = LANGUAGES.flatMap((language) => {
    const found = variablesOf(text[language]);
    if (typeof found === "string") return [`text.${language}: ${found}`];
    return [
      ...found.variables.filter((name) => !Object.hasOwn(values, name)).map((name) =>
        `text.${language}: no value "${name}" (there is: ${Object.keys(values).join(", ")})`
      ),
      ...found.functions.filter((name) => !FUNCTIONS.has(name)).map((name) =>
        `text.${language}: no function ":${name}" (there is: ${[...FUNCTIONS].join(", ")})`
      ),
    ];
  });
  const asNames = JSON.stringify([test, Object.values(values)]);
  const unused = Object.keys(values).filter((name) =>
    !asNames.includes(`"${name}"`) &&
    !LANGUAGES.some((language) => new RegExp(`\\$${name}\\b`).test(text[language]))
  );
  return [...problems, ...unused.map((name) => `values.${name}: neither text nor test uses it`)];
}

function variablesOf(
  source: string,
): { variables: string[]; functions: string[] } | string {
  try {
    const message = parseMessage(source);
    validate(message);
    const variables = new Set<string>();
    const functions = new Set<string>();
    visit(message, {
      functionRef: ({ name }) => void functions.add(name),
      value: (value) => {
        if (value.type === "variable") variables.add(value.name);
      },
    });
    return { variables: [...variables], functions: [...functions] };
  } catch (error) {
    return `not a message (${(error as Error).message}): ${source}`;
  }
}
