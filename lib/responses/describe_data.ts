import { formatList } from "../words/format_list.ts";
import { inEveryLanguage, type Language, type Text } from "./language.ts";
import { quoted } from "../words/quoted.ts";
import { categoriesOf, type Codebook } from "./codebook.ts";
import { compareProfiles, type ProfileChange } from "./compare_profiles.ts";
import { named, numbersOf, sharesOf } from "./people_in_words.ts";
import type { Survey } from "./survey.ts";
import { surveyProfile } from "./survey_profile.ts";

/** Shares that changed by less are not worth a line. */
const LEAST_CHANGE = 0.02;

/** What is known of an earlier wave: its answers, or how many were asked of each base, or nothing. */
export type EarlierData =
  | { readonly survey: Survey }
  | { readonly survey: null; readonly bases: Readonly<Record<string, number>> }
  | null;

/**
 * What changed in the data before what changed in the answers: a sentence each on the people and
 * bases, the questions, the answers that were used, those left out, and respondents who answered
 * alike. Against the earlier wave; without one against the codebook.
 *
 * It is about the whole file, whatever part of it a report is about. Numbers of people below the
 * codebook's least base are "fewer than" that.
 *
 * @param codebook Names the bases; that of a report on a group has the group in their names.
 */
export function describeData(
  now: Survey,
  before: EarlierData,
  codebook: Codebook = now.codebook,
): Text[] {
  const earlier = before?.survey ? surveyProfile(before.survey) : [];
  const changes = compareProfiles(surveyProfile(now), earlier);
  const bases = before && before.survey === null ? before.bases : null;
  const context: Context = { codebook, isCompared: earlier.length > 0, bases };
  return [
    describePeople,
    describeQuestions,
    describeAnswers,
    describeMissing,
    describeRepeated,
  ].flatMap((describe) => {
    const told = inEveryLanguage((language) => describe(changes, context, language));
    return told.da === "" ? [] : [told];
  });
}

interface Context {
  readonly codebook: Codebook;
  /** Whether there are the answers of an earlier wave. */
  readonly isCompared: boolean;
  /** Without them, how many were asked of each base then. */
  readonly bases: Readonly<Record<string, number>> | null;
}

type Describe = (
  changes: readonly ProfileChange[],
  context: Context,
  language: Language,
) => string;

const describePeople: Describe = (changes, { codebook, isCompared, bases }, language) => {
  const number = numbersOf(codebook, language);
  const said = changes.filter(({ kind, measure }) => kind === "base" && measure === "asked")
    .map(({ name, now, before }) => {
      const who = codebook.bases[name]?.label[language] ?? name;
      const then = isCompared ? before : bases?.[name] ?? null;
      const word = language === "da" ? "før" : "before";
      const earlier = then === null ? "" : `, ${word} ${number(then)}`;
      return `${who} (${number(now ?? 0)}${earlier})`;
    });
  return (language === "da" ? "Baser: " : "Bases: ") + `${said.join("; ")}.`;
};

const describeQuestions: Describe = (changes, { codebook, isCompared }, language) => {
  const of = (change: "new" | "lost") =>
    formatList(
      changes.filter((each) =>
        each.measure === "left_out" && (isCompared ? each.change === change : each.now !== 0)
      ).map(({ name }) => named(codebook, name, language)),
      language,
    );
  const [lost, added] = [of("lost"), isCompared ? of("new") : ""];
  if (lost === "" && added === "") {
    if (language === "da") {
      return isCompared
        ? "Begge runder har de samme spørgsmål og baggrundsoplysninger."
        : "Alle spørgsmål og baggrundsoplysninger i kodebogen er med.";
    }
    return isCompared
      ? "Both waves have the same questions and background."
      : "All questions and background of the codebook are there.";
  }
  const words = language === "da"
    ? { lost: isCompared ? "Ikke med denne gang" : "Ikke med", added: "Nyt denne gang" }
    : { lost: isCompared ? "Not part of this wave" : "Not there", added: "New in this wave" };
  return [lost && `${words.lost}: ${lost}.`, added && `${words.added}: ${added}.`]
    .filter(Boolean).join(" ");
};

