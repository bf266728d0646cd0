import type { Scale, Written } from "./codebook_schema.ts";
import { inEveryLanguage, type Language, type Text, translated, wordings } from "./language.ts";

/*
 * Kinds of question. Whatever is asked is counted as answers to a scale: a question of several answers
 * is a yes or no to each of them, a number lies in a band, a score is a number made of answers, and
 * open text was written or not. So what counts, compares, weighs and protects knows of no kinds.
 */

/** A question as it is written. */
export type Asked = Written["questions"][string];

/** What a question stands for, by its id, where that is one answer of several; otherwise null. */
export function itemOf(id: string): Item | null {
  const [of = "", category] = id.split("-");
  return category === undefined ? null : { of, category };
}

/** A codebook as it is worked with: every question is on a scale. */
export type Expanded = Omit<Written, "questions" | "scores" | "$schema"> & {
  readonly questions: Record<string, Question>;
  /** Questions of several answers, which `questions` has answer by answer. */
  readonly several?: Readonly<Record<string, Several>>;
  /** The codebook as it is written, where that is another. */
  readonly written?: Written;
};

/** A question as it is counted: on a scale, whatever its kind. */
type Question = Omit<Asked, "scale"> & {
  scale: string;
  /** The answer that it stands for, of a question that takes several. */
  readonly item?: Item;
  /** Where its answers are numbers: what they are, and the bands that are its scale. */
  readonly numbers?: Numbers;
  /** Where it is made of other questions: by question the end of its scale that stands for 100. */
  readonly score?: {
    readonly items: Readonly<Record<string, "first" | "last">>;
    readonly least: number;
  };
};

/** A question to which people may give several answers, each of which is a question of its own. */
export interface Several extends Pick<Question, "label" | "text" | "asked" | "base" | "aliases"> {
  readonly scale: string;
  /** The question of each answer, by the answer's id in the scale. */
  readonly items: Readonly<Record<string, string>>;
  /** What stands between the answers in one cell, where it is none of the usual signs. */
  readonly separator?: string | undefined;
}

/** What a question is that stands for one answer of several. */
export interface Item {
  /** The question in the codebook. */
  readonly of: string;
  /** Its answer. */
  readonly category: string;
}

/** What the answers to a question of numbers are. */
export interface Numbers {
  readonly min: number;
  readonly max: number;
  /** How many decimals are told. */
  readonly decimals: number;
  readonly unit?: Text | undefined;
  /** In order, without gaps; `to` belongs to the band where `closed`. */
  readonly bands: readonly Band[];
  /** Whether each band is one number, so that the counts of answers tell the numbers. */
  readonly arePoints: boolean;
  /** The sets whose shares are taken from each other, as eNPS is. */
  readonly net?: { readonly plus: string; readonly minus: string } | undefined;
}

interface Band {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly closed: boolean;
}

/** Up to so many whole numbers are a band each. */
const MOST_POINTS = 11;
/** Otherwise there are so many bands, where the codebook names none. */
const BANDS = 5;
/** Whether an answer of several was given, as tools write it. */
export const CHOSEN: Scale["categories"] = {
  chosen: {
    da: "Valgt",
    en: "Chosen",
    aliases: ["1", "ja", "yes", "true", "x", "selected", "checked", "quoted"],
  },
  not_chosen: {
    da: "Ikke valgt",
    en: "Not chosen",
    aliases: ["0", "nej", "no", "false", "not selected", "unchecked", "not quoted"],
  },
};

/** Puts every question of a codebook on a scale. */
export function expandKinds(written: Written): Expanded {
  const scales: Record<string, Scale> = { ...written.scales };
  const questions: Record<string, Question> = {};
  const several: Record<string, Several> = {};
  for (const [id, question] of Object.entries(written.questions)) {
    const { kind = "single", scale = "" } = question;
    if (kind === "single") questions[id] = { ...question, scale };
    else if (kind === "several") {
      const { categories = {}, ...of }: Partial<Scale> = written.scales[scale] ?? {};
      const items = Object.entries(categories).map(([category, text]) => {
        // No id of a codebook has a hyphen.
        const name = `${id}-${category}`;
        const label = inEveryLanguage((language) => text[language]);
        scales[name] = { ...chosenScale(category, text), no_answer: of.no_answer };
        questions[name] = {
          ...question,
          ...{ label, scale: name, aliases: [], item: { of: id, category } },
          waves: wavesOfItem(category, question, of),
        };
        return [category, name];
      });
      several[id] = { ...question, scale, items: Object.fromEntries(items) };
    } else if (kind === "number") {
      const numbers = aboutNumbers(question);
      scales[`${id}-bands`] = bandScale(question, numbers);
      questions[id] = { ...question, scale: `${id}-bands`, numbers };
    } else {
      scales[`${id}-text`] = writtenScale(question);
      questions[id] = { ...question, scale: `${id}-text` };
    }
  }
  for (const [id, score] of Object.entries(written.scores ?? {})) {
    const { items, least_items, text = score.label, ...about } = score;
    const base = written.questions[Object.keys(items)[0] ?? ""]?.base ?? "";
    const question: Asked = {
      ...{ ...about, text, base, aliases: [], kind: "number" },
      ...{ min: 0, max: 100, decimals: 0 },
    };
    const numbers = aboutNumbers({ ...question, decimals: 1 });
    scales[`${id}-bands`] = bandScale(question, numbers);
    const least = least_items ?? Math.ceil(Object.keys(items).length / 2);
    questions[id] = { ...question, scale: `${id}-bands`, numbers, score: { items, least } };
  }
  const { scores: _, $schema: __, ...others } = written;
  const isPlain = Object.keys(scales).length === Object.keys(written.scales).length;
  return { ...others, scales, questions, ...isPlain ? {} : { several, written } };
}

