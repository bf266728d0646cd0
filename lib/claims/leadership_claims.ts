import { allOf } from "../words/all_of.ts";
import { claim } from "../words/claim.ts";
import { more, rises } from "../words/finding_of_difference.ts";
import { negative, untestable } from "../words/finding_of_measure.ts";
import { about, above, majority, printed } from "../words/finding_of_share.ts";
import { TOO_FEW } from "../words/too_few.ts";
import { gap, share, shareByGroup } from "../statistics/look_up.ts";
import { readPublished } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { gammaOf } from "./gamma_of.ts";
import { interviewsOnly } from "./interviews_only.ts";
import { publishedPercent } from "./published_percent.ts";

/** What the report says on pages 16 and 17: room to work, and backing for neutral advice. */
export function leadershipClaims(survey: Survey) {
  return { ...roomClaims(survey), ...backingClaims(survey), ...pressureClaims(survey) };
}

function roomClaims(survey: Survey) {
  const of = survey.codebook.bases["all"]!.who;
  const room = share(survey, "leader_independence", { set: "agree" });
  const noRoom = share(survey, "leader_independence", { set: "disagree" });
  const notPressed = share(survey, "pressure_change", { set: "rarely_or_never" });
  const byPressure = shareByGroup(survey, "leader_independence", { set: "agree" }, "pressure");
  const requests = readPublished().themes.filter(({ kind, pages }) =>
    kind === "request_to_leaders" && pages.includes(16)
  );
  return {
    room: claim({
      id: "leader_gives_room",
      page: 16,
      text: {
        da: (say) =>
          `${
            say.fraction(room, { of, share: true })
          } har en leder, der giver plads til at arbejde ` +
          `fri af politisk pres.`,
        en: (say) =>
          `${
            say.fraction(room, { of, share: true })
          } have a leader who makes room to work free of ` +
          `political pressure.`,
      },
      test: about(room, 0.6, 0.05),
    }),
    roomFitsPressure: claim({
      id: "room_fits_most_not_pressed",
      page: 16,
      text: {
        holds: {
          da: (say) =>
            `Det passer med, at de fleste (${
              say.share(notPressed)
            }) sjældent eller aldrig presses ` +
            `til at ændre en vurdering.`,
          en: (say) =>
            `That fits with most (${say.share(notPressed)}) rarely or never being pressed to ` +
            `change an assessment.`,
        },
        does_not_hold: {
          da: (say) =>
            `Et flertal både med plads og uden pres er der ikke: ${
              say.share(room)
            } har en leder, ` +
            `der giver plads, og ${say.share(notPressed)} presses sjældent eller aldrig.`,
          en: (say) =>
            `There is no majority both for room and for little pressure: ${
              say.share(room)
            } have a ` +
            `leader who makes room, and ${say.share(notPressed)} are rarely or never pressed.`,
        },
        cannot_be_told: {
          da: (say) =>
            `Om et flertal både har plads og er uden pres, kan svarene ikke afgøre: ` +
            `${say.share(room)} har en leder, der giver plads, og ${
              say.share(notPressed)
            } presses ` +
            `sjældent eller aldrig.`,
          en: (say) =>
            `Whether a majority have room and a majority little pressure, these answers cannot ` +
            `tell: ${say.share(room)} have a leader who makes room, and ${say.share(notPressed)} ` +
            `are rarely or never pressed.`,
        },
      },
      test: allOf(majority(room), majority(notPressed)),
    }),
    roomByPressure: claim({
      id: "room_goes_with_less_pressure",
      page: 16,
      text: {
        holds: {
          da: (say) =>
            `Jo sjældnere man presses, jo oftere giver lederen plads: andelen ` +
            `${say.trend(byPressure)}.`,
          en: (say) =>
            `The less often people are pressed, the more often their leader makes room: the share ` +
            `${say.trend(byPressure)}.`,
        },
        does_not_hold: {
          da: (say) =>
            `Plads fra lederen går ikke sammen med mindre pres: andelen ${
              say.trend(byPressure)
            }, ` +
            `når presset bliver sjældnere.`,
          en: (say) =>
            `Room from the leader does not go together with less pressure: the share ` +
            `${say.trend(byPressure)} as pressure becomes rarer.`,
        },
        cannot_be_told: {
          da: (say) =>
            `Om plads fra lederen går sammen med mindre pres, kan svarene ikke afgøre: andelen ` +
            `${say.trend(byPressure)}, når presset bliver sjældnere.`,
          en: (say) =>
            `Whether room from the leader goes together with less pressure, these answers cannot ` +
            `tell: the share ${say.trend(byPressure)} as pressure becomes rarer.`,
        },
      },
      test: rises(
        byPressure,
        gap(
          survey,
          "leader_independence",
          { set: "agree" },
          "pressure",
          "rarely_or_never",
          "often",
        ),
      ),
    }),
    noRoom: claim({
      id: "group_without_room",
      page: 16,
      text: {
        da: (say) =>
          `${say.fraction(noRoom, { share: true })} er ${
            say.fitting(noRoom, "uenig", "uenige")
          } i, at ` +
          `lederen giver plads.`,
        en: (say) =>
          `${say.fraction(noRoom, { share: true })} disagree that their leader makes room.`,
      },
      test: above(noRoom, 0.05),
    }),
    leadersInInterviews: claim({
      id: "leaders_politics_first_in_interviews",
      page: 16,
      text: {
        da: () => `I interviewene nævnes ledere, der sætter det politiske hensyn først.`,
        en: () => `The interviews mention leaders who put political considerations first.`,
      },
      test: interviewsOnly(survey),
    }),
    requests: claim({
      id: "requests_to_leaders",
      page: 16,
      text: {
        da: (say) =>
          `Interviewenes ønsker til lederne er at ${say.list(requests.map(inside("da")))}.`,
        en: (say) =>
          `The wishes to leaders in the interviews are to ${say.list(requests.map(inside("en")))}.`,
      },
      test: interviewsOnly(survey),
    }),
  };
}

