import { allOf } from "../words/all_of.ts";
import { claim } from "../words/claim.ts";
import { more } from "../words/finding_of_difference.ts";
import { above, below, majority } from "../words/finding_of_share.ts";
import { gap, share } from "../statistics/look_up.ts";
import type { Survey } from "../responses/survey.ts";
import { interviewsOnly } from "./interviews_only.ts";

/** Page 6: workload and being rushed, leaders, wellbeing. */
export function summaryConclusionClaims(survey: Survey) {
  return { ...workload(survey), ...leaders(survey), ...wellbeing(survey) };
}

function workload(survey: Survey) {
  const agree = { set: "agree" } as const;
  const of = survey.codebook.bases["all"]!.who;
  const tasks = share(survey, "workload_quality", agree);
  const rushed = share(survey, "time_pressure", agree);
  return {
    workload: claim({
      id: "summary_workload_majority",
      page: 6,
      text: {
        da: (say) =>
          `${say.majority(tasks, { of, share: true })} har fået så mange opgaver, at kvaliteten ` +
          `lider.`,
        en: (say) =>
          `${say.majority(tasks, { of, share: true })} have so many more tasks that quality ` +
          `suffers.`,
      },
      test: majority(tasks),
    }),
    rushed: claim({
      id: "summary_rushed_above_four_in_ten",
      page: 6,
      text: {
        da: (say) =>
          `${
            say.fraction(rushed, { share: true })
          } mærker, at travlhed går ud over omhu og faglighed.`,
        en: (say) =>
          `${
            say.fraction(rushed, { share: true })
          } find that being rushed hurts care and standards.`,
      },
      test: above(rushed, 0.4),
    }),
  };
}

function leaders(survey: Survey) {
  const of = survey.codebook.bases["all"]!.who;
  const room = share(survey, "leader_independence", { set: "agree" });
  const pleased = share(survey, "cooperation_satisfaction", { set: "satisfied_or_very_satisfied" });
  const high = { set: "high" } as const;
  const often = share(survey, "leader_neutral_support", high, { pressure: "often" });
  const seldom = share(survey, "leader_neutral_support", high, { pressure: "rarely_or_never" });
  const apart = gap(
    survey,
    "leader_neutral_support",
    high,
    "pressure",
    "rarely_or_never",
    "often",
  );
  return {
    leadersMakeRoom: claim({
      id: "summary_leaders_make_room",
      page: 6,
      text: {
        da: (say) =>
          `${
            say.majority(room, { of, share: true })
          } har en leder, der giver plads til at arbejde ` +
          `fri af politisk pres.`,
        en: (say) =>
          `${
            say.majority(room, { of, share: true })
          } have a leader who makes room to work free of ` +
          `political pressure.`,
      },
      test: majority(room),
    }),
    roomForImprovement: claim({
      id: "summary_cooperation_can_improve",
      page: 6,
      text: {
        da: (say) =>
          `${
            say.share(pleased)
          } er tilfredse eller meget tilfredse med, hvordan politikere og ansatte ` +
          `arbejder sammen.`,
        en: (say) =>
          `${
            say.share(pleased)
          } are satisfied or very satisfied with how politicians and staff work ` +
          `together.`,
      },
      test: below(pleased, 0.5),
    }),
    pressedLackSupport: claim({
      id: "summary_pressed_lack_support",
      page: 6,
      text: {
        holds: {
          da: (say) =>
            `De, der ofte presses, har mindre støtte hos deres ledere end dem, der sjældent gør: ` +
            `${say.share(often)} mod ${say.share(seldom)} støttes i høj grad.`,
          en: (say) =>
            `Those often pressed have less support from their leaders than those who rarely are: ` +
            `${say.share(often)} against ${say.share(seldom)} are supported to a high degree.`,
        },
        does_not_hold: {
          da: (say) =>
            `De, der ofte presses, har ikke mindre støtte hos deres ledere: ${
              say.share(often)
            } mod ` +
            `${say.share(seldom)} støttes i høj grad.`,
          en: (say) =>
            `Those often pressed have no less support from their leaders: ${say.share(often)} ` +
            `against ${say.share(seldom)} are supported to a high degree.`,
        },
        cannot_be_told: {
          da: (say) =>
            `Om de, der ofte presses, har mindre støtte hos deres ledere, kan svarene ikke afgøre: ` +
            `${say.share(often)} mod ${say.share(seldom)}.`,
          en: (say) =>
            `Whether those often pressed have less support from their leaders, these answers ` +
            `cannot tell: ${say.share(often)} against ${say.share(seldom)}.`,
        },
      },
      test: more(seldom, often, apart),
    }),
  };
}

