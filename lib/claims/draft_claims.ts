import { claim } from "../words/claim.ts";
import { about, above, majority } from "../words/finding_of_share.ts";
import { positive, untestable } from "../words/finding_of_measure.ts";
import { TOO_FEW } from "../words/too_few.ts";
import { share } from "../statistics/look_up.ts";
import type { Survey } from "../responses/survey.ts";
import { gammaOf } from "./gamma_of.ts";

/** What the report says on page 8: pressure on professional assessments in drafts. */
export function draftClaims(survey: Survey) {
  const sometimes = { set: "at_least_sometimes" } as const;
  const seldom = { set: "rarely_or_never" } as const;
  const of = survey.codebook.bases["all"]!.who;
  const pressedToChange = share(survey, "pressure_change", sometimes);
  const pressedToOmit = share(survey, "pressure_omit", sometimes);
  const changes = share(survey, "act_change", sometimes);
  const notPressed = share(survey, "pressure_change", seldom);
  const doesNotChange = share(survey, "act_change", seldom);
  return {
    pressedToChange: claim({
      id: "pressed_to_change",
      page: 8,
      text: {
        da: (say) =>
          `${say.fraction(pressedToChange, { of, share: true })} presses mindst en gang imellem ` +
          `til at ændre en faglig vurdering i et udkast til en chef.`,
        en: (say) =>
          `${say.fraction(pressedToChange, { of, share: true })} are pressed at least once in a ` +
          `while to change a professional assessment in a draft for a superior.`,
      },
      test: about(pressedToChange, 1 / 3, 0.05),
    }),
    pressedToOmit: claim({
      id: "pressed_to_omit_nearly_as_many",
      page: 8,
      text: {
        da: (say) =>
          `${say.comparison(pressedToOmit, pressedToChange)} (${
            say.share(pressedToOmit)
          }) presses ` +
          `til at udelade en vurdering.`,
        en: (say) =>
          `${say.comparison(pressedToOmit, pressedToChange)} (${say.share(pressedToOmit)}) are ` +
          `pressed to leave an assessment out.`,
      },
      test: pressedToChange.share === null
        ? untestable(TOO_FEW, [pressedToChange, pressedToOmit])
        : about(pressedToOmit, pressedToChange.share, 0.1),
    }),
    changes: claim({
      id: "changes_under_pressure",
      page: 8,
      text: {
        da: (say) =>
          `${say.fraction(changes, { of, share: true })} ændrer selv mindst en gang imellem en ` +
          `faglig vurdering for at imødekomme et politisk ønske.`,
        en: (say) =>
          `${say.fraction(changes, { of, share: true })} change a professional assessment ` +
          `themselves at least once in a while to suit a political wish.`,
      },
      test: about(changes, 1 / 4, 0.05),
    }),
    notPressed: claim({
      id: "majority_not_pressed",
      page: 8,
      text: {
        da: (say) =>
          `${say.majority(notPressed, { of, share: true })} mærker sjældent eller aldrig et pres ` +
          `for at ændre noget.`,
        en: (say) =>
          `${
            say.majority(notPressed, { of, share: true })
          } rarely or never feel pressed to change ` +
          `anything.`,
      },
      test: majority(notPressed),
    }),
    doesNotChange: claim({
      id: "majority_does_not_change",
      page: 8,
      text: {
        da: (say) =>
          `${say.majority(doesNotChange, { of, share: true })} ændrer sjældent eller aldrig en ` +
          `vurdering af politiske grunde.`,
        en: (say) =>
          `${say.majority(doesNotChange, { of, share: true })} rarely or never change an ` +
          `assessment for political reasons.`,
      },
      test: majority(doesNotChange),
    }),
    partOfDailyLife: claim({
      id: "pressure_part_of_daily_life",
      page: 8,
      text: {
        holds: {
          da: (say) =>
            `Presset er alligevel hverdag for mange: ${say.share(pressedToChange)} kender det.`,
          en: (say) =>
            `Even so the pressure is everyday life for many: ${
              say.share(pressedToChange)
            } know it.`,
        },
        does_not_hold: {
          da: (say) => `Presset er sjældent i hverdagen: ${say.share(pressedToChange)} kender det.`,
          en: (say) => `The pressure is rare in daily life: ${say.share(pressedToChange)} know it.`,
        },
        cannot_be_told: {
          da: (say) =>
            `Om presset er hverdag for mange, kan svarene ikke afgøre ` +
            `(${say.interval(pressedToChange)}).`,
          en: (say) =>
            `Whether the pressure is everyday life for many, these answers cannot tell ` +
            `(${say.interval(pressedToChange)}).`,
        },
      },
      // The report prints no number for "many"; that it is more than one in five is our reading.
      test: above(pressedToChange, 0.2),
    }),
    pressedOnesChange: claim({
      id: "pressed_ones_change_more",
      page: 8,
      text: {
        holds: {
          da: () => `De, der presses, er også dem, der oftest giver efter.`,
          en: () => `Those who are pressed are also those who most often give way.`,
        },
        does_not_hold: {
          da: () => `De, der presses, giver ikke oftere efter end andre.`,
          en: () => `Those who are pressed do not give way more often than others.`,
        },
        cannot_be_told: {
          da: () => `Om de, der presses, også oftere giver efter, kan ikke afgøres.`,
          en: () => `Whether those who are pressed also give way more often cannot be told.`,
        },
      },
      test: positive(gammaOf(survey, "pressure_change", "act_change")),
    }),
  };
}
