import { formatDates } from "../words/format_date.ts";
import { formatList } from "../words/format_list.ts";
import { formatCount } from "../words/format_number.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { quoted } from "../words/quoted.ts";
import { categoriesOf, type Codebook } from "../responses/codebook.ts";
import type { Indicator, IndicatorRule, Published } from "../responses/published.ts";
import type { Where } from "./indicator_estimate.ts";

/**
 * A published figure in the codebook's words: what it is, and what the report says.
 *
 * @returns `label`: question, answer and group, or the fact's name. `published`: the number as
 *   printed, `in words` where the report has words for it (with our reading in brackets).
 */
export function describeIndicator(
  codebook: Codebook,
  published: Published,
  indicator: Indicator,
): { readonly label: Text; readonly published: Text } {
  return {
    label: inEveryLanguage((language) => labelOf(codebook, published, indicator, language)),
    published: inEveryLanguage((language) => saidOf(published, indicator, language)),
  };
}

const WORDS = {
  da: { one: "mindst én blandt", rises: "stiger", falls: "falder", from: "fra", to: "til" },
  en: { one: "at least one among", rises: "rises", falls: "falls", from: "from", to: "to" },
};

function labelOf(
  codebook: Codebook,
  published: Published,
  indicator: Indicator,
  language: Language,
): string {
  const { questions, where, base, rules, unit, kind } = indicator;
  if (unit === "meta") {
    // Two days are one figure: the fact is only the first of them.
    if (typeof indicator.value === "string") return language === "da" ? "Indsamling" : "Fieldwork";
    return factOf(published, rules)?.label[language] ?? indicator.id;
  }
  const group = whereLabel(codebook, where, language);
  const items = questions.map((id) => codebook.questions[id]?.label[language] ?? id);
  if (kind === "profile") {
    const spread = rules.flatMap((rule) => rule.kind === "both_present" ? [rule.categories] : []);
    const sides = [indicator.categories, ...spread].map((categories) =>
      answerLabel(codebook, { questions, set: null, categories }, language)
    );
    const both = language === "da" ? "både " : "both ";
    return spread.length > 0
      ? `${group}; ${items.join(" / ")}: ${both}${
        formatList(sides.map((side) => quoted(side, language)), language, "and")
      }`
      : `${WORDS[language].one} ${group}`;
  }
  if (items.length === 0) {
    const who = codebook.bases[base]?.label[language] ?? base;
    return language === "da" ? `Antal: ${who}` : `Number: ${who}`;
  }
  const answer = answerLabel(codebook, indicator, language);
  const direction = rules.map((rule) => directionOf(codebook, rule, group, language))
    .find((text) => text !== null);
  const about = `${items.join(" / ")}: ${answer}`;
  if (direction) return `${about}; ${direction}`;
  return group === "" ? about : `${about} (${group})`;
}

/** The name of the set, or of the categories where they make up no named one. */
function answerLabel(
  codebook: Codebook,
  { questions: [question = ""], set, categories }: Pick<
    Indicator,
    "questions" | "set" | "categories"
  >,
  language: Language,
): string {
  const scale = codebook.scales[codebook.questions[question]?.scale ?? ""];
  const named = set === null
    ? Object.values(scale?.sets ?? {}).find((each) => each.categories.join() === categories.join())
    : scale?.sets[set];
  return named?.label[language] ?? formatList(
    categories.map((id) => (scale?.categories[id]?.[language] ?? id).toLocaleLowerCase(language)),
    language,
  );
}

function directionOf(
  codebook: Codebook,
  rule: IndicatorRule,
  group: string,
  language: Language,
): string | null {
  const { from, to, ...ways } = WORDS[language];
  if (rule.kind === "rises" || rule.kind === "falls") {
    const { by, order } = rule;
    const ends = [order[0], order.at(-1)].map((id) =>
      categoriesOf(codebook, by)?.[id ?? ""]?.[language] ?? id
    );
    const name = codebook.variables[by]?.label[language] ?? by;
    return `${ways[rule.kind]} ${from} ${quoted(ends[0] ?? "", language)} ${to} ${
      quoted(ends[1] ?? "", language)
    } (${name})`;
  }
  if (rule.kind !== "greater_than") return null;
  const other = whereLabel(codebook, rule.than, language);
  return language === "da"
    ? `flere af dem med ${quoted(group, language)} end af dem med ${quoted(other, language)}`
    : `more of those with ${quoted(group, language)} than of those with ${quoted(other, language)}`;
}

/** A group in words: the category; for a yes-or-no variable its own name, with its answer if no. */
function whereLabel(codebook: Codebook, where: Where, language: Language): string {
  return Object.entries(where).map(([name, ids]) => {
    const all = categoriesOf(codebook, name) ?? {};
    const label = (codebook.variables[name] ?? codebook.questions[name])?.label[language] ?? name;
    const chosen = formatList(ids.map((id) => all[id]?.[language] ?? id), language, "or");
    if ("yes" in all) return ids.join() === "yes" ? label : `${label}: ${chosen}`;
    return name === "pressure" || name === "managers_between" ? `${label}: ${chosen}` : chosen;
  }).join(", ");
}

function saidOf(published: Published, indicator: Indicator, language: Language): string {
  const { value, unit, printed, precision, kind } = indicator;
  const inWords = language === "da" ? "i ord" : "in words";
  if (unit === "direction" || kind === "profile" || value === null) return inWords;
  if (unit === "percent") {
    const number = `${value}${language === "da" ? " pct." : "%"}`;
    return printed ? number : `${inWords} (${number})`;
  }
  if (unit === "count") return formatCount(Number(value), language);
  if (typeof value === "string") {
    const [first = value, last = value] = value.split("/");
    return formatDates(first, last, language);
  }
  const fact = factOf(published, indicator.rules);
  const number = formatCount(value, language);
  const said = UNITS[language][fact?.unit ?? ""]?.(number) ?? number;
  return (fact?.precision ?? precision) === "at_least" ? `${said}+` : said;
}

const UNITS: Readonly<Record<Language, Readonly<Record<string, (n: string) => string>>>> = {
  da: {
    percent: (n) => `${n} pct.`,
    "percentage points": (n) => `under ${n} procentpoint`,
    minutes: (n) => `ca. ${n} minutter`,
    "e-mails": (n) => `op til ${n}`,
  },
  en: {
    percent: (n) => `${n}%`,
    "percentage points": (n) => `under ${n} percentage points`,
    minutes: (n) => `about ${n} minutes`,
    "e-mails": (n) => `up to ${n}`,
  },
};

function factOf(published: Published, rules: readonly IndicatorRule[]) {
  const ids = rules.flatMap((rule) => "fact" in rule ? [rule.fact] : []);
  return published.facts.find(({ id }) => ids.includes(id));
}
