import { claim } from "../words/claim.ts";
import { more, rises } from "../words/finding_of_difference.ts";
import { negative } from "../words/finding_of_measure.ts";
import { about, printed } from "../words/finding_of_share.ts";
import { gap, share, shareByGroup } from "../statistics/look_up.ts";
import type { Survey } from "../responses/survey.ts";
import { gammaOf } from "./gamma_of.ts";
import { interviewsOnly } from "./interviews_only.ts";
import { publishedPercent } from "./published_percent.ts";

const THRIVE = { set: "agree" } as const;

/** What the report says on pages 21 and 22: wellbeing, and how it goes with pressure. */
export function wellbeingClaims(survey: Survey) {
  return { ...everyone(survey), ...byPressure(survey), ...otherFactors(survey) };
}

function everyone(survey: Survey) {
  const of = survey.codebook.bases["all"]!.who;
  const thrive = share(survey, "wellbeing", THRIVE);
  const agree = share(survey, "wellbeing", { category: "agree" });
  const stronglyAgree = share(survey, "wellbeing", { category: "strongly_agree" });
  const not = share(survey, "wellbeing", { set: "disagree" });
  return {
    mostThrive: claim({
      id: "three_quarters_thrive",
      page: 21,
      text: {
        da: (say) => `${say.fraction(thrive, { of, share: true })} har det godt på arbejdet.`,
        en: (say) => `${say.fraction(thrive, { of, share: true })} are doing well at work.`,
      },
      test: about(thrive, 3 / 4, 0.05),
    }),
    thrivePrinted: claim({
      id: "thrive_as_printed",
      page: 21,
      text: {
        da: (say) => `I alt er ${say.share(thrive)} enige eller helt enige.`,
        en: (say) => `In all, ${say.share(thrive)} agree or strongly agree.`,
      },
      test: printed(thrive, publishedPercent("wellbeing_agree")),
    }),
    halfAgree: claim({
      id: "half_agree_that_they_thrive",
      page: 21,
      text: {
        da: (say) => `${say.fraction(agree, { share: true })} svarer, at de er enige.`,
        en: (say) => `${say.fraction(agree, { share: true })} answer that they agree.`,
      },
      test: printed(agree, publishedPercent("wellbeing_agree_category")),
    }),
    quarterStronglyAgree: claim({
      id: "quarter_strongly_agree_that_they_thrive",
      page: 21,
      text: {
        da: (say) => `${say.fraction(stronglyAgree, { share: true })} svarer, at de er helt enige.`,
        en: (say) =>
          `${say.fraction(stronglyAgree, { share: true })} answer that they strongly agree.`,
      },
      test: printed(stronglyAgree, publishedPercent("wellbeing_strongly_agree_category")),
    }),
    doNotThrive: claim({
      id: "do_not_thrive",
      page: 21,
      text: {
        da: (say) => `${say.share(not)} siger, at de ikke har det godt på arbejdet.`,
        en: (say) => `${say.share(not)} say that they are not doing well at work.`,
      },
      test: printed(not, publishedPercent("wellbeing_disagree")),
    }),
  };
}

