import { allOf } from "../words/all_of.ts";
import { claim } from "../words/claim.ts";
import { falls, more } from "../words/finding_of_difference.ts";
import { about, below, printed } from "../words/finding_of_share.ts";
import { gap, share, shareByGroup } from "../statistics/look_up.ts";
import type { Survey } from "../responses/survey.ts";
import { gapOfQuestions } from "./gap_of_questions.ts";
import { interviewsOnly } from "./interviews_only.ts";
import { publishedPercent } from "./published_percent.ts";

/** What the report says on page 18: how politicians and staff work together. */
export function cooperationClaims(survey: Survey) {
  const pleased = { set: "satisfied_or_very_satisfied" } as const;
  const of = survey.codebook.bases["all"]!.who;
  const satisfied = share(survey, "cooperation_satisfaction", pleased);
  const dissatisfied = share(survey, "cooperation_satisfaction", {
    set: "dissatisfied_or_very_dissatisfied",
  });
  const part = { style: "part", share: true } as const;
  const onlySatisfied = share(survey, "cooperation_satisfaction", { category: "satisfied" });
  const neither = share(survey, "cooperation_satisfaction", { category: "neither" });
  const dontKnow = share(survey, "cooperation_satisfaction", { category: "dont_know" });
  const room = share(survey, "leader_independence", { set: "agree" });
  const byDistance = shareByGroup(
    survey,
    "cooperation_satisfaction",
    pleased,
    "managers_between",
  );
  const ends = ["managers_between", "three_or_more", "none"] as const;
  return {
    mixed: claim({
      id: "cooperation_no_clear_verdict",
      page: 18,
      text: {
        holds: {
          da: (say) =>
            `Dommen over samarbejdet er ikke entydig: ${
              say.fraction(satisfied, { ...part, of })
            } er ${say.fitting(satisfied, "tilfreds", "tilfredse", part)}.`,
          en: (say) =>
            `The verdict on the cooperation is mixed: ${
              say.fraction(satisfied, { ...part, of })
            } are satisfied.`,
        },
        does_not_hold: {
          da: (say) =>
            `Der er et klart flertal i dommen over samarbejdet: ${say.share(satisfied)} er ` +
            `tilfredse, ${say.share(dissatisfied)} utilfredse.`,
          en: (say) =>
            `There is a clear majority in the verdict on the cooperation: ${
              say.share(satisfied)
            } ` +
            `are satisfied, ${say.share(dissatisfied)} dissatisfied.`,
        },
        cannot_be_told: {
          da: (say) =>
            `Om et flertal er enigt om samarbejdet, kan svarene ikke afgøre: ` +
            `${say.share(satisfied)} er tilfredse, ${say.share(dissatisfied)} utilfredse.`,
          en: (say) =>
            `Whether a majority agree on the cooperation, these answers cannot tell: ` +
            `${say.share(satisfied)} are satisfied, ${say.share(dissatisfied)} dissatisfied.`,
        },
      },
      test: allOf(below(satisfied, 0.5), below(dissatisfied, 0.5)),
    }),
    neither: claim({
      id: "cooperation_neither",
      page: 18,
      text: {
        da: (say) =>
          `${
            say.fraction(neither, part)
          } svarer »hverken tilfreds eller utilfreds« om samarbejdet, ` +
          `og ${say.share(dontKnow)} ved det ikke.`,
        en: (say) =>
          `${say.fraction(neither, part)} answer “neither satisfied nor dissatisfied” on the ` +
          `cooperation, and ${say.share(dontKnow)} do not know.`,
      },
      test: about(neither, 1 / 3, 0.05),
    }),
    satisfied: claim({
      id: "cooperation_satisfied",
      page: 18,
      text: {
        da: (say) =>
          `Svaret »tilfreds« gives af ${say.share(onlySatisfied)}; med de meget tilfredse er det ` +
          `${say.share(satisfied)}.`,
        en: (say) =>
          `The answer “satisfied” is given by ${
            say.share(onlySatisfied)
          }; with the very satisfied ` +
          `it is ${say.share(satisfied)}.`,
      },
      test: printed(onlySatisfied, publishedPercent("cooperation_satisfied_category")),
    }),
    lessThanWithLeaders: claim({
      id: "cooperation_rated_below_leaders",
      page: 18,
      text: {
        holds: {
          da: (say) =>
            `Færre er tilfredse med samarbejdet (${
              say.share(satisfied)
            }), end der er enige i, at ` +
            `lederen giver plads (${say.share(room)}); de to spørgsmål har hver sin skala.`,
          en: (say) =>
            `Fewer are satisfied with the cooperation (${say.share(satisfied)}) than agree that ` +
            `their leader makes room (${
              say.share(room)
            }); the two questions have different scales.`,
        },
        does_not_hold: {
          da: (say) =>
            `Der er ikke færre tilfredse med samarbejdet (${say.share(satisfied)}), end der er ` +
            `enige i, at lederen giver plads (${say.share(room)}); de to spørgsmål har hver sin ` +
            `skala.`,
          en: (say) =>
            `No fewer are satisfied with the cooperation (${
              say.share(satisfied)
            }) than agree that ` +
            `their leader makes room (${
              say.share(room)
            }); the two questions have different scales.`,
        },
        cannot_be_told: {
          da: (say) =>
            `Om færre er tilfredse med samarbejdet (${
              say.share(satisfied)
            }), end der er enige i, ` +
            `at lederen giver plads (${say.share(room)}), kan svarene ikke afgøre.`,
          en: (say) =>
            `Whether fewer are satisfied with the cooperation (${
              say.share(satisfied)
            }) than agree ` +
            `that their leader makes room (${say.share(room)}), these answers cannot tell.`,
        },
      },
      test: more(
        room,
        satisfied,
        gapOfQuestions(
          survey,
          { question: "leader_independence", set: "agree" },
          { question: "cooperation_satisfaction", ...pleased },
        ),
      ),
    }),
    nearMoreSatisfied: claim({
      id: "cooperation_better_near_politicians",
      page: 18,
      text: {
        holds: {
          da: (say) =>
            `Jo tættere man sidder på politikerne, jo mere tilfreds er man: andelen ` +
            `${say.trend(byDistance)}, når der kommer flere chefer imellem.`,
          en: (say) =>
            `The closer people sit to the politicians, the more satisfied they are: the share ` +
            `${say.trend(byDistance)} as more managers stand in between.`,
        },
        does_not_hold: {
          da: (say) =>
            `De, der sidder tættest på politikerne, er ikke mere tilfredse end dem, der sidder ` +
            `længst fra dem: andelen ${
              say.trend(byDistance)
            }, når der kommer flere chefer imellem.`,
          en: (say) =>
            `Those who sit closest to the politicians are not more satisfied than those farthest ` +
            `away: the share ${say.trend(byDistance)} as more managers stand in between.`,
        },
        cannot_be_told: {
          da: (say) =>
            `Om de, der sidder tæt på politikerne, er mere tilfredse, kan svarene ikke afgøre: ` +
            `andelen ${say.trend(byDistance)}, når der kommer flere chefer imellem.`,
          en: (say) =>
            `Whether those who sit close to the politicians are more satisfied, these answers ` +
            `cannot tell: the share ${say.trend(byDistance)} as more managers stand in between.`,
        },
      },
      test: falls(
        byDistance,
        gap(survey, "cooperation_satisfaction", pleased, ...ends),
      ),
    }),
    interestsInInterviews: claim({
      id: "cooperation_interests_in_interviews",
      page: 18,
      text: {
        da: () =>
          `I interviewene er det de mange interesser, opad og på tværs, der gør samarbejdet svært.`,
        en: () =>
          `In the interviews it is the many interests, upwards and sideways, that make the ` +
          `cooperation hard.`,
      },
      test: interviewsOnly(survey),
    }),
  };
}
