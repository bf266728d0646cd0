import { randomStream } from "../../../lib/responses/synthesis/random.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../../../lib/responses/survey.ts";
import { makeSurvey } from "../make_survey.ts";

/** The variables of the made surveys that everybody knows of everybody. */
export const BACKGROUND = [
  "gender",
  "age_group",
  "serves_politicians",
  "makes_decisions",
  "managers_between",
  "role",
];

const [YES, NO] = [1, 2];

/**
 * A survey as small ones are: from twenty people on, with the shipped routing, rare answers, small
 * groups and here and there an answer left out. The same seed makes the same one.
 */
export function smallSurvey(seed: number, leastBase: number, most = 150): Survey {
  const { uniform } = randomStream(seed, "small survey");
  const people = 20 + Math.floor(uniform() * (most - 20));
  const skew = 0.4 + uniform() * 0.5;
  // In every third survey there are few men, and few who do not serve politicians.
  const few = seed % 3 === 0 ? 0.9 : 0.6;
  const missing = [0, 0.01, 0.04][Math.floor(uniform() * 3)]!;
  const pick = (categories: number, first: number) => {
    if (uniform() < missing) return NO_ANSWER;
    let code = 1;
    while (code < categories && uniform() > first) code++;
    return code;
  };
  const rows = Array.from({ length: people }, () => {
    const [serves, makes] = [pick(2, few), pick(2, 0.5)];
    const asked = pick(4, 0.4);
    const pressed = pick(5, 0.3);
    return {
      gender: pick(2, few),
      age_group: pick(3, 0.45),
      serves_politicians: serves,
      makes_decisions: makes,
      managers_between: serves === YES ? asked : serves === NO ? NOT_ASKED : NO_ANSWER,
      role: serves === NO_ANSWER || makes === NO_ANSWER
        ? NO_ANSWER
        : serves === YES
        ? (makes === YES ? 2 : 1)
        : makes === YES
        ? 3
        : 4,
      wellbeing: pick(6, skew),
      pressure_change: pressed,
      pressure: [NO_ANSWER, 1, 1, 2, 3, 3][pressed]!,
    };
  });
  const names = Object.keys(rows[0]!) as (keyof typeof rows[0])[];
  const survey = makeSurvey(
    Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])),
  );
  return { ...survey, codebook: { ...survey.codebook, disclosure: { least_base: leastBase } } };
}
