import { formatList } from "../words/format_list.ts";
import { formatCount } from "../words/format_number.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import type { Reproduced, Reproduction } from "./reproduce.ts";

/** What became of a figure, fit to stand alone. */
export const REPRODUCED_WORDS: Readonly<Record<Reproduced, Text>> = {
  reproduced: { da: "genfundet", en: "reproduced" },
  by_chance: { da: "afviger inden for usikkerheden", en: "differs within chance" },
  differs: { da: "afviger", en: "differs" },
  documented: { da: "oplyst, ikke et svar", en: "stated, not an answer" },
  too_few: { da: "for få svar", en: "too few answers" },
  not_asked: { da: "ikke spurgt", en: "not asked" },
};

/** `132 published figures: 125 are reproduced and 7 are stated facts that no answer can show.` */
export function summariseReproduction(reproductions: readonly Reproduction[]): Text {
  return inEveryLanguage((language) => {
    const said = (Object.keys(PREDICATES[language]) as Reproduced[]).flatMap((verdict) => {
      const count = countReproduced(reproductions, verdict);
      return count === 0
        ? []
        : [`${formatCount(count, language)} ${PREDICATES[language][verdict](count)}`];
    });
    const total = formatCount(reproductions.length, language);
    const figures = language === "da"
      ? reproductions.length === 1 ? "offentliggjort tal" : "offentliggjorte tal"
      : reproductions.length === 1
      ? "published figure"
      : "published figures";
    // Danish has a comma between main clauses, before "og" too.
    const list = language === "da"
      ? said.join(", ").replace(/, (?=[^,]*$)/, ", og ")
      : formatList(said, language, "and");
    return `${total} ${figures}: ${list}.`;
  });
}

/** How many figures have a verdict. */
export function countReproduced(
  reproductions: readonly Reproduction[],
  verdict: Reproduced,
): number {
  return reproductions.filter((each) => each.verdict === verdict).length;
}

const are = (count: number) => count === 1 ? "is" : "are";

const PREDICATES: Readonly<
  Record<Language, Readonly<Record<Reproduced, (count: number) => string>>>
> = {
  da: {
    reproduced: () => "er genfundet",
    by_chance: () => "afviger inden for usikkerheden",
    differs: () => "afviger mere",
    documented: () => "er oplyst om undersøgelsen og kan ikke ses af svarene",
    too_few: () => "har for få svar",
    not_asked: () => "er der ikke spurgt om",
  },
  en: {
    reproduced: (count) => `${are(count)} reproduced`,
    by_chance: (count) => `${count === 1 ? "differs" : "differ"} within chance`,
    differs: (count) => `${count === 1 ? "differs" : "differ"} by more`,
    documented: (count) => `${are(count)} stated about the study and cannot be seen in the answers`,
    too_few: (count) => `${count === 1 ? "has" : "have"} too few answers`,
    not_asked: (count) => `${count === 1 ? "was" : "were"} not asked about`,
  },
};
