import type { Language } from "../../lib/responses/language.ts";
import { codebook, population, readPublished } from "../../lib/responses/study.ts";
import type { Claim } from "../../lib/words/claims.ts";
import { formatCount, formatDate, formatDates, formatDecimal } from "../../lib/words/format.ts";
import { plainProse } from "../../lib/words/prose.ts";

/** Numbers that stay the same whatever the answers are, and why. */
const FIXED: readonly RegExp[] = [
  // What a claim was tested against is the report's own.
  /\b(?:Prøvet|Tested): .*? (?:Svarene giver|The answers give)/g,
  /\d+-rapporten|The \d+ report|\((?:s|p)\. \d+\)|I \d+ skrev|In \d+ the report/g,
  // The level of all intervals, and that of the breakdowns' tests.
  /95\s?%(-interval\w*)?/g,
  /Benjamini (?:og|and) Hochberg, 5(?: pct\.|%)/g,
  // Where in the published report.
  /\b(?:side|sider|siderne|page|pages)\s+\d+(?:\s*(?:,|og|and|–|-)\s*\d+)*/gi,
  // What an analyst's own cell counted, which no report shows.
  /^Counted by hand: .*/g,
  // How many statements rest on a test: it is in data/claims.json.
  /\d+ udsagn hviler på en test|\d+ statements rest on a test/g,
  // Why printed shares add up to more or less.
  /100 pct\. tilsammen|add up to 100%/g,
  // The ends of any share.
  /0 (?:og|and) 100(?: pct\.|%)/g,
  // p values below what is printed exactly.
  /p [<>] 0[.,]\d+/g,
  // Within how much a number is rounded where an exact one would tell of a few.
  /inden for \d+ personer|within \d+ people/g,
  // The step of a score in a regression.
  /\+1 SD/g,
  // How many profiles, readings and facts data/published.json has.
  /\b(\d+) (?:af|of) \1\b/g,
  /^\d+ steder kan|^In \d+ places the printed/g,
  /\b\d+ (?:oplyst, ikke et svar|stated, not an answer)/g,
];

/**
 * The text without the numbers that do not come from the answers: the study's facts and the
 * codebook's labels (data/codebook.json), the report's readings (data/published.json), and claims
 * that no answer stands behind (the interviews).
 */
export function withoutDocumented(
  text: string,
  language: Language,
  ledger: readonly Claim[],
): string {
  const answersOnly = documented(language, ledger).reduce(
    (rest, fixed) => rest.replaceAll(standingAlone(fixed), " "),
    text,
  );
  return FIXED.reduce((rest, pattern) => rest.replaceAll(pattern, " "), answersOnly);
}

/** Nothing of it comes from the answers: the interviews, or a fact that the codebook states. */
function isDocumented({ verdict, estimates }: Claim): boolean {
  return verdict === "interviews" || (verdict === "stated" && estimates.length === 0);
}

/** The members' distribution as evidence puts it. */
function populationShares(language: Language): string[] {
  return Object.values(population().margins).flatMap((margin) =>
    Object.values(margin).map((share) => {
      const percent = formatDecimal(share * 100, 1, language);
      return language === "da"
        ? `mod ${percent} pct. blandt medlemmerne`
        : `against ${percent}% of the members`;
    })
  );
}

/** Not within a longer number. */
function standingAlone(text: string): RegExp {
  return new RegExp(
    `(?<![\\d.,])${text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(?![\\d]|[.,]\\d)`,
    "gi",
  );
}

const known = new Map<string, readonly string[]>();

function documented(language: Language, ledger: readonly Claim[]): readonly string[] {
  const before = known.get(language);
  if (before) return before;
  const { study, variables, questions, bases, disclosure } = codebook();
  const count = (n: number) => formatCount(n, language);
  const { from, to } = study.fieldwork;
  const texts = [
    formatDates(from, to, language),
    formatDate(from, language),
    formatDate(to, language),
    count(study.invited),
    `n = ${count(study.interviews.count)}`,
    `${count(study.interviews.count)} interview`,
    `blev ${count(study.interviews.count)}, der ofte presses`,
    `${count(study.interviews.count)} who are often pressed`,
    `omkring ${study.interviews.minutes} minutter`,
    `about ${study.interviews.minutes} minutes`,
    ...Object.values(variables).flatMap(({ categories }) =>
      Object.values(categories).map((category) => category[language])
    ),
    ...Object.values(questions).map(({ text }) => text[language]),
    ...Object.values(bases).map(({ label }) => label[language]),
    ...readPublished().ambiguities.map(({ text }) => text[language]),
    ...ledger.map(({ said }) => said[language]),
    ...ledger.filter(isDocumented)
      .flatMap(({ text, evidence }) => [plainProse(text[language]), evidence[language]]),
    ...populationShares(language),
    // The limits of disclosure control.
    ...Object.values(disclosure).flatMap((limit = 0) => [
      `færre end ${count(limit)}`,
      `fewer than ${count(limit)}`,
    ]),
  ].filter((each) => /\d/.test(each) && !/^\d{1,2}\+?$/.test(each));
  const longestFirst = [...new Set(texts)].sort((a, b) => b.length - a.length);
  known.set(language, longestFirst);
  return longestFirst;
}
