import { categoriesOf, type Codebook } from "../responses/codebook.ts";
import { itemOf } from "../responses/kinds.ts";
import type { Language, Text } from "../responses/language.ts";
import { type Estimate, isMovedByWeights, unweightedShare } from "../statistics/estimate.ts";
import type { EstimateEntry } from "../statistics/estimates_json.ts";
import { texts } from "../words/catalogue.ts";
import { WAVES } from "../words/change_columns.ts";
import { endNames, fullStop, howCounted, missingInWords, TEXT } from "../words/figure_texts.ts";
import { ownText, words } from "../words/message.ts";
import { capitalise } from "../words/prose.ts";
import type { DataColumn, DataTable } from "./notebook_file.ts";

type Entry = EstimateEntry;
type Value = string | number | null;
const WORDS = texts("banner");
const PRECISION = texts("precision");
const FLAGS = texts("reliability");

/**
 * Every question with all its breakdowns as a banner table: answers and sets down, everyone and groups across;
 * first the shares and tests of groups, then what is to be looked up.
 *
 * @param entries What estimates.json holds; no number stands here that does not stand there.
 */
export function questionTables(
  entries: readonly Entry[],
  codebook: Codebook,
  language: Language,
): DataTable[] {
  return [...Map.groupBy(entries, ({ question }) => question).values()]
    .map((own) => questionTable(own, codebook, language));
}

/** Tables without those of which all that they show of the answers stands on the sheets of its questions. */
export function besideQuestionTables(
  tables: readonly DataTable[],
  entries: readonly Entry[],
): DataTable[] {
  const known = new Set(entries.map(numbersOf));
  const isKnown = (estimate: Estimate) => known.has(numbersOf(estimate));
  return tables.filter(({ estimates }) => !estimates?.every(isKnown));
}

/** A part of a base may stand here as the base and there as a group: the numbers are the same. */
function numbersOf(of: Entry | Estimate): string {
  return JSON.stringify([...asEntry(of), of.n, of.count, of.share, of.suppressed]);
}

/** A set may have the id of one of its categories. */
function answerOf({ set, category }: { readonly set?: string | null; category?: string | null }) {
  return set ? `set ${set}` : `category ${category}`;
}

/** Question and answer by the names that they have in estimates.json. */
function asEntry(of: Entry | Estimate): [question: string, answer: string] {
  const item = itemOf(of.question);
  return item ? [item.of, answerOf(item)] : [of.question, answerOf(of)];
}

function questionTable(
  entries: readonly Entry[],
  codebook: Codebook,
  language: Language,
): DataTable {
  const { question, base } = entries[0]!;
  const about = codebook.questions[question] ?? codebook.several![question]!;
  const scale = codebook.scales[about.scale]!;
  const byGroup = Map.groupBy(entries, ({ group }) => JSON.stringify(group));
  // A group that was not asked has no column.
  const groups = [...byGroup.values()].filter((own) => own[0]!.group === null || own[0]!.n !== 0);
  const answers = groups[0]!.map(answerOf);
  const labels = new Map([
    ...Object.entries(scale.categories).map(([category, label]) => [answerOf({ category }), label]),
    ...Object.entries(scale.sets).map(([set, { label }]) => [answerOf({ set }), label]),
  ] as [string, Text][]);
  const { low, high } = endNames(codebook.study.confidence);
  const all = entries.map(asEstimate);
  const rows: { readonly kind: DataColumn["kind"]; readonly values: readonly Value[] }[] = [];
  const add = (
    measure: string,
    kind: DataColumn["kind"],
    valueOf: (entry: Entry) => Value | undefined,
    among = answers,
  ) => {
    for (const answer of among) {
      const values = groups.map((own) => {
        const entry = own.find((each) => answerOf(each) === answer);
        return entry === undefined ? null : valueOf(entry) ?? null;
      });
      if (values.every((value) => value === null || value === "")) continue;
      rows.push({
        kind,
        values: [
          among === answers ? capitalise(labels.get(answer)?.[language] ?? answer) : "",
          measure,
          ...values,
        ],
      });
    }
  };
  const points = (share: number | undefined) => share === undefined ? null : share * 100;
  add(WORDS.asked[language], "count", ({ n }) => n, answers.slice(0, 1));
  add(
    TEXT.share[language],
    "share",
    (entry) => entry.suppressed ? missingInWords(entry.n, language) : entry.share,
  );
  add(WORDS.letter[language], "text", ({ test }) => test?.letter);
  add(
    WORDS.mark[language],
    "text",
    ({ test }) => test && ownText(`breakdown.${test.mark}`)[language],
  );
  add(WORDS.p[language], "p", ({ test }) => test?.p_adjusted);
  add(PRECISION.p[language], "p", ({ test }) => test?.p);
  add(WORDS.above[language], "text", ({ test }) => test?.above.join(" "));
  add(low[language], "share", (entry) => entry.low);
  add(high[language], "share", (entry) => entry.high);
  add(TEXT.count[language], "count", (entry) => entry.count);
  if (all.some(isMovedByWeights)) {
    add(TEXT.unweighted[language], "share", (entry) => unweightedShare(asEstimate(entry)));
  }
  add(WORDS.before[language], "share", ({ change }) => change?.before.share);
  add(WAVES.change[language], "number", ({ change }) => points(change?.difference));
  add(WAVES.from[language], "number", ({ change }) => points(change?.low));
  add(WAVES.to[language], "number", ({ change }) => points(change?.high));
  add(WAVES.p[language], "p", ({ change }) => change?.p_adjusted);
  add(PRECISION.se[language], "share", ({ se }) => se);
  if (entries.some(({ weighted, deff }) => weighted || (deff ?? 1) !== 1)) {
    add(PRECISION.deff[language], "number", ({ deff }) => deff);
    add(PRECISION.effective[language], "count", (entry) => entry.effective_n);
    add(PRECISION.base[language], "number", (entry) => entry.weighted_n, answers.slice(0, 1));
  }
  add(
    PRECISION.flags[language],
    "text",
    ({ reliability }) => reliability.map((flag) => FLAGS[flag][language]).join("; "),
  );
  const how = howCounted(all, codebook.study.confidence)[language];
  const tested = rows.some(({ kind }) => kind === "p") ? ` ${WORDS.tested[language]}` : "";
  return {
    name: `question-${question}`,
    title: about.label[language],
    base: words("banner.base", language, {
      base: codebook.bases[base]?.label[language] ?? base,
      how: fullStop(how),
    }) + tested,
    columns: [
      { label: TEXT.answer[language], kind: "text" },
      { label: WORDS.measure[language], kind: "text" },
      ...groups.map(([first]) => {
        const { variable, category } = first!.group ?? {};
        return {
          kind: "share" as const,
          ...variable ? { over: codebook.variables[variable]!.label[language] } : {},
          label: variable && category
            ? categoriesOf(codebook, variable)?.[category]?.[language] ?? category
            : TEXT.total[language],
        };
      }),
    ],
    rows: rows.map(({ values }) => values),
    kinds: rows.map(({ kind }) => kind),
  };
}

function asEstimate({ group, ...entry }: Entry): Estimate {
  const { variable = null, category = null } = group ?? {};
  return { set: null, category: null, ...entry, variable, group: category };
}
