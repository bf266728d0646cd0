import { type Codebook, comparisonOf } from "../responses/codebook.ts";
import { missingInterviews } from "../responses/interviews.ts";
import { inEveryLanguage, type Text, translated } from "../responses/language.ts";
import { codebook, readDataFile, readPublished } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { benjaminiHochberg } from "../statistics/benjamini_hochberg.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { VERDICTS } from "../statistics/verdict.ts";
import { word } from "./catalogue.ts";
import { valuesOf } from "./claim_values.ts";
import {
  brokenNames,
  type ClaimEntries,
  type ClaimEntry,
  namesIn,
  parseClaims,
} from "./claims_schema.ts";
import { formatList, quotedLabels } from "./format.ts";
import { type Message, message, ownText, words } from "./message.ts";
import { plainProse } from "./prose.ts";
import { type Finding, findVerdict, restsOn } from "./test_claim.ts";

/** A statement of the published report beside what these answers show. */
export interface Claim extends Finding {
  /** A name that no other claim has, snake_case. */
  readonly id: string;
  /** Page of the published report. */
  readonly page: number;
  /** The heading of the chapter that tells of it. */
  readonly chapter: string;
  /** What the published report says, in our words. The verdict is about this. */
  readonly said: Text;
  /** What these answers show, true whatever they are. */
  readonly text: Text;
  /** The estimates that it rests on, suppressed ones included. */
  readonly estimates: readonly Estimate[];
  /** Which questions and variables it rests on that were not part of this wave; absent: none. */
  readonly missing?: readonly string[];
}

/** A claim of data/claims.json; a misspelt one is a type error. */
export type ClaimId = keyof typeof import("../../data/claims.json", { with: { type: "json" }});

let parsed: ClaimEntries | undefined;

/**
 * The claims of data/claims.json, checked at the first call.
 *
 * @throws {InputError} Naming every place of the file that is wrong.
 */
export function claimEntries(): ClaimEntries {
  return parsed ??= parseClaims(readDataFile("claims.json"), "data/claims.json");
}

/**
 * The statements of the published report on these answers, by id; each is worked out when it is first
 * asked for: `finding("drafts", claims(survey).pressed_to_change)`.
 */
export function claims(survey: Survey): Readonly<Record<ClaimId, Claim>> {
  const all = {} as Record<ClaimId, Claim>;
  for (const [id, entry] of Object.entries(claimEntries())) {
    let made: Claim | undefined;
    Object.defineProperty(all, id, {
      enumerable: true,
      get: () => made ??= claim(survey, entry, id),
    });
  }
  return all;
}

/** Every statement of the published report on these answers, in page order. */
export function allClaims(survey: Survey): readonly Claim[] {
  return Object.values<Claim>(claims(survey)).sort((a, b) => a.page - b.page);
}

/**
 * A statement of one's own in the form of data/claims.json: values, a test on them, and a text.
 *
 * @throws {InputError} Where it names what the codebook does not have.
 */
export function claim(survey: Survey, entry: ClaimEntry, id = "own"): Claim {
  const { page, chapter, said, test } = entry;
  const of = { id, page, chapter, said };
  const missing = [
    ...namesIn(entry.values).filter((name) => !survey.codes.has(name)),
    ...test.is === "interviews" || Object.values(entry.values).some(isOfInterviews)
      ? missingInterviews()
      : [],
  ];
  if (missing.length > 0 || brokenNames(entry, survey.codebook).length > 0) {
    return { ...of, ...notInWave(missing), estimates: [], ...missing.length > 0 && { missing } };
  }
  const values = valuesOf(survey, entry.values);
  const found = findVerdict(test, values, survey.codebook.study);
  return {
    ...of,
    ...isSaidOfThese(survey.codebook, entry) ? found : {
      ...found,
      verdict: "cannot_be_told",
      in_sample: null,
      p: null,
      evidence: ownText("evidence.other_words"),
    },
    text: message(entry.text, values),
    estimates: restsOn(values),
  };
}

/** Whether the published report speaks of the questions that were asked here, and of no others. */
function isSaidOfThese(codebook: Codebook, { values }: ClaimEntry): boolean {
  const year = readPublished().facts.find(({ id }) => id === "year_of_study")?.value;
  return namesIn(values).every((name) => comparisonOf(codebook, name, `${year}`) !== "no");
}

/** Whether a value is of the interviews: how many, how long, or of whom. */
function isOfInterviews(value: ClaimEntry["values"][string]): boolean {
  return "profiles" in value ||
    "study" in value && (value.study === "interviews" || value.study === "minutes");
}

