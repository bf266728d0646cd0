import { inEveryLanguage } from "../responses/language.ts";
import { claim } from "../words/claim.ts";
import type { Finding } from "../words/finding.ts";
import { fact, untestable } from "../words/finding_of_measure.ts";
import type { Survey } from "../responses/survey.ts";
import {
  type Deviation,
  deviationsFromPopulation,
  populationOf,
} from "./deviations_from_population.ts";
import { publishedNumber } from "./published_fact.ts";

/** What the report says of whom it speaks for, and of an earlier study. */
export function representativityClaims(survey: Survey) {
  const most = publishedNumber("gender_deviation_max");
  const deviation = deviationsFromPopulation(survey, "gender")[0] ?? null;
  const members = populationOf(survey).assumed
    ? { da: "det, vi antager om medlemmerne", en: "what we assume of the members" }
    : { da: "medlemmernes", en: "that of the members" };
  return {
    genderClose: claim({
      id: "gender_close_to_population",
      page: 24,
      text: {
        holds: {
          da: (say) => `Kønsfordelingen ligger ${say.points(deviation!)} fra ${members.da}.`,
          en: (say) => `The gender distribution is ${say.points(deviation!)} off ${members.en}.`,
        },
        does_not_hold: {
          da: (say) =>
            `Kønsfordelingen ligger ${
              say.points(deviation!)
            } fra ${members.da}, mere end rapporten siger.`,
          en: (say) =>
            `The gender distribution is ${
              say.points(deviation!)
            } off ${members.en}, more than the report says.`,
        },
        cannot_be_told: {
          da: () =>
            `Hvor tæt kønsfordelingen ligger på medlemmernes, kan ikke siges for disse svar.`,
          en: () =>
            `How close the gender distribution is to the members' cannot be told for these answers.`,
        },
      },
      test: genderTest(deviation, most),
    }),
    earlierStudy: claim({
      id: "earlier_study",
      page: 5,
      text: {
        da: (say) =>
          `I medlemsundersøgelsen fra ${publishedNumber("study_2022_year")} var det ` +
          `${say.percent(publishedNumber("study_2022_pressed") / 100)}, der mærkede et pres på ` +
          `fagligheden.`,
        en: (say) =>
          `In the member survey of ${publishedNumber("study_2022_year")}, ` +
          `${say.percent(publishedNumber("study_2022_pressed") / 100)} felt a pressure on ` +
          `their professional judgement.`,
      },
      test: untestable({
        da: "Andre svar på et andet spørgsmål, som vi ikke har",
        en: "Other answers to another question, which we do not have",
      }),
    }),
  };
}

function genderTest(deviation: Deviation | null, most: number): Finding {
  if (deviation === null) {
    return untestable({
      da: "Kun en del af dem, der svarede, eller for få",
      en: "Only a part of those who answered, or too few",
    });
  }
  return fact(
    Math.abs(deviation.difference) * 100 < most,
    inEveryLanguage((language) =>
      language === "da" ? `under ${most} procentpoint` : `under ${most} percentage points`
    ),
    deviation.evidence,
  );
}