function backingClaims(survey: Survey) {
  const of = survey.codebook.bases["serves_politicians"]!.who;
  const high = share(survey, "leader_neutral_support", { set: "high" });
  const notHigh = share(survey, "leader_neutral_support", { set: "not_high" });
  const dontKnow = share(survey, "leader_neutral_support", { category: "dont_know" });
  return {
    backing: claim({
      id: "backing_for_neutral_advice",
      page: 17,
      text: {
        da: (say) =>
          `${
            say.fraction(high, { of, share: true })
          } får i høj grad opbakning fra lederne til at ` +
          `rådgive neutralt.`,
        en: (say) =>
          `${say.fraction(high, { of, share: true })} have the backing of their leaders for ` +
          `neutral advice to a high degree.`,
      },
      // Just under half: from four in ten up to half.
      test: about(high, 0.45, 0.05),
    }),
    noBacking: claim({
      id: "as_many_without_backing",
      page: 17,
      text: {
        da: (say) =>
          `${say.comparison(notHigh, high)} (${
            say.share(notHigh)
          }) har højst i nogen grad ledernes ` +
          `opbakning, og ${say.share(dontKnow)} ved det ikke.`,
        en: (say) =>
          `${say.comparison(notHigh, high)} (${say.share(notHigh)}) have the backing of their ` +
          `leaders to some degree at most, and ${say.share(dontKnow)} do not know.`,
      },
      test: high.share === null
        ? untestable(TOO_FEW, [notHigh, high])
        : about(notHigh, high.share, 0.1),
    }),
  };
}

