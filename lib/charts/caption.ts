import type { Base, Codebook, Question, Scale, Variable } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import type { Language, Text } from "../responses/language.ts";
import { nearest } from "../responses/spelling.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { isUncertain } from "../statistics/intervals.ts";
import type { ChangeOf } from "../words/change_columns.ts";
import { baseSize, fullStop, howCounted, movedNote, TEXT } from "../words/figure_texts.ts";
import { formatCount } from "../words/format.ts";
import { ownText, words } from "../words/message.ts";

/** What stands beside a chart. */
export interface Caption {
  /** What the chart shows, in a few words. */
  readonly title: string;
  /** The questions as they were put. */
  readonly questions: readonly string[];
  /** Who was asked: "Base: alle, der svarede (n = 1.288)". */
  readonly base: string;
  /** What it takes to read the chart. */
  readonly notes: readonly string[];
  /** What it takes to check it: how people count, who was invited, what has changed. */
  readonly details: readonly string[];
}

/** What the caption of every figure can be told. */
export interface CaptionOptions {
  /** What the figure shows or, better, says: a headline. By default the question's label. */
  readonly title?: Text;
  /** Remarks below the figure. */
  readonly notes?: readonly Text[];
  /** Remarks for whoever looks closer. */
  readonly details?: readonly Text[];
  /** How each share has changed since an earlier wave: then the table says so. */
  readonly changeOf?: ChangeOf | undefined;
  /** Fit for a file name; by default made of what the figure shows. */
  readonly name?: string;
}

/**
 * The caption of a figure: what, of whom, out of how many.
 *
 * @param ownNotes Remarks that come with the kind of figure.
 */
export function captionOf(
  estimates: readonly Estimate[],
  codebook: Codebook,
  language: Language,
  { title, notes = [], details = [] }: CaptionOptions,
  ownNotes: readonly Text[] = [],
): Caption {
  const questions = unique(estimates.map(({ question }) => question))
    .map((id) => questionOf(codebook, id));
  const [first, ...{ length: count }] = questions;
  const moved = movedNote(estimates);
  const uncertain = estimates.filter(isUncertain).length;
  const isWhole = new Set(estimates.map(({ category }) => category)).size > 2;
  // Groups beside everyone have their n in the drawing.
  const whole = estimates.filter(({ variable }) => variable === null);
  return {
    title: title?.[language] ??
      (first?.label[language] ?? "") +
        (count > 0 ? ` ${words("and_more", language, { count })}` : ""),
    questions: questionTexts(questions, language),
    base: `${asked(whole.length > 0 ? whole : estimates, codebook, language)}.`,
    notes: [...ownNotes, ...notes].map((note) => note[language]),
    details: [
      howCounted(estimates, codebook.study.confidence),
      ...moved ? [moved] : [],
      ...uncertain > 0
        ? [ownText("reliability.note", { flagged: uncertain, of: estimates.length })]
        : [],
      ...isWhole ? [TEXT.rounding] : [],
      ...details,
    ].map((note) => fullStop(note[language])),
  };
}

/**
 * Who was asked, how many answered, and how they count: "Base: alle, der svarede (n = 1.279–1.288); Chefer
 * mellem en selv og politikerne: 0 (n = 120), 1 (n = 175). Uvægtet; 95%-intervaller efter Wilson".
 */
export function baseLine(
  estimates: readonly Estimate[],
  codebook: Codebook,
  language: Language,
): string {
  const how = howCounted(estimates, codebook.study.confidence)[language];
  return `${asked(estimates, codebook, language)}. ${how}.`;
}

/** Who was asked, and how many answered. */
export function asked(
  estimates: readonly Pick<Estimate, "base" | "variable" | "group" | "n">[],
  codebook: Codebook,
  language: Language,
): string {
  const bases = unique(estimates.map(({ base }) => base)).map((base) => {
    const sizes = estimates
      .filter((estimate) => estimate.base === base && estimate.variable === null)
      .map(({ n }) => n);
    const who = baseOf(codebook, base).label[language];
    return sizes.length === 0 ? who : `${who} (${sizeRange(sizes, language)})`;
  });
  const variables = unique(estimates.map(({ variable }) => variable ?? "")).filter(Boolean);
  // Of several variables the chart and the table give each n; here the list would be endless.
  const groups = (variables.length > 1 ? [] : variables).map((variable) => {
    const { label, categories } = variableOf(codebook, variable);
    const named = Object.entries(categories).flatMap(([group, category]) => {
      const sizes = estimates
        .filter((estimate) => estimate.variable === variable && estimate.group === group)
        .map(({ n }) => n);
      return sizes.length === 0 ? [] : [`${category[language]} (${sizeRange(sizes, language)})`];
    });
    return `${label[language]}: ${named.join(", ")}`;
  });
  return `${TEXT.base[language]}: ${[...bases, ...groups].join("; ")}`;
}