/** What is said where a question or variable was not part of this wave. */
function notInWave(missing: readonly string[]): Finding & Pick<Claim, "text"> {
  return {
    verdict: "cannot_be_told",
    in_sample: null,
    p: null,
    condition: ownText("evidence.not_in_wave"),
    evidence: ownText("evidence.not_in_wave"),
    text: inEveryLanguage((language) => {
      const names = quotedLabels(codebook(), missing)[language];
      return word("nobody.sentence", language).replace("{$about}", names && `: ${names}`);
    }),
  };
}

/** Statements without those on what was not part of this wave. */
export function claimsInWave(claims: readonly Claim[]): readonly Claim[] {
  return claims.filter(({ missing }) => missing === undefined);
}

/** How many statements hold, do not hold and so on, in a sentence. */
export function summariseClaims(all: readonly Claim[]): Text {
  const claims = claimsInWave(all);
  if (claims.length === 0) return ownText("ledger.none");
  return inEveryLanguage((language) => {
    const parts = VERDICTS.flatMap((verdict) => {
      const n = claims.filter((claim) => claim.verdict === verdict).length;
      return n === 0 ? [] : [words(`verdict.count.${verdict}`, language, { n })];
    });
    return words("ledger.sentence", language, {
      n: claims.length,
      parts: formatList(parts, language, "clauses"),
    });
  });
}

/** How many statements hold when all that rest on a test are read as one family; nothing where none does. */
export function testedTogether(all: readonly Claim[]): Text {
  const adjusted = adjustedTogether(all);
  const held = all.filter(({ verdict, p }) => verdict === "holds" && p !== null);
  if (held.length === 0) return inEveryLanguage(() => "");
  const level = 1 - codebook().study.confidence;
  const still = held.filter((claim) => (adjusted.get(claim.id) ?? 1) < level).length;
  return ownText("ledger.adjusted", {
    tested: all.filter(({ p }) => p !== null).length,
    held: held.length,
    still,
    which: still === held.length ? "all" : "some",
  });
}

/** The p-values of all statements that rest on a test, adjusted as one family, by id. */
export function adjustedTogether(claims: readonly Claim[]): ReadonlyMap<string, number | null> {
  const adjusted = benjaminiHochberg(claims.map(({ p }) => p));
  return new Map(claims.map(({ id }, i) => [id, adjusted[i] ?? null]));
}

/** A claim as it stands in estimates.json; its text without markup. */
interface ClaimJson extends Omit<Claim, "chapter" | "estimates" | "missing"> {
  /** The p-value adjusted with those of all statements. */
  readonly p_adjusted: number | null;
}

/** Every statement of the published report as it stands in estimates.json, in page order. */
export function claimsJson(survey: Survey): ClaimJson[] {
  const claims = allClaims(survey);
  const adjusted = adjustedTogether(claims);
  return claims.map(({ id, page, verdict, in_sample, p, said, text, condition, evidence }) => ({
    ...{ id, page, verdict, in_sample, p, p_adjusted: adjusted.get(id) ?? null, said },
    text: inEveryLanguage((language) => plainProse(text[language])),
    ...{ condition, evidence },
  }));
}

/** A text that remembers which statements of the published report it is about. */
export interface Told extends Message {
  readonly claims?: readonly Claim[];
}

/** The empty text: nothing to say. */
export const NOTHING: Text = inEveryLanguage(() => "");

/**
 * Sentences one after another, as a paragraph: what claims say of these answers, messages, texts. What
 * is said twice in a row is said once ("too few answers", of several in a row); empty ones are left
 * out, and so are those on what was not part of this wave.
 *
 *     narrate(tell(said.room, said.no_room), message({ da: "…", en: "…" }, { apart }))
 */
export function tell(...sentences: readonly (Told | Claim)[]): Told {
  const { there, missing } = apart(sentences);
  const texts = there.map(textOf);
  const claims = claimsOf(...there);
  const told = inEveryLanguage((language) =>
    texts.map((text) => text[language])
      .filter((sentence, i, all) => sentence !== "" && sentence !== all[i - 1])
      .join(" ")
  );
  return {
    ...told,
    ...claims.length > 0 && { claims },
    ...missing.length > 0 && Object.values(told).every((text) => text === "") && { missing },
  };
}

/** Texts, and apart from them what others speak of that was not part of this wave. */
export function apart<T extends { readonly missing?: readonly string[] }>(told: readonly T[]) {
  const isThere = ({ missing = [] }: T) => missing.length === 0;
  return {
    there: told.filter(isThere),
    missing: [...new Set(told.flatMap(({ missing = [] }) => missing))],
  };
}

/** What is told: of a claim what it says of these answers. */
export function textOf(told: Told | Claim): Text {
  return isClaim(told) ? told.text : translated(told);
}

function isClaim(told: unknown): told is Claim {
  return typeof told === "object" && told !== null && "verdict" in told;
}

/** The claims that texts are about. */
export function claimsOf(...told: readonly (Told | Claim)[]): readonly Claim[] {
  return told.flatMap((each) => isClaim(each) ? [each] : each?.claims ?? []);
}
