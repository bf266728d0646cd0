import { categoriesOf, type Codebook } from "../responses/codebook.ts";
import { unweighted } from "../responses/counted_answers.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import type { Indicator, IndicatorRule, Published } from "../responses/published.ts";
import { readPublished } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { peopleAmong } from "../statistics/count_answers.ts";
import { inPercent, wholePercent } from "../statistics/estimate.ts";
import {
  type Checked,
  checkRule,
  indicatorEstimate,
  isAsked,
  responseRate,
} from "../statistics/verdict.ts";
import { isWordKey, texts, word } from "../words/catalogue.ts";
import { domainWords } from "../words/change_columns.ts";
import { formatCount, formatDates, formatList, quotedText } from "../words/format.ts";
import { ownText } from "../words/message.ts";
import { escapeHtml } from "../words/prose.ts";
import { type Column, dataTableHtml, number, tabulated, text } from "./data_table.ts";
import { type Showable, Shown } from "./notebook_file.ts";

/**
 * What became of a published figure: every rule of it is met; one is not, but the interval has room for it, or
 * chance does not explain it; no answer can tell it; or there is nothing to compare with.
 */
type Reproduced = keyof typeof CLASSES;

/** By verdict, in the order in which they are counted, the class that the report's style sheet has. */
const CLASSES = {
  reproduced: "verdict holds",
  by_chance: "verdict unknown",
  differs: "verdict fails",
  documented: "badge",
  too_few: "verdict unknown",
  not_asked: "verdict unknown",
};

/** A published figure beside the same one made from these answers. */
export interface Reproduction {
  readonly indicator: Indicator;
  /** What the figure is, in the codebook's words. */
  readonly label: Text;
  /** What the report says: the number, or the statement. */
  readonly published: Text;
  /** What these answers give, in the same form; words where nothing may be shown. */
  readonly found: Text;
  /** The share, 0 to 1, where the figure is one and may be shown. */
  readonly share: number | null;
  /** The people it is out of, unweighted; null for facts about the study. */
  readonly n: number | null;
  /** Share found minus share published, in percentage points; for counts, people. */
  readonly difference: number | null;
  readonly verdict: Reproduced;
}

/**
 * Makes every published figure again from the answers, without weights, as the report has none. Numbers are
 * compared as printed, rounded half up; words (above, most, rises) by the unrounded shares.
 */
export function reproduce(survey: Survey, published: Published): Reproduction[] {
  const plain = unweighted(survey);
  return published.indicators.map((indicator) => reproduceOne(plain, published, indicator));
}

function reproduceOne(survey: Survey, published: Published, indicator: Indicator): Reproduction {
  const known = {
    indicator,
    label: labelOf(survey.codebook, published, indicator),
    published: saidOf(published, indicator),
    ...NO_NUMBER,
  };
  if (indicator.rules.some(({ kind }) => kind === "documented")) {
    return { ...known, found: ownText("found.documented"), verdict: "documented" };
  }
  if (!isAsked(survey, indicator)) {
    return { ...known, found: ownText("reproduced.not_asked"), verdict: "not_asked" };
  }
  const checked = indicator.rules.map((rule) => checkRule(survey, published, indicator, rule));
  return { ...known, ...measured(survey, indicator, checked), verdict: verdictOf(checked) };
}

function verdictOf(checked: readonly Checked[]): Reproduced {
  if (checked.some(({ met }) => met === null)) return "too_few";
  const broken = checked.filter(({ met }) => met === false);
  if (broken.length === 0) return "reproduced";
  return broken.every(({ chance }) => chance) ? "by_chance" : "differs";
}

/** What was found, in numbers and in words. */
type Measured = Pick<Reproduction, "found" | "share" | "n" | "difference">;

const NO_NUMBER = { share: null, n: null, difference: null };
const TOO_FEW = ownText("too_few");

