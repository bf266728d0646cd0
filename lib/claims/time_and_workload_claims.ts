import { claim } from "../words/claim.ts";
import { more } from "../words/finding_of_difference.ts";
import { about, above, majority, printed } from "../words/finding_of_share.ts";
import { gap, share } from "../statistics/look_up.ts";
import type { Survey } from "../responses/survey.ts";
import { gapOfRoles } from "./gap_of_roles.ts";
import { interviewsOnly } from "./interviews_only.ts";
import { publishedPercent } from "./published_percent.ts";

/** What the report says on pages 14 and 15: being rushed, and a growing number of tasks. */
export function timeAndWorkloadClaims(survey: Survey) {
  return { ...timeClaims(survey), ...workloadClaims(survey) };
}

/** The report says "more than four in ten". */
const FOUR_IN_TEN = 0.4;

const part = { style: "part", share: true } as const;

function timeClaims(survey: Survey) {
  const agree = { set: "agree" } as const;
  const of = survey.codebook.bases["all"]!.who;
  const everyone = share(survey, "time_pressure", agree);
  const servers = share(survey, "time_pressure", agree, { serves_politicians: "yes" });
  const others = share(survey, "time_pressure", agree, { serves_politicians: "no" });
  const apart = gap(survey, "time_pressure", agree, "serves_politicians", "yes", "no");
  return {
    rushed: claim({
      id: "rushed_four_in_ten",
      page: 14,
      text: {
        da: (say) =>
          `${say.fraction(everyone, { of, share: true })} oplever, at omhu og faglighed må vige ` +
          `for travlhed i sager til politikerne.`,
        en: (say) =>
          `${say.fraction(everyone, { of, share: true })} find that care and professional ` +
          `standards give way to haste in cases for the politicians.`,
      },
      test: about(everyone, FOUR_IN_TEN, 0.05),
    }),
    rushedAbove: claim({
      id: "rushed_more_than_four_in_ten",
      page: 14,
      text: {
        holds: {
          da: (say) =>
            `Travlheden mærkes af over ${say.percent(FOUR_IN_TEN)}, også når den statistiske ` +
            `usikkerhed (${say.interval(everyone)}) regnes med.`,
          en: (say) =>
            `Haste is felt by more than ${say.percent(FOUR_IN_TEN)}, statistical uncertainty ` +
            `(${say.interval(everyone)}) included.`,
        },
        does_not_hold: {
          da: (say) =>
            `Travlheden mærkes ikke af over ${say.percent(FOUR_IN_TEN)}, heller ikke når den ` +
            `statistiske usikkerhed (${say.interval(everyone)}) regnes med.`,
          en: (say) =>
            `Haste is not felt by more than ${say.percent(FOUR_IN_TEN)}, statistical uncertainty ` +
            `(${say.interval(everyone)}) included.`,
        },
        cannot_be_told: {
          da: (say) =>
            `Om travlheden i hele gruppen mærkes af over ${
              say.percent(FOUR_IN_TEN)
            }, kan svarene ` +
            `ikke afgøre: den statistiske usikkerhed (${
              say.interval(everyone)
            }) rækker til begge ` +
            `sider.`,
          en: (say) =>
            `Whether haste is felt by more than ${say.percent(FOUR_IN_TEN)} of the whole group, ` +
            `these answers cannot tell: the statistical uncertainty (${say.interval(everyone)}) ` +
            `reaches to both sides.`,
        },
      },
      test: above(everyone, FOUR_IN_TEN),
    }),
    rushedServers: claim({
      id: "rushed_among_servers",
      page: 14,
      text: {
        da: (say) =>
          `Blandt dem, der betjener politikere, er det ${
            say.fraction(servers, part)
          }, der mærker ` +
          `travlheden.`,
        en: (say) =>
          `Among those who serve politicians it is ${
            say.fraction(servers, part)
          } who feel the haste.`,
      },
      test: printed(servers, publishedPercent("time_pressure_agree_serves")),
    }),
    rushedServersMore: claim({
      id: "rushed_most_among_servers",
      page: 14,
      text: {
        holds: {
          da: (say) =>
            `Travlheden mærkes især af dem, der betjener politikere: ${say.share(servers)} mod ` +
            `${say.share(others)} af de øvrige.`,
          en: (say) =>
            `Haste is felt above all by those who serve politicians: ${
              say.share(servers)
            } against ` +
            `${say.share(others)} of the others.`,
        },
        does_not_hold: {
          da: (say) =>
            `Travlheden mærkes ikke mere af dem, der betjener politikere, end af de øvrige: ` +
            `${say.share(servers)} mod ${say.share(others)}.`,
          en: (say) =>
            `Haste is not felt more by those who serve politicians than by the others: ` +
            `${say.share(servers)} against ${say.share(others)}.`,
        },
        cannot_be_told: {
          da: (say) =>
            `Om travlheden mærkes mere af dem, der betjener politikere, end af de øvrige, kan ` +
            `svarene ikke afgøre: ${say.share(servers)} mod ${say.share(others)}.`,
          en: (say) =>
            `Whether haste is felt more by those who serve politicians than by the others, these ` +
            `answers cannot tell: ${say.share(servers)} against ${say.share(others)}.`,
        },
      },
      test: more(servers, others, apart),
    }),
    rushedInterviews: claim({
      id: "rushed_in_interviews",
      page: 14,
      text: {
        da: () => `Travlhed, der går ud over kvaliteten, er også et tema i interviewene.`,
        en: () => `Haste at the cost of quality is also a theme of the interviews.`,
      },
      test: interviewsOnly(survey),
    }),
  };
}

