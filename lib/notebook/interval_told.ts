import type { Text } from "../responses/language.ts";
import { tell } from "../words/tell.ts";
import { isLinearised } from "../statistics/counts.ts";
import { sampleOf } from "../statistics/sample.ts";
import type { Survey } from "../responses/survey.ts";

/** Which interval the shares of a survey have, fit to stand as a heading. */
export function intervalHeading(survey: Survey): Text {
  const isCorrected = isFinite(survey);
  if (isLinearised(sampleOf(survey))) {
    return {
      da: "Wilsons interval for den effektive stikprøve",
      en: "Wilson's interval for the effective sample",
    };
  }
  return isCorrected
    ? {
      da: "Wilsons interval med korrektion for en endelig population",
      en: "Wilson's interval with a correction for a finite population",
    }
    : { da: "Wilsons interval", en: "Wilson's interval" };
}

/** Why that interval, and what it is of. */
export function intervalTold(survey: Survey): Text {
  const { weighted } = sampleOf(survey);
  const effective = isLinearised(sampleOf(survey))
    ? {
      da: `${
        weighted ? "Med vægte" : "Når der er udtaget efter strata"
      } er det intervallet for den effektive stikprøve: så mange uvægtede, tilfældigt udtagne svar, som ville sige andelen lige så sikkert.`,
      en: `${
        weighted ? "With weights" : "Where people were drawn by strata"
      } it is the interval for the effective sample: as many unweighted answers, drawn at random, as would tell the share as surely.`,
    }
    : { da: "", en: "" };
  return tell(
    {
      da: "Wilsons interval holder sig mellem ingen og alle, også for små andele og små grupper.",
      en:
        "Wilson's interval stays between nobody and everybody, for small shares and small groups too.",
    },
    effective,
    isFinite(survey)
      ? {
        da:
          "Korrektionen for en endelig population gør det smallere, fordi en mærkbar del af alle medlemmerne har svaret.",
        en:
          "The correction for a finite population makes it narrower, since a noticeable part of all members answered.",
      }
      : {
        da:
          "Det er ikke rettet for en endelig population: hvor mange der var inviteret, vides ikke.",
        en:
          "It is not corrected for a finite population: how many people were invited is not known.",
      },
    {
      da: "En andel vises ikke, hvis færre har svaret, end kodebogen tillader.",
      en: "A share is not shown where fewer answered than the codebook allows.",
    },
  );
}

/** Whether variances have a finite population correction, in some stratum at least. */
function isFinite(survey: Survey): boolean {
  const { invited, strata } = sampleOf(survey);
  return strata === undefined ? invited !== null : strata.some(({ invited }) => invited !== null);
}
