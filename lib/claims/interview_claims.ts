import { formatCount } from "../words/format_number.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { type Claim, claim } from "../words/claim.ts";
import { untestable } from "../words/finding_of_measure.ts";
import { allPassages, profileKey } from "../responses/interviews.ts";
import { readPublished } from "../responses/study.ts";
import type { Theme } from "../responses/published.ts";
import type { Survey } from "../responses/survey.ts";
import { interviewsOnly } from "./interviews_only.ts";

/** The kinds of themes whose statements are made here; the others stand with a survey question. */
const KINDS: readonly Theme["kind"][] = ["kind_of_pressure", "source_of_pressure", "coping"];

/** What is said in the interviews, in our words. */
const SENTENCES: Readonly<Record<string, Text>> = {
  type_efficiency: {
    da: "Der skal afgøres mere på kortere tid, og det betaler kvaliteten for.",
    en: "More has to be decided in less time, and quality pays for it.",
  },
  type_expectation: {
    da: "Dem, der træffer afgørelser, venter man mere service af end aftalt, så ingen klager, og " +
      "efter kriterier, der ikke hører til i en sag.",
    en: "Those who make rulings are expected to give more service than agreed, so that nobody " +
      "complains, and by criteria that have no place in a case.",
  },
  type_political_alignment: {
    da:
      "Flere af dem, der betjener politikere, skal skrive, så det passer til et standpunkt: nogle " +
      "tal frem, andre oplysninger ud.",
    en: "Several of those who serve politicians are to write so that it fits a viewpoint: some " +
      "figures to the front, other information out.",
  },
  source_system: {
    da: "Flere kan ikke nævne en bestemt afsender: presset ligger i huset.",
    en: "Several cannot name a sender: the pressure lives in the organisation.",
  },
  source_politicians: {
    da: "Nogle nævner politikerne, hvis ønsker sendes ned gennem leddene.",
    en: "Some name the politicians, whose wishes are passed down the levels.",
  },
  source_administrative_leaders: {
    da:
      "Andre nævner ledere i forvaltningen, der vil have fart, henlagte sager, bestemte udfald og " +
      "folk, der føjer sig.",
    en: "Others name leaders in the administration who want speed, shelved cases, given outcomes " +
      "and people who comply.",
  },
  driver_conflicting_interests: {
    da: "Bag det hele ligger interesser, der støder sammen.",
    en: "Behind it all lie interests that collide.",
  },
  coping_voice: {
    da:
      "Nogle taler imod og holder på deres faglighed, og det gør dem godt, også når intet ændres.",
    en: "Some speak up and hold on to their professional judgement, and it does them good even " +
      "where nothing changes.",
  },
  coping_emotional_distance: {
    da: "Nogle holder arbejdet på afstand, når det krænker deres egne værdier, og redder dermed " +
      "noget af trivslen.",
    en:
      "Some keep the work at a distance where it breaches their own values, and so save some of " +
      "their wellbeing.",
  },
  coping_delimit_responsibility: {
    da:
      "Nogle afgrænser deres ansvar. Gør lederen det for dem, føler de sig bakket op; må de gøre " +
      "det selv, er de mindre tilfredse med ledelsen, men klarer det lettere.",
    en: "Some delimit their responsibility. Where the leader does it for them they feel backed; " +
      "where they must do it themselves they are less satisfied with management, yet cope more " +
      "easily.",
  },
};

/**
 * What the report says on pages 11, 12 and 19 from the interviews alone: kinds of pressure, whom it
 * comes from, how people cope. The survey asked nothing of the kind, so each says that it cannot be
 * told, and how many passages and profiles raise it.
 */
export function interviewClaims(survey: Survey): Readonly<Record<string, Claim>> {
  const themes = readPublished().themes.filter(({ kind }) => KINDS.includes(kind));
  return {
    ...Object.fromEntries(themes.map((theme) => [theme.id, themeClaim(survey, theme)])),
    quality_suffers: claim({
      id: "interview_quality_suffers",
      page: 11,
      text: {
        da: "De interviewede mener, at presset går ud over kvaliteten af deres arbejde.",
        en: "Those interviewed hold that the pressure harms the quality of their work.",
      },
      test: interviewsOnly(survey),
    }),
    own_ways: claim({
      id: "interview_own_ways_of_coping",
      page: 19,
      text: {
        da: "De interviewede har hver fundet en måde at klare presset på.",
        en: "Those interviewed have each found a way to cope with the pressure.",
      },
      test: interviewsOnly(survey),
    }),
  };
}

/** The statements about one kind of theme. */
export function interviewClaimsOf(survey: Survey, ...kinds: readonly Theme["kind"][]): Claim[] {
  const themes = readPublished().themes.filter(({ kind }) => kinds.includes(kind));
  return themes.map((theme) => themeClaim(survey, theme));
}

function themeClaim(survey: Survey, theme: Theme): Claim {
  const { id, pages: [page = 1] } = theme;
  const text = SENTENCES[id];
  if (text === undefined) throw new RangeError(`No sentence for the theme "${id}"`);
  return claim({
    id: `interview_${id}`,
    page,
    text,
    test: untestable(evidenceOf(survey, theme)),
  });
}

function evidenceOf(survey: Survey, { id }: Theme): Text {
  const raised = allPassages().filter(({ themes }) => themes.includes(id));
  const profiles = new Set(
    raised.flatMap(({ profile }) => profile === null ? [] : [profileKey(profile)]),
  );
  const reason = interviewsOnly(survey).evidence;
  return inEveryLanguage((language) => {
    const [passages, speakers] = [raised.length, profiles.size].map((n) =>
      formatCount(n, language)
    );
    return language === "da"
      ? `${reason.da}; spørgeskemaet spørger ikke om det. Kodede udsagn: ${passages}, ` +
        `forskellige profiler: ${speakers}`
      : `${reason.en}; the questionnaire does not ask about it. Coded passages: ${passages}, ` +
        `distinct profiles: ${speakers}`;
  });
}