function workloadClaims(survey: Survey) {
  const agree = { set: "agree" } as const;
  const of = survey.codebook.bases["all"]!.who;
  const everyone = share(survey, "workload_quality", agree);
  const deciders = share(survey, "workload_quality", agree, { makes_decisions: "yes" });
  const servers = share(survey, "workload_quality", agree, { serves_politicians: "yes" });
  return {
    workload: claim({
      id: "workload_hurts_quality",
      page: 15,
      text: {
        da: (say) =>
          `${say.fraction(everyone, { of, share: true })} mærker, at flere opgaver går ud over ` +
          `den faglige kvalitet.`,
        en: (say) =>
          `${say.fraction(everyone, { of, share: true })} find that more tasks hurt the ` +
          `professional quality of their work.`,
      },
      test: majority(everyone),
    }),
    workloadDeciders: claim({
      id: "workload_among_deciders",
      page: 15,
      text: {
        da: (say) =>
          `Blandt dem, der træffer afgørelser, er det ${
            say.fraction(deciders, part)
          }, der mærker ` +
          `de mange opgaver.`,
        en: (say) =>
          `Among those who make rulings it is ${
            say.fraction(deciders, part)
          } on whom the tasks weigh.`,
      },
      test: printed(deciders, publishedPercent("workload_agree_decisions")),
    }),
    workloadServers: claim({
      id: "workload_among_servers",
      page: 15,
      text: {
        da: (say) =>
          `Blandt dem, der betjener politikere, er det ${
            say.fraction(servers, part)
          }, der mærker ` +
          `de mange opgaver.`,
        en: (say) =>
          `Among those who serve politicians it is ${
            say.fraction(servers, part)
          } on whom the tasks ` +
          `weigh.`,
      },
      test: printed(servers, publishedPercent("workload_agree_serves")),
    }),
    workloadDecidersMore: claim({
      id: "workload_most_among_deciders",
      page: 15,
      text: {
        holds: {
          da: (say) =>
            `De mange opgaver mærkes især af dem, der træffer afgørelser: ${say.share(deciders)} ` +
            `mod ${say.share(servers)} af dem, der betjener politikere.`,
          en: (say) =>
            `The tasks weigh above all on those who make rulings: ${say.share(deciders)} against ` +
            `${say.share(servers)} of those who serve politicians.`,
        },
        does_not_hold: {
          da: (say) =>
            `De mange opgaver mærkes ikke mere af dem, der træffer afgørelser, end af dem, der ` +
            `betjener politikere: ${say.share(deciders)} mod ${say.share(servers)}.`,
          en: (say) =>
            `The tasks do not weigh more on those who make rulings than on those who serve ` +
            `politicians: ${say.share(deciders)} against ${say.share(servers)}.`,
        },
        cannot_be_told: {
          da: (say) =>
            `Om de mange opgaver mærkes mere af dem, der træffer afgørelser, end af dem, der ` +
            `betjener politikere, kan svarene ikke afgøre: ${say.share(deciders)} mod ` +
            `${say.share(servers)}.`,
          en: (say) =>
            `Whether the tasks weigh more on those who make rulings than on those who serve ` +
            `politicians, these answers cannot tell: ${say.share(deciders)} against ` +
            `${say.share(servers)}.`,
        },
      },
      test: more(deciders, servers, gapOfRoles(survey, "workload_quality", agree)),
    }),
    workloadInterviews: claim({
      id: "workload_in_interviews",
      page: 15,
      text: {
        da: () => `I interviewene hænger flere sager og mindre tid sammen med dårligere kvalitet.`,
        en: () => `In the interviews more cases and less time go together with poorer quality.`,
      },
      test: interviewsOnly(survey),
    }),
  };
}
