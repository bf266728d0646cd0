import { formatCount } from "../language/format_number.ts";
import { inEveryLanguage, type Text } from "../language/language.ts";
import { type Claim, claim } from "../narrative/claim.ts";
import { untestable } from "../narrative/finding_of_measure.ts";
import { escapeProse } from "../narrative/prose.ts";
import { allPassages, profileKey } from "../survey/passages.ts";
import { readPublished, type Theme } from "../survey/published.ts";
import type { Survey } from "../survey/survey.ts";
import { interviewsOnly } from "./interviews_only.ts";

/** The kinds of themes whose statements are made here; the others stand with a survey question. */
const KINDS: readonly Theme["kind"][] = ["kind_of_pressure", "source_of_pressure", "coping"];

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
  return claim({
    id: `interview_${id}`,
    page,
    text: themeText(theme),
    test: untestable(evidenceOf(survey, theme)),
  });
}

/** "The system: no single sender …; so say several. It leads to …" */
function themeText({ label, gist, who, effect }: Theme): Text {
  return inEveryLanguage((language) => {
    const saidBy = who === null ? "" : ` (${who[language]})`;
    const comesOfIt = effect === null
      ? ""
      : ` ${language === "da" ? "Følgen" : "What comes of it"}: ${effect[language]}.`;
    return escapeProse(
      `${label[language]}: ${lowerFirst(gist[language])}${saidBy}.${comesOfIt}`,
    );
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

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
