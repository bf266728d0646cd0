import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { formatList } from "../words/format_list.ts";
import { tell } from "../words/tell.ts";
import { escapeProse } from "../words/prose.ts";
import { countAnswers } from "../statistics/count_answers.ts";
import { domainCodes } from "../statistics/domain.ts";
import { countOf } from "../statistics/counts.ts";
import { sampleOf } from "../statistics/sample.ts";
import { kishDesignEffect } from "../statistics/weighted_intervals.ts";
import { weightSummary } from "../statistics/rows/weight_summary.ts";
import { weightedShares } from "../statistics/rows/weighted_shares.ts";
import { TOLD_MOVE } from "../statistics/estimate.ts";
import type { Survey, Weighting } from "../responses/survey.ts";

/** Where weights are from, in a few words: `by gender (assumed distribution)`. */
export function weightingWords(survey: Survey): Text {
  const { codebook, weighting } = survey;
  if (!sampleOf(survey).weighted) return { da: "uvægtet", en: "unweighted" };
  return inEveryLanguage((language) => {
    const da = language === "da";
    if (weighting?.by !== "population") return da ? "med filens vægte" : "by the file's weights";
    const { margins, assumed } = weighting.population;
    const names = Object.keys(margins).map((name) =>
      codebook.variables[name]?.label[language].toLowerCase() ?? name
    );
    const known = assumed ? da ? " (antaget fordeling)" : " (assumed distribution)" : "";
    return `${da ? "efter" : "by"} ${formatList(names, language)}${known}`;
  });
}

/**
 * What the weights are, what they cost, and what they move; of a survey without weights, why there
 * are none.
 */
export function weightingTold(survey: Survey): Text {
  const { weighting } = survey;
  if (!sampleOf(survey).weighted) {
    return tell({
      da: () =>
        "Alle svar tæller lige meget. At vægte med en fordeling, ingen har oplyst, ville bytte en usikkerhed, man kan se, ud med en, man ikke kan.",
      en: () =>
        "Every answer counts the same. To weight by a distribution that nobody has stated would trade an uncertainty that can be seen for one that cannot.",
    });
  }
  const { leastBase } = sampleOf(survey);
  const { mean, spread, designEffect, effective, respondents } = summaryOf(survey, leastBase);
  const rows = weightedShares(survey);
  const moved = rows.filter(({ points }) => Math.abs(points) > TOLD_MOVE * 100);
  return tell(
    originTold(survey, weighting),
    spread === null ? { da: "", en: "" } : {
      da: (say) =>
        `Vægtene er i gennemsnit ${say.decimal(mean, 2)}; de fleste ligger fra ${
          say.decimal(spread.low, 2)
        } til ${say.decimal(spread.high, 2)}.`,
      en: (say) =>
        `The mean weight is ${say.decimal(mean, 2)}; most weights lie from ${
          say.decimal(spread.low, 2)
        } to ${say.decimal(spread.high, 2)}.`,
    },
    respondents < leastBase ? { da: "", en: "" } : {
      da: (say) =>
        `Vægtene koster præcision: designeffekten er ${
          say.decimal(designEffect, 2)
        } (Kish), så de ${say.number(respondents)} svar siger så meget som ${
          say.number(Math.round(effective))
        } uvægtede.`,
      en: (say) =>
        `Weights cost precision: the design effect is ${
          say.decimal(designEffect, 2)
        } (Kish), so that the ${say.number(respondents)} answers tell as much as ${
          say.number(Math.round(effective))
        } unweighted ones.`,
    },
    {
      da: (say) =>
        moved.length === 0
          ? `Ingen af de ${say.number(rows.length)} hovedtal flytter sig mere end et procentpoint.`
          : `${say.number(moved.length)} af de ${
            say.number(rows.length)
          } hovedtal flytter sig mere end et procentpoint.`,
      en: (say) =>
        moved.length === 0
          ? `None of the ${
            say.number(rows.length)
          } main figures moves by more than a percentage point.`
          : `${say.number(moved.length)} of the ${
            say.number(rows.length)
          } main figures move by more than a percentage point.`,
    },
  );
}

/** What the weights of those in the domain are like; of counts, what sums tell of them. */
function summaryOf(survey: Survey, leastBase: number) {
  const { weights } = survey;
  if (weights !== null) {
    const inside = domainCodes(survey, {});
    const own = inside === null ? weights : weights.filter((_, i) => inside[i] === 1);
    if (own.length > 0) return weightSummary(own, leastBase);
  }
  const [any = ""] = survey.codes.keys();
  const counts = countAnswers(survey, any);
  const everyone = countOf(counts, null, counts.answers);
  const { n, w } = everyone;
  const cost = n > 0 ? kishDesignEffect(everyone) : { designEffect: 1, effective: 0 };
  return { mean: n > 0 ? w / n : 1, spread: null, respondents: n, ...cost };
}

function originTold(survey: Survey, weighting: Weighting | undefined): Text {
  if (weighting?.by !== "population") {
    return tell({
      da: () => "Vægtene står i filen med svarene. Hvordan de er lavet, ved programmet ikke.",
      en: () =>
        "The weights stand in the file of answers. How they were made the program cannot tell.",
    });
  }
  const { population, trimmed } = weighting;
  const { trim, assumed } = population;
  const words = weightingWords(survey);
  return tell(
    {
      da: () =>
        `Svarene er vægtet ${
          escapeProse(words.da)
        } ved raking: heri fordeler alle, der har svaret, sig ${
          assumed ? "som vi antager, at medlemmerne gør" : "som medlemmerne"
        }.`,
      en: () =>
        `The answers are weighted ${
          escapeProse(words.en)
        } by raking: in this all who answered are distributed ${
          assumed ? "as we assume the members to be" : "like the members"
        }.`,
    },
    inEveryLanguage((language) => escapeProse(population.source[language])),
    trim === undefined ? { da: "", en: "" } : {
      da: (say) =>
        `Ingen vægt er under ${say.decimal(trim.low, 2)} eller over ${
          say.decimal(trim.high, 2)
        }; det holder ${few(trimmed, survey, "da")} vægte tilbage.`,
      en: (say) =>
        `No weight is below ${say.decimal(trim.low, 2)} or above ${
          say.decimal(trim.high, 2)
        }; that holds back ${few(trimmed, survey, "en")} weights.`,
    },
  );
}

/** A number of people, or that it is below the least that is shown. */
function few(people: number, survey: Survey, language: Language): string {
  const { leastBase } = sampleOf(survey);
  if (people === 0 || people >= leastBase) return String(people);
  return language === "da" ? `under ${leastBase}` : `fewer than ${leastBase}`;
}