function measured(survey: Survey, indicator: Indicator, checked: readonly Checked[]): Measured {
  const value = typeof indicator.value === "number" ? indicator.value : NaN;
  const differenceOf = (found: number) => {
    const difference = found - value;
    return Number.isNaN(difference) ? null : difference;
  };
  const met = checked.map(({ met }) => met);
  const said = met.includes(null)
    ? TOO_FEW
    : ownText(met.includes(false) ? "found.no" : "found.yes");
  switch (indicator.kind === "profile" ? "profile" : indicator.unit) {
    case "profile":
      return { ...NO_NUMBER, found: said };
    case "direction":
      return { ...NO_NUMBER, found: said, n: peopleAmong(survey, indicator) };
    case "percent": {
      const { share, n } = indicatorEstimate(survey, indicator);
      return {
        found: share === null ? TOO_FEW : wholePercents(wholePercent(share)),
        ...{ share, n },
        difference: share === null ? null : differenceOf(inPercent(share)),
      };
    }
    case "count": {
      // Of a few, only that there are some.
      const n = peopleAmong(survey, indicator);
      const found = n === 0 ? ownText("found.nobody") : counted(n);
      return { ...NO_NUMBER, found, n, difference: differenceOf(n) };
    }
    case "meta": {
      const isRate = indicator.rules.some(({ kind }) => kind === "response_rate");
      const rate = isRate ? responseRate(survey) : null;
      const found = !isRate
        ? counted(survey.source.respondents)
        : rate === null
        ? TOO_FEW
        : wholePercents(rate);
      return {
        share: null,
        n: isRate ? survey.codebook.study.invited : null,
        // How many of a group were invited nobody knows.
        found: survey.within ? ownText("found.everyone", { found }) : found,
        difference: differenceOf(rate ?? NaN),
      };
    }
  }
}

/** A whole per cent as the report prints it. */
function wholePercents(percent: number): Text {
  return inEveryLanguage((language) => `${percent}${word("number.percent", language)}`);
}

function counted(n: number): Text {
  if (Number.isNaN(n)) return TOO_FEW;
  return inEveryLanguage((language) => formatCount(n, language));
}

/** What a published figure is, in the codebook's words: question, answer and group, or the fact's name. */
function labelOf(codebook: Codebook, published: Published, indicator: Indicator): Text {
  const { questions, categories, where, base, rules, unit, kind } = indicator;
  if (unit === "meta") {
    // Two days are one figure: the fact is only the first of them.
    if (typeof indicator.value === "string") return ownText("indicator.fieldwork");
    return factOf(published, rules)?.label ?? ownText("indicator.fieldwork");
  }
  const group = domainWords(codebook, where);
  const items = inEveryLanguage((language) =>
    questions.map((id) => codebook.questions[id]?.label[language] ?? id).join(" / ")
  );
  if (kind === "profile") {
    const spread = rules.flatMap((rule) => rule.kind === "both_present" ? [rule.categories] : []);
    if (spread.length === 0) return ownText("indicator.one", { group });
    const sides = [categories, ...spread].map((each) =>
      quotedText(answerLabel(codebook, { questions, set: null, categories: each }))
    );
    return ownText("indicator.both", { group, items, sides });
  }
  if (questions.length === 0) {
    return ownText("indicator.number", { who: codebook.bases[base]!.label });
  }
  const answer = answerLabel(codebook, indicator);
  const direction = rules.flatMap((rule) => directionOf(codebook, rule, group))[0];
  return inEveryLanguage((language) => {
    const about = `${items[language]}: ${answer[language]}`;
    if (direction) return `${about}; ${direction[language]}`;
    return group[language] === "" ? about : `${about} (${group[language]})`;
  });
}

/** The name of the set, or of the categories where they make up no named one. */
function answerLabel(
  codebook: Codebook,
  { questions, set, categories }: Pick<Indicator, "questions" | "set" | "categories">,
): Text {
  const { sets, categories: all } = codebook.scales[codebook.questions[questions[0]!]!.scale]!;
  const named = set === null
    ? Object.values(sets).find((each) => each.categories.join() === categories.join())
    : sets[set];
  return named?.label ?? inEveryLanguage((language) =>
    formatList(
      categories.map((id) => (all[id]?.[language] ?? id).toLocaleLowerCase(language)),
      language,
    )
  );
}

function directionOf(codebook: Codebook, rule: IndicatorRule, group: Text): Text[] {
  if (rule.kind === "rises" || rule.kind === "falls") {
    const { by, order } = rule;
    const labels = categoriesOf(codebook, by)!;
    return [
      ownText(`indicator.${rule.kind}`, {
        ...{ first: labels[order[0]!]!, last: labels[order.at(-1)!]! },
        name: codebook.variables[by]?.label ?? by,
      }),
    ];
  }
  if (rule.kind !== "greater_than") return [];
  return [ownText("indicator.greater", { group, other: domainWords(codebook, rule.than) })];
}

