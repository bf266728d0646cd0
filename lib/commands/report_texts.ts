import { basename } from "node:path";
import { earlierOf } from "../notebook/change_since.ts";
import { groupWords, howRead, weightingWords } from "../notebook/data_told.ts";
import type { OpenedSurvey } from "../notebook/open_survey.ts";
import type { Baseline } from "../notebook/read_waves.ts";
import type { Progress } from "../report/run_notebooks.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { texts, word } from "../words/catalogue.ts";
import type { Claim } from "../words/claims.ts";
import { formatCount, formatDates } from "../words/format.ts";
import { words } from "../words/message.ts";

const LABELS = texts("run");

/** Facts for the report's last lines, as label and value. */
export function reportDetails(survey: OpenedSurvey, language: Language): [string, string][] {
  const { invited, fieldwork: { from, to } } = survey.codebook.study;
  const { baseline, within } = survey;
  const facts: Partial<Record<keyof typeof LABELS, string | undefined>> = {
    invited: formatCount(invited, language),
    fieldwork: formatDates(from, to, language),
    weights: weightingWords(survey)[language],
    read: howRead(survey)?.[language],
    earlier: baseline ? earlierWords(baseline, language) : undefined,
    group: within && groupWords(survey, language),
  };
  return Object.entries(facts).flatMap(([name, value]) =>
    value === undefined ? [] : [[LABELS[name as keyof typeof LABELS][language], value]]
  );
}

/** The earlier wave: its file and how many answered, or that it is the published figures. */
function earlierWords(baseline: Baseline, language: Language): string {
  const { survey } = baseline;
  if (survey === null) return earlierOf(baseline)[language];
  const { file, respondents: people } = survey.source;
  const told = `${file} (${words("run.people", language, { people })})`;
  const { wave } = survey.codebook.study;
  return wave === undefined ? told : `${wave}: ${told}`;
}

/**
 * Names the claims that do not hold, for `deno task report --strict`.
 *
 * @returns One line per claim below a first one that counts them; null where none is broken. Claims
 *   that cannot be told are not broken.
 */
export function brokenClaims(claims: readonly Claim[]): Text | null {
  const broken = claims.filter(({ verdict }) => verdict === "does_not_hold");
  if (broken.length === 0) return null;
  return inEveryLanguage((language) => {
    const lines = broken.map(({ id, page, said, condition, evidence }) =>
      `  ${id} (${word("broken.page", language)} ${page}): ${said[language]} ` +
      `${word("broken.tested", language)}: ${condition[language]}; ${evidence[language]}.`
    );
    return [words("broken", language, { count: broken.length }), ...lines].join("\n");
  });
}

/** Prints on stderr when a notebook has ended, and how long it took. */
export function printProgress(progress: Progress): void {
  if (progress.step !== "end") return;
  const name = basename(progress.path, ".ipynb");
  const { failure, left, timings } = progress;
  const seconds = (timings.total / 1000).toFixed(1);
  console.error(`${name}: ${failure ? "FAILED" : "done"} in ${seconds} s`);
  if (left.length === 0) return;
  console.error(
    `${name}: ${left.join(", ")} still went on after the last cell and was ended; ` +
      `what it would have shown is missing.`,
  );
}
