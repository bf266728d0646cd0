import { CHOSEN } from "../responses/kinds.ts";
import { normaliseName, normaliseValue } from "../responses/normalise.ts";
import type { ResponseTable } from "../responses/readers/response_table.ts";
import { TO_FILL_IN } from "../responses/schema.ts";
import {
  type Column,
  dayIn,
  foundColumns,
  type Kind,
  kindOf,
  numbersIn,
  type SaidOfColumns,
  severalIn,
  stemOf,
} from "./found_columns.ts";
import { ProposedScales, ProposedTexts } from "./proposed_scales.ts";
import usual from "./usual_questions.json" with { type: "json" };

/** A codebook to look through, and what chapters its questions make. */
export interface Proposal {
  /** As JSON; what begins with "?" is to be filled in. */
  readonly codebook: Readonly<Record<string, unknown>>;
  /** Questions that share a chapter, in the order of the file. */
  readonly chapters: readonly (readonly [string, ...string[]])[];
  /** What was guessed, a line each. */
  readonly told: readonly string[];
}

/**
 * Proposes a codebook for a response file: what each column is, its scale, who it is asked of (everybody),
 * and a text for everything. Labels that the file has (SPSS) and the usual answers are taken, in both
 * languages; what a file cannot tell is left to be filled in.
 */
export function proposeCodebook(table: ResponseTable, said: SaidOfColumns = {}): Proposal {
  const columns = foundColumns(table);
  return new Proposing(columns, table.respondents, said).proposal();
}

/** The variables, questions and chapters that columns make, one after the other. */
class Proposing {
  readonly #texts: ProposedTexts;
  readonly #scales: ProposedScales;
  readonly #questions: Record<string, Record<string, unknown>> = {};
  readonly #variables: Record<string, Record<string, unknown>> = {};
  readonly #chapters: [string, ...string[]][] = [];
  readonly #told: string[] = [];
  readonly #dates: string[] = [];

  constructor(
    readonly columns: readonly Column[],
    readonly respondents: number,
    readonly said: SaidOfColumns,
  ) {
    this.#texts = new ProposedTexts(columns);
    this.#scales = new ProposedScales(this.#texts);
  }

  proposal(): Proposal {
    const ids = { column: "respondent", aliases: [] as string[], synthetic_prefix: "synthetic-" };
    const weights: string[] = [];
    for (let at = 0; at < this.columns.length;) {
      const column = this.columns[at]!;
      const stem = this.#stemAt(at);
      if (stem) {
        this.#addStem(stem);
        at += stem.columns.length;
        continue;
      }
      at++;
      const kind = this.#kindOf(column);
      if (kind === "respondent" && ids.aliases.length === 0) ids.aliases.push(column.name);
      else if (kind === "weight" && weights.length === 0) weights.push(column.name);
      else if (kind === "aside" || kind === "respondent" || kind === "weight") this.#leave(column);
      else if (kind === "background") this.#addBackground(column);
      else this.#chapters.push([this.#addQuestion(column, kind)]);
    }
    const dates = this.#dates.toSorted();
    const ask = this.#texts.ask("");
    const codebook = {
      $schema: "./codebook.schema.json",
      study: {
        ...{ title: ask, subtitle: ask, population: ask },
        invited: TO_FILL_IN,
        fieldwork: { from: dates[0] ?? TO_FILL_IN, to: dates.at(-1) ?? TO_FILL_IN },
        reminders: 0,
      },
      disclosure: { least_base: 10 },
      respondent: ids,
      ...weights.length > 0 && { weight: { column: "weight", aliases: weights } },
      bases: {
        all: {
          label: { da: "alle, der svarede", en: "everyone who answered" },
          who: { da: "de, der svarede", en: "those who answered" },
          where: {},
        },
      },
      variables: this.#variables,
      scales: this.#scales.all,
      questions: this.#questions,
    };
    return { codebook, chapters: this.#chapters, told: this.#told };
  }

  #kindOf(column: Column): Kind {
    return kindOf(column, this.said, (line) => this.#told.push(line));
  }

  #leave({ name, values }: Column): void {
    this.#dates.push(...values.flatMap(([text]) => dayIn(text) ?? []));
    this.#told.push(`${name}: left aside`);
  }

