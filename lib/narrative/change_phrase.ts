import { formatPoints, wholePercent } from "../language/format_number.ts";
import { pointsRange } from "../charts/change_columns.ts";
import type { Language, Text } from "../language/language.ts";
import type { Movement } from "../statistics/moved_most.ts";

/** What a change is since, fit to follow "since": an earlier wave, or what was published of it. */
export const EARLIER = {
  wave: { da: "den tidligere runde", en: "the earlier wave" },
  published: { da: "de offentliggjorte tal", en: "the published figures" },
} as const satisfies Readonly<Record<string, Text>>;

const WORDS = {
  da: {
    more: "mere end i",
    less: "mindre end i",
    same: "stort set som i",
    moved: "Det er mere, end tilfældet kan forklare",
    chance: "Det kan være tilfældigt",
    among: "Blandt så mange ændringer, som der prøves her, kan det være tilfældigt",
    interval: "95%-interval for ændringen",
  },
  en: {
    more: "more than in",
    less: "less than in",
    same: "about the same as in",
    moved: "That is more than chance explains",
    chance: "That may be chance",
    among: "Among as many changes as are tested here it may be chance",
    interval: "95% interval of the change",
  },
} as const satisfies Readonly<Record<Language, unknown>>;

/** A change in words: `8 percentage points more than in the earlier wave`. */
export function changePhrase({ difference }: Movement, earlier: Text, language: Language): string {
  const words = WORDS[language];
  if (wholePercent(Math.abs(difference)) === 0) return `${words.same} ${earlier[language]}`;
  const size = formatPoints(difference, language, "size");
  return `${size} ${difference > 0 ? words.more : words.less} ${earlier[language]}`;
}

/** Whether chance explains a change, as a sentence with its interval. */
export function chanceSentence(change: Movement, language: Language): string {
  const words = WORDS[language];
  const { low, high, moved } = change;
  const said = moved !== "none" ? words.moved : low > 0 || high < 0 ? words.among : words.chance;
  return `${said} (${words.interval}: ${pointsRange(change, language)}).`;
}