function wellbeing(survey: Survey) {
  const agree = { set: "agree" } as const;
  const of = survey.codebook.bases["all"]!.who;
  const thrive = share(survey, "wellbeing", agree);
  const often = share(survey, "wellbeing", agree, { pressure: "often" });
  const seldom = share(survey, "wellbeing", agree, { pressure: "rarely_or_never" });
  const apart = gap(survey, "wellbeing", agree, "pressure", "rarely_or_never", "often");
  const lower = more(seldom, often, apart);
  return {
    mostThrive: claim({
      id: "summary_most_thrive",
      page: 6,
      text: {
        da: (say) => `${say.majority(thrive, { of, share: true })} har det godt på arbejdet.`,
        en: (say) => `${say.majority(thrive, { of, share: true })} are doing well at work.`,
      },
      test: majority(thrive),
    }),
    pressedThriveLess: claim({
      id: "summary_pressed_thrive_less",
      page: 6,
      text: {
        holds: {
          da: (say) =>
            `Færre af dem, der ofte presses, har det godt (${say.share(often)}), end af dem, der ` +
            `sjældent eller aldrig gør (${say.share(seldom)}).`,
          en: (say) =>
            `Fewer of those often pressed are doing well (${say.share(often)}) than of those who ` +
            `rarely or never are pressed (${say.share(seldom)}).`,
        },
        does_not_hold: {
          da: (say) =>
            `De, der ofte presses, har det ikke dårligere (${say.share(often)} mod ` +
            `${say.share(seldom)} af dem, der sjældent eller aldrig gør).`,
          en: (say) =>
            `Those often pressed do no worse (${say.share(often)} against ${
              say.share(seldom)
            } of ` +
            `those who rarely or never are).`,
        },
        cannot_be_told: {
          da: (say) =>
            `Om de, der ofte presses, har det dårligere, kan svarene ikke afgøre ` +
            `(${say.share(often)} mod ${say.share(seldom)}).`,
          en: (say) =>
            `Whether those often pressed do worse, these answers cannot tell ` +
            `(${say.share(often)} against ${say.share(seldom)}).`,
        },
      },
      test: lower,
    }),
    thriveButLess: claim({
      id: "summary_wellbeing_high_but_touched",
      page: 4,
      text: {
        holds: {
          da: "De fleste har det godt, men presset følges med lavere trivsel.",
          en: "Most are doing well, but pressure goes together with lower wellbeing.",
        },
        does_not_hold: {
          da: "At de fleste har det godt, men de pressede dårligere, passer ikke på svarene.",
          en: "That most are doing well but the pressed less so does not fit the answers.",
        },
        cannot_be_told: {
          da: "Om de fleste har det godt, men de pressede dårligere, kan svarene ikke afgøre.",
          en: "Whether most are doing well but the pressed less so, these answers cannot tell.",
        },
      },
      test: allOf(majority(thrive), lower),
    }),
    coping: claim({
      id: "summary_ways_of_coping",
      page: 6,
      text: {
        da: "De interviewede har fundet egne måder at klare presset på.",
        en: "Those interviewed have found their own ways to cope.",
      },
      test: interviewsOnly(survey),
    }),
    colleaguesSoften: claim({
      id: "summary_colleagues_soften",
      page: 6,
      text: {
        da: "Gode kolleger og spændende opgaver dæmper ifølge de interviewede det, presset gør, " +
          "men fjerner det ikke.",
        en: "Good colleagues and interesting tasks, those interviewed say, soften what pressure " +
          "does but do not remove it.",
      },
      test: interviewsOnly(survey),
    }),
  };
}