/** What an answer of several was in other waves: no part of one whose scale had no such answer. */
function wavesOfItem(
  category: string,
  { waves = {} }: Asked,
  scale: Pick<Partial<Scale>, "waves">,
): Asked["waves"] {
  const names = [...new Set([...Object.keys(waves), ...Object.keys(scale.waves ?? {})])];
  return Object.fromEntries(names.map((wave) => {
    const { categories, compare = "notice" } = scale.waves?.[wave] ?? {};
    if (waves[wave] === null || (categories && !Object.hasOwn(categories, category))) {
      return [wave, null];
    }
    return [wave, { ...categories && { compare }, ...waves[wave] }];
  }));
}

function chosenScale(id: string, answer: Scale["categories"][string]): Scale {
  const { chosen, not_chosen } = CHOSEN as Required<typeof CHOSEN>;
  const label = inEveryLanguage((language) => answer[language]);
  return {
    title: label,
    categories: {
      chosen: {
        ...translated(chosen!),
        aliases: [...chosen!.aliases, ...wordings(label), id, ...answer.aliases],
      },
      not_chosen: translated(not_chosen!),
    },
    dont_know: null,
    colours: "sequential",
    sets: { chosen: { label, categories: ["chosen"] } },
    main_set: "chosen",
  };
}

/** What is known of numbers, with their bands: those it names, each number, or some of one width. */
export function aboutNumbers(
  { min = 0, max = 1, decimals = 0, unit, bands, net }: Asked,
): Numbers {
  const named = Object.entries(bands ?? {})
    .map(([id, { from, to }]) => ({ id, from, to, closed: true }));
  const isWhole = decimals === 0;
  const isEach = isWhole && max - min < MOST_POINTS;
  const width = isEach ? 1 : isWhole ? Math.ceil((max - min) / BANDS) : (max - min) / BANDS;
  const starts = Array.from({ length: isEach ? max - min + 1 : BANDS }, (_, i) => min + i * width)
    .filter((from) => from <= max);
  const made = starts.map((from, i) => {
    const isLast = i === starts.length - 1;
    const to = isLast ? max : isWhole ? from + width - 1 : from + width;
    return { id: bandId(from, to), from, to, closed: isWhole || isLast };
  });
  const all = named.length > 0 ? named : made;
  const arePoints = isWhole && all.every(({ from, to }) => from === to);
  return { min, max, decimals, unit, bands: all, arePoints, net };
}

/** "7", "from_20_to_39": never the name of an answer that a codebook could have. */
function bandId(from: number, to: number): string {
  const text = (value: number) => String(value).replace("-", "minus_").replace(".", "_");
  return from === to ? text(from) : `from_${text(from)}_to_${text(to)}`;
}

function bandScale(
  { label, bands: named = {}, sets = {}, main_set, dont_know, no_answer }: Asked,
  { bands, min, max }: Numbers,
): Scale {
  const inside = (from: number, to: number) =>
    bands.filter((band) => band.from >= from && band.to <= to).map(({ id }) => id);
  const half = (min + max) / 2;
  const upper = bands.filter(({ from }) => from >= half);
  const from = upper[0]?.from ?? min;
  const own = Object.entries(sets)
    .map(([id, { label, from, to }]) => [id, { label, categories: inside(from, to) }] as const);
  const high = {
    label: inEveryLanguage((language) => `≥ ${decimal(from, language)}`),
    categories: upper.map(({ id }) => id),
  };
  const all = own.length > 0 ? Object.fromEntries(own) : { high };
  return {
    title: label,
    categories: Object.fromEntries([
      ...bands.map((band) => [band.id, { ...bandText(band), aliases: [], ...named[band.id] }]),
      ...dont_know ? [["dont_know", dont_know]] : [],
    ]),
    dont_know: dont_know ? "dont_know" : null,
    no_answer,
    colours: "sequential",
    sets: all,
    main_set: main_set ?? Object.keys(all)[0]!,
  };
}

function bandText({ from, to, closed }: Band): Text {
  const range = (under: string) => (language: Language) =>
    from === to
      ? decimal(from, language)
      : `${decimal(from, language)}–${under}${decimal(to, language)}`;
  return closed ? inEveryLanguage(range("")) : inEveryLanguage(range("<"));
}

function decimal(value: number, language: Language): string {
  const text = String(value).replace("-", "−");
  return language === "da" ? text.replace(".", ",") : text;
}

/** The one category of an open question: what was written goes nowhere. */
export const WROTE = "wrote";

function writtenScale({ label }: Asked): Scale {
  const wrote = translated({ da: "Skrev noget", en: "Wrote something" });
  return {
    title: label,
    categories: { [WROTE]: { ...wrote, aliases: [] } },
    dont_know: null,
    colours: "sequential",
    sets: { [WROTE]: { label: wrote, categories: [WROTE] } },
    main_set: WROTE,
  };
}

/** The questions that a name stands for: those of each answer, where several may be given. */
export function questionsOf({ several }: Expanded, name: string): string[] {
  return Object.values(several?.[name]?.items ?? { [name]: name });
}

/**
 * One column of each question by which it can be told whether somebody answered it: of several answers
 * any; none of a score, which nobody is asked, or of open text, which most leave empty.
 */
export function columnsToAnswer(codebook: Expanded): string[] {
  return Object.entries(codebook.questions).flatMap(([name, { item, score, kind }]) =>
    score || kind === "open" || (item && questionsOf(codebook, item.of)[0] !== name) ? [] : [name]
  );
}
