import { claim } from "../words/claim.ts";
import { about, printed } from "../words/finding_of_share.ts";
import { more } from "../words/finding_of_difference.ts";
import { positive } from "../words/finding_of_measure.ts";
import { share } from "../statistics/look_up.ts";
import type { Survey } from "../responses/survey.ts";
import { gapOfQuestions } from "./gap_of_questions.ts";
import { gammaOf } from "./gamma_of.ts";
import { publishedPercent } from "./published_percent.ts";

/** What the report says on page 10: pressure on rulings. */
export function decisionClaims(survey: Survey) {
  const sometimes = { set: "at_least_sometimes" } as const;
  const rarely = { category: "rarely" } as const;
  const of = survey.codebook.bases["makes_decisions"]!.who;
  const pressed = share(survey, "decision_pressure_change", sometimes);
  const pressedRarely = share(survey, "decision_pressure_change", rarely);
  const changes = share(survey, "decision_act_change", sometimes);
  const changesRarely = share(survey, "decision_act_change", rarely);
  return {
    pressedInRulings: claim({
      id: "pressed_in_rulings",
      page: 10,
      text: {
        da: (say) =>
          `${say.fraction(pressed, { of, share: true })} mærker mindst en gang imellem politisk ` +
          `pres for at ændre noget fagligt i en afgørelse.`,
        en: (say) =>
          `${
            say.fraction(pressed, { of, share: true })
          } feel political pressure at least once in ` +
          `a while to change something professional in a ruling.`,
      },
      test: about(pressed, 1 / 3, 0.1),
    }),
    pressedRarely: claim({
      id: "pressed_in_rulings_rarely",
      page: 10,
      text: {
        da: (say) => `Yderligere ${say.share(pressedRarely)} mærker det sjældent.`,
        en: (say) => `A further ${say.share(pressedRarely)} feel it rarely.`,
      },
      test: printed(pressedRarely, publishedPercent("decision_pressure_rarely")),
    }),
    changesRulings: claim({
      id: "changes_rulings",
      page: 10,
      text: {
        da: (say) =>
          `${say.fraction(changes, { of, share: true })} laver mindst en gang imellem selv en ` +
          `afgørelse om for at imødekomme et politisk ønske.`,
        en: (say) =>
          `${
            say.fraction(changes, { of, share: true })
          } change a ruling themselves at least once ` +
          `in a while to suit a political wish.`,
      },
      test: printed(changes, publishedPercent("decision_act_at_least_sometimes")),
    }),
    changesRarely: claim({
      id: "changes_rulings_rarely",
      page: 10,
      text: {
        da: (say) => `Hos ${say.share(changesRarely)} sker det sjældent.`,
        en: (say) => `For ${say.share(changesRarely)} it happens rarely.`,
      },
      test: printed(changesRarely, publishedPercent("decision_act_rarely")),
    }),
    fewerChangeThanPressed: claim({
      id: "fewer_change_rulings_than_are_pressed",
      page: 10,
      text: {
        holds: {
          da: (say) =>
            `Ikke alle giver efter: ${say.share(pressed)} mærker presset, ${say.share(changes)} ` +
            `ændrer afgørelsen.`,
          en: (say) =>
            `Not everyone gives way: ${say.share(pressed)} feel the pressure, ` +
            `${say.share(changes)} change the ruling.`,
        },
        does_not_hold: {
          da: (say) =>
            `Der er ikke færre, der ændrer afgørelsen (${say.share(changes)}), end der mærker ` +
            `presset (${say.share(pressed)}).`,
          en: (say) =>
            `No fewer change the ruling (${say.share(changes)}) than feel the pressure ` +
            `(${say.share(pressed)}).`,
        },
        cannot_be_told: {
          da: (say) =>
            `Om færre ændrer afgørelsen (${say.share(changes)}), end der mærker presset ` +
            `(${say.share(pressed)}), kan svarene ikke afgøre.`,
          en: (say) =>
            `Whether fewer change the ruling (${say.share(changes)}) than feel the pressure ` +
            `(${say.share(pressed)}), these answers cannot tell.`,
        },
      },
      test: more(
        pressed,
        changes,
        gapOfQuestions(
          survey,
          { question: "decision_pressure_change", ...sometimes },
          { question: "decision_act_change", ...sometimes },
        ),
      ),
    }),
    pressedOnesChangeRulings: claim({
      id: "pressed_ones_change_rulings_more",
      page: 10,
      text: {
        holds: {
          da: () => `De, der mærker presset oftest, ændrer også oftest en afgørelse.`,
          en: () => `Those who feel the pressure most often also change rulings most often.`,
        },
        does_not_hold: {
          da: () => `De, der mærker presset oftest, ændrer ikke oftere en afgørelse end andre.`,
          en: () =>
            `Those who feel the pressure most often do not change rulings more often than others.`,
        },
        cannot_be_told: {
          da: () => `Om de, der mærker presset oftest, også ændrer flest afgørelser, er uvist.`,
          en: () =>
            `Whether those who feel the pressure most often also change most rulings is uncertain.`,
        },
      },
      test: positive(gammaOf(survey, "decision_pressure_change", "decision_act_change")),
    }),
  };
}