function sizeRange(sizes: readonly number[], language: Language): string {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (least === most) return baseSize(least, language);
  return `${baseSize(least, language)}–${formatCount(most, language)}`;
}

/** Every value once, in order of appearance. */
export function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** Questions as they were put; those that are here in our words alone are said to be in short. */
export function questionTexts(
  questions: readonly ReturnType<typeof questionOf>[],
  language: Language,
): string[] {
  // The answers of several share a question.
  const first = questions.find(({ asked }) => asked === undefined)?.text.da;
  return unique(questions.map(({ asked, text }) =>
    asked?.[language] ??
      (text.da === first ? words("question.in_short", language, { text }) : text[language])
  ));
}

/** A set of a question's scale, or a category of it: as an estimate has them. */
type Answer = Partial<Pick<Estimate, "set" | "category">>;

/** An entry of the codebook. All of these throw an `InputError` where it has none of that name. */
export function questionOf(codebook: Codebook, id: string): Question {
  return entry(codebook.questions, id, "question");
}

export function scaleOf(codebook: Codebook, question: string): Scale {
  return entry(codebook.scales, questionOf(codebook, question).scale, "scale");
}

export function variableOf(codebook: Codebook, id: string): Variable {
  return entry(codebook.variables, id, "variable");
}

export function baseOf(codebook: Codebook, id: string): Base {
  return entry(codebook.bases, id, "base");
}

export function setOf(codebook: Codebook, question: string, id: string): Scale["sets"][string] {
  return entry(scaleOf(codebook, question).sets, id, `set of the question "${question}"`);
}

/** What an answer is called: the category's label, or the set's. */
export function answerLabel(
  codebook: Codebook,
  question: string,
  { set, category }: Answer,
): Text {
  if (set) return setOf(codebook, question, set).label;
  const { categories } = scaleOf(codebook, question);
  return entry(categories, category ?? "", `category of the question "${question}"`);
}

/**
 * The one estimate of a question's category or set, overall or in a group.
 *
 * @throws {InputError} If it is not among the estimates, or twice.
 */
export function findEstimate(
  estimates: readonly Estimate[],
  { question, variable, group, set = null, category = null }:
    & Pick<Estimate, "question" | "variable" | "group">
    & Answer,
): Estimate {
  const found = estimates.filter((each) =>
    each.question === question && each.variable === variable && each.group === group &&
    each.set === set && each.category === category
  );
  if (found.length === 1) return found[0]!;
  const part = variable === null ? "overall" : `for ${variable} = ${group}`;
  throw new InputError(
    `Cannot draw the figure: ${found.length === 0 ? "no estimate" : `${found.length} estimates`} ` +
      `of ${question} (${category ?? set}) ${part} among the ${estimates.length} given. ` +
      `Give the figure the estimates of this question, overall and by every variable it shows, once.`,
  );
}

function entry<T>(entries: Readonly<Record<string, T>>, id: string, kind: string): T {
  const found = Object.hasOwn(entries, id) ? entries[id] : undefined;
  if (found !== undefined) return found;
  const [meant] = nearest(id, Object.keys(entries));
  throw new InputError(
    `Cannot draw the figure: the codebook has no ${kind} named "${id}".` +
      `${meant === undefined ? "" : ` Is "${meant}" meant?`} ` +
      `There is: ${Object.keys(entries).join(", ")}.`,
  );
}

/** What a mark is of: by it the page finds the marks of a row of the table. Only answers have it. */
export function markOf(estimate: Partial<Estimate>): string | undefined {
  const { question, variable, group, set, category } = estimate;
  if (question === undefined || !(set || category)) return undefined;
  return [question, variable ?? "", group ?? "", set ? `set:${set}` : category].join("/");
}
