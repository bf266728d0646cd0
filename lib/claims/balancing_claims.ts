import { claim } from "../words/claim.ts";
import { rises } from "../words/finding_of_difference.ts";
import { about, above } from "../words/finding_of_share.ts";
import { gap, share, shareByGroup } from "../statistics/look_up.ts";
import type { Survey } from "../responses/survey.ts";

/** What the report says on page 9: professional advice and political wishes. */
export function balancingClaims(survey: Survey) {
  const agree = { set: "agree" } as const;
  const of = survey.codebook.bases["serves_politicians"]!.who;
  const everyone = share(survey, "balance_difficult", agree);
  const byDistance = shareByGroup(survey, "balance_difficult", agree, "managers_between");
  const near = share(survey, "balance_difficult", agree, { managers_between: "none" });
  const far = share(survey, "balance_difficult", agree, { managers_between: "three_or_more" });
  const apart = gap(
    survey,
    "balance_difficult",
    agree,
    "managers_between",
    "three_or_more",
    "none",
  );
  return {
    hardToBalance: claim({
      id: "hard_to_balance",
      page: 9,
      text: {
        da: (say) =>
          `${
            say.fraction(everyone, { of, share: true })
          } synes, det til tider er svært at forene ` +
          `faglige råd med politikernes ønsker.`,
        en: (say) =>
          `${say.fraction(everyone, { of, share: true })} find it hard at times to reconcile ` +
          `professional advice with the politicians' wishes.`,
      },
      test: above(everyone, 0.4),
    }),
    harderFarAway: claim({
      id: "harder_far_from_politicians",
      page: 9,
      text: {
        holds: {
          da: (say) =>
            `Jo flere chefer der er imellem, jo sværere er det: andelen ${say.trend(byDistance)}.`,
          en: (say) =>
            `The more managers in between, the harder it is: the share ${say.trend(byDistance)}.`,
        },
        does_not_hold: {
          da: (say) =>
            `Det er ikke sværere for dem, der sidder langt fra politikerne: andelen ` +
            `${say.trend(byDistance)}.`,
          en: (say) =>
            `It is not harder for those who sit far from the politicians: the share ` +
            `${say.trend(byDistance)}.`,
        },
        cannot_be_told: {
          da: (say) =>
            `Om det er sværere for dem, der sidder langt fra politikerne, kan svarene ikke afgøre: ` +
            `andelen ${say.trend(byDistance)}.`,
          en: (say) =>
            `Whether it is harder for those who sit far from the politicians, these answers cannot ` +
            `tell: the share ${say.trend(byDistance)}.`,
        },
      },
      test: rises(byDistance, apart),
    }),
    farHalf: claim({
      id: "far_almost_half",
      page: 9,
      text: {
        da: (say) =>
          `Med mindst tre chefer imellem er det ${say.fraction(far, { share: true })}, der har ` +
          `svært ved det.`,
        en: (say) =>
          `With at least three managers in between it is ${
            say.fraction(far, { share: true })
          } who ` +
          `find it hard.`,
      },
      test: about(far, 0.5, 0.1),
    }),
    nearThird: claim({
      id: "near_a_third",
      page: 9,
      text: {
        da: (say) =>
          `Uden chefer imellem er det ${say.fraction(near, { style: "part", share: true })}.`,
        en: (say) =>
          `With none in between it is ${say.fraction(near, { style: "part", share: true })}.`,
      },
      test: about(near, 1 / 3, 0.1),
    }),
  };
}
