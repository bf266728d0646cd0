import { formatCount, formatPercent } from "../words/format_number.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import type { Survey } from "../responses/survey.ts";
import type { Baseline } from "./baseline.ts";

const INDEPENDENT: Text = {
  da: "Prøven regner runderne som uafhængige; svarer de samme ens, er ændringerne sikrere, " +
    "end det står her.",
  en: "The test takes the waves as independent; where the same people answer alike, changes are " +
    "surer than is said here.",
};

const WHY = {
  published: {
    da: "De samme personer kan have svaret dengang; hvem det er, er ikke offentliggjort.",
    en: "The same people may have answered then; who they are was not published.",
  },
  no_ids: {
    da: "De samme personer kan have svaret begge gange; filerne har ikke id'er, der siger hvem.",
    en: "The same people may have answered both times; the files have no ids that tell who.",
  },
  other_ids: {
    da:
      "Filernes id'er går igen, men baggrunden passer ikke sammen: de nummererer rækkerne og ikke " +
      "personerne. De samme personer kan have svaret begge gange, uden at det kan ses.",
    en:
      "The ids of the two files are the same but the background is not: they number the rows and " +
      "not the people. The same people may have answered both times, and nobody can tell.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** How many people answered both times and what that does to the changes, or why nobody can tell. */
export function sharedTold({ codebook, source }: Survey, { shared }: Baseline): Text {
  if (shared.people === null) {
    return inEveryLanguage((language) => `${WHY[shared.why][language]} ${INDEPENDENT[language]}`);
  }
  const { people } = shared;
  const { least_base } = codebook.disclosure;
  if (people === 0) {
    return {
      da: "Efter id'erne i de to filer har ingen svaret begge gange.",
      en: "By the ids in the two files nobody answered both times.",
    };
  }
  if (people < least_base) {
    return {
      da:
        `Efter id'erne i de to filer har færre end ${least_base} svaret begge gange. Det er for ` +
        `få til at regne med.`,
      en: `By the ids in the two files fewer than ${least_base} answered both times. That is too ` +
        `few to allow for.`,
    };
  }
  return inEveryLanguage((language) => {
    const count = formatCount(people, language);
    const share = formatPercent(people / source.respondents, language);
    return language === "da"
      ? `Efter id'erne i de to filer har ${count} svaret begge gange, ${share} af alle, der svarer ` +
        `nu. Ændringernes usikkerhed tager højde for, at en persons to svar hænger sammen, hvor ` +
        `mindst ${least_base} i samme gruppe har svaret begge gange.`
      : `By the ids in the two files ${count} answered both times, ${share} of all who answer now. ` +
        `The uncertainty of the changes allows for a person's two answers going together, where ` +
        `at least ${least_base} of a group answered both times.`;
  });
}
