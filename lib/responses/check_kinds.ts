import type { Written } from "./codebook_schema.ts";
import { aboutNumbers, type Asked } from "./kinds.ts";

/** What a question has of numbers alone. */
const OF_NUMBERS: (keyof Asked)[] = [
  ...["min", "max", "decimals", "unit", "bands"] as const,
  ...["sets", "net", "main_set", "dont_know", "no_answer"] as const,
];

/** What is wrong with the kinds of a codebook's questions. */
export function brokenKinds({ scales, questions, scores = {} }: Written): string[] {
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
    for (
      const [key, name] of [["main_set", main_set], ["net.plus", net?.plus], [
        "net.minus",
        net?.minus,
      ]]
    ) {
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
