import { claim } from "../words/claim.ts";
import { untestable } from "../words/finding_of_measure.ts";
import { majority } from "../words/finding_of_share.ts";
import { estimates } from "../statistics/estimates.ts";
import { share } from "../statistics/look_up.ts";
import type { Survey } from "../responses/survey.ts";
import { interviewsOnly } from "./interviews_only.ts";

/** Pages 4 and 5: whom the study is about, and what it looks for. The rest is in methodClaims(). */
export function summarySituationClaims(survey: Survey) {
  return { ...targetGroups(survey), ...focus(survey) };
}

function targetGroups(survey: Survey) {
  const both = estimates(survey, "serves_politicians", { by: "makes_decisions" })
    .find(({ category, group }) => category === "yes" && group === "yes")!;
  const { bases } = survey.codebook;
  const drafts = share(survey, "pressure_change", { set: "at_least_sometimes" });
  const rulings = share(survey, "decision_pressure_change", { set: "at_least_sometimes" });
  return {
    manyDoBoth: claim({
      id: "summary_many_do_both",
      page: 5,
      text: {
        da: (say) =>
          `${
            say.fraction(both, { of: bases["makes_decisions"]!.who, share: true })
          } leverer også beslutningsgrundlag til politikere.`,
        en: (say) =>
          `${
            say.fraction(both, { of: bases["makes_decisions"]!.who, share: true })
          } also prepare decisions for politicians.`,
      },
      test: majority(both),
    }),
    morePressureOnDrafts: claim({
      id: "summary_more_pressure_on_drafts",
      page: 5,
      text: {
        da: (say) =>
          `Undersøgelsen ventede mere pres på udkast end på afgørelser; ${say.share(drafts)} ` +
          `mærker det i udkast, ${say.share(rulings)} i afgørelser.`,
        en: (say) =>
          `The study expected more pressure on drafts than on rulings; ${say.share(drafts)} feel ` +
          `it in drafts, ${say.share(rulings)} in rulings.`,
      },
      test: untestable({
        da:
          "To spørgsmål til grupper, der er forskellige og overlapper, så forskellen er ikke prøvet",
        en: "Two questions put to groups that differ and overlap, so the difference is not tested",
      }, [drafts, rulings]),
    }),
  };
}

function focus(survey: Survey) {
  return {
    bothSources: claim({
      id: "summary_pressure_from_two_sides",
      page: 4,
      text: {
        da: "Ifølge interviewene kommer presset både fra politikere og fra ledere i forvaltningen.",
        en: "By the interviews, the pressure comes both from politicians and from leaders in the " +
          "administration.",
      },
      test: interviewsOnly(survey),
    }),
    kinds: claim({
      id: "summary_kinds_of_pressure",
      page: 4,
      text: {
        da: "I interviewene handler det om fart, om at støtte et standpunkt, om at skubbe sager " +
          "frem eller til side og om at yde mere end det aftalte.",
        en:
          "In the interviews it is about speed, about backing a viewpoint, about moving cases up " +
          "or aside, and about giving more service than agreed.",
      },
      test: interviewsOnly(survey),
    }),
    noSingleAnswer: claim({
      id: "summary_leaders_could_help",
      page: 4,
      text: {
        da: "De interviewede mener, at ledere, der holder igen over for politikere, lytter, " +
          "anerkender og står bag fagligheden, ville give mere plads til den.",
        en: "Those interviewed hold that leaders who hold out against politicians, listen, " +
          "recognise and stand behind professional judgement would make more room for it.",
      },
      test: interviewsOnly(survey),
    }),
  };
}
