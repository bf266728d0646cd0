import { formatCount } from "../words/format_number.ts";
import { inEveryLanguage } from "../responses/language.ts";
import type { Finding } from "../words/finding.ts";
import { untestable } from "../words/finding_of_measure.ts";
import type { Survey } from "../responses/survey.ts";

/** What is found of a statement that rests on the interviews alone: too few people to count. */
export function interviewsOnly({ codebook }: Survey): Finding {
  return untestable(inEveryLanguage((language) => {
    const count = formatCount(codebook.study.interviews.count, language);
    return language === "da"
      ? `Hviler på interview (n = ${count}), som ikke kan tælles op`
      : `Rests on interviews (n = ${count}), which are not for counting`;
  }));
}