  #addBackground(column: Column): void {
    const id = this.#texts.id(column.name);
    const known = new Map(Object.entries(usual.labels)).get(normaliseName(column.name));
    this.#variables[id] = {
      label: known ?? this.#texts.ask(column.title),
      ...{ base: "all", background: true, derived: false },
      aliases: aliasesOf(column, id),
      categories: this.#scales.categoriesOf(column).categories,
    };
    this.#told.push(`${column.name}: background "${id}"`);
  }

  #addQuestion(
    column: Column,
    kind: Kind,
    stem?: { readonly text: string; readonly item: string },
  ): string {
    const id = this.#texts.id(stem ? stem.item : column.name);
    const question: Record<string, unknown> = {
      label: this.#texts.short(stem?.item ?? column.title),
      text: this.#texts.ask(stem ? `${stem.text} ${stem.item}` : column.title),
    };
    if (kind === "number") Object.assign(question, numbersIn(column));
    else if (kind === "open") question["kind"] = "open";
    else if (kind === "several") {
      const parts = severalIn(column)!;
      const own = { ...column, values: parts.map((part) => [part, 1] as const) };
      const scale = this.#scales.add(own, id, this.#texts.ask(column.title));
      Object.assign(question, { kind: "several", scale });
    } else question["scale"] = this.#scales.add(column, id);
    this.#questions[id] = { ...question, base: "all", aliases: aliasesOf(column, id) };
    this.#told.push(`${column.name}: question "${id}", ${kind === "single" ? "one answer" : kind}`);
    return id;
  }

  /** Columns in a row whose names begin alike, as those of a grid or of several answers do. */
  #stemAt(at: number): Stem | null {
    const first = stemOf(this.columns[at]!);
    if (!first) return null;
    const columns: Column[] = [];
    for (const column of this.columns.slice(at)) {
      const stem = stemOf(column);
      if (stem?.text !== first.text || column.values.length === 0) break;
      columns.push(column);
    }
    return columns.length > 1 ? { text: first.text, columns } : null;
  }

  #addStem({ text, columns }: Stem): void {
    const items = columns.map((column) => stemOf(column)!.item);
    const chosen = new Set(
      Object.values(CHOSEN).flatMap(({ da, en, aliases }) => [da, en, ...aliases]).map(
        normaliseValue,
      ),
    );
    const isSeveral = columns.every(({ values }, i) =>
      values.length <= 2 &&
      values.every(([value]) =>
        chosen.has(normaliseValue(value)) || normaliseValue(value) === normaliseValue(items[i]!)
      )
    ) && columns.some(({ values }) =>
      // Where everybody said yes or no to everything it is a grid.
      values.reduce((sum, [, n]) => sum + n, 0) < this.respondents ||
      values.some(([value]) => /^[01]$/.test(value))
    );
    if (!isSeveral) {
      const ids = columns.map((column, i) =>
        this.#addQuestion(column, this.#kindInGrid(column), { text, item: items[i]! })
      );
      const groups = Map.groupBy(ids, (id) => this.#questions[id]!["scale"] ?? id);
      for (const own of groups.values()) this.#chapters.push(own as [string, ...string[]]);
      return;
    }
    const id = this.#texts.id(text);
    const categories = Object.fromEntries(items.map((item, i) => {
      const own = this.#texts.id(item);
      return [own, { ...this.#texts.ask(item), aliases: [columns[i]!.name] }];
    }));
    const scale = this.#scales.addAnswers(id, this.#texts.ask(text), categories);
    this.#questions[id] = {
      label: this.#texts.short(text),
      text: this.#texts.ask(text),
      ...{ kind: "several", scale, base: "all", aliases: [] },
    };
    this.#told.push(
      `${columns.map(({ name }) => name).join(", ")}: question "${id}", several answers`,
    );
    this.#chapters.push([id]);
  }

  #kindInGrid(column: Column): Kind {
    const kind = this.#kindOf(column);
    return kind === "number" || kind === "open" ? kind : "single";
  }
}

interface Stem {
  readonly text: string;
  readonly columns: readonly Column[];
}

function aliasesOf({ name, title }: Column, id: string): string[] {
  return [...new Set([name, title])].filter((text) => normaliseName(text) !== id);
}
