import type { Text } from "../responses/language.ts";
import { tell } from "../words/tell.ts";
import { sampleOf } from "../statistics/sample.ts";
import { limitsOf } from "../statistics/disclosure/enough.ts";
import type { Survey } from "../responses/survey.ts";

/** What is not shown so that nobody's answers can be told, with the codebook's limits. */
export function disclosureTold(survey: Survey): Text {
  const { leastBase, leastAnswer, leastOthers } = limitsOf(sampleOf(survey));
  return tell(
    {
      da: (say) =>
        `Intet vises, som færre end ${
          say.number(leastBase)
        } har svaret på, eller hvorfra så få svar kan regnes ud ved at trække ét tal fra et andet: en lille gruppe tager den næstmindste med sig.`,
      en: (say) =>
        `Nothing is shown that fewer than ${
          say.number(leastBase)
        } people answered, nor what would give so few answers by subtracting one number from another: a small group takes the next smallest with it.`,
    },
    {
      da: (say) =>
        `Et svar, som færre end ${
          say.number(leastAnswer)
        } har givet, vises efter baggrund kun lagt sammen med et andet; ellers kunne man finde frem til, hvem de er.`,
      en: (say) =>
        `An answer that fewer than ${
          say.number(leastAnswer)
        } people gave is shown by background only added up with another; else one could find out who they are.`,
    },
    {
      da: (say) =>
        `En lille gruppe vises heller ikke, hvis færre end ${
          say.number(leastOthers)
        } i den har svaret andet end de fleste.`,
      en: (say) =>
        `A small group is not shown either if fewer than ${
          say.number(leastOthers)
        } in it answered otherwise than most.`,
    },
    {
      da: () =>
        "En rapport om en del af dem, der svarede, viser kun fordelinger, hvor hver plads i tabellen har svar nok; så kan flere rapporter ikke trækkes fra hinanden. Det, der ikke vises, står som en streg eller som for få svar, aldrig som nul.",
      en: () =>
        "A report on a part of those who answered shows only breakdowns of which every place in the table has enough answers, so that reports cannot be subtracted from each other. What is not shown stands as a dash or as too few answers, never as nought.",
    },
  );
}
