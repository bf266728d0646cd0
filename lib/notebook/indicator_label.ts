import { formatDates } from "../words/format_date.ts";
import { formatList } from "../words/format_list.ts";
import { isWordKey, word } from "../words/catalogue.ts";
import { formatCount } from "../words/format_number.ts";
import { domainWords } from "../words/domain_words.ts";
import { words } from "../words/message.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { quoted } from "../words/quoted.ts";
import { categoriesOf, type Codebook } from "../responses/codebook.ts";
import type { Indicator, IndicatorRule, Published } from "../responses/published.ts";

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

function labelOf(
  codebook: Codebook,
  published: Published,
  indicator: Indicator,
  language: Language,
): string {
  const { questions, where, base, rules, unit, kind } = indicator;
  if (unit === "meta") {
    // Two days are one figure: the fact is only the first of them.
    if (typeof indicator.value === "string") return word("indicator.fieldwork", language);
    return factOf(published, rules)?.label[language] ?? indicator.id;
  }
  const group = domainWords(codebook, where)[language];
  const items = questions.map((id) => codebook.questions[id]?.label[language] ?? id).join(" / ");
  if (kind === "profile") {
    const spread = rules.flatMap((rule) => rule.kind === "both_present" ? [rule.categories] : []);
    const sides = [indicator.categories, ...spread].map((categories) =>
      quoted(answerLabel(codebook, { questions, set: null, categories }, language), language)
    );
    return spread.length > 0
      ? words("indicator.both", language, { group, items, sides: formatList(sides, language) })
      : words("indicator.one", language, { group });
  }
  if (items === "") {
    const who = codebook.bases[base]?.label[language] ?? base;
    return words("indicator.number", language, { who });
  }
  const answer = answerLabel(codebook, indicator, language);
  const direction = rules.map((rule) => directionOf(codebook, rule, group, language))
    .find((text) => text !== null);
  const about = `${items}: ${answer}`;
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
  if (rule.kind === "rises" || rule.kind === "falls") {
    const { by, order } = rule;
    const [first = "", last = ""] = [order[0], order.at(-1)].map((id) =>
      categoriesOf(codebook, by)?.[id ?? ""]?.[language] ?? id ?? ""
    );
    const name = codebook.variables[by]?.label[language] ?? by;
    return words(`indicator.${rule.kind}`, language, { first, last, name });
  }
  if (rule.kind !== "greater_than") return null;
  const other = domainWords(codebook, rule.than)[language];
  return words("indicator.greater", language, { group, other });
}

function saidOf(published: Published, indicator: Indicator, language: Language): string {
  const { value, unit, printed, precision, kind } = indicator;
  const inWords = word("indicator.in_words", language);
  if (unit === "direction" || kind === "profile" || value === null) return inWords;
  if (unit === "percent") {
    const number = `${value}${word("number.percent", language)}`;
    return printed ? number : `${inWords} (${number})`;
  }
  if (unit === "count") return formatCount(Number(value), language);
  if (typeof value === "string") {
    const [first = value, last = value] = value.split("/");
    return formatDates(first, last, language);
  }
  const fact = factOf(published, indicator.rules);
  const number = formatCount(value, language);
  const key = `indicator.${fact?.unit.replaceAll(" ", "_") ?? ""}`;
  const said = isWordKey(key) ? word(key, language).replace("{$n}", number) : number;
  return (fact?.precision ?? precision) === "at_least" ? `${said}+` : said;
}

function factOf(published: Published, rules: readonly IndicatorRule[]) {
  const ids = rules.flatMap((rule) => "fact" in rule ? [rule.fact] : []);
  return published.facts.find(({ id }) => ids.includes(id));
}