/** What the report says: the number as printed, "in words" where it has words for it (our reading in brackets). */
function saidOf(published: Published, indicator: Indicator): Text {
  const { value, unit, printed, precision, kind } = indicator;
  return inEveryLanguage((language) => {
    const inWords = word("indicator.in_words", language);
    if (unit === "direction" || kind === "profile" || value === null) return inWords;
    if (unit === "percent") {
      const number = wholePercents(Number(value))[language];
      return printed ? number : `${inWords} (${number})`;
    }
    if (typeof value === "string") {
      const [first = value, last = value] = value.split("/");
      return formatDates(first, last, language);
    }
    const number = formatCount(value, language);
    if (unit === "count") return number;
    const fact = factOf(published, indicator.rules);
    const key = `indicator.${fact?.unit.replaceAll(" ", "_") ?? ""}`;
    const said = isWordKey(key) ? word(key, language).replace("{$n}", number) : number;
    return (fact?.precision ?? precision) === "at_least" ? `${said}+` : said;
  });
}

function factOf(published: Published, rules: readonly IndicatorRule[]) {
  const ids = rules.flatMap((rule) => "fact" in rule ? [rule.fact] : []);
  return published.facts.find(({ id }) => ids.includes(id));
}

const WORDS = texts("figures");
const VERDICTS = texts("reproduced");

/** Every published figure beside the one made here: a table per page, one click away; in the workbook one. */
export function reproductionTable(reproductions: readonly Reproduction[]): Showable {
  const pages = [...Map.groupBy(reproductions, ({ indicator }) => indicator.page)]
    .sort(([a], [b]) => a - b);
  const page = texts("claims").page;
  const columns: Column<Reproduction>[] = [
    text(WORDS.figure, ({ label }) => label),
    text(WORDS.published, ({ published }) => published),
    text(WORDS.found, ({ found }) => found),
    number("number", WORDS.exact, ({ share }) => share && share * 100, 1),
    number("count", WORDS.n, ({ n }) => n),
    number("number", WORDS.points, ({ difference }) => difference, 1),
    text(WORDS.result, ({ verdict }) => VERDICTS[verdict]),
  ];
  const all = tabulated(pages.flatMap(([, figures]) => figures), [
    number("count", page, ({ indicator }) => indicator.page),
    ...columns,
  ], {
    ...{ name: "published-figures", title: WORDS.title, base: WORDS.base },
  });
  const tables = pages.map(([page, figures]) => {
    const title = summaryOf(page, figures);
    const name = `figures-page-${page}`;
    return {
      title,
      figures,
      table: tabulated(figures, columns, { name, title, base: WORDS.base }),
    };
  });
  return new Shown((language) => {
    const html = tables.map(({ title, figures, table }) => {
      const badgeOf = (down: number, at: number) =>
        at < columns.length - 1 ? null : badge(figures[down]!.verdict, language);
      return `<details class="data-table"><summary>${escapeHtml(title[language])}</summary>\n${
        dataTableHtml(table(language), language, badgeOf)
      }</details>`;
    }).join("\n") + `\n<p class="base">${WORDS.base[language]}</p>`;
    const lines = tables.map(({ title }) => title[language]).join("\n");
    return {
      outputs: [{ "text/html": html, "text/plain": lines }],
      part: { html, tables: [all(language)] },
    };
  });
}

function badge(verdict: Reproduced, language: Language): string {
  return `<span class="${CLASSES[verdict]}">${VERDICTS[verdict][language]}</span>`;
}

function summaryOf(page: number, figures: readonly Reproduction[]): Text {
  const gist = readPublished().pages.find((each) => each.page === page)?.gist ?? "";
  const all = figures.length - countReproduced(figures, "documented");
  const found = countReproduced(figures, "reproduced");
  const counted = all === 0
    ? VERDICTS.documented
    : ownText("figures.of", { found, all, word: VERDICTS.reproduced });
  return ownText("figures.summary", { page, gist, counted });
}

/** `132 published figures: 125 are reproduced and 7 are stated facts that no answer can show.` */
export function summariseReproduction(reproductions: readonly Reproduction[]): Text {
  const parts = (Object.keys(CLASSES) as Reproduced[]).flatMap((verdict) => {
    const n = countReproduced(reproductions, verdict);
    return n === 0 ? [] : [ownText(`reproduced.count.${verdict}`, { n })];
  });
  const joined = inEveryLanguage((language) =>
    formatList(parts.map((part) => part[language]), language, "clauses")
  );
  return ownText("reproduced.sentence", { n: reproductions.length, parts: joined });
}

/** How many figures have a verdict. */
export function countReproduced(
  reproductions: readonly Reproduction[],
  verdict: Reproduced,
): number {
  return reproductions.filter((each) => each.verdict === verdict).length;
}