const describeAnswers: Describe = (changes, { codebook, isCompared }, language) => {
  const asked = (name: string) =>
    changes.find((each) => each.name === name && each.measure === "answers");
  const least = codebook.disclosure.least_base;
  const used = changes.filter(({ measure, name }) => {
    const answers = asked(name.split(".")[0]!);
    // Of few people nothing is said of what they answered.
    const sizes = [answers?.now, ...isCompared ? [answers?.before] : []];
    return measure === "used" && sizes.every((people) => (people ?? 0) >= least);
  });
  const of = (chosen: readonly ProfileChange[]) =>
    formatList(
      chosen.map(({ name }) => {
        const [question = "", category = ""] = name.split(".");
        const answer = categoriesOf(codebook, question)?.[category]?.[language] ?? category;
        const to = language === "da" ? "til" : "to";
        return `${quoted(answer, language)} ${to} ${named(codebook, question, language)}`;
      }),
      language,
    );
  const [lost, added] = isCompared
    ? [
      of(used.filter(({ change }) => change === "lost")),
      of(used.filter(({ change }) => change === "new")),
    ]
    : [of(used.filter(({ now }) => now === 0)), ""];
  if (lost === "" && added === "") {
    if (language === "da") {
      return isCompared
        ? "De samme svarmuligheder er brugt i begge runder."
        : "Alle kodebogens svarmuligheder er brugt.";
    }
    return isCompared
      ? "The same answers were used in both waves."
      : "All answers of the codebook were used.";
  }
  const words = language === "da"
    ? { lost: isCompared ? "Ingen svarer længere" : "Ingen svarer", added: "Ingen svarede før" }
    : {
      lost: isCompared ? "Nobody answers any longer" : "Nobody answers",
      added: "Nobody answered before",
    };
  return [lost && `${words.lost} ${lost}.`, added && `${words.added} ${added}.`]
    .filter(Boolean).join(" ");
};

const describeMissing: Describe = (changes, { codebook, isCompared }, language) => {
  const share = sharesOf(codebook, language);
  const said = changes.filter(({ measure, now, now_of, before, before_of }) =>
    measure === "no_answer" &&
    (isCompared
      ? now !== null && before !== null &&
        Math.abs(rateOf(now, now_of) - rateOf(before, before_of)) >= LEAST_CHANGE
      : rateOf(now, now_of) >= LEAST_CHANGE)
  ).map(({ name, now, now_of, before, before_of }) => {
    const of = `${named(codebook, name, language)} ${share(now, now_of)}`;
    const earlier = share(before, before_of);
    if (!isCompared) return of;
    return language === "da" ? `${of} (før ${earlier})` : `${of} (${earlier} before)`;
  });
  if (said.length === 0) {
    if (language === "da") {
      return isCompared
        ? "Hvor mange der springer et spørgsmål over, er stort set som før."
        : "Næsten ingen har sprunget et spørgsmål over.";
    }
    return isCompared
      ? "How many skip a question is much as before."
      : "Hardly anybody skipped a question.";
  }
  return language === "da"
    ? `Sprunget over af dem, der er spurgt: ${formatList(said, language)}.`
    : `Skipped by those asked: ${formatList(said, language)}.`;
};

const describeRepeated: Describe = (changes, { codebook, isCompared }, language) => {
  const number = numbersOf(codebook, language);
  const [word, among] = language === "da" ? ["før", "af"] : ["before", "of"];
  const then = (before: string | null) => before === null ? "" : ` (${word} ${before})`;
  const earlier = (count: number | null) => isCompared && count !== null ? number(count) : null;
  const duplicates = changes.find(({ measure }) => measure === "duplicates");
  if (duplicates === undefined || duplicates.now === null) return "";
  const same = language === "da"
    ? `Har svaret på alt som en anden: ${number(duplicates.now)}${
      then(earlier(duplicates.before))
    }.`
    : `Answered everything as somebody else did: ${number(duplicates.now)}` +
      `${then(earlier(duplicates.before))}.`;
  const straight = changes.filter(({ kind, now }) => kind === "battery" && now !== null)
    .map(({ name, now, now_of, before, before_of }) => {
      const names = name.split(" ");
      const [first, last] = [names[0], names.at(-1)].map((each) =>
        named(codebook, each ?? "", language)
      );
      const of = (count: number | null, of: number | null) =>
        `${number(count ?? 0)} ${among} ${number(of ?? 0)}`;
      const count = of(now, now_of) +
        then(isCompared && before !== null ? of(before, before_of) : null);
      return language === "da"
        ? `${count} til de ${names.length} spørgsmål fra ${first} til ${last}`
        : `${count} to the ${names.length} questions from ${first} to ${last}`;
    });
  if (straight.length === 0) return same;
  return language === "da"
    ? `${same} Har givet samme svar hele vejen: ${formatList(straight, language)}.`
    : `${same} Gave one answer all the way: ${formatList(straight, language)}.`;
};

function rateOf(count: number | null, of: number | null): number {
  return count === null || !of ? 0 : count / of;
}