function byPressure(survey: Survey) {
  const pressed = share(survey, "wellbeing", THRIVE, { pressure: "often" });
  const between = share(survey, "wellbeing", THRIVE, { pressure: "once_in_a_while" });
  const notPressed = share(survey, "wellbeing", THRIVE, { pressure: "rarely_or_never" });
  const groups = shareByGroup(survey, "wellbeing", THRIVE, "pressure");
  const apart = gap(survey, "wellbeing", THRIVE, "pressure", "rarely_or_never", "often");
  return {
    pressedThriveLess: claim({
      id: "pressed_thrive_less",
      page: 21,
      text: {
        holds: {
          da: () =>
            `De, der ofte presses, har det sjældnere godt på arbejdet end dem, der sjældent ` +
            `eller aldrig presses.`,
          en: () =>
            `Those who are often pressed are less often doing well at work than those who ` +
            `rarely or never are.`,
        },
        does_not_hold: {
          da: () =>
            `De, der ofte presses, har det ikke sjældnere godt på arbejdet end dem, der ` +
            `sjældent eller aldrig presses.`,
          en: () =>
            `Those who are often pressed are not less often doing well at work than those ` +
            `who rarely or never are.`,
        },
        cannot_be_told: {
          da: () => `Om de, der ofte presses, sjældnere har det godt på arbejdet, er uvist.`,
          en: () =>
            `Whether those who are often pressed are less often doing well at work is uncertain.`,
        },
      },
      test: more(notPressed, pressed, apart),
    }),
    pressedThrive: claim({
      id: "thrive_among_pressed",
      page: 21,
      text: {
        da: (say) => `Af dem, der ofte presses, har ${say.share(pressed)} det godt på arbejdet.`,
        en: (say) =>
          `Of those who are often pressed, ${say.share(pressed)} are doing well at work.`,
      },
      test: printed(pressed, publishedPercent("wellbeing_agree_pressed")),
    }),
    notPressedThrive: claim({
      id: "thrive_among_not_pressed",
      page: 21,
      text: {
        da: (say) => `Af dem, der sjældent eller aldrig presses, er det ${say.share(notPressed)}.`,
        en: (say) => `Of those who rarely or never are, it is ${say.share(notPressed)}.`,
      },
      test: printed(notPressed, publishedPercent("wellbeing_agree_not_pressed")),
    }),
    stepByStep: claim({
      id: "thriving_rises_as_pressure_falls",
      page: 21,
      text: {
        da: (say) =>
          `Fra dem, der ofte presses, til dem, der sjældent eller aldrig gør: andelen ` +
          `${say.trend(groups)}. Gruppen imellem, som rapporten ikke nævner, ligger på ` +
          `${say.share(between)}.`,
        en: (say) =>
          `From those who are often pressed to those who rarely or never are: the share ` +
          `${say.trend(groups)}. The group between, which the report does not mention, is at ` +
          `${say.share(between)}.`,
      },
      test: rises(groups, apart),
    }),
    associated: claim({
      id: "pressure_and_wellbeing_associated",
      page: 21,
      text: {
        holds: {
          da: () =>
            `Pres og trivsel hænger sammen over hele skalaen: jo oftere pres, jo dårligere trivsel.`,
          en: () =>
            `Pressure and wellbeing go together over the whole scale: the more often the ` +
            `pressure, the worse the wellbeing.`,
        },
        does_not_hold: {
          da: () => `Oftere pres går ikke sammen med dårligere trivsel.`,
          en: () => `Pressure more often does not go together with worse wellbeing.`,
        },
        cannot_be_told: {
          da: () => `Om oftere pres går sammen med dårligere trivsel, kan svarene ikke afgøre.`,
          en: () =>
            `Whether pressure more often goes together with worse wellbeing, these answers cannot ` +
            `tell.`,
        },
      },
      test: negative(gammaOf(survey, "pressure_change", "wellbeing")),
    }),
  };
}

function otherFactors(survey: Survey) {
  return {
    otherThings: claim({
      id: "other_things_shape_wellbeing",
      page: 22,
      text: {
        da: () =>
          `I interviewene er presset langt fra det eneste, der betyder noget for trivslen: kolleger, ` +
          `opgaver og praktiske forhold kan veje op.`,
        en: () =>
          `In the interviews the pressure is far from all that matters for wellbeing: colleagues, ` +
          `tasks and practical matters can make up for it.`,
      },
      test: interviewsOnly(survey),
    }),
    recognition: claim({
      id: "recognition_matters_for_wellbeing",
      page: 22,
      text: {
        da: () =>
          `Fælles for de interviewede er, at trivslen står og falder med, om fagligheden bliver ` +
          `anerkendt.`,
        en: () =>
          `What the people interviewed share is that wellbeing depends on whether their ` +
          `professional skill is recognised.`,
      },
      test: interviewsOnly(survey),
    }),
    meaning: claim({
      id: "no_meaning_without_backing",
      page: 22,
      text: {
        da: () =>
          `Flere beskriver arbejdet som meningsløst, når de skal stå for noget, de ikke kan stå ` +
          `inde for, og lederen ikke bakker op.`,
        en: () =>
          `Several describe work as meaningless when they have to stand for what they cannot ` +
          `answer for and the leader does not back them.`,
      },
      test: interviewsOnly(survey),
    }),
  };
}
