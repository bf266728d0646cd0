import { claim } from "../words/claim.ts";
import { allOf } from "../words/all_of.ts";
import { about } from "../words/finding_of_share.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { estimates } from "../statistics/estimates.ts";
import { share } from "../statistics/look_up.ts";
import { eitherColumn } from "../statistics/column.ts";
import type { Survey } from "../responses/survey.ts";

const SOMETIMES = { set: "at_least_sometimes" } as const;
const OFTEN = { set: "often_or_very_often" } as const;

/** A tenth, and how far around it "just under" or "every tenth" may reach. */
const TENTH = 0.1;
const LOOSE = 0.02;

/** Pages 4 and 6: how common the pressure is, and how often it is frequent. */
export function summaryPressureClaims(survey: Survey) {
  return { ...spread(survey), ...frequent(survey) };
}

function spread(survey: Survey) {
  const of = survey.codebook.bases["all"]!.who;
  const pressed = share(survey, "pressure_change", SOMETIMES);
  const inDrafts = share(survey, "act_change", SOMETIMES);
  const inRulings = share(survey, "decision_act_change", SOMETIMES);
  return {
    pressureCommon: claim({
      id: "summary_pressure_common",
      page: 4,
      text: {
        da: (say) =>
          `${
            say.fraction(pressed, { of, share: true })
          } mærker mindst en gang imellem pres for at ændre det, de fagligt ` +
          `står inde for.`,
        en: (say) =>
          `${
            say.fraction(pressed, { of, share: true })
          } feel pressure at least once in a while to change what they ` +
          `professionally stand for.`,
      },
      test: about(pressed, 1 / 3, 0.05),
    }),
    actingCommon: claim({
      id: "summary_quarter_give_way",
      page: 4,
      text: {
        da: (say) =>
          `${
            say.share(inDrafts)
          } giver mindst en gang imellem efter i udkast, og blandt dem, der ` +
          `træffer afgørelser, ${say.share(inRulings)} i afgørelser.`,
        en: (say) =>
          `${
            say.share(inDrafts)
          } give way at least once in a while in drafts, and among those who ` +
          `make rulings ${say.share(inRulings)} in rulings.`,
      },
      test: allOf(about(inDrafts, 1 / 4, 0.05), about(inRulings, 1 / 4, 0.05)),
    }),
  };
}

function frequent(survey: Survey) {
  const toChange = share(survey, "pressure_change", OFTEN);
  const toOmit = share(survey, "pressure_omit", OFTEN);
  const either = oftenPressed(survey);
  const justUnder = (estimate: Estimate) => about(estimate, TENTH - LOOSE, LOOSE);
  return {
    oftenEither: claim({
      id: "summary_every_tenth_often_pressed",
      page: 6,
      text: {
        da: (say) =>
          `${
            say.fraction(either, { share: true })
          } presses ofte eller meget ofte til enten at ændre ` +
          `eller udelade en faglig vurdering.`,
        en: (say) =>
          `${say.fraction(either, { share: true })} are often or very often pressed either to ` +
          `change a professional assessment or to leave it out.`,
      },
      test: about(either, TENTH, LOOSE),
    }),
    oftenChange: claim({
      id: "summary_often_pressed_to_change",
      page: 6,
      text: {
        da: (say) =>
          `${
            say.fraction(toChange, { share: true })
          } presses ofte eller meget ofte til at ændre en ` +
          `vurdering.`,
        en: (say) =>
          `${
            say.fraction(toChange, { share: true })
          } are often or very often pressed to change an ` +
          `assessment.`,
      },
      test: justUnder(toChange),
    }),
    oftenOmit: claim({
      id: "summary_often_pressed_to_omit",
      page: 6,
      text: {
        da: (say) =>
          `${
            say.fraction(toOmit, { share: true })
          } presses ofte eller meget ofte til at udelade en ` +
          `vurdering.`,
        en: (say) =>
          `${say.fraction(toOmit, { share: true })} are often or very often pressed to leave an ` +
          `assessment out.`,
      },
      test: justUnder(toOmit),
    }),
    oftenUnion: claim({
      id: "summary_often_pressed_just_under_a_tenth",
      page: 6,
      text: {
        da: (say) =>
          `Tages de to under ét, er det ${say.share(either)} ` +
          `(${say.interval(either)} med den statistiske usikkerhed).`,
        en: (say) =>
          `Taken together it is ${say.share(either)} (${say.interval(either)} with the ` +
          `statistical uncertainty).`,
      },
      test: justUnder(either),
    }),
  };
}

/** The share often or very often pressed to change an assessment, to leave it out, or both. */
export function oftenPressed(survey: Survey): Estimate {
  const often = ["very_often", "often"];
  const either = eitherColumn(survey, { pressure_change: often, pressure_omit: often });
  return estimates(survey, either).find(({ category }) => category === "yes")!;
}