function pressureClaims(survey: Survey) {
  const veryLow = { category: "very_low_degree" } as const;
  const high = { set: "high" } as const;
  const pressed = share(survey, "leader_neutral_support", veryLow, { pressure: "often" });
  const notPressed = share(survey, "leader_neutral_support", veryLow, {
    pressure: "rarely_or_never",
  });
  const byPressure = shareByGroup(survey, "leader_neutral_support", high, "pressure");
  const ends = ["pressure", "rarely_or_never", "often"] as const;
  return {
    leastBackingPressed: claim({
      id: "least_backing_among_pressed",
      page: 17,
      text: {
        da: (say) =>
          `Af dem, der ofte presses, får ${say.share(pressed)} kun opbakning i meget lav grad.`,
        en: (say) =>
          `Of those who are often pressed, ${say.share(pressed)} have backing only to a very low ` +
          `degree.`,
      },
      test: printed(pressed, publishedPercent("leader_support_very_low_often")),
    }),
    leastBackingNotPressed: claim({
      id: "least_backing_among_not_pressed",
      page: 17,
      text: {
        da: (say) =>
          `Af dem, der sjældent eller aldrig presses, er det ${
            say.share(notPressed)
          }, der kun får ` +
          `opbakning i meget lav grad.`,
        en: (say) =>
          `Of those who are rarely or never pressed, ${
            say.share(notPressed)
          } have backing only to a ` +
          `very low degree.`,
      },
      test: printed(notPressed, publishedPercent("leader_support_very_low_rare")),
    }),
    pressedLackBacking: claim({
      id: "pressed_lack_backing",
      page: 17,
      text: {
        holds: {
          da: () => `De, der ofte presses, mangler oftere ledernes opbakning.`,
          en: () => `Those who are often pressed more often lack the backing of their leaders.`,
        },
        does_not_hold: {
          da: () =>
            `De, der ofte presses, mangler ikke oftere ledernes opbakning end dem, der sjældent eller ` +
            `aldrig presses.`,
          en: () =>
            `Those who are often pressed do not lack the backing of their leaders more often than ` +
            `those who rarely or never are.`,
        },
        cannot_be_told: {
          da: () => `Om de, der ofte presses, oftere mangler ledernes opbakning, er uvist.`,
          en: () =>
            `Whether those who are often pressed more often lack the backing of their leaders is ` +
            `uncertain.`,
        },
      },
      test: more(
        pressed,
        notPressed,
        gap(survey, "leader_neutral_support", veryLow, "pressure", "often", "rarely_or_never"),
      ),
    }),
    backingByPressure: claim({
      id: "backing_rises_as_pressure_falls",
      page: 17,
      text: {
        holds: {
          da: (say) =>
            `Jo sjældnere man presses, jo oftere har man ledernes opbakning: andelen ` +
            `${say.trend(byPressure)}.`,
          en: (say) =>
            `The less often people are pressed, the more often they have their leaders' backing: ` +
            `the share ${say.trend(byPressure)}.`,
        },
        does_not_hold: {
          da: (say) =>
            `De, der sjældnere presses, har ikke oftere ledernes opbakning: andelen ` +
            `${say.trend(byPressure)}.`,
          en: (say) =>
            `Those who are pressed less often do not have their leaders' backing more often: the ` +
            `share ${say.trend(byPressure)}.`,
        },
        cannot_be_told: {
          da: (say) =>
            `Om de, der sjældnere presses, oftere har ledernes opbakning, kan svarene ikke afgøre: ` +
            `andelen ${say.trend(byPressure)}.`,
          en: (say) =>
            `Whether those who are pressed less often have their leaders' backing more often, ` +
            `these answers cannot tell: the share ${say.trend(byPressure)}.`,
        },
      },
      test: rises(byPressure, gap(survey, "leader_neutral_support", high, ...ends)),
    }),
    leadershipAndPressure: claim({
      id: "leadership_softens_or_reinforces",
      page: 17,
      text: {
        holds: {
          da: () =>
            `Opbakning og pres hænger sammen: hvor der er mere af det ene, er der mindre af det ` +
            `andet. Om god ledelse dæmper presset, eller pres farver synet på ledelsen, kan svar ` +
            `fra ét tidspunkt ikke vise.`,
          en: () =>
            `Backing and pressure go together: where there is more of one, there is less of the ` +
            `other. Whether good leadership softens the pressure, or pressure colours the view of ` +
            `leadership, answers from one point in time cannot show.`,
        },
        does_not_hold: {
          da: () => `Mere opbakning fra lederne går ikke sammen med mindre pres.`,
          en: () => `More backing from leaders does not go together with less pressure.`,
        },
        cannot_be_told: {
          da: () => `Om mere opbakning fra lederne går sammen med mindre pres, er uvist.`,
          en: () =>
            `Whether more backing from leaders goes together with less pressure is uncertain.`,
        },
      },
      test: negative(gammaOf(survey, "pressure_change", "leader_neutral_support")),
    }),
  };
}

/** A theme's gist as a part of a sentence. */
function inside(language: "da" | "en") {
  return ({ gist }: { readonly gist: Readonly<Record<"da" | "en", string>> }) =>
    gist[language].charAt(0).toLowerCase() + gist[language].slice(1);
}
