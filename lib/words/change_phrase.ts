import { intervalName } from "./interval_name.ts";
import { formatPoints, wholePercent } from "./format_number.ts";
import { pointsRange } from "./change_columns.ts";
import type { Language, Text } from "../responses/language.ts";
import type { Movement } from "../statistics/moved_most.ts";
import type { Voice } from "./voice.ts";

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
    ofTheChange: "for ændringen",
  },
  en: {
    more: "more than in",
    less: "less than in",
    same: "about the same as in",
    moved: "That is more than chance explains",
    chance: "That may be chance",
    among: "Among as many changes as are tested here it may be chance",
    ofTheChange: "of the change",
  },
} as const satisfies Readonly<Record<Language, unknown>>;

/**
 * A change from the share before, and whether chance explains it: `8 percentage points more than in
 * the earlier wave (33%). That is more than chance explains (95% interval of the change: 5 to 12).`
 *
 * @param earlier What the change is since; see {@link EARLIER}.
 * @param confidence Of the interval.
 */
export function sinceSentence(
  change: Movement,
  earlier: Text,
  confidence: number,
  say: Voice,
): string {
  const { language } = say;
  const words = WORDS[language];
  const { difference, low, high, moved, now, before } = change;
  const interval = `${intervalName(confidence)[language]} ${words.ofTheChange}: ` +
    pointsRange(change, language);
  // Shares that print as the same number are not said to differ by one.
  const isSame = wholePercent(Math.abs(difference)) === 0 ||
    wholePercent(now.share) === wholePercent(before.share);
  if (isSame && moved === "none") {
    return `${words.same} ${earlier[language]} (${say.share(before)}; ${interval}).`;
  }
  const size = formatPoints(difference, language, "size");
  const than = difference > 0 ? words.more : words.less;
  const said = moved !== "none" ? words.moved : low > 0 || high < 0 ? words.among : words.chance;
  return `${size} ${than} ${earlier[language]} (${say.share(before)}). ${said} (${interval}).`;
}
