import { formatCount, wholePercentOf } from "../words/format_number.ts";
import { formatDates } from "../words/format_date.ts";
import { inEveryLanguage } from "../responses/language.ts";
import { claim } from "../words/claim.ts";
import { fact, untestable } from "../words/finding_of_measure.ts";
import { readPublished } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import {
  countText,
  inCodebook,
  publishedFact,
  publishedNumber,
  sameNumber,
} from "./published_fact.ts";
import { representativityClaims } from "./representativity_claims.ts";
import { reproduce } from "./reproduce.ts";

/** What the report says on pages 4, 5 and 24: how the study was made, and whom it speaks for. */
export function methodClaims(survey: Survey) {
  return { ...collection(survey), ...interviews(survey), ...representativityClaims(survey) };
}

function collection({ codebook, source }: Survey) {
  const { study } = codebook;
  const { respondents } = source;
  const rate = respondents / study.invited;
  const rounded = publishedNumber("respondents_rounded");
  return {
    respondents: claim({
      id: "number_of_respondents",
      page: 24,
      text: {
        da: (say) => `${say.number(respondents)} har svaret på spørgeskemaet.`,
        en: (say) => `${say.number(respondents)} answered the questionnaire.`,
      },
      test: sameNumber("respondents", respondents, (n) => [`${n} svar`, `${n} answers`]),
    }),
    roundedRespondents: claim({
      id: "more_respondents_than_rounded",
      page: 4,
      text: {
        da: (say) =>
          `Opsummeringen runder antallet til ${say.number(rounded)}; her er det ` +
          `${say.number(respondents)}.`,
        en: (say) =>
          `The summary rounds the number to ${say.number(rounded)}; here it is ` +
          `${say.number(respondents)}.`,
      },
      test: fact(
        respondents >= rounded,
        countText((n) => [`mindst ${n}`, `at least ${n}`], rounded),
        countText((n) => [`${n} svar`, `${n} answers`], respondents),
      ),
    }),
    invited: claim({
      id: "number_invited",
      page: 24,
      text: {
        da: (say) => `${say.number(study.invited)} medlemmer blev inviteret.`,
        en: (say) => `${say.number(study.invited)} members were invited.`,
      },
      test: sameNumber("invited", study.invited, (n) => [n, n], inCodebook),
    }),
    responseRate: claim({
      id: "response_rate",
      page: 24,
      text: rate > 1
        ? {
          da: () => `Flere har svaret, end der blev inviteret, så svarprocenten er ukendt.`,
          en: () => `More answered than were invited, so the response rate is unknown.`,
        }
        : {
          da: (say) => `Svarprocenten er ${say.percent(rate)}.`,
          en: (say) => `The response rate is ${say.percent(rate)}.`,
        },
      test: rate > 1
        ? untestable({
          da: "Flere svar end inviterede: antallet af inviterede er fra en anden undersøgelse",
          en: "More answers than people invited: the number invited is of another study",
        })
        : sameNumber(
          "response_rate",
          wholePercentOf(respondents, study.invited),
          (n) => [`${n} pct.`, `${n}%`],
          (n) => [`${n} pct. af de inviterede`, `${n}% of those invited`],
        ),
    }),
    fieldwork: claim({
      id: "fieldwork_dates",
      page: 24,
      text: {
        da: () =>
          `Svarene er samlet ind ${formatDates(study.fieldwork.from, study.fieldwork.to, "da")}.`,
        en: () =>
          `The answers were collected ${
            formatDates(study.fieldwork.from, study.fieldwork.to, "en")
          }.`,
      },
      test: fact(
        study.fieldwork.from === publishedFact("fieldwork_start").value &&
          study.fieldwork.to === publishedFact("fieldwork_end").value,
        inEveryLanguage((language) =>
          formatDates(
            String(publishedFact("fieldwork_start").value),
            String(publishedFact("fieldwork_end").value),
            language,
          )
        ),
        { da: "Oplyst i kodebogen, ikke et svar", en: "Stated in the codebook, not an answer" },
      ),
    }),
    reminders: claim({
      id: "number_of_reminders",
      page: 24,
      text: {
        da: (say) => `Der er sendt højst ${say.number(study.reminders)} påmindelser.`,
        en: (say) => `At most ${say.number(study.reminders)} reminders were sent.`,
      },
      test: sameNumber("reminders_max", study.reminders, (n) => [n, n], inCodebook),
    }),
  };
}

function interviews(survey: Survey) {
  const { count, minutes } = survey.codebook.study.interviews;
  const profiles = reproduce(survey, {
    ...readPublished(),
    indicators: readPublished().indicators.filter(({ kind }) => kind === "profile"),
  });
  const unknown = profiles.some(({ verdict }) => verdict === "not_asked" || verdict === "too_few");
  const there = profiles.filter(({ verdict }) => verdict === "reproduced").length;
  return {
    interviews: claim({
      id: "number_of_interviews",
      page: 24,
      text: {
        da: (say) =>
          `${say.number(count)} medlemmer er interviewet, hver i omkring ${
            say.number(minutes)
          } minutter.`,
        en: (say) =>
          `${say.number(count)} members were interviewed, each for about ${
            say.number(minutes)
          } minutes.`,
      },
      test: sameNumber("qualitative_interviews", count, (n) => [n, n], inCodebook),
    }),
    interviewSelection: claim({
      id: "interviews_among_often_pressed",
      page: 24,
      text: {
        holds: {
          da: () =>
            `De interviewede er valgt blandt dem, der ofte presses. I svarene findes alle de ` +
            `citerede profiler i den gruppe, både folk med god og med dårlig trivsel.`,
          en: () =>
            `The people interviewed were chosen among those often pressed. In the answers this ` +
            `group has all the profiles that are quoted, with good and with bad wellbeing.`,
        },
        does_not_hold: {
          da: () =>
            `Ikke alle de profiler, der citeres, findes i svarene blandt dem, der ofte presses.`,
          en: () =>
            `Not all profiles that are quoted exist in the answers among those often pressed.`,
        },
        cannot_be_told: {
          da: () =>
            `Om de profiler, der citeres, findes blandt dem, der ofte presses, kan ikke ses her.`,
          en: () =>
            `Whether the profiles that are quoted exist among those often pressed cannot be seen here.`,
        },
      },
      test: unknown || survey.within
        ? untestable({
          da: "For få svar, eller kun en del af dem, der svarede",
          en: "Too few answers, or only a part of those who answered",
        })
        : fact(
          there === profiles.length,
          {
            da: "hver profil findes blandt de pressede",
            en: "each profile is there among the pressed",
          },
          inEveryLanguage((language) =>
            language === "da"
              ? `${formatCount(there, language)} af ${
                formatCount(profiles.length, language)
              } findes`
              : `${formatCount(there, language)} of ${
                formatCount(profiles.length, language)
              } are there`
          ),
        ),
    }),
  };
}
