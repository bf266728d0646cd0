import { inEveryLanguage, type Text, translated } from "../responses/language.ts";
import type { Claim } from "./claims.ts";
import type { Message } from "./message.ts";

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
